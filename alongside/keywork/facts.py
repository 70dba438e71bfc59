"""What duties may ask about key working: sessions held, missed, made good; reports written."""

from __future__ import annotations

from datetime import date, datetime

from alongside.duties.facts import from_rows, local_day
from alongside.keywork.models import Booking, Outcome, PeriodReport, Session
from alongside.keywork.models.bookings import NOT_HELD
from alongside.stays.models import Stay


@from_rows(
    "session.held",
    reads=[Session],
    rows=lambda _: Session.objects.counting(),
    columns=["held_on"],
)
def held(stay: Stay, day: date) -> date:
    """Every day a key-work session was held, whoever held it."""
    return day


@from_rows(
    "session.booked",
    reads=[Booking],
    rows=lambda _: Booking.objects.filter(outcome__in=["", Outcome.HELD]),
    columns=["starts_at"],
)
def booked(stay: Stay, at: datetime) -> date:
    """The days of every booking that still stands or was held."""
    return local_day(stay, at)


@from_rows(
    "session.missed",
    reads=[Booking],
    rows=lambda _: Booking.objects.filter(outcome__in=NOT_HELD),
    columns=["starts_at"],
)
def missed(stay: Stay, at: datetime) -> date:
    """The days of bookings that were missed or cancelled, for whatever reason."""
    return local_day(stay, at)


@from_rows(
    "session.rebooked_or_explained",
    reads=[Booking],
    rows=lambda _: Booking.objects.filter(outcome__in=NOT_HELD),
    columns=["explained_on", "rebooked_as__recorded_at"],
)
def rebooked_or_explained(
    stay: Stay, explained_on: date | None, rebooked_at: datetime | None
) -> date | None:
    """For each missed or cancelled booking that was made good, the day that happened."""
    return explained_on or (local_day(stay, rebooked_at) if rebooked_at else None)


@from_rows(
    "report.written",
    reads=[PeriodReport],
    rows=lambda _: PeriodReport.objects.all(),
    columns=["recorded_at"],
)
def written(stay: Stay, at: datetime) -> date:
    """Every day a report for the review was written."""
    return local_day(stay, at)
