"""What the pages of absence ask: sessions at risk, what waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from alongside.absence.models import DAY, Absence, Arrangement, Kind, SessionAsked
from alongside.absence.queries import Overview, Prepared, away_between, overviews
from alongside.cover.models import SessionOffer, SessionOfferQuerySet
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay

MOST = 100


def offer_for(staff: Staff, offer_id: UUID) -> SessionOffer:
    """That offer, if it is of somebody at a scheme where they read files."""
    return get_object_or_404(SessionOffer.objects.visible_to(staff).for_page(), pk=offer_id)


def offers_to(staff: Any) -> SessionOfferQuerySet:
    """Sessions that somebody was asked to hold and has not answered, soonest first."""
    asked = SessionOffer.objects.for_page().waiting().filter(to_worker=staff)
    return asked.order_by("booking__starts_at")


def sessions_at_risk(absence: Absence, *, stay: Stay | None = None) -> list[Booking]:
    """Sessions booked with somebody who is away then, soonest first."""
    found = at_risk([absence])[absence.pk]
    return [one for one in found if stay is None or one.stay_id == stay.pk]


def at_risk(absences: Sequence[Absence]) -> dict[UUID, list[Booking]]:
    """For each absence the sessions still booked in it; one query, however many."""
    found: dict[UUID, list[Booking]] = {one.pk: [] for one in absences}
    if not absences:
        return found
    first = min(_midnight(one, one.from_on) for one in absences)
    last = max(_midnight(one, one.looks_to() + DAY) for one in absences)
    booked = (
        Booking.objects.for_page()
        .open()
        .filter(worker_id__in={one.worker_id for one in absences}, stay__moved_out_on=None)
        .between(max(first, clock.now()), last)
        .order_by("starts_at")
    )
    for booking in booked:
        for absence in absences:
            if booking.worker_id == absence.worker_id and absence.from_on <= booking.day() <= (
                absence.looks_to()
            ):
                found[absence.pk].append(booking)
    return found


def _midnight(absence: Absence, day: object) -> datetime:
    return datetime.combine(day, time(), tzinfo=absence.scheme.zone)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Away:
    """An absence on the team's list: whom it touches and what is at risk."""

    overview: Overview
    at_risk: list[Booking]

    @property
    def absence(self) -> Absence:
        return self.overview.absence

    @property
    def now(self) -> bool:
        return self.absence.is_in_force() and self.absence.holds(self.absence.scheme.today())


@dataclass(frozen=True, slots=True)
class TeamBoard:
    """Who is away, and what waits for the team leader."""

    now: list[Away]
    to_come: list[Away]
    waiting: list[Absence]
    asked: list[SessionAsked] = field(default_factory=list)

    @property
    def every(self) -> list[Away]:
        return [*self.now, *self.to_come]

    @property
    def for_the_leader(self) -> list[tuple[Away, list[Prepared], list[Prepared]]]:
        """Each absence with who is not arranged too near its start, and who has no cover."""
        rows = []
        for away in self.every:
            late = away.overview.not_arranged if away.overview.is_for_the_leader else []
            bare = away.overview.uncovered if away.now or away.overview.is_for_the_leader else []
            back = [one for one in away.overview.uncovered if one.returned and one not in bare]
            if late or bare or back:
                rows.append((away, late, [*bare, *back]))
        return rows

    @property
    def uncovered(self) -> int:
        return sum(len(bare) for _, _, bare in self.for_the_leader)

    @property
    def not_arranged(self) -> int:
        return sum(len(late) for _, late, _ in self.for_the_leader)

    @property
    def at_risk(self) -> int:
        return sum(len(away.at_risk) for away in self.every)


def team_board(scheme: Scheme) -> TeamBoard:
    """Who is away now and in the time the pack looks ahead; six queries."""
    today = scheme.today()
    ahead = today + timedelta(days=int(scheme.pack.limit("leave_shown_ahead")))
    found = list(away_between(scheme, today, ahead)[:MOST])
    sure = [one for one in found if one.is_in_force()]
    risky = at_risk(sure)
    every = [Away(one, risky[one.absence.pk]) for one in overviews(sure)]
    return TeamBoard(
        now=[one for one in every if one.now],
        to_come=[one for one in every if not one.now],
        waiting=[one for one in found if one.kind == Kind.LEAVE and not one.decision],
        asked=list(unanswered_requests(scheme)[:MOST]),
    )


def unanswered_requests(scheme: Any, to_worker: Any = None) -> QuerySet[SessionAsked]:
    """Sessions that residents asked for and that were not booked with that person since."""
    booked = Booking.objects.filter(
        stay=OuterRef("stay"), worker=OuterRef("to_worker"), recorded_at__gte=OuterRef("asked_at")
    )
    asked = SessionAsked.objects.filter(stay__scheme=scheme, stay__moved_out_on=None)
    if to_worker:
        asked = asked.filter(to_worker=to_worker)
    found = asked.exclude(Exists(booked)).select_related(
        "stay__resident", "stay__bed", "stay__scheme__organisation", "to_worker", "by_staff",
        "by_resident",
    )  # fmt: skip
    return found.order_by("asked_at")


def offers_by_booking(bookings: Sequence[Booking]) -> dict[UUID, list[SessionOffer]]:
    """Who was asked about each of these sessions; one query."""
    found: dict[UUID, list[SessionOffer]] = defaultdict(list)
    asked = SessionOffer.objects.for_page().filter(booking__in=[one.pk for one in bookings])
    for one in asked.order_by("asked_at"):
        found[one.booking_id].append(one)
    return dict(found)


def arrangements_of(stay: Stay) -> dict[UUID, Arrangement]:
    """What was agreed with somebody for each absence of their worker; one query."""
    told = Arrangement.objects.filter(stay=stay, replaced_at=None)
    return {one.absence_id: one for one in told.select_related("with_worker", "recorded_by")}
