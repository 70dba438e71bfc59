"""Keeps the stored duties in step: after every write, every day, and when all is rebuilt.

After a write only the rules that read what changed are worked out again; a write that no rule
reads costs nothing. Running any of it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import batched
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.audit.operation import Done
from alongside.duties.facts import FACTS, FACTS_OF, fact_for, kinds_changed
from alongside.duties.models import Duty, Excuse, How
from alongside.duties.owners import read_for_owners, schemes_told_by
from alongside.duties.reckoning import Round, asks, recalculate, rules_about
from alongside.duties.routing import route_again
from alongside.duties.subjects import KINDS, STAY, About, SubjectKind, read_for_pauses
from alongside.organisation.models import Scheme
from alongside.practice.duties import DutyRule
from alongside.stays.models import Stay

AT_ONCE = 500
type Kinds = set[type[models.Model]]


def follow(done: Sequence[Done]) -> None:
    """Work out again, and route again, what the records just written can have changed."""
    changed: Kinds = set().union(*map(kinds_changed, done))
    stays, schemes = _to_route(done) if changed & read_for_owners() else ({}, {})
    shared = Round(held=frozenset(one.subject.pk for one in done), moved=frozenset(stays))
    for kind in KINDS.values():
        if changed & _read_by(kind.key):
            _work_out_again(kind, _touched(kind, done).values(), shared)
    _route_again(stays, schemes, shared)


def work_out_all(scheme: Scheme, *, today: date, only: str = "", since: date = date.min) -> None:
    """Work out and route every duty about everything current at the scheme, many at a time.

    `only` is the key of the one rule that has changed; the others are then left as they are.
    `since` is the day they were last worked out, when nothing but time has passed from then on:
    every write was followed up at once.
    """
    shared = Round()
    for kind in KINDS.values():
        rules = rules_about(kind.key, scheme.pack)
        rules = [rule for rule in rules if only in ("", rule.key)]
        if rules:
            rows = kind.rows().filter(kind.current(scheme)).distinct()
            for batch in batched(rows.iterator(AT_ONCE), AT_ONCE):
                _work_out(kind, batch, scheme, rules, today=today, since=since, of=shared)


def work_out_for(stay: Stay, *, only: str = "") -> None:
    """Work out the duties about one person, for whom alone something has changed.

    `only` is the key of the one rule that has; the others are then left as they are.
    """
    for kind in KINDS.values():
        rules = rules_about(kind.key, stay.scheme.pack)
        rules = [rule for rule in rules if only in ("", rule.key)]
        if rules and kind.of_one_stay:
            rows = kind.rows().filter(**{kind.of_one_stay: stay.pk})
            _work_out(kind, rows, stay.scheme, rules, today=stay.scheme.today())


def is_owed_to_one_person(rule: DutyRule) -> bool:
    """Whether `work_out_for` reaches it: it is about a stay, or about something of one.

    A limit is nothing that is done; it holds for everybody alike.
    """
    kind = KINDS.get(rule.subject)
    return bool(kind and kind.of_one_stay and not rule.limit)


def rebuild() -> int:
    """Delete every duty and work all of them out again. Returns how many there are."""
    Duty.objects.all().delete()
    for kind in KINDS.values():
        for batch in batched(kind.rows().iterator(AT_ONCE), AT_ONCE):
            schemes = {about.scheme.pk: about.scheme for row in batch for about in kind.abouts(row)}
            for scheme in schemes.values():
                rules = rules_about(kind.key, scheme.pack)
                _work_out(kind, batch, scheme, rules, today=scheme.today())
    return Duty.objects.count()


def _work_out(
    kind: SubjectKind,
    rows: Iterable[Any],
    scheme: Scheme,
    rules: Sequence[DutyRule],
    *,
    today: date,
    since: date = date.min,
    of: Round | None = None,
) -> None:
    abouts = [
        about
        for row in rows
        for about in kind.abouts(_at(row, scheme))
        if about.scheme.pk == scheme.pk
    ]
    if abouts:
        recalculate(kind, abouts, rules, today=today, of=of, route_all=True, since=since)


def _at(row: Any, scheme: Scheme) -> Any:
    """A stay with the scheme that is at hand, so that its practice is not looked up for each."""
    if isinstance(row, Stay) and row.scheme_id == scheme.pk:
        row.scheme = scheme
    return row


def _work_out_again(kind: SubjectKind, touched: Iterable[tuple[Any, Kinds]], shared: Round) -> None:
    """Work out what was touched; those for whom the same rules are asked, together."""
    together: dict[tuple[Any, tuple[str, ...]], tuple[list[DutyRule], list[About]]] = {}
    for row, kinds in touched:
        for about in kind.abouts(row):
            rules = [
                rule
                for rule in rules_about(kind.key, about.scheme.pack)
                if kinds & {Excuse, *kind.reads}
                or kinds & _read_for(kind, rule)
                or (rule.pause_when and kinds & read_for_pauses())
            ]
            if rules:
                key = (about.scheme.pk, tuple(rule.key for rule in rules))
                together.setdefault(key, (rules, []))[1].append(about)
    for rules, abouts in together.values():
        recalculate(kind, abouts, rules, today=abouts[0].scheme.today(), of=shared)


def _read_for(kind: SubjectKind, rule: DutyRule) -> Kinds:
    facts = (fact_for(kind, name)[0] for name in asks(rule))
    return set().union(*(fact.reads for fact in facts if fact))


@cache
def _read_by(key: str) -> frozenset[type[models.Model]]:
    """Every kind of record that can change a duty about this kind of subject."""
    kind = KINDS[key]
    facts = [*FACTS_OF.get(key, {}).values(), *(FACTS.values() if kind.of_stay else ())]
    own: Kinds = {Excuse, *kind.reads, *read_for_pauses()}
    return frozenset(own.union(*(fact.reads for fact in facts)))


def _touched(kind: SubjectKind, done: Sequence[Done]) -> dict[Any, tuple[Any, Kinds]]:
    """The subjects of one kind that something was written about, with the kinds written."""
    touched: dict[Any, tuple[Any, Kinds]] = {}
    for one in done:
        changed = kinds_changed(one)
        if changed & _read_by(kind.key):
            for row in (row for each in (one.subject, one.record) for row in _rows_of(kind, each)):
                _, kinds = touched.get(row.pk, (row, set()))
                # The latest one knows what happened to the row itself: that they moved on.
                touched[row.pk] = (row, kinds | changed)
    return touched


def _rows_of(kind: SubjectKind, record: Any) -> Iterable[Any]:
    """The subjects of this kind that a record is, is about or belongs to."""
    if isinstance(record, Duty | Excuse):
        own = isinstance(record, Excuse) and record.subject_kind == kind.key
        return kind.rows().filter(pk=record.subject_id) if own else ()
    if row := kind.found_in(record):
        return [row]
    stay = KINDS[STAY].found_in(record) if kind.of_stay else None
    return kind.rows().filter(**{kind.of_stay: stay}) if stay else ()


def _to_route(done: Sequence[Done]) -> tuple[dict[Any, Stay], dict[Any, Scheme]]:
    """The stays, and the whole schemes, at which a duty may fall to somebody else now."""
    stays: dict[Any, Stay] = {}
    schemes: dict[Any, Scheme] = {}
    for one in done:
        if kinds_changed(one) & read_for_owners():
            if stay := KINDS[STAY].found_in(one.record) or KINDS[STAY].found_in(one.subject):
                stays[stay.pk] = stay
            else:
                schemes |= {scheme.pk: scheme for scheme in schemes_told_by(one.record)}
    return stays, schemes


def _route_again(stays: dict[Any, Stay], schemes: dict[Any, Scheme], shared: Round) -> None:
    """Who holds a case, works here or is away has changed: give each duty to whom it falls now."""
    for scheme in schemes.values():
        route_again(scheme, Duty.objects.unsettled().filter(scheme=scheme), shared.directories)
    if schemes:
        _route_beyond(schemes, shared)
    left: dict[Any, list[Stay]] = {}
    for stay in stays.values():
        if stay.scheme_id not in schemes:
            left.setdefault(stay.scheme_id, []).append(stay)
    for those in left.values():
        done = Q(subject_kind=STAY, subject_id__in=shared.routed)
        duties = Duty.objects.unsettled().filter(~done, stay__in=those)
        route_again(those[0].scheme, duties, shared.directories)


def _route_beyond(schemes: dict[Any, Scheme], shared: Round) -> None:
    """What nobody at another scheme of the organisation could do, or what falls to somebody
    elsewhere: who works or is away here has changed, so it may fall to somebody else now."""
    kinds = [kind.key for kind in KINDS.values() if kind.goes_beyond]
    nobodys = Q(owed_by=None) | Q(owed_how=How.ELSEWHERE)
    organisations = {scheme.organisation_id for scheme in schemes.values()}
    duties = Duty.objects.unsettled().filter(nobodys, subject_kind__in=kinds)
    duties = duties.filter(scheme__organisation__in=organisations).exclude(scheme__in=schemes)
    others = Scheme.objects.filter(pk__in=duties.order_by().values("scheme"))
    for scheme in others.select_related("organisation"):
        route_again(scheme, duties.filter(scheme=scheme), shared.directories)
