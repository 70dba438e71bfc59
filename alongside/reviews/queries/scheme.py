"""The reviews of everybody at a scheme, and what the team is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.duties.models import Duty, DutyQuerySet
from alongside.keywork.models import PeriodReport, PeriodReportQuerySet
from alongside.organisation.models import Scheme, Staff
from alongside.practice.reviews import ReviewType
from alongside.reviews.models import Review, ReviewQuerySet
from alongside.reviews.queries.windows import review_duties

LATER_SHOWN = {"overdue": "Overdue", "booked": "Booked", "held": "Held"}


@dataclass(frozen=True, slots=True)
class Owed:
    """A review that is owed to somebody, and the one that is booked for it."""

    duty: Duty
    type: ReviewType
    booked: Review | None

    @property
    def is_late_even_so(self) -> bool:
        """It is booked, but for a day after its last day."""
        return self.booked is not None and self.booked.planned_on > self.duty.due_on


def owed_reviews(scheme: Scheme, show: str, kind: str) -> DutyQuerySet:
    """What is owed now: everything whose window is open, or only what is past its last day."""
    keys = [key for key, found in review_duties(scheme.pack).items() if kind in {"", found.key}]
    owed = Duty.objects.for_page().filter(scheme=scheme, key__in=keys)
    today = scheme.today()
    return owed.overdue(today) if show == "overdue" else owed.outstanding(today)


def bookings_for(scheme: Scheme, duties: Sequence[Duty]) -> list[Owed]:
    """Each of these duties with the review that is booked for it. One query."""
    kinds = review_duties(scheme.pack)
    booked = Review.objects.for_page().booked().filter(stay__in=[one.stay_id for one in duties])
    by_kind: dict[tuple[UUID | None, str], Review] = {
        (one.stay_id, one.kind): one for one in booked
    }
    return [
        Owed(one, kinds[one.key], by_kind.get((one.stay_id, kinds[one.key].key))) for one in duties
    ]


def scheme_reviews(scheme: Scheme, show: str, kind: str) -> ReviewQuerySet:
    """Reviews that are booked, or were held, at this scheme."""
    found = Review.objects.for_page().filter(stay__scheme=scheme)
    found = found.booked() if show == "booked" else found.held()
    return found.filter(kind=kind) if kind else found


def team_questions(scheme: Scheme) -> PeriodReportQuerySet:
    """What the team is asked and has not answered, the oldest first."""
    asked = PeriodReport.objects.for_page().awaiting_the_team()
    return asked.filter(stay__scheme=scheme).order_by("recorded_at", "pk")


def answered_questions(scheme: Scheme) -> PeriodReportQuerySet:
    """What the team answered, the latest first."""
    asked = PeriodReport.objects.for_page().filter(stay__scheme=scheme, answered_at__isnull=False)
    return asked.order_by("-answered_at", "-pk")


def report_for(staff: Staff, report_id: UUID) -> PeriodReport:
    """That report, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(PeriodReport.objects.visible_to(staff).for_page(), pk=report_id)
