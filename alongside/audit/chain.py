"""Links what was done, and what was read, into chains that cannot be changed unseen.

Every organisation has one chain of entries and one of readings. Each link has the next number,
names the digest of the one before, and is sealed by HMAC-SHA-256 over its canonical JSON with a
key that is not in the database. Whoever changes, drops, adds or swaps a link without the key breaks
the chain; whoever has the key as well is found by the anchors kept elsewhere (see `anchors`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, UUIDField

from alongside.audit.models import Entry, Head, Reading
from alongside.kit.insert import insert
from alongside.kit.prepared import prepared

# What a link says: all but its own seal. The order does not matter, for JSON sorts them.
OF_AN_ENTRY = (
    "id", "organisation_id", "scheme_id", "at", "event", "actor_kind", "actor_id", "system",
    "acting_for_id", "subject_type", "subject_id", "record_type", "record_id", "practice",
    "payload_digest", "number", "previous",
)  # fmt: skip
OF_A_READING = (
    "id", "organisation_id", "scheme_id", "resident_id", "at", "quarter", "actor_kind", "actor_id",
    "what", "about", "number", "previous",
)  # fmt: skip


def fingerprint() -> str:
    """Which key seals the chain now, in 16 letters that do not give the key away."""
    return hashlib.sha256(b"journal key " + _key()).hexdigest()[:16]


def seal(values: Mapping[str, Any]) -> str:
    """HMAC-SHA-256 over the canonical JSON of a link, in hexadecimal.

    Instants are in UTC, keys sorted, nothing is left blank between.
    """
    plain = {name: _plain(value) for name, value in values.items()}
    canonical = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(_key(), canonical.encode(), "sha256").hex()


def said_by(link: Entry | Reading) -> dict[str, Any]:
    """What a link says and its seal covers."""
    names = OF_AN_ENTRY if isinstance(link, Entry) else OF_A_READING
    return {name: getattr(link, name) for name in names}


def link(entries: Iterable[Entry]) -> None:
    """Append entries to the chain of their organisation, in this order, and store them.

    Inside a transaction: the end of the chain is locked until it is over.
    """
    waiting: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        waiting[_as_uuid(entry.organisation_id)].append(entry)
    for organisation in sorted(waiting):
        head = _held_head(organisation)
        for entry in waiting[organisation]:
            _follow(head, entry)
        Head.objects.filter(pk=organisation).update(number=head.number, digest=head.digest)
    insert([entry for linked in waiting.values() for entry in linked])


def _follow(head: Head, entry: Entry) -> None:
    entry.number, entry.previous = head.number + 1, head.digest
    entry.digest = seal(said_by(entry))
    head.number, head.digest = entry.number, entry.digest


@prepared(organisation=UUIDField())
def _end_of(organisation: Any) -> QuerySet[Head]:
    return Head.objects.select_for_update().filter(pk=organisation)


def _held_head(organisation: UUID) -> Head:
    if found := _end_of.at_once(organisation=organisation):
        head: Head = found[0]
        return head
    Head.objects.bulk_create(
        [Head(organisation_id=organisation, key=fingerprint())], ignore_conflicts=True
    )
    return Head.objects.select_for_update().get(pk=organisation)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value


def _as_uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _key() -> bytes:
    return str(settings.JOURNAL_KEY).encode()
