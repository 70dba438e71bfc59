"""When each kind of review is owed next: its window, from the duty that the pack names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.duties.models import Duty
from alongside.duties.models import State as DutyState
from alongside.kit.durations import Duration
from alongside.practice.contents import Pack
from alongside.practice.reviews import ReviewType
from alongside.reviews.models import Review, State
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Window:
    """One kind of review for one person: when it is owed, when it is booked, when it was held."""

    type: ReviewType
    duty: Duty | None
    booked: Review | None
    unfinished: Review | None
    last: Review | None
    today: date

    @property
    def is_open(self) -> bool:
        return self.duty is not None and self.duty.opens_on <= self.today

    @property
    def is_overdue(self) -> bool:
        return self.duty is not None and self.duty.due_on < self.today

    @property
    def says(self) -> str:
        """The window as one would say it."""
        if self.duty is None:
            return "Held when it is needed" if not self.type.duty else "Not owed now"
        due = f"{self.duty.due_on:%-d %B %Y}"
        if self.is_overdue:
            return f"Overdue since {due}"
        if self.duty.opens_on == self.duty.period_from:
            return f"Due by {due}"
        return f"Between {self.duty.opens_on:%-d %B %Y} and {due}"

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        return "good" if self.booked else ("warn" if self.is_open else "quiet")


def windows_of(stay: Stay, reviews: Sequence[Review]) -> list[Window]:
    """The windows of every kind of review, given all reviews of the stay. One query."""
    pack = stay.pack
    owed = Duty.objects.filter(
        stay=stay, state__in=[DutyState.OPEN, DutyState.PAUSED], key__in=review_duties(pack)
    )
    by_key = {duty.key: duty for duty in owed.order_by("-due_on")}
    today = stay.scheme.today()
    return [
        _window(
            kind, by_key.get(kind.duty), [one for one in reviews if one.kind == kind.key], today
        )
        for kind in pack.reviews
    ]


def _window(kind: ReviewType, duty: Duty | None, reviews: Sequence[Review], today: date) -> Window:
    held = [one for one in reviews if one.held_on]
    return Window(
        kind,
        duty,
        booked=next((one for one in reviews if one.state is State.BOOKED), None),
        unfinished=next((one for one in held if not one.completed_at), None),
        last=held[0] if held else None,
        today=today,
    )


def review_duties(pack: Pack) -> dict[str, ReviewType]:
    """The duty of each kind of review that has one."""
    return {kind.duty: kind for kind in pack.reviews if kind.duty}


def held_late(stay: Stay) -> set[tuple[str, date]]:
    """Kind and day of every review of this stay that was held after its last day."""
    kinds = review_duties(stay.scheme.pack)
    late = Duty.objects.filter(stay=stay, key__in=kinds, state=DutyState.MET_LATE)
    return {(kinds[duty.key].key, duty.met_on) for duty in late if duty.met_on}


def late_ids(reviews: Sequence[Review]) -> set[UUID]:
    """Which of these reviews were done late: held on the day that met a duty late. One query."""
    if not reviews:
        return set()
    kinds = review_duties(reviews[0].scheme.pack)
    late = Duty.objects.filter(
        stay__in={review.stay_id for review in reviews}, key__in=kinds, state=DutyState.MET_LATE
    )
    marks = {(duty.stay_id, kinds[duty.key].key, duty.met_on) for duty in late}
    return {one.pk for one in reviews if (one.stay_id, one.kind, one.held_on) in marks}


def proposed_day(stay: Stay, kind: ReviewType, *, after: date) -> date | None:
    """The day to propose for the next review of this kind: its interval after this one.

    Where the practice gives a window, the day in the middle of it.
    """
    rule = stay.scheme.pack.duties.get(kind.duty) if kind.duty else None
    if rule is None:
        return None
    length = Duration.parse(rule.every) if rule.every and not rule.due else rule.due
    if not length:
        return None
    last = length.after(after)
    opens = rule.opens.after(after) if rule.opens else last
    return opens + (last - opens) // 2
