"""How many people's files, and how many documents, one session opens, in rows that requests at one
moment cannot overwrite.

Not an operation: that a file was read is journalled where it is shown; this only counts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings

from alongside.audit.reading import DOCUMENT, Opened
from alongside.kit import clock
from alongside.signin.models import OpenedFile

SESSIONS_REMEMBERED = 2_000
FEW = 10
"""One in so many of the people that may be opened is not yet written down for other processes."""
PEOPLE, DOCUMENTS = "people", "documents"


@dataclass(slots=True)
class Seen:
    """What one session opened through this process, and which of it no row tells yet."""

    at: dict[UUID, datetime] = field(default_factory=dict)
    waiting: list[OpenedFile] = field(default_factory=list)

    def since(self, when: datetime) -> int:
        return sum(at >= when for at in self.at.values())


_seen: OrderedDict[tuple[UUID, str], Seen] = OrderedDict()


def brake(what: str) -> tuple[int, timedelta]:
    """How many of these may be opened, in how long a time."""
    of = settings.READING_BRAKE if what == PEOPLE else settings.DOCUMENT_BRAKE
    return of[what], timedelta(minutes=of["minutes"])


def too_many(sign_in: UUID, shown: Iterable[Opened], *, since: float) -> tuple[str, int] | None:
    """Count what an answer shows; what is too many of it by now, and how many; else None."""
    for what, key in dict.fromkeys(pair for one in shown for pair in _counted(one)):
        most, _ = brake(what)
        opened = files_opened(sign_in, key, since=since, what=what)
        if opened > most:
            return what, opened
    return None


def _counted(one: Opened) -> list[tuple[str, UUID]]:
    person = (PEOPLE, one.resident_id)
    if one.what != DOCUMENT:
        return [person]
    return [person, (DOCUMENTS, uuid5(one.resident_id, one.about))]


def files_opened(sign_in: UUID, subject: UUID, *, since: float, what: str = PEOPLE) -> int:
    """Count that this session opens this file; how many it has opened in the last minutes.

    Those before `since` (seconds, when it was last shown who reads) do not count. 0 when this
    process counted the same file a moment ago. The first few cost no query.
    """
    most, lasts = brake(what)
    from_when = max(clock.now() - lasts, datetime.fromtimestamp(since, UTC))
    seen = _seen_by(sign_in, what)
    if (before := seen.at.get(subject)) and before >= from_when:
        return 0
    now = seen.at[subject] = clock.now()
    document = what == DOCUMENTS
    seen.waiting.append(
        OpenedFile(sign_in_id=sign_in, subject_id=subject, at=now, document=document)
    )
    here = seen.since(from_when)
    if here <= most // FEW:
        return here
    OpenedFile.objects.bulk_create(seen.waiting)
    seen.waiting.clear()
    seen.at = {file: at for file, at in seen.at.items() if at >= from_when}
    lately = OpenedFile.objects.filter(sign_in_id=sign_in, at__gte=from_when, document=document)
    return lately.values("subject_id").distinct().count()


def _seen_by(sign_in: UUID, what: str) -> Seen:
    seen = _seen.setdefault((sign_in, what), Seen())
    _seen.move_to_end((sign_in, what))
    if len(_seen) > SESSIONS_REMEMBERED:
        _seen.popitem(last=False)
    return seen


def forget_what_is_old() -> None:
    """Rows that no brake counts any more."""
    longest = max(brake(what)[1] for what in (PEOPLE, DOCUMENTS))
    OpenedFile.objects.filter(at__lt=clock.now() - longest).delete()
