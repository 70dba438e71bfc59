"""What duties may ask about key working: sessions held, missed, made good; reports written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.duties.facts import provides
from alongside.keywork.models import Booking, Outcome, PeriodReport, Session
from alongside.keywork.models.bookings import NOT_HELD
from alongside.stays.models import Stay


@provides("session.held", reads=[Session])
def held(stay: Stay, of: str) -> Sequence[date]:
    """Every day a key-work session was held, whoever held it."""
    sessions = Session.objects.counting().filter(stay=stay).order_by("held_on")
    return list(sessions.values_list("held_on", flat=True))


@provides("session.booked", reads=[Booking])
def booked(stay: Stay, of: str) -> Sequence[date]:
    """The days of every booking that still stands or was held."""
    kept = Booking.objects.filter(stay=stay, outcome__in=["", Outcome.HELD])
    return _local(stay, list(kept.order_by("starts_at")))


@provides("session.missed", reads=[Booking])
def missed(stay: Stay, of: str) -> Sequence[date]:
    """The days of bookings that were missed or cancelled, for whatever reason."""
    lost = Booking.objects.filter(stay=stay, outcome__in=NOT_HELD).order_by("starts_at")
    return _local(stay, list(lost))


@provides("session.rebooked_or_explained", reads=[Booking])
def rebooked_or_explained(stay: Stay, of: str) -> Sequence[date]:
    """For each missed or cancelled booking that was made good, the day that happened."""
    zone = stay.scheme.zone
    lost = Booking.objects.filter(stay=stay, outcome__in=NOT_HELD).select_related("rebooked_as")
    days = [
        one.explained_on
        or (one.rebooked_as and one.rebooked_as.recorded_at.astimezone(zone).date())
        for one in lost
    ]
    return sorted(day for day in days if day)


@provides("report.written", reads=[PeriodReport])
def written(stay: Stay, of: str) -> Sequence[date]:
    """Every day a report for the review was written."""
    zone = stay.scheme.zone
    reports = PeriodReport.objects.filter(stay=stay).order_by("recorded_at")
    return [one.recorded_at.astimezone(zone).date() for one in reports]


def _local(stay: Stay, bookings: list[Booking]) -> list[date]:
    zone = stay.scheme.zone
    return [one.starts_at.astimezone(zone).date() for one in bookings]
