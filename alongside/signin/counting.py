"""How many people's files one session opens, in rows that requests at one moment cannot overwrite.

Not an operation: that a file was read is journalled where it is shown; this only counts.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings

from alongside.kit import clock
from alongside.signin.models import OpenedFile

REMEMBERED = 20_000
# What this process has counted already, and when: opening the same file again costs no query.
_counted: OrderedDict[tuple[UUID, UUID], datetime] = OrderedDict()


def counted_since() -> datetime:
    return clock.now() - timedelta(minutes=settings.READING_BRAKE["minutes"])


def files_opened(sign_in: UUID, subject: UUID, *, since: float) -> int:
    """Count that this session opens this file; how many people it has opened in the last minutes.

    Those before `since` (seconds, when it was last shown who reads) do not count. 0 when this
    process counted the same file a moment ago.
    """
    from_when = max(counted_since(), datetime.fromtimestamp(since, UTC))
    if _counted.get((sign_in, subject), datetime.min.replace(tzinfo=UTC)) >= from_when:
        return 0
    OpenedFile.objects.create(sign_in_id=sign_in, subject_id=subject)
    lately = OpenedFile.objects.filter(sign_in_id=sign_in, at__gte=from_when)
    found = lately.values("subject_id").distinct().count()
    _counted[sign_in, subject] = clock.now()
    if len(_counted) > REMEMBERED:
        _counted.popitem(last=False)
    return found


def forget_what_is_old() -> None:
    """Rows that no brake counts any more."""
    OpenedFile.objects.filter(at__lt=counted_since()).delete()
