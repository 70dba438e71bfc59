"""The service week: who has a session booked, who had one, who is short, and whose miss it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from alongside.keywork.models import Booking, Outcome, Session
from alongside.keywork.models.bookings import NOT_HELD
from alongside.organisation.models import Scheme
from alongside.practice.words import CountsAgainst
from alongside.stays.models import Stay

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True)
class Row:
    """One person's week."""

    stay: Stay
    needed: int
    counted: bool = True
    booked: list[Booking] = field(default_factory=list)
    held: int = 0
    missed_by_resident: int = 0
    missed_by_service: int = 0
    in_a_row: int = 0
    alarming: bool = False
    over: bool = False
    late: bool = False

    @property
    def short(self) -> int:
        """How many are neither held nor booked."""
        return max(self.needed - self.held - len(self.booked), 0) if self.counted else 0

    @property
    def state(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.held >= self.needed:
            return ("Held", "good")
        if not self.counted:
            return ("First days, not counted", "quiet")
        if self.over:
            return ("Not held", "bad")
        if not self.short:
            return ("Booked", "info")
        return ("Short", "warn" if self.late else "quiet")


@dataclass(frozen=True, slots=True)
class WeekBoard:
    """A service week at a scheme, person by person."""

    begins_on: date
    ends_on: date
    rows: list[Row]

    def count(self, word: str) -> int:
        return sum(1 for row in self.rows if row.state[0] == word)

    @property
    def held(self) -> int:
        return self.count("Held")

    @property
    def booked(self) -> int:
        return self.count("Booked")

    @property
    def short(self) -> int:
        return self.count("Short") + self.count("Not held")


def begins_on(scheme: Scheme, day: date) -> date:
    """The first day of the service week that holds this day."""
    first = WEEKDAYS.index(scheme.pack.about.week_starts)
    return day - timedelta(days=(day.weekday() - first) % len(WEEKDAYS))


def week_board(scheme: Scheme, day: date) -> WeekBoard:
    """The week that holds this day. Four queries, however many live here."""
    start = begins_on(scheme, day)
    end = start + timedelta(days=len(WEEKDAYS) - 1)
    rows = {stay.pk: _row(stay, start, end) for stay in _there(scheme, start, end)}
    _fill_bookings(scheme, rows, start, end)
    held = Session.objects.counting().filter(stay_id__in=rows, held_on__range=(start, end))
    for stay_id in held.values_list("stay_id", flat=True):
        rows[stay_id].held += 1
    most = int(scheme.pack.limit("missed_in_a_row"))
    for key, lost in missed_running(rows).items():
        rows[key].in_a_row, rows[key].alarming = lost, lost >= most
    ordered = sorted(rows.values(), key=lambda row: row.stay.resident.name_key)
    return WeekBoard(start, end, ordered)


def _there(scheme: Scheme, start: date, end: date) -> Iterable[Stay]:
    """Everybody who stayed here on at least one day of the week."""
    there = Stay.objects.for_page().filter(scheme=scheme, moved_in_on__lte=end)
    return there.exclude(moved_out_on__lt=start)


def _row(stay: Stay, start: date, end: date) -> Row:
    """A person's empty week: how many are needed, and whether the week counts at all.

    A first week with fewer days than the pack asks for is not counted. The week of moving out
    is not either: nothing more is owed.
    """
    limits, today = stay.scheme.pack.limits, stay.scheme.today()
    first = stay.moved_in_on > start
    days = (end - max(stay.moved_in_on, start)).days + 1
    counted = not (first and days < int(limits["first_week_at_least"]))
    leaves = stay.moved_out_on is not None and stay.moved_out_on <= end
    return Row(
        stay,
        needed=int(limits["sessions_each_week"]),
        counted=counted and not leaves,
        over=end < today,
        late=(today - start).days + 1 >= int(limits["session_reminder_weekday"]),
    )


def _fill_bookings(scheme: Scheme, rows: dict[UUID, Row], start: date, end: date) -> None:
    midnight = time(0)
    begin = datetime.combine(start, midnight, tzinfo=scheme.zone)
    finish = datetime.combine(end + timedelta(days=1), midnight, tzinfo=scheme.zone)
    bookings = Booking.objects.for_page().filter(stay_id__in=rows).between(begin, finish)
    for booking in bookings.order_by("starts_at"):
        row = rows[booking.stay_id]
        if booking.is_open():
            row.booked.append(booking)
        elif booking.was_not_held():
            against = booking.counts_against()
            row.missed_by_resident += against == CountsAgainst.RESIDENT
            row.missed_by_service += against == CountsAgainst.SERVICE


def missed_running(stays: Iterable[UUID]) -> dict[UUID, int]:
    """For each stay, how many of its latest sessions were missed one after another."""
    settled = Booking.objects.filter(
        stay_id__in=list(stays), outcome__in=[Outcome.HELD, *NOT_HELD]
    ).order_by("stay_id", "-starts_at")
    counted: dict[UUID, int] = defaultdict(int)
    ended: set[UUID] = set()
    for stay_id, outcome in settled.values_list("stay_id", "outcome"):
        if outcome == Outcome.HELD:
            ended.add(stay_id)
        elif stay_id not in ended:
            counted[stay_id] += 1
    return dict(counted)
