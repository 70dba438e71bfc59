"""How current each file is: the last note, plan and look at risks, and incidents left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from alongside.admissions.models import Admission
from alongside.keywork.models import Note
from alongside.kit.together import read
from alongside.organisation.models import Scheme
from alongside.plans.models import Plan
from alongside.practice.pack import Pack
from alongside.referrals.models import Referral
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays

NOTE, PLAN, RISK, INCIDENT = "note", "plan", "risk", "incident"
HEADS = {NOTE: "Last note", PLAN: "Plan", RISK: "Risks", INCIDENT: "Incidents"}


@dataclass(frozen=True, slots=True)
class Age:
    """One part of a file: when it was last kept up, and whether that is too long ago.

    `on` is None for never. `review_on` is the day on which it was to be looked at again.
    """

    key: str
    says: str
    on: date | None
    is_old: bool
    words: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Current:
    """One person's file in the list."""

    stay: Stay
    ages: list[Age]

    @property
    def old(self) -> int:
        return sum(age.is_old for age in self.ages)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found, by stay."""

    notes: dict[UUID, datetime]
    risks: dict[UUID, datetime]
    plans: dict[UUID, Plan]
    incidents: dict[UUID, tuple[int, datetime]]


def current_files(scheme: Scheme, *, late: bool = False) -> list[Current]:
    """Everybody staying here, and how current each part of their file is; two queries.

    With `late`, only those of whom something is too old. Source: position description, records.
    """
    stays = list(current_stays(scheme))
    rows = [Current(stay, ages) for stay, ages in ages_of(stays)]
    return [row for row in rows if row.old or not late]


def ages_of(stays: Sequence[Stay]) -> list[tuple[Stay, list[Age]]]:
    """How current the file of each of these people is; one query, however many."""
    if not stays:
        return []
    known = _known([stay.pk for stay in stays], stays[0].scheme.pack)
    return [(stay, _ages(stay, known)) for stay in stays]


def _known(keys: Sequence[UUID], pack: Pack) -> _Known:
    notes = _latest(Note.objects.standing().filter(stay__in=keys), "happened_at")
    sheets = Sheet.objects.filter(stay__in=keys, finished_at__isnull=False, corrected_by=None)
    risks = _latest(sheets.filter(key__in=pack.choices("risk_forms").keys()), "finished_at")
    asked = Admission.objects.filter(stay__in=keys, finished_at__isnull=False)
    first_asked = _latest(asked, "finished_at")
    told = Referral.objects.filter(stay__in=keys).exclude(risks=[], risk_words="")
    referred = told.order_by().values("stay_id", "recorded_at")
    plans = Plan.objects.filter(stay__in=keys).in_force()
    happened = sheets.filter(key__in=pack.choices("incident_forms").keys())
    looked_at = sheets.filter(key__in=pack.choices("incident_answers").keys())
    incidents = happened.order_by().values("stay_id", "finished_at")
    answers = _latest(looked_at, "finished_at")
    read(notes, risks, first_asked, referred, plans, incidents, answers)
    last_risk = {row["stay_id"]: row["recorded_at"] for row in referred}
    for found in (first_asked, risks):
        for stay, at in _by_stay(found).items():
            last_risk[stay] = max(at, last_risk.get(stay, at))
    return _Known(
        _by_stay(notes),
        last_risk,
        {plan.stay_id: plan for plan in plans},
        _left_alone(incidents, _by_stay(answers)),
    )


def _latest(found: QuerySet[Any, Any], field: str) -> QuerySet[Any, Any]:
    latest: QuerySet[Any, Any] = found.order_by().values("stay_id").annotate(at=Max(field))
    return latest


def _by_stay(rows: Iterable[Any]) -> dict[UUID, datetime]:
    return {row["stay_id"]: row["at"] for row in rows}


def _left_alone(
    incidents: Iterable[Any], answers: dict[UUID, datetime]
) -> dict[UUID, tuple[int, datetime]]:
    """How many incidents nobody has looked at since, and when the oldest of them was written."""
    waiting: dict[UUID, list[datetime]] = {}
    for row in incidents:
        answered = answers.get(row["stay_id"])
        if answered is None or row["finished_at"] > answered:
            waiting.setdefault(row["stay_id"], []).append(row["finished_at"])
    return {stay: (len(times), min(times)) for stay, times in waiting.items()}


def _ages(stay: Stay, known: _Known) -> list[Age]:
    return [_note(stay, known), _plan(stay, known), _risk(stay, known), _incident(stay, known)]


def _note(stay: Stay, known: _Known) -> Age:
    return _by_age(stay, NOTE, known.notes.get(stay.pk), "note_stale")


def _risk(stay: Stay, known: _Known) -> Age:
    return _by_age(stay, RISK, known.risks.get(stay.pk), "risk_stale")


def _by_age(stay: Stay, key: str, at: datetime | None, limit: str) -> Age:
    """By how long ago it was; somebody who has only just come is given the same time."""
    today, on = stay.scheme.today(), _day(stay, at)
    most = int(stay.scheme.pack.limit(limit))
    since = on or stay.moved_in_on
    return Age(key, HEADS[key], on, (today - since).days > most, _ago(on, today))


def _plan(stay: Stay, known: _Known) -> Age:
    """By the day it was to be looked at again; without one, by how long ago it was kept up."""
    plan, today = known.plans.get(stay.pk), stay.scheme.today()
    most = int(stay.scheme.pack.limit("plan_stale"))
    if plan is None:
        old = (today - stay.moved_in_on).days > most
        return Age(PLAN, HEADS[PLAN], None, old, "None in force")
    on = _day(stay, plan.last_kept_up())
    old = on is None or (today - on).days > most
    again = plan.look_again()
    if again:
        old = again < today
    return Age(PLAN, HEADS[PLAN], on, old, _ago(on, today), review_on=again)


def _incident(stay: Stay, known: _Known) -> Age:
    waiting = known.incidents.get(stay.pk)
    if waiting is None:
        return Age(INCIDENT, HEADS[INCIDENT], None, is_old=False, words="None waiting")
    many, since = waiting
    on, today = _day(stay, since), stay.scheme.today()
    most = int(stay.scheme.pack.limit("incident_stale"))
    old = on is not None and (today - on).days > most
    return Age(INCIDENT, HEADS[INCIDENT], on, old, f"{many} not looked at")


def _day(stay: Stay, at: datetime | None) -> date | None:
    return at.astimezone(stay.scheme.zone).date() if at else None


def _ago(on: date | None, today: date) -> str:
    if on is None:
        return "Never"
    days = (today - on).days
    return {0: "Today", 1: "Yesterday"}.get(days, f"{days} days ago")
