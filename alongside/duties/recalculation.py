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

from alongside.audit.operation import Done
from alongside.duties.facts import FACTS, FACTS_OF, fact_for, kinds_changed
from alongside.duties.models import Duty, Excuse
from alongside.duties.owners import read_for_owners, schemes_told_by
from alongside.duties.reckoning import asks, recalculate, route_again, rules_about
from alongside.duties.subjects import KINDS, STAY, SubjectKind, read_for_pauses
from alongside.organisation.models import Scheme
from alongside.practice.duties import DutyRule
from alongside.stays.models import Stay

AT_ONCE = 500
type Kinds = set[type[models.Model]]


def follow(done: Sequence[Done]) -> None:
    """Work out again, and route again, what the records just written can have changed."""
    changed: Kinds = set().union(*map(kinds_changed, done))
    for kind in KINDS.values():
        if changed & _read_by(kind.key):
            for row, kinds in _touched(kind, done).values():
                _work_out_again(kind, row, kinds)
    if changed & read_for_owners():
        _route_again(done)


def work_out_all(scheme: Scheme, *, today: date, only: str = "", since: date = date.min) -> None:
    """Work out and route every duty about everything current at the scheme, many at a time.

    `only` is the key of the one rule that has changed; the others are then left as they are.
    `since` is the day they were last worked out, when nothing but time has passed from then on:
    every write was followed up at once.
    """
    for kind in KINDS.values():
        rules = rules_about(kind.key, scheme.pack)
        rules = [rule for rule in rules if only in ("", rule.key)]
        if rules:
            rows = kind.rows().filter(kind.current(scheme)).distinct()
            for batch in batched(rows.iterator(AT_ONCE), AT_ONCE):
                _work_out(kind, batch, scheme, rules, today=today, since=since)


def work_out_for(stay: Stay, *, only: str) -> None:
    """Work out the duties of one rule about one person, for whom alone it has changed."""
    for kind in KINDS.values():
        rules = [rule for rule in rules_about(kind.key, stay.scheme.pack) if rule.key == only]
        path = "pk" if kind.key == STAY else kind.of_stay
        if rules and path:
            rows = kind.rows().filter(**{path: stay.pk})
            _work_out(kind, rows, stay.scheme, rules, today=stay.scheme.today())


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
) -> None:
    abouts = [about for row in rows for about in kind.abouts(row) if about.scheme.pk == scheme.pk]
    if abouts:
        recalculate(kind, abouts, rules, today=today, route_all=True, since=since)


def _work_out_again(kind: SubjectKind, row: Any, kinds: Kinds) -> None:
    for about in kind.abouts(row):
        rules = [
            rule
            for rule in rules_about(kind.key, about.scheme.pack)
            if kinds & {Excuse, *kind.reads}
            or kinds & _read_for(kind, rule)
            or (rule.pause_when and kinds & read_for_pauses())
        ]
        if rules:
            recalculate(kind, [about], rules, today=about.scheme.today())


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


def _route_again(done: Sequence[Done]) -> None:
    """Who holds a case, works here or is away has changed: give each duty to whom it falls now."""
    schemes: dict[Any, Scheme] = {}
    stays: dict[Any, Any] = {}
    for one in done:
        if kinds_changed(one) & read_for_owners():
            if stay := KINDS[STAY].found_in(one.record) or KINDS[STAY].found_in(one.subject):
                stays[stay.pk] = stay
            else:
                schemes |= {scheme.pk: scheme for scheme in schemes_told_by(one.record)}
    for scheme in schemes.values():
        route_again(scheme, Duty.objects.unsettled().filter(scheme=scheme))
    for stay in stays.values():
        if stay.scheme_id not in schemes:
            route_again(stay.scheme, Duty.objects.unsettled().filter(stay=stay))
