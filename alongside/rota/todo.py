"""On which of somebody's shifts each thing they owe falls: nothing waits for a day off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from alongside.duties.models import Duty
from alongside.duties.queries import merged
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.rota.models import Turn

MOST = 200


def on_shifts(
    worker: Staff, turns: Sequence[Turn], *, seen_by: Staff
) -> tuple[dict[UUID, list[Duty]], list[Duty]]:
    """What this worker owes, by the shift to come on which it is best done; and what has none.

    That is the last shift that starts on or before the day it is due; the next one, when it is
    overdue or due before they are here again. One query; `turns` are theirs, soonest first.
    """
    ahead = [turn for turn in turns if turn.worker_id == worker.pk and turn.cancelled_at is None]
    placed: dict[UUID, list[Duty]] = defaultdict(list)
    left: list[Duty] = []
    for duty in _owed(worker, {turn.scheme_id for turn in ahead}, seen_by):
        here = [turn for turn in ahead if turn.scheme_id == duty.scheme_id]
        in_time = [turn for turn in here if turn.on <= duty.due_on]
        chosen = in_time[-1] if in_time else next(iter(here), None)
        if chosen:
            placed[chosen.pk].append(duty)
        else:
            left.append(duty)
    return dict(placed), left


def _owed(worker: Staff, schemes: Iterable[UUID], seen_by: Staff) -> list[Duty]:
    today = clock.today()
    owed = Duty.objects.visible_to(seen_by).for_page().filter(owed_by=worker)
    found = owed.outstanding(today).filter(scheme_id__in=list(schemes))
    return merged(found.order_by("due_on", "pk")[:MOST])
