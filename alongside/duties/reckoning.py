"""Reads the facts, asks the engine, decides who owes it, and stores what is different.

Works on many subjects of one scheme at once. Each question is asked once for all of them, so
that a night's work over a whole service is a matter of seconds. The subjects are held
while it works, so that two processes work one after the other and add nothing twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Value

from alongside.duties.corrected import Kept, Key, Stored, kept_as
from alongside.duties.engine import (
    Count,
    Identity,
    Off,
    Pause,
    Subject,
    Version,
    duties_by,
)
from alongside.duties.engine import Duty as Owed
from alongside.duties.facts import gather
from alongside.duties.models import Excuse, MovedDate
from alongside.duties.owners import Directories
from alongside.duties.routing import fall_to
from alongside.duties.storing import Place, correct, shown, store, stored
from alongside.duties.subjects import STAY, About, SubjectKind, pauses_of
from alongside.duties.words import in_words_of
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyRule
from alongside.practice.own import switched_off


def rules_about(kind: str, pack: Pack) -> list[DutyRule]:
    """The rules of a pack about one kind of subject, of features that are on."""
    return [
        rule
        for rule in pack.duties
        if rule.subject == kind and (not rule.feature or pack.has(rule.feature))
    ]


def asks(rule: DutyRule) -> Iterable[str]:
    """The facts that a rule reads, as the pack writes them."""
    return filter(None, (rule.anchor, rule.else_from, rule.before, rule.done_by))


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of following up, or one night, shares.

    Who works where is read once in it. `held` are the keys of records that operations hold
    already. `moved` are the stays on which somebody else may hold a role now: each open duty
    about them is given out again, and `routed` says about which that was done.
    """

    directories: Directories = field(default_factory=Directories)
    held: frozenset[UUID] = frozenset()
    moved: frozenset[UUID] = frozenset()
    routed: set[UUID] = field(default_factory=set)


def recalculate(
    kind: SubjectKind,
    abouts: Sequence[About],
    rules: Sequence[DutyRule],
    *,
    today: date,
    of: Round | None = None,
    route_all: bool = False,
    since: date = date.min,
) -> None:
    """Make the duties under these rules, about subjects of one scheme, agree with the facts.

    A new duty is given to whom it falls; with `route_all` every open one is. When nothing but
    time has passed `since` a day, the weeks and months that were over by then are left as they
    are.
    """
    of = of or Round()
    by_key = {about.pk: about for about in abouts}
    place = Place(kind, abouts[0].scheme, list(by_key))
    _hold(kind, by_key.keys() - of.held)
    marks = _marks(place)
    owed = {
        (about.pk, duty.key, duty.period_on, duty.ref): shown(about, duty, place.scheme)
        for about, duty in _owed(place, by_key, rules, marks, today=today, since=since)
    }
    moved = of.moved & by_key.keys() if kind.key == STAY else frozenset()
    there = stored(place, rules, since=since, also=moved)
    others = _others(there, rules)
    correct(place, owed, there)
    there |= others
    owed |= {key: row[1] for key, row in others.items()}
    falls_to = fall_to(owed, there, by_key, of.directories, every=route_all, also=moved)
    of.routed.update(moved)
    store(place, owed, falls_to, there)


def _others(there: dict[Key, Stored], rules: Sequence[DutyRule]) -> dict[Key, Stored]:
    """The stored duties that came only to be given out again, taken from the rest."""
    keys = {rule.key for rule in rules}
    return {key: there.pop(key) for key in list(there) if key[1] not in keys}


def _hold(kind: SubjectKind, keys: Collection[UUID]) -> None:
    """Hold the subjects until the transaction ends. SQLite has one writer at a time anyway."""
    if keys and connection.features.has_select_for_update:
        held = kind.model._base_manager.select_for_update(of=("self",)).order_by("pk")
        list(held.filter(pk__in=list(keys)).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Marks:
    """What people said of duties, and what was settled before a date was corrected."""

    waived: Mapping[UUID, frozenset[Identity]]
    kept: Mapping[Key, Kept]


def _owed(
    place: Place,
    by_key: Mapping[UUID, About],
    rules: Sequence[DutyRule],
    marks: Marks,
    *,
    today: date,
    since: date,
) -> Iterable[tuple[About, Owed]]:
    grounds: dict[int, tuple[Count, list[tuple[DutyRule, list[Version]]]]] = {}
    over_time = place.scheme.practice_over_time()
    unnamed = [Off(*days) for days in place.scheme.without_key_working()]
    for about, subject in subjects(place.kind, by_key, rules, marks.waived):
        pack = about.pack
        if id(pack) not in grounds:
            own = [pack.duties.get(rule.key) or rule for rule in rules]
            over = [(rule, _versions(over_time, pack, rule.key)) for rule in own]
            grounds[id(pack)] = (Count.of(pack, in_words_of(pack)), over)
        count, every = grounds[id(pack)]
        for rule, versions in every:
            if (asked := _in_role(rule, about, subject)) is None:
                continue
            for duty in duties_by(
                rule, asked, pack=pack, today=today, count=count, versions=versions, since=since,
                off=unnamed if rule.key_working else (),
            ):  # fmt: skip
                kept = marks.kept.get((about.pk, duty.key, duty.period_on, duty.ref))
                yield about, kept_as(kept, duty, subject) if kept else duty


def _in_role(rule: DutyRule, about: About, subject: Subject) -> Subject | None:
    """Whom the rule is about for as long as they have one of its roles; None if they never had."""
    if not rule.roles:
        return subject
    spells = [about.spells[role] for role in rule.roles if role in about.spells]
    if not spells:
        return None
    ends = [last for _, last in spells if last]
    last = max(ends) if len(ends) == len(spells) else None
    return replace(subject, starts_on=min(first for first, _ in spells), ended_on=last)


def _versions(over_time: Sequence[tuple[date, Pack]], pack: Pack, key: str) -> list[Version]:
    """The rule as each version of the practice had it; nothing when there was only ever one."""
    if len(over_time) == 1:
        return []
    *earlier, (since, _) = over_time
    return [
        *(Version(from_on, then.duties.get(key), then.name) for from_on, then in earlier),
        Version(since, pack.duties.get(key), pack.name),
    ]


def subjects(
    kind: SubjectKind,
    by_key: Mapping[UUID, About],
    rules: Sequence[DutyRule],
    waived: Mapping[UUID, frozenset[Identity]] | None = None,
) -> Iterable[tuple[About, Subject]]:
    """Each subject with everything these rules may know of it."""
    abouts = list(by_key.values())
    names = dict.fromkeys(name for rule in rules for name in asks(rule))
    told = {name: gather(kind, name, abouts) for name in names}
    pauses: Mapping[UUID, Sequence[Pause]] = {}
    if any(rule.pause_when for rule in rules):
        pauses = kind.pauses(abouts) if kind.pauses else pauses_of(abouts)
    if waived is None:
        waived = _marks(Place(kind, abouts[0].scheme, list(by_key))).waived
    for key, about in by_key.items():
        yield (
            about,
            Subject(
                kind=kind.key,
                ref=str(key),
                starts_on=about.starts_on,
                ended_on=about.ended_on,
                kept_from=about.kept_from,
                off=_off(about),
                facts={name: days.get(key, ()) for name, days in told.items()},
                pauses=tuple(pauses.get(key, ())),
                waived=waived.get(key, frozenset()),
            ),
        )


def _off(about: About) -> Mapping[str, Sequence[Off]]:
    """When each rule was switched off for this person alone."""
    values = about.stay.own_values if about.stay else ()
    return {key: [Off(*days) for days in periods] for key, periods in switched_off(values).items()}


def _marks(place: Place) -> Marks:
    """What was excused, and what was settled before a correction; one query for both."""
    about = {
        "scheme": place.scheme,
        "subject_kind": place.kind.key,
        "subject_id__in": place.keys,
    }
    nothing = Value(None, DateField())
    excused = Excuse.objects.filter(**about).values_list(
        "subject_id", "key", "period_from", "ref", Value(""), nothing, nothing, nothing, nothing,
        Value(""),
    )  # fmt: skip
    kept = MovedDate.objects.filter(**about, kept=True).values_list(
        "subject_id", "key", "to_period", "ref", "state", "from_period", "from_opens_on",
        "from_due_on", "met_on", "why",
    )  # fmt: skip
    waived: dict[UUID, set[Identity]] = {}
    found: dict[Key, Kept] = {}
    for subject, key, period, ref, *rest in excused.union(kept, all=True):
        if rest[0]:
            found[subject, key, period, ref] = Kept(*rest)
        else:
            waived.setdefault(subject, set()).add((key, str(subject), period, ref))
    return Marks({key: frozenset(those) for key, those in waived.items()}, found)
