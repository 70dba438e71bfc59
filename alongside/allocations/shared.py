"""What pages ask about shared work, what a case weighs, and how the two get on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.allocations.models import (
    LEAD,
    Allocation,
    CaseMark,
    JointArrangement,
    JointEntry,
    RelationshipRating,
    WorkerProfile,
)
from alongside.duties.engine import Happening
from alongside.duties.facts import occurrences
from alongside.duties.subjects import STAY
from alongside.kit import clock
from alongside.kit.together import read
from alongside.organisation.models import Membership, Staff
from alongside.organisation.policy import seen_along
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyRule
from alongside.stays.models import Stay


def mark_of(stay: Stay) -> CaseMark | None:
    """How complex the case is, as it was last marked."""
    marks = CaseMark.objects.filter(stay=stay, replaced_at=None).select_related("marked_by")
    found = marks.first()
    if found:
        found.stay = stay
    return found


def shared_duties(pack: Pack) -> list[DutyRule]:
    """The duties about a person that fall to a key worker first: what is shared out."""
    return [
        rule
        for rule in pack.duties
        if rule.owner
        and rule.owner[0] == LEAD
        and (rule.subject or STAY) == STAY
        and pack.owes(rule)
    ]


def joint_arrangement(stay: Stay) -> JointArrangement | None:
    """How the work with somebody is shared now, if it is."""
    found = JointArrangement.objects.filter(stay=stay, ended_on=None).select_related("overseer")
    arrangement = found.first()
    if arrangement:
        arrangement.stay = stay
    return arrangement


def arrangement_for(staff: Staff, pk: UUID) -> JointArrangement:
    """That arrangement, if it is of somebody at a scheme where this person works."""
    rows = JointArrangement.objects.filter(seen_along(staff, "stay"))
    return get_object_or_404(
        rows.select_related(
            "overseer", "stay__resident", "stay__scheme__organisation", "stay__bed"
        ),
        pk=pk,
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """Shared work as a page shows it: who, which duties each has, and the latest of the log."""

    arrangement: JointArrangement
    workers: list[tuple[Staff, list[str]]]
    entries: list[JointEntry]

    def is_of(self, staff: Staff) -> bool:
        return staff == self.arrangement.overseer or any(one == staff for one, _ in self.workers)


def shared_work(stay: Stay) -> Shared | None:
    """How the work is shared, with the latest twenty lines of the log; two queries."""
    arrangement = joint_arrangement(stay)
    if arrangement is None:
        return None
    workers = arrangement.workers.select_related("worker").order_by("worker__name")
    shares = arrangement.shares.order_by("pk")
    entries = arrangement.entries.select_related("written_by").order_by("-on", "-pk")[:20]
    read(workers, shares, entries)
    for share in shares:
        share.arrangement = arrangement
    return Shared(
        arrangement,
        [
            (one.worker, [share.says for share in shares if share.worker_id == one.worker_id])
            for one in workers
        ],
        list(entries),
    )


@dataclass(frozen=True, slots=True)
class Relationship:
    """How long the two have worked together, how often they met, how the person finds it."""

    days: int
    sessions: int
    ratings: list[RelationshipRating]


def relationship(stay: Stay, current: Allocation | None) -> Relationship | None:
    """With the current key worker; nothing while there is none."""
    if current is None:
        return None
    met = [day for day in occurrences("session.held", stay) if _day(day) >= current.from_on]
    ratings = RelationshipRating.objects.filter(stay=stay, worker=current.worker_id)
    latest = ratings.select_related("by_staff", "by_resident").order_by("-rated_on", "-pk")[:5]
    return Relationship(current.days(stay.scheme.today()), len(met), list(latest))


def _day(found: date | Happening) -> date:
    return found if isinstance(found, date) else found.on


def profile_with_photo(staff_id: UUID, *, at: set[UUID]) -> WorkerProfile:
    """Their profile, if they have a photo and work at one of these schemes today."""
    working = Membership.objects.current(clock.today()).filter(scheme_id__in=at)
    rows = WorkerProfile.objects.exclude(photo="").filter(
        worker_id=staff_id, worker_id__in=working.values("staff_id")
    )
    return get_object_or_404(rows)


def has_photo(staff: Staff) -> bool:
    return WorkerProfile.objects.exclude(photo="").filter(worker=staff).exists()
