"""What pages and other rooms ask about who is away and who stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from alongside.absence.models import (
    Absence,
    AbsenceQuerySet,
    Answer,
    Arrangement,
    Cover,
    CoverQuerySet,
    Encouragement,
    Kind,
    of_scheme,
)
from alongside.allocations.models import LEAD, Allocation
from alongside.kit import clock
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def absence_for(staff: Staff, absence_id: UUID) -> Absence:
    """That absence, if it is theirs or of somebody where they work."""
    return get_object_or_404(Absence.objects.visible_to(staff).for_page(), pk=absence_id)


def cover_for(staff: Staff, cover_id: UUID) -> Cover:
    """That request to cover, if they were asked or read files where it is about somebody."""
    return get_object_or_404(Cover.objects.visible_to(staff).for_page(), pk=cover_id)


def away_on(scheme: Any, day: Any) -> AbsenceQuerySet:
    """Who is away on that day of those who work at the scheme of that key, by name."""
    found = Absence.objects.for_page().in_force().on(day).filter(of_scheme(scheme))
    return found.order_by("worker__name", "from_on")


def away_between(scheme: Scheme, first: date, last: date) -> AbsenceQuerySet:
    """Who is away, or has asked to be, on any of these days, soonest first."""
    found = Absence.objects.for_page().standing().overlapping(first, last)
    return found.filter(of_scheme(scheme.pk)).order_by("from_on", "worker__name")


def waiting_for_decision(scheme: Scheme) -> AbsenceQuerySet:
    """Leave that nobody has decided, the soonest first."""
    asked = Absence.objects.for_page().waiting().filter(scheme=scheme)
    return asked.order_by("from_on", "recorded_at")


def absences_of(staff: Staff) -> AbsenceQuerySet:
    """Everything of one person, the latest first."""
    return Absence.objects.for_page().filter(worker=staff).order_by("-from_on", "-pk")


def absent_now(workers: Iterable[Staff | UUID], on: date) -> dict[UUID, Absence]:
    """Who of these is away on that day; one query."""
    keys = [one.pk if isinstance(one, Staff) else one for one in workers]
    found = Absence.objects.for_page().in_force().on(on).filter(worker_id__in=keys)
    return {one.worker_id: one for one in found}


def is_away(worker: Staff, first: date, last: date) -> Absence | None:
    """What keeps somebody away on one of these days, if anything does."""
    found = Absence.objects.for_page().in_force().overlapping(first, last).filter(worker=worker)
    return found.order_by("from_on").first()


def held_during(absence: Absence) -> list[Stay]:
    """Whose key worker this is at any time of the absence, by name."""
    return _people([absence])[absence.pk]


@dataclass(slots=True)
class Prepared:
    """One person of an absent worker: what was agreed with them, and who stands in."""

    stay: Stay
    arrangement: Arrangement | None = None
    covers: list[Cover] = field(default_factory=list)

    @property
    def is_arranged(self) -> bool:
        return self.arrangement is not None

    @property
    def accepted(self) -> list[Cover]:
        return [one for one in self.covers if one.answer == Answer.ACCEPTED]

    @property
    def asked(self) -> list[Cover]:
        """Asked, and still within the time to answer."""
        return [one for one in self.covers if one.answer == "" and not one.is_late()]

    @property
    def returned(self) -> list[Cover]:
        """Declined, or unanswered for too long: back to the team leader."""
        return [one for one in self.covers if one.answer == Answer.DECLINED or one.is_late()]

    @property
    def state(self) -> tuple[str, str]:
        """Who stands in, in a word and its tone."""
        if self.accepted:
            return ("Covered", "good")
        if self.asked:
            return ("Asked", "info")
        if self.returned:
            return ("Back to the team leader", "bad")
        return ("Nobody asked yet", "warn")

    def needs_cover(self) -> bool:
        return not self.accepted and not self.asked


@dataclass(frozen=True, slots=True)
class Overview:
    """An absence and everybody it touches."""

    absence: Absence
    people: list[Prepared]

    @property
    def arranged(self) -> int:
        return sum(one.is_arranged for one in self.people)

    @property
    def not_arranged(self) -> list[Prepared]:
        return [one for one in self.people if not one.is_arranged]

    @property
    def uncovered(self) -> list[Prepared]:
        return [one for one in self.people if one.needs_cover()]

    @property
    def says(self) -> str:
        """ "arranged 7 of 9"."""
        return f"arranged {self.arranged} of {len(self.people)}"

    @property
    def is_for_the_leader(self) -> bool:
        """Whether the time to arrange is over and somebody is left out."""
        absence = self.absence
        late = absence.kind == Kind.LEAVE and absence.scheme.today() >= absence.prepare_by()
        return late and bool(self.not_arranged) and not absence.is_over()


def overview(absence: Absence) -> Overview:
    """Everybody an absence touches; three queries."""
    return overviews([absence])[0]


def overviews(absences: Sequence[Absence]) -> list[Overview]:
    """Everybody each of these absences touches; three queries, however many."""
    people = _people(absences)
    told = Arrangement.objects.filter(absence__in=absences, replaced_at=None)
    agreed = {(a.absence_id, a.stay_id): a for a in told.select_related("with_worker")}
    covers: dict[tuple[UUID, UUID], list[Cover]] = defaultdict(list)
    for one in Cover.objects.for_page().filter(absence__in=absences).order_by("from_on", "pk"):
        covers[one.absence_id, one.stay_id].append(one)
    return [
        Overview(
            absence,
            [
                Prepared(stay, agreed.get((absence.pk, stay.pk)), covers[absence.pk, stay.pk])
                for stay in people[absence.pk]
            ],
        )
        for absence in absences
    ]


def _people(absences: Sequence[Absence]) -> dict[UUID, list[Stay]]:
    """For each absence whom its worker holds in that time, by name; one query."""
    held = (
        Allocation.objects.for_page()
        .leading()
        .filter(worker_id__in={one.worker_id for one in absences})
        .order_by("stay__resident__name_key", "stay_id")
    )
    found: dict[UUID, dict[UUID, Stay]] = {one.pk: {} for one in absences}
    if absences:
        soonest = min(one.from_on for one in absences)
        held = held.filter(Q(until_on=None) | Q(until_on__gt=soonest)).filter(
            Q(stay__moved_out_on=None) | Q(stay__moved_out_on__gte=soonest)
        )
    for allocation in held if absences else ():
        for absence in absences:
            if allocation.worker_id == absence.worker_id and _touches(allocation, absence):
                found[absence.pk][allocation.stay_id] = allocation.stay
    return {key: list(stays.values()) for key, stays in found.items()}


def _touches(allocation: Allocation, absence: Absence) -> bool:
    """Whether somebody is held by the worker on a day of the absence."""
    begun = allocation.from_on <= absence.looks_to()
    kept = allocation.until_on is None or allocation.until_on > absence.from_on
    left = allocation.stay.moved_out_on
    return begun and kept and (left is None or left >= absence.from_on)


def covers_asked_of(staff: Any, *, on: Any = None) -> CoverQuerySet:
    """What somebody was asked and has not answered, as long as it can still be done.

    `staff` and `on`, today if it is not given, may be blanks of a question.
    """
    asked = Cover.objects.for_page().waiting().filter(to_worker=staff)
    return asked.filter(until_on__gte=on or clock.today()).order_by(
        "absence__from_on", "absence_id", "from_on", "stay__resident__name_key"
    )


def covers_returned(scheme: Scheme) -> CoverQuerySet:
    """Declined, or unanswered for too long, and nobody else was asked or has said yes since."""
    late = clock.now() - timedelta(hours=int(scheme.pack.limit("cover_answer")))
    fresh = Q(answer=Answer.ACCEPTED) | Q(answer="", asked_at__gt=late)
    others = Cover.objects.filter(fresh, absence=OuterRef("absence"), stay=OuterRef("stay"))
    back = Q(answer=Answer.DECLINED) | Q(answer="", asked_at__lte=late)
    found = Cover.objects.for_page().filter(back, absence__in=Absence.objects.in_force())
    ahead = found.filter(stay__scheme=scheme, until_on__gte=scheme.today())
    return ahead.exclude(Exists(others)).order_by("from_on")


def covers_held_by(staff: Staff, on: date) -> CoverQuerySet:
    """For whom somebody stands in on that day or later."""
    held = Cover.objects.for_page().accepted().filter(to_worker=staff, until_on__gte=on)
    return held.order_by("from_on", "stay__resident__name_key")


def covers_of(stay: Stay) -> CoverQuerySet:
    """Everybody who was asked to stand in with this person, the latest first."""
    return Cover.objects.for_page().filter(stay=stay).order_by("-from_on", "-pk")


def cover_on(stay: Stay, day: date) -> Cover | None:
    """Who stands in with this person on that day."""
    return Cover.objects.for_page().on(day).filter(stay=stay).order_by("-answered_at").first()


def line_manager_of(worker: Staff, scheme: Scheme) -> Staff | None:
    """Whom a worker answers to here: who is named, else whoever answers to nobody."""
    today = scheme.today()
    here = Membership.objects.current(today).filter(scheme=scheme)
    own = here.filter(staff=worker, line_manager__isnull=False).select_related("line_manager")
    if named := own.first():
        return named.line_manager
    top = [role.key for role in scheme.pack.roles if Action.DECIDE_LEAVE in role.may]
    found = here.filter(role__in=top).exclude(staff=worker).select_related("staff")
    first = found.order_by("staff__name").first()
    return first.staff if first else None


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """What somebody is told while their worker is away: the team leader first, then the cover."""

    absent: Staff
    absence: Absence
    manager: Staff | None
    cover: Staff | None

    @property
    def until(self) -> date | None:
        return self.absence.last_known_on

    @property
    def ask(self) -> list[Staff]:
        return [one for one in (self.manager, self.cover) if one]

    @property
    def says(self) -> str:
        """ "away until 3 May 2026; ask Grace Okafor or Ruth Abara"."""
        away = f"away until {self.until:%-d %B %Y}" if self.until else "away"
        names = " or ".join(one.name for one in self.ask)
        return f"{away}; ask {names}" if names else away


def whom_to_ask(stay: Stay) -> WhomToAsk | None:
    """Whom this person asks while their key worker is away; None while they are here.

    One query while they are here, at most four while they are not.
    """
    if not stay.is_current() or not stay.scheme.pack.has_key_working:
        return None
    today = stay.scheme.today()
    absence = _absence_of_key_worker(stay, today)
    if absence is None:
        return None
    cover = cover_on(stay, today)
    manager = line_manager_of(absence.worker, stay.scheme)
    return WhomToAsk(absence.worker, absence, manager, cover.to_worker if cover else None)


def _absence_of_key_worker(stay: Stay, day: date) -> Absence | None:
    """What keeps this person's key worker away on that day; one query."""
    held = Allocation.objects.filter(stay=stay, role=LEAD, until_on=None).values("worker_id")
    found = Absence.objects.for_page().in_force().on(day).filter(worker_id__in=held)
    return found.order_by("-from_on").first()


def could_cover(absence: Absence) -> list[Staff]:
    """Whom one may ask to stand in: those who hold cases at any scheme of the provider.

    Those who work here come first; whoever is away on the first day to cover is left out.
    """
    scheme, today = absence.scheme, absence.scheme.today()
    roles = [role.key for role in scheme.pack.roles if Action.RECORD_KEY_WORK in role.may]
    working = Membership.objects.current(today).filter(
        staff__organisation_id=scheme.organisation_id, role__in=roles, staff__is_active=True
    )
    here: dict[UUID, Staff] = {}
    elsewhere: dict[UUID, Staff] = {}
    for one in working.select_related("staff").order_by("staff__name"):
        (here if one.scheme_id == scheme.pk else elsewhere)[one.staff_id] = one.staff
    first = max(today, absence.from_on)
    away = absent_now([*here, *elsewhere], first)
    merged = {**here, **{key: who for key, who in elsewhere.items() if key not in here}}
    return [who for key, who in merged.items() if key not in away and key != absence.worker_id]


def encouragements_of(stay: Stay) -> models.QuerySet[Encouragement]:
    """What was offered to somebody when a session was at risk, the latest first."""
    told = Encouragement.objects.filter(stay=stay).select_related("with_worker", "recorded_by")
    return told.order_by("-on", "-pk")


def leave_of(stay: Stay) -> list[Absence]:
    """Leave of this person's key worker that is in force or to come, soonest first."""
    held = Allocation.objects.filter(stay=stay, role=LEAD, until_on=None)
    found = Absence.objects.for_page().in_force().filter(worker__in=held.values("worker_id"))
    ahead = found.filter(Q(until_on=None) | Q(until_on__gte=stay.scheme.today()))
    return list(ahead.order_by("from_on")[:20])
