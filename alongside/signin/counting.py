"""How many people's files one session opens, in rows that requests at one moment cannot overwrite.

Not an operation: that a file was read is journalled where it is shown; this only counts.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings

from alongside.kit import clock
from alongside.signin.models import OpenedFile

SESSIONS_REMEMBERED = 2_000
FEW = 10
"""One in so many of the people that may be opened is not yet written down for other processes."""


@dataclass(slots=True)
class Seen:
    """What one session opened through this process, and which of it no row tells yet."""

    at: dict[UUID, datetime] = field(default_factory=dict)
    waiting: list[OpenedFile] = field(default_factory=list)

    def since(self, when: datetime) -> int:
        return sum(at >= when for at in self.at.values())


_seen: OrderedDict[UUID, Seen] = OrderedDict()


def counted_since() -> datetime:
    return clock.now() - timedelta(minutes=settings.READING_BRAKE["minutes"])


def files_opened(sign_in: UUID, subject: UUID, *, since: float) -> int:
    """Count that this session opens this file; how many people it has opened in the last minutes.

    Those before `since` (seconds, when it was last shown who reads) do not count. 0 when this
    process counted the same file a moment ago. The first few cost no query.
    """
    from_when = max(counted_since(), datetime.fromtimestamp(since, UTC))
    seen = _seen_by(sign_in)
    if (before := seen.at.get(subject)) and before >= from_when:
        return 0
    now = seen.at[subject] = clock.now()
    seen.waiting.append(OpenedFile(sign_in_id=sign_in, subject_id=subject, at=now))
    here = seen.since(from_when)
    if here <= settings.READING_BRAKE["people"] // FEW:
        return here
    OpenedFile.objects.bulk_create(seen.waiting)
    seen.waiting.clear()
    seen.at = {file: at for file, at in seen.at.items() if at >= from_when}
    lately = OpenedFile.objects.filter(sign_in_id=sign_in, at__gte=from_when)
    return lately.values("subject_id").distinct().count()


def _seen_by(sign_in: UUID) -> Seen:
    seen = _seen.setdefault(sign_in, Seen())
    _seen.move_to_end(sign_in)
    if len(_seen) > SESSIONS_REMEMBERED:
        _seen.popitem(last=False)
    return seen


def forget_what_is_old() -> None:
    """Rows that no brake counts any more."""
    OpenedFile.objects.filter(at__lt=counted_since()).delete()
