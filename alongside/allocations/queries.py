"""What pages and other rooms ask about who is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CharField, Count, F, Q, Sum, UUIDField
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from alongside.allocations.models import (
    LEAD,
    USUAL,
    Allocation,
    AllocationQuerySet,
    CaseHandover,
    ChangeRequest,
    ChangeRequestQuerySet,
    JointWorker,
    Wish,
    WorkerProfile,
)
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.practice.actions import Action
from alongside.stays.models import Stay, StayQuerySet


def holder(stay: Stay, role: str = LEAD) -> Staff | None:
    """Who holds the role on this case now; of somebody who has moved on, who held it last.

    Nobody is a key worker while the practice works without them, whoever was named before.
    """
    if role == LEAD and not stay.scheme.pack.has_key_working:
        return None
    found = next(iter(_held.at_once(stay=stay.pk, role=role)), None)
    return found.worker if found else None


@prepared(stay=UUIDField(), role=CharField())
def _held(stay: Any, role: Any) -> models.QuerySet[Allocation]:
    held = Allocation.objects.filter(stay=stay, role=role, until_on=None)
    return held.select_related("worker").order_by("pk")[:1]


def holders(stays: Iterable[Stay] | Iterable[UUID]) -> dict[UUID, dict[str, Staff]]:
    """Who holds which role on each of these cases; one query, however many."""
    keys = [stay.pk if isinstance(stay, Stay) else stay for stay in stays]
    found: dict[UUID, dict[str, Staff]] = defaultdict(dict)
    held = Allocation.objects.filter(stay_id__in=keys, until_on=None).select_related("worker")
    for one in held:
        found[one.stay_id][one.role] = one.worker
    return dict(found)


def caseload(staff: Staff, role: str = LEAD) -> StayQuerySet:
    """The people whose key worker this is, by name: staying, or supported after the move.

    Those whose work they share with the key worker are among them.
    """
    held = Q(pk__in=Allocation.objects.current().filter(worker=staff, role=role).values("stay_id"))
    if role == LEAD:
        held |= Q(pk__in=_shared_by(staff))
    return Stay.objects.visible_to(staff).for_page().filter(held).order_by("resident__name_key")


def _shared_by(staff: Staff) -> models.QuerySet[JointWorker, UUID]:
    is_open = Q(arrangement__stay__moved_out_on=None) | Q(arrangement__stay__case_kept_open=True)
    shared = JointWorker.objects.filter(is_open, worker=staff, arrangement__ended_on=None)
    return shared.values_list("arrangement__stay_id", flat=True)


def current_allocation(stay: Stay, role: str = LEAD) -> Allocation | None:
    """The allocation in force, with its worker."""
    return Allocation.objects.for_page().filter(stay=stay, role=role, until_on=None).first()


@dataclass(frozen=True, slots=True)
class Load:
    """How many people somebody holds, and how many they count for; a part counts as one."""

    people: int = 0
    weighs: int = 0


def loads(workers: Iterable[Staff], role: str = LEAD) -> dict[UUID, Load]:
    """How many people each of these workers holds in the role now, at every scheme.

    Somebody supported after the move counts with the weight their scheme's pack gives them, and
    somebody with complex needs with the weight of their mark. Nobody is held as a key worker's
    at a scheme that works without them. Two queries, however many.
    """
    people: dict[UUID, int] = {worker.pk: 0 for worker in workers}
    hundredths = dict(people)
    for key, scheme, left, held, marked in _held_by(hundredths, role):
        found = scheme.pack.limits.get("aftercare_weight") if left else None
        weight = int(found) if found else USUAL
        people[key] += held
        hundredths[key] += held * weight + (0 if left else marked)
    return {key: Load(people[key], -(-held // USUAL)) for key, held in hundredths.items()}


def _held_by(keys: Iterable[UUID], role: str) -> Iterable[tuple[UUID, Scheme, bool, int, int]]:
    """Worker, scheme, whether those people have moved, how many, and what they weigh beyond."""
    rows = list(_counted_by(keys, role))
    schemes = Scheme.objects.in_bulk({row[1] for row in rows})
    for key, scheme_id, moved, held, marked in rows:
        scheme = schemes[scheme_id]
        if role != LEAD or scheme.pack.has_key_working:
            yield key, scheme, moved, held, marked


def _counted_by(keys: Iterable[UUID], role: str) -> Iterable[tuple[UUID, UUID, bool, int, int]]:
    moved = models.ExpressionWrapper(
        Q(stay__moved_out_on__isnull=False), output_field=models.BooleanField()
    )
    return (
        Allocation.objects.current()
        .filter(role=role, worker_id__in=list(keys))
        .annotate(moved=moved)
        .order_by()
        .values_list("worker_id", "stay__scheme_id", "moved")
        .annotate(
            held=Count("pk", distinct=True),
            marked=Coalesce(
                Sum(
                    F("stay__case_marks__weight") - USUAL,
                    filter=Q(stay__case_marks__replaced_at=None),
                ),
                0,
            ),
        )
    )


def split_of(workers: Iterable[Staff], role: str = LEAD) -> dict[UUID, tuple[int, int]]:
    """How many of a worker's people stay here, and how many are supported after the move."""
    found = {worker.pk: (0, 0) for worker in workers}
    for key, _, left, held, _ in _held_by(found, role):
        here, after = found[key]
        found[key] = (here, after + held) if left else (here + held, after)
    return found


def history(stay: Stay) -> AllocationQuerySet:
    """Everybody who held a role on this case, the latest first."""
    return Allocation.objects.for_page().filter(stay=stay).order_by("-from_on", "-pk")


def latest_wish(stay: Stay) -> Wish | None:
    """What the resident last said about whom they would like."""
    return wishes_of(stay).first()


def wishes_of(stay: Stay) -> models.QuerySet[Wish]:
    """Everything they said about whom they would like, the latest first."""
    wishes = Wish.objects.filter(stay=stay).select_related("worker", "by_staff", "by_resident")
    return wishes.order_by("-asked_on", "-pk")


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is whose for one person, now and before, and what was wished and asked."""

    stay: Stay
    history: list[Allocation]
    wish: Wish | None
    changes: list[ChangeRequest]
    handover: CaseHandover | None

    @property
    def current(self) -> Allocation | None:
        held = (one for one in self.history if one.role == LEAD and one.until_on is None)
        return next(held, None)

    @property
    def days(self) -> list[tuple[Staff, int]]:
        """How many days each key worker was theirs, in the order they came."""
        return _days_with_each(self.history, self.stay.scheme.today())


def holding(stay: Stay, staff: Staff) -> Holding:
    """All of it, as this person may know it; one query."""
    held, wishes, changes = history(stay), wishes_of(stay)[:1], changes_of(stay, staff)
    offered = _handovers(stay)
    read(held, wishes, changes, offered)
    wish, handover = next(iter(wishes), None), next(iter(offered), None)
    return Holding(stay, list(held), wish, list(changes), handover)


def without_key_worker(scheme: Scheme) -> StayQuerySet:
    """People staying here now who have no key worker at all. It must be empty.

    Nobody lacks one where the practice works without them.
    """
    if not scheme.pack.has_key_working:
        return Stay.objects.none()
    held = Allocation.objects.current().leading().filter(stay__scheme=scheme)
    return (
        Stay.objects.for_page()
        .current()
        .filter(scheme=scheme)
        .exclude(pk__in=held.values("stay_id"))
        .order_by("resident__name_key")
    )


def change_for(staff: Staff, request_id: UUID) -> ChangeRequest:
    """That request, if it is of somebody at their scheme and not about themselves."""
    visible = ChangeRequest.objects.visible_to(staff).exclude(about=staff)
    return get_object_or_404(visible.for_page(), pk=request_id)


def may_read_words(request: ChangeRequest, staff: Staff) -> bool:
    """Whether this person may read what was written: whoever decides, and whoever asked."""
    if request.about_id == staff.pk:
        return False
    decides = staff.may(Action.DECIDE_CHANGE_OF_KEY_WORKER, request)
    return decides or request.by_staff_id == staff.pk


def changes_of(stay: Stay, staff: Staff) -> ChangeRequestQuerySet:
    """Requests for another key worker that this person may know of, latest first."""
    known = ChangeRequest.objects.for_page().filter(stay=stay).exclude(about=staff)
    if not staff.may(Action.DECIDE_CHANGE_OF_KEY_WORKER, stay):
        known = known.filter(Q(by_staff=staff) | Q(decided_on__isnull=False))
    return known.order_by("-asked_on", "-pk")


def unanswered_changes(scheme: Scheme, staff: Staff) -> ChangeRequestQuerySet:
    """Requests that wait for a decision, the oldest first; never those about the reader."""
    waiting = ChangeRequest.objects.for_page().unanswered().filter(stay__scheme=scheme)
    return waiting.exclude(about=staff).order_by("asked_on", "pk")


def is_late(request: ChangeRequest) -> bool:
    """Whether an answer has taken longer than the pack allows."""
    limit = request.stay.scheme.pack.limit("change_of_key_worker_answer")
    return request.waits_days(request.stay.scheme.today()) > int(limit)


def handovers_to(staff: Staff) -> models.QuerySet[CaseHandover]:
    """Cases offered to this person that they have not accepted yet."""
    offered = CaseHandover.objects.filter(
        seen_along(staff, "stay", None), to_worker=staff, accepted_on=None
    )
    return offered.select_related(
        "stay__resident", "stay__scheme__organisation", "from_worker", "to_worker"
    ).order_by("offered_on")


def open_handover(stay: Stay) -> CaseHandover | None:
    """The case being handed over, if it is."""
    return next(iter(_handovers(stay)), None)


def _handovers(stay: Stay) -> models.QuerySet[CaseHandover]:
    offered = CaseHandover.objects.filter(stay=stay, accepted_on=None).order_by("pk")
    return offered.select_related("from_worker", "to_worker")[:1]


def handover_for(staff: Staff, handover_id: UUID) -> CaseHandover:
    """That handover, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(
        CaseHandover.objects.filter(seen_along(staff, "stay", None)).select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed", "from_worker", "to_worker"
        ),
        pk=handover_id,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A worker and the people they hold here, with how long each has been theirs."""

    worker: Staff
    allocations: list[Allocation]
    leaves_on: date | None = None

    @property
    def count(self) -> int:
        return len(self.allocations)

    @property
    def after(self) -> int:
        """How many of them have moved, and are supported still."""
        return sum(one.stay.moved_out_on is not None for one in self.allocations)


def who_is_whose(scheme: Scheme) -> list[Held]:
    """Every worker who holds somebody here, or may, with those they hold; three queries."""
    found: dict[UUID, list[Allocation]] = defaultdict(list)
    workers: dict[UUID, Staff] = {}
    leaving: dict[UUID, date | None] = {}
    roles = [role.key for role in scheme.pack.roles if role.holds_cases]
    working = Membership.objects.current(scheme.today()).filter(scheme=scheme)
    for membership in working.filter(role__in=roles).select_related("staff"):
        workers[membership.staff_id] = membership.staff
        leaving.setdefault(membership.staff_id, membership.until_on)
        if membership.until_on is None:
            leaving[membership.staff_id] = None
    for one in (
        Allocation.objects.for_page()
        .current()
        .leading()
        .filter(stay__scheme=scheme)
        .order_by("stay__resident__name_key")
    ):
        workers.setdefault(one.worker_id, one.worker)
        if one.worker_id not in leaving:
            leaving[one.worker_id] = scheme.today()
        found[one.worker_id].append(one)
    return sorted(
        (Held(who, found[key], leaving.get(key)) for key, who in workers.items()),
        key=lambda held: (-held.count, held.worker.name),
    )


def still_held(worker: Staff, scheme: Scheme) -> AllocationQuerySet:
    """People a worker still holds here in any role: nobody leaves while there are any.

    Where the practice works without named workers, nobody is held as one.
    """
    held = Allocation.objects.all()
    if not scheme.pack.has_key_working:
        held = held.exclude(role=LEAD)
    return (
        held.for_page()
        .current()
        .filter(worker=worker, stay__scheme=scheme)
        .order_by("stay__resident__name_key")
    )


def _days_with_each(latest_first: Iterable[Allocation], today: date) -> list[tuple[Staff, int]]:
    days, workers = dict[UUID, int](), dict[UUID, Staff]()
    for one in sorted(latest_first, key=lambda one: (one.from_on, one.pk)):
        if one.role == LEAD:
            workers[one.worker_id] = one.worker
            days[one.worker_id] = days.get(one.worker_id, 0) + one.days(today)
    return [(who, days[key]) for key, who in workers.items()]


def profile_of(worker: Staff) -> dict[str, str]:
    """What is known of a worker for a match, field by field."""
    found = WorkerProfile.objects.filter(worker=worker).first()
    if found is None:
        return {}
    return {"languages": found.languages, "gender": found.gender, "skills": found.skills}
