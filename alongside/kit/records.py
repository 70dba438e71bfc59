"""What every record has: a key that sorts by time, and privacy until a field is named open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

import uuid_utils.compat
from django.db import models

from alongside.kit.lengths import require_lengths


def new_key() -> UUID:
    """A UUIDv7: unguessable enough for a URL, and in order of time for an index."""
    return UUID(bytes=uuid_utils.compat.uuid7().bytes)


def made_at(key: UUID) -> datetime:
    """When a key was made: a UUIDv7 begins with the milliseconds since 1970."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC)


class Record(models.Model):
    """A row that an operation made.

    `OPEN` names the fields whose content may be copied into the journal. Every other field
    shows there as "(private)". `LOCK_WITH` names the relations that an operation needs at
    hand when it takes this record as its subject; they come with the row when it is locked.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset()
    LOCK_WITH: ClassVar[tuple[str, ...]] = ()

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, unless a text is longer than its column: that is refused, on either engine."""
        require_lengths(self, kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def disclose(self) -> dict[str, Any]:
        """Every concrete field, with the content of those that are named open."""
        return {
            field.name: self._shown(field.name, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key
        }

    def _shown(self, name: str, attname: str) -> str | int | None:
        value = getattr(self, attname)
        if value is None or value == "":
            return None
        if name not in self.OPEN:
            return "(private)"
        return value if isinstance(value, int) else str(value)


class AtScheme(Protocol):
    """What a right is asked about: something that belongs to one scheme."""

    @property
    def pk(self) -> Any: ...
    @property
    def scheme_id(self) -> UUID | None: ...
