"""What finished sheets tell the duty engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from alongside.duties.engine import Happening
from alongside.duties.facts import ManyAnswers, from_rows, provides
from alongside.organisation.models import Scheme, Staff
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay


def _finished(of: str, about: Q) -> Any:
    found = Sheet.objects.filter(about, finished_at__isnull=False, corrects=None)
    return (found.filter(key=of) if of else found).order_by("finished_at")


def _days(scheme: Scheme, times: Any) -> list[date]:
    return [at.astimezone(scheme.zone).date() for at in times if at]


def completed_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[date]]:
    """The same for many stays, in one question."""
    zones = {stay.pk: stay.scheme.zone for stay in stays}
    found: dict[UUID, list[date]] = {}
    rows = _finished(of, Q(stay__in=zones)).values_list("stay_id", "finished_at")
    for key, at in rows:
        found.setdefault(key, []).append(at.astimezone(zones[key]).date())
    return found


@provides("sheet.completed", reads=[Sheet], many=completed_of_many)
def completed(stay: Stay, of: str) -> Sequence[date]:
    """The day each sheet of that key was finished. A correction is no second time."""
    times = _finished(of, Q(stay=stay)).values_list("finished_at", flat=True)
    return _days(stay.scheme, times)


@from_rows(
    "sheet.completed",
    subject="staff",
    reads=[Sheet],
    rows=lambda of: _finished(of, Q(worker__isnull=False)),
    columns=["finished_at", "scheme__time_zone"],
    path="worker",
)
def completed_about_a_colleague(worker: Staff, at: datetime, time_zone: str) -> date:
    """The day each sheet of that key about them was finished, by the calendar of its scheme."""
    return at.astimezone(ZoneInfo(time_zone)).date()


@provides("sheet.completed", subject="scheme", reads=[Sheet])
def completed_about_a_service(scheme: Scheme, of: str) -> Sequence[date]:
    """The day each sheet of that key about the service was finished."""
    times = _finished(of, Q(scheme=scheme, stay=None, worker=None))
    return _days(scheme, times.values_list("finished_at", flat=True))


# Which answer of a sheet says when a thing happened, and until when it counts.
HAPPENED = ("happened_on", "held_on")
EXPIRES = ("expires_on", "valid_until", "review_on")
# What a sheet about a colleague shows, of what their role asks for.
GATE = "gate"


def _answered(of: str, about: Q, questions: Sequence[str], by: str) -> dict[UUID, list[date]]:
    """The day that the latest version of each finished sheet gives for one of these questions."""
    found = Sheet.objects.filter(about, finished_at__isnull=False, corrected_by=None)
    rows = (found.filter(key=of) if of else found).values_list(by, "answers")
    days: dict[UUID, list[date]] = {}
    for key, answers in rows:
        if said := next((answers[name] for name in questions if answers.get(name)), None):
            days.setdefault(key, []).append(date.fromisoformat(str(said)))
    return {key: sorted(those) for key, those in days.items()}


def _of_many(questions: Sequence[str]) -> ManyAnswers:
    return lambda stays, of: _answered(of, Q(stay__in=stays), questions, "stay_id")


@provides("sheet.happened", reads=[Sheet], many=_of_many(HAPPENED))
def happened(stay: Stay, of: str) -> Sequence[date]:
    """The day on which what each sheet of that key is about happened, as it says itself."""
    return _answered(of, Q(stay=stay), HAPPENED, "stay_id").get(stay.pk, [])


@provides("sheet.happened", subject="scheme", reads=[Sheet])
def happened_at_a_service(scheme: Scheme, of: str) -> Sequence[date]:
    """The day on which what each sheet of that key about the service is about happened."""
    about = Q(scheme=scheme, stay=None, worker=None)
    return _answered(of, about, HAPPENED, "scheme_id").get(scheme.pk, [])


def _in_order(of: str, about: Q, by: str) -> Iterator[tuple[UUID, str, str, date, Any]]:
    """The latest version of each finished sheet, the earliest first: whom it is about, which kind
    of thing it is about, its key, the day it was finished, and its answers.

    A correction keeps the key of what it corrects, so that it is no renewal.
    """
    found = Sheet.objects.filter(about, finished_at__isnull=False, corrected_by=None)
    rows = (found.filter(key=of) if of else found).order_by("finished_at", "pk")
    columns = (by, "key", "pk", "corrects_id", "finished_at", "scheme__time_zone", "answers")
    for whom, key, pk, corrects, at, zone, answers in rows.values_list(*columns):
        on = at.astimezone(ZoneInfo(zone)).date()
        yield whom, f"{key} {answers.get(GATE, '')}", str(corrects or pk), on, answers


def _expiries(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    found: dict[UUID, list[Happening]] = {}
    for whom, _, ref, on, answers in _in_order(of, about, by):
        if said := next((answers[name] for name in EXPIRES if answers.get(name)), None):
            until = date.fromisoformat(str(said))
            found.setdefault(whom, []).append(Happening(until, ref, since=on))
    return found


def _renewals(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    found: dict[UUID, list[Happening]] = {}
    last: dict[tuple[UUID, str], str] = {}
    for whom, what, ref, on, _ in _in_order(of, about, by):
        if before := last.get((whom, what)):
            found.setdefault(whom, []).append(Happening(on, before))
        last[whom, what] = ref
    return found


@provides(
    "sheet.expires",
    reads=[Sheet],
    many=lambda stays, of: _expiries(of, Q(stay__in=stays), "stay_id"),
)
def expires(stay: Stay, of: str) -> Sequence[Happening]:
    """The day until which each sheet of that key counts, as it says itself."""
    return _expiries(of, Q(stay=stay), "stay_id").get(stay.pk, [])


@provides(
    "sheet.expires",
    subject="staff",
    reads=[Sheet],
    many=lambda staff, of: _expiries(of, Q(worker__in=staff), "worker_id"),
)
def expires_for_a_colleague(worker: Staff, of: str) -> Sequence[Happening]:
    """The day until which what a colleague has shown counts, as each sheet of that key says."""
    return _expiries(of, Q(worker=worker), "worker_id").get(worker.pk, [])


@provides(
    "sheet.renewed",
    reads=[Sheet],
    many=lambda stays, of: _renewals(of, Q(stay__in=stays), "stay_id"),
)
def renewed(stay: Stay, of: str) -> Sequence[Happening]:
    """The day a sheet of that key followed an earlier one; it names the one it renews."""
    return _renewals(of, Q(stay=stay), "stay_id").get(stay.pk, [])


@provides(
    "sheet.renewed",
    subject="staff",
    reads=[Sheet],
    many=lambda staff, of: _renewals(of, Q(worker__in=staff), "worker_id"),
)
def renewed_by_a_colleague(worker: Staff, of: str) -> Sequence[Happening]:
    """The day a colleague showed the same thing again: the sheet names the one it renews."""
    return _renewals(of, Q(worker=worker), "worker_id").get(worker.pk, [])
