"""What finished sheets tell the duty engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.organisation.models import Scheme, Staff
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay


def _finished(of: str, about: Q) -> Any:
    found = Sheet.objects.filter(about, finished_at__isnull=False)
    return (found.filter(key=of) if of else found).order_by("finished_at", "pk")


@dataclass(frozen=True, slots=True)
class Told:
    """One finished sheet as it stands after its corrections. `key` and `on` are of the first."""

    whom: UUID
    sheet: str
    key: str
    on: date
    answers: dict[str, Any]
    answers_to: str

    @property
    def done(self) -> Happening:
        """That it was finished, and which of several things it answers."""
        return Happening(self.on, self.key, answers=self.answers_to)


def _told(of: str, about: Q, by: str) -> Iterator[Told]:
    """The latest version of each finished sheet, by the first one's day. One question.

    A correction keeps the key of what it corrects, so that it is no second time.
    """
    columns = (
        by, "key", "pk", "corrects_id", "finished_at", "scheme__time_zone", "answers", "answers_to",
    )  # fmt: skip
    rows = {row[2]: row for row in _finished(of, about).values_list(*columns)}
    corrects = {pk: row[3] for pk, row in rows.items()}
    latest = {_first(pk, corrects): row for pk, row in rows.items()}
    for pk, (whom, sheet, *_, answers, answers_to) in latest.items():
        at, zone = rows[pk][4:6]
        on = at.astimezone(ZoneInfo(zone)).date()
        yield Told(whom, sheet, str(pk), on, answers, answers_to)


def _first(pk: UUID, corrects: Mapping[UUID, UUID | None]) -> UUID:
    """The sheet that this one is a correction of, through every correction between."""
    while before := corrects[pk]:
        pk = before
    return pk


def _by_whom(told: Iterable[tuple[UUID, Happening]]) -> dict[UUID, list[Happening]]:
    found: dict[UUID, list[Happening]] = {}
    for whom, at in told:
        found.setdefault(whom, []).append(at)
    return found


def _completed(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    return _by_whom((one.whom, one.done) for one in _told(of, about, by))


OF_THE_SERVICE = Q(stay=None, worker=None)


@provides(
    "sheet.completed",
    reads=[Sheet],
    many=lambda stays, of: _completed(of, Q(stay__in=stays), "stay_id"),
)
def completed(stay: Stay, of: str) -> Sequence[Happening]:
    """The day each sheet of that key was finished. A correction is no second time."""
    return _completed(of, Q(stay=stay), "stay_id").get(stay.pk, [])


@provides(
    "sheet.completed",
    subject="staff",
    reads=[Sheet],
    many=lambda staff, of: _completed(of, Q(worker__in=staff), "worker_id"),
)
def completed_about_a_colleague(worker: Staff, of: str) -> Sequence[Happening]:
    """The day each sheet of that key about them was finished, by the calendar of its scheme."""
    return _completed(of, Q(worker=worker), "worker_id").get(worker.pk, [])


@provides("sheet.completed", subject="scheme", reads=[Sheet])
def completed_about_a_service(scheme: Scheme, of: str) -> Sequence[Happening]:
    """The day each sheet of that key about the service was finished."""
    return _completed(of, OF_THE_SERVICE & Q(scheme=scheme), "scheme_id").get(scheme.pk, [])


# Which answer of a sheet says when a thing happened, and until when it counts.
HAPPENED = ("happened_on", "held_on")
EXPIRES = ("expires_on", "valid_until", "review_on")
# What a sheet about a colleague shows, of what their role asks for.
GATE = "gate"


def _day(answers: Mapping[str, Any], questions: Sequence[str]) -> date | None:
    said = next((answers[name] for name in questions if answers.get(name)), None)
    return date.fromisoformat(str(said)) if said else None


def _happened(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    """The day that the latest version of each finished sheet says it happened; earliest first."""
    told = ((one, _day(one.answers, HAPPENED)) for one in _told(of, about, by))
    found = _by_whom((one.whom, Happening(on, one.key)) for one, on in told if on)
    return {whom: sorted(those) for whom, those in found.items()}


@provides(
    "sheet.happened",
    reads=[Sheet],
    many=lambda stays, of: _happened(of, Q(stay__in=stays), "stay_id"),
)
def happened(stay: Stay, of: str) -> Sequence[Happening]:
    """The day on which what each sheet of that key is about happened, as it says itself."""
    return _happened(of, Q(stay=stay), "stay_id").get(stay.pk, [])


@provides("sheet.happened", subject="scheme", reads=[Sheet])
def happened_at_a_service(scheme: Scheme, of: str) -> Sequence[Happening]:
    """The day on which what each sheet of that key about the service is about happened."""
    return _happened(of, OF_THE_SERVICE & Q(scheme=scheme), "scheme_id").get(scheme.pk, [])


def _expiries(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    told = ((one, _day(one.answers, EXPIRES)) for one in _told(of, about, by))
    return _by_whom((one.whom, Happening(on, one.key, since=one.on)) for one, on in told if on)


def _renewals(of: str, about: Q, by: str) -> dict[UUID, list[Happening]]:
    found: dict[UUID, list[Happening]] = {}
    last: dict[tuple[UUID, str, str], str] = {}
    for one in _told(of, about, by):
        what = (one.whom, one.sheet, str(one.answers.get(GATE, "")))
        if before := last.get(what):
            found.setdefault(one.whom, []).append(Happening(one.on, before))
        last[what] = one.key
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
