"""Before somebody moves in: the visits, who is to be their key worker, and what was kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.admissions.models import Admission, Visit
from alongside.allocations.models import LEAD, Allocation
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.referrals.models import Referral
from alongside.rota.models import Turn


class Kept(StrEnum):
    """Which of the two days was kept for naming a key worker."""

    BEFORE_THE_VISIT = "Named before the first visit"
    ON_THE_DAY = "Named by the day of moving in"
    LATE = "Named after moving in"
    OPEN = "Not named yet"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What stands on the page."""

    visits: list[Visit]
    worker: Staff | None
    arrives_on: date | None
    rostered: list[Turn]
    kept: Kept
    has_arrived: bool

    @property
    def attended(self) -> int:
        return sum(visit.key_worker_there for visit in self.visits)


def arrival_of(referral: Referral) -> Arrival:
    """The visits, the key worker, the day, and whether they are on the rota then; two queries.

    Source: key worker guidance, 1 (appointed before the first visit, at the latest on the day) and
    2 (taking part in visits, being there on the day).
    """
    visits = Visit.objects.filter(referral=referral).select_related("key_worker", "recorded_by")
    admissions = Admission.objects.filter(referral=referral).select_related("key_worker")
    led = Allocation.objects.filter(stay=referral.stay_id, role=LEAD).select_related("worker")
    first = led.order_by("from_on", "pk")[:1]
    read(visits, admissions, first)
    admission, allocation = next(iter(admissions), None), next(iter(first), None)
    worker = _worker(list(visits), admission, allocation)
    arrives = referral.stay.moved_in_on if referral.stay else None
    if arrives is None and admission:
        arrives = admission.moved_in_on
    return Arrival(
        list(visits),
        worker,
        arrives,
        _rostered(referral, worker, arrives),
        _kept(list(visits), allocation, worker, arrives, moved_in=referral.stay is not None),
        referral.stay is not None,
    )


def _worker(
    visits: list[Visit], admission: Admission | None, allocation: Allocation | None
) -> Staff | None:
    if allocation:
        return allocation.worker
    if admission and admission.key_worker:
        return admission.key_worker
    return next((one.key_worker for one in reversed(visits) if one.key_worker), None)


def _rostered(referral: Referral, worker: Staff | None, arrives: date | None) -> list[Turn]:
    if worker is None or arrives is None:
        return []
    turns = Turn.objects.for_page().standing().filter(scheme=referral.scheme, worker=worker)
    return list(turns.filter(on=arrives).order_by("starts_at"))


def _kept(
    visits: list[Visit],
    allocation: Allocation | None,
    worker: Staff | None,
    arrives: date | None,
    *,
    moved_in: bool,
) -> Kept:
    if visits and visits[0].key_worker:
        return Kept.BEFORE_THE_VISIT
    if allocation and arrives:
        return Kept.ON_THE_DAY if allocation.from_on <= arrives else Kept.LATE
    if worker and not moved_in:
        return Kept.ON_THE_DAY if visits else Kept.BEFORE_THE_VISIT
    return Kept.OPEN
