"""Reads the facts, asks the engine, decides who owes it, and stores what is different.

Works on many subjects of one scheme at once. Each question is asked once for all of them, so
that a night's work over a whole service is a matter of seconds. The subjects are held
while it works, so that two processes work one after the other and add nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Value

from alongside.duties.corrected import (
    SHOWN,
    Kept,
    Key,
    Stored,
    as_it_was,
    corrected,
    kept_as,
    log,
)
from alongside.duties.engine import Count, Identity, Pause, Subject, Version, duties_by
from alongside.duties.engine import Duty as Owed
from alongside.duties.engine import State as Engine
from alongside.duties.facts import gather
from alongside.duties.models import Duty, DutyQuerySet, Excuse, MovedDate, State
from alongside.duties.owners import Directory, line_above, owner_of
from alongside.duties.subjects import KINDS, About, SubjectKind, pauses_of
from alongside.duties.words import in_words_of
from alongside.organisation.models import Scheme
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyKind, DutyRule

STORED = {
    Engine.DONE: State.MET,
    Engine.DONE_LATE: State.MET_LATE,
    Engine.WAIVED: State.EXCUSED,
    Engine.PAUSED: State.PAUSED,
    Engine.VOID: State.VOID,
}
IDENTITY = ("subject_kind", "subject_id", "scheme", "key", "period_from", "ref")
ROUTED = (
    "owed_by_id", "owed_as", "owed_how", "instead_of_id", "support", "told_id", "told_next_id",
)  # fmt: skip
WRITTEN = [name.removesuffix("_id") for name in (*SHOWN, *ROUTED)]
NOT_ROUTED: tuple[Any, ...] = (None, "", "", None, False, None, None)
OWNER, STATE = SHOWN.index("owner"), SHOWN.index("state")

type Values = tuple[Any, ...]


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


def recalculate(
    kind: SubjectKind,
    abouts: Sequence[About],
    rules: Sequence[DutyRule],
    *,
    today: date,
    route_all: bool = False,
    since: date = date.min,
) -> None:
    """Make the duties under these rules, about subjects of one scheme, agree with the facts.

    A new duty is given to whom it falls; with `route_all` every open one is. When nothing but
    time has passed `since` a day, the weeks and months that were over by then are left as they
    are.
    """
    by_key = {about.pk: about for about in abouts}
    scheme = abouts[0].scheme
    _hold(kind, by_key)
    marks = _marks(kind, by_key, scheme)
    owed = {
        (about.pk, duty.key, duty.period_on, duty.ref): _shown(about, duty, scheme)
        for about, duty in _owed(kind, by_key, rules, marks, today=today, since=since)
    }
    there = _there(kind, by_key, scheme, rules, since=since)
    _correct(kind, scheme, owed, there)
    falls_to = {key: there[key][2] if key in there else NOT_ROUTED for key in owed}
    unrouted = [key for key in owed if _is_to_route(owed[key], there.get(key), route_all=route_all)]
    if unrouted:
        directory = _directory(scheme, by_key.values(), today=today)
        for key in unrouted:
            falls_to[key] = _falls_to(owed[key], by_key[key[0]], directory, key=key[1])
    _store(kind, scheme, owed, falls_to, there)


def _correct(
    kind: SubjectKind, scheme: Scheme, owed: dict[Key, Values], there: dict[Key, Stored]
) -> None:
    """Let what is counted from a corrected date be the same duty as before, and log what moved."""
    lines = []
    for change in corrected(owed, there):
        lines.append(log(kind.key, scheme, change))
        if change.kept:
            owed[change.before] = as_it_was(there[change.before][1])
            del owed[change.after]
        elif change.after != change.before:
            row = there.pop(change.before)
            there[change.after] = row
            Duty.objects.filter(pk=row[0]).update(period_from=change.after[2])
    MovedDate.objects.bulk_create(line for line in lines if line is not None)


def _hold(kind: SubjectKind, keys: Iterable[UUID]) -> None:
    """Hold the subjects until the transaction ends. SQLite has one writer at a time anyway."""
    if connection.features.has_select_for_update:
        held = kind.model._base_manager.select_for_update(of=("self",)).order_by("pk")
        list(held.filter(pk__in=list(keys)).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Marks:
    """What people said of duties, and what was settled before a date was corrected."""

    waived: Mapping[UUID, frozenset[Identity]]
    kept: Mapping[Key, Kept]


def _owed(
    kind: SubjectKind,
    by_key: Mapping[UUID, About],
    rules: Sequence[DutyRule],
    marks: Marks,
    *,
    today: date,
    since: date,
) -> Iterable[tuple[About, Owed]]:
    counts: dict[int, Count] = {}
    over_time = next(iter(by_key.values())).scheme.practice_over_time()
    for about, subject in subjects(kind, by_key, rules, marks.waived):
        pack = about.pack
        count = counts.setdefault(id(pack), Count.of(pack, in_words_of(pack)))
        for rule in (pack.duties.get(rule.key) or rule for rule in rules):
            versions = _versions(over_time, about, rule.key)
            for duty in duties_by(
                rule, subject, pack=pack, today=today, count=count, versions=versions, since=since
            ):
                kept = marks.kept.get((about.pk, duty.key, duty.period_on, duty.ref))
                yield about, kept_as(kept, duty, subject) if kept else duty


def _versions(over_time: Sequence[tuple[date, Pack]], about: About, key: str) -> list[Version]:
    """The rule as each version of the practice had it; nothing when there was only ever one."""
    if len(over_time) == 1:
        return []
    *earlier, (since, _) = over_time
    return [
        *(Version(from_on, pack.duties.get(key), pack.name) for from_on, pack in earlier),
        Version(since, about.pack.duties.get(key), about.pack.name),
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
        waived = _marks(kind, by_key, abouts[0].scheme).waived
    for key, about in by_key.items():
        yield (
            about,
            Subject(
                kind=kind.key,
                ref=str(key),
                starts_on=about.starts_on,
                ended_on=about.ended_on,
                kept_from=about.kept_from,
                facts={name: days.get(key, ()) for name, days in told.items()},
                pauses=tuple(pauses.get(key, ())),
                waived=waived.get(key, frozenset()),
            ),
        )


def _marks(kind: SubjectKind, keys: Iterable[UUID], scheme: Scheme) -> Marks:
    """What was excused, and what was settled before a correction; one query for both."""
    about = {"scheme": scheme, "subject_kind": kind.key, "subject_id__in": list(keys)}
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


# --- who owes it -----------------------------------------------------------------------------


def _is_to_route(shown: Values, before: Stored | None, *, route_all: bool) -> bool:
    if before is None:
        return True
    is_open = shown[STATE] in (State.OPEN, State.PAUSED)
    was_open = before[1][STATE] in (State.OPEN, State.PAUSED)
    return is_open and (route_all or not was_open or shown[OWNER] != before[1][OWNER])


def _directory(scheme: Scheme, abouts: Iterable[About], *, today: date) -> Directory:
    stays = [about.stay.pk for about in abouts if about.stay]
    return Directory.of(scheme, stays, on=today)


def _falls_to(shown: Values, about: About, directory: Directory, *, key: str) -> Values:
    values = dict(zip(SHOWN, shown, strict=True))
    return _routed(values["owner"], about, directory, concerning=values["concerning_id"], key=key)


def _routed(
    owners: Sequence[str], about: About, directory: Directory, *, concerning: UUID | None, key: str
) -> Values:
    owner = owner_of(owners, about, directory, concerning=concerning, key=key)
    never = concerning or (about.worker.pk if about.worker else None)
    up = line_above(owner.staff, directory, never=never)
    return (owner.staff, owner.role, owner.how, owner.instead_of, owner.support, *up)


def route_again(scheme: Scheme, duties: DutyQuerySet) -> None:
    """Give each of these open duties of one scheme to whom it falls now."""
    rows = list(duties.select_related("stay__scheme", "worker"))
    if not rows:
        return
    abouts = _abouts(rows, scheme)
    directory = _directory(scheme, abouts.values(), today=scheme.today())
    changed = []
    for row in rows:
        about = abouts[row.subject_kind, row.subject_id]
        routed = _routed(row.owner, about, directory, concerning=row.concerning_id, key=row.key)
        if routed != tuple(getattr(row, name) for name in ROUTED):
            for name, value in zip(ROUTED, routed, strict=True):
                setattr(row, name, value)
            changed.append(row)
    Duty.objects.bulk_update(changed, [name.removesuffix("_id") for name in ROUTED])


def _abouts(rows: Sequence[Duty], scheme: Scheme) -> dict[tuple[str, UUID], About]:
    """What the duties are about; a kind that holds its own roles is asked for them."""
    abouts: dict[tuple[str, UUID], About] = {}
    by_kind: dict[str, set[UUID]] = {}
    for row in rows:
        by_kind.setdefault(row.subject_kind, set()).add(row.subject_id)
    for key, keys in by_kind.items():
        kind = KINDS[key]
        for row in kind.rows().filter(pk__in=keys):
            for about in kind.abouts(row):
                if about.scheme.pk == scheme.pk:
                    abouts[key, about.pk] = about
    return abouts


# --- what is stored --------------------------------------------------------------------------


def _there(
    kind: SubjectKind,
    keys: Iterable[UUID],
    scheme: Scheme,
    rules: Sequence[DutyRule],
    *,
    since: date,
) -> dict[Key, Stored]:
    """The stored duties under these rules, with their keys, what they show and who owes them."""
    found = Duty.objects.about(kind.key, keys).filter(
        scheme=scheme, key__in=[rule.key for rule in rules]
    )
    if since > date.min:
        over = [rule.key for rule in rules if rule.kind is DutyKind.FIXED and not rule.due]
        found = found.exclude(key__in=over, due_on__lt=since)
    rows = found.values_list("pk", "subject_id", "key", "period_from", "ref", *SHOWN, *ROUTED)
    shown_until = 5 + len(SHOWN)
    return {row[1:5]: (row[0], row[5:shown_until], row[shown_until:]) for row in rows}


def _store(
    kind: SubjectKind,
    scheme: Scheme,
    owed: Mapping[Key, Values],
    falls_to: Mapping[Key, Values],
    there: Mapping[Key, Stored],
) -> None:
    """Add what is new and change what is different in one go; delete what is no longer so."""
    different = [
        key
        for key, shown in owed.items()
        if key not in there or (shown, falls_to[key]) != there[key][1:]
    ]
    gone = [before[0] for key, before in there.items() if key not in owed]
    if different:
        Duty.objects.bulk_create(
            (_row(kind, scheme, key, owed[key], falls_to[key]) for key in different),
            update_conflicts=True,
            unique_fields=list(IDENTITY),
            update_fields=WRITTEN,
        )
    if gone:
        Duty.objects.filter(pk__in=gone).delete()


def _row(kind: SubjectKind, scheme: Scheme, key: Key, shown: Values, routed: Values) -> Duty:
    subject_id, rule, period_from, ref = key
    return Duty(
        subject_kind=kind.key,
        subject_id=subject_id,
        scheme_id=scheme.pk,
        key=rule,
        period_from=period_from,
        ref=ref,
        **dict(zip(SHOWN, shown, strict=True)),
        **dict(zip(ROUTED, routed, strict=True)),
    )


def _shown(about: About, duty: Owed, scheme: Scheme) -> Values:
    first, second, *_ = [*duty.escalate_on, None, None]
    older = duty.version and duty.version != scheme.pack.name
    return (
        about.stay.pk if about.stay else None,
        about.worker.pk if about.worker else None,
        about.says,
        about.url,
        duty.says,
        duty.source,
        list(duty.owner),
        duty.done_by,
        duty.opens_on,
        duty.due_on,
        duty.first_due_on,
        duty.met_on,
        State.MISSED if duty.missed else STORED.get(duty.state, State.OPEN),
        duty.why,
        UUID(duty.concerning) if duty.concerning else None,
        min(duty.remind_on, default=None),
        first,
        second,
        duty.version if older else scheme.practice_name,
    )
