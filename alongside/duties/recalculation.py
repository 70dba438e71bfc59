"""Makes the stored duties agree with the records and the practice pack.

Running it twice changes nothing, and all of it can be deleted and rebuilt. After a write only
the rules that read what changed are worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models

from alongside.audit.operation import Done
from alongside.duties.engine import Duty as Owed
from alongside.duties.engine import State as Engine
from alongside.duties.engine import Subject, duties_by
from alongside.duties.facts import FACTS, kinds_changed, occurrences
from alongside.duties.models import Duty, Excuse, State
from alongside.practice.duties import DutyRule
from alongside.stays.models import Stay

STORED = {
    Engine.DONE: State.MET,
    Engine.DONE_LATE: State.MET_LATE,
    Engine.WAIVED: State.EXCUSED,
    Engine.PAUSED: State.PAUSED,
    Engine.VOID: State.VOID,
}
SHOWN = ("says", "source", "owner", "opens_on", "due_on", "first_due_on", "met_on", "state", "why")


def follow(done: Sequence[Done]) -> None:
    """Work out again what the records that were just written can have changed."""
    touched: dict[Any, tuple[Stay, set[type[models.Model]]]] = {}
    for one in done:
        for stay in filter(None, map(_stay_of, (one.subject, one.record))):
            _, kinds = touched.setdefault(stay.pk, (stay, set()))
            kinds |= kinds_changed(one)
    for stay, kinds in touched.values():
        rules = [rule for rule in rules_for(stay) if _reads(rule, kinds)]
        if rules:
            recalculate(stay, rules, today=stay.scheme.today())


def rebuild() -> int:
    """Delete every duty and work all of them out again. Returns how many there are."""
    Duty.objects.all().delete()
    for stay in Stay.objects.select_related(*Stay.LOCK_WITH).iterator(500):
        recalculate(stay, rules_for(stay), today=stay.scheme.today())
    return Duty.objects.count()


def rules_for(stay: Stay) -> list[DutyRule]:
    """The rules of the scheme's pack about somebody who stays there."""
    pack = stay.scheme.pack
    return [
        rule
        for rule in pack.duties
        if rule.subject == "stay" and (not rule.feature or pack.has(rule.feature))
    ]


def recalculate(stay: Stay, rules: Iterable[DutyRule], *, today: date) -> None:
    """Make the stay's duties under these rules agree with the facts as they are now."""
    rules = list(rules)
    subject = _subject(stay, rules)
    owed = {
        (duty.key, duty.period_on, duty.ref): duty
        for rule in rules
        for duty in duties_by(rule, subject, pack=stay.scheme.pack, today=today)
    }
    there = {
        (duty.key, duty.period_from, duty.ref): duty
        for duty in Duty.objects.filter(stay=stay, key__in=[rule.key for rule in rules])
    }
    _write(stay, owed, there)


def _write(stay: Stay, owed: dict[Any, Owed], there: dict[Any, Duty]) -> None:
    new = [_as_row(stay, duty) for identity, duty in owed.items() if identity not in there]
    changed = []
    for identity, duty in owed.items():
        if (row := there.get(identity)) and _take_over(row, _as_row(stay, duty)):
            changed.append(row)
    gone = [row.pk for identity, row in there.items() if identity not in owed]
    if new:
        Duty.objects.bulk_create(new)
    if changed:
        Duty.objects.bulk_update(changed, SHOWN)
    if gone:
        Duty.objects.filter(pk__in=gone).delete()


def _take_over(row: Duty, fresh: Duty) -> bool:
    differs = any(getattr(row, name) != getattr(fresh, name) for name in SHOWN)
    for name in SHOWN:
        setattr(row, name, getattr(fresh, name))
    return differs


def _as_row(stay: Stay, duty: Owed) -> Duty:
    return Duty(
        stay_id=stay.pk,
        scheme_id=stay.scheme_id,
        key=duty.key,
        period_from=duty.period_on,
        ref=duty.ref,
        says=duty.says,
        source=duty.source,
        owner=list(duty.owner),
        opens_on=duty.opens_on,
        due_on=duty.due_on,
        first_due_on=duty.first_due_on,
        met_on=duty.met_on,
        state=State.MISSED if duty.missed else STORED.get(duty.state, State.OPEN),
        why=duty.why,
        practice=stay.scheme.practice_name,
    )


def _subject(stay: Stay, rules: Sequence[DutyRule]) -> Subject:
    names = {name for rule in rules for name in _asks(rule)}
    excused = Excuse.objects.filter(stay=stay).values_list("key", "period_from", "ref")
    return Subject(
        kind="stay",
        ref=str(stay.pk),
        starts_on=stay.moved_in_on,
        ended_on=stay.moved_out_on,
        facts={name: occurrences(name, stay) for name in names},
        waived=frozenset((key, str(stay.pk), day, ref) for key, day, ref in excused),
    )


def _asks(rule: DutyRule) -> Iterable[str]:
    return filter(None, (rule.anchor, rule.else_from, rule.before, rule.done_by))


def _reads(rule: DutyRule, kinds: set[type[models.Model]]) -> bool:
    if Stay in kinds or Excuse in kinds:
        return True
    facts = (FACTS.get(name.partition(":")[0]) for name in _asks(rule))
    return any(fact and fact.reads & kinds for fact in facts)


def _stay_of(record: Any) -> Stay | None:
    stay = record if isinstance(record, Stay) else getattr(record, "stay", None)
    return stay if isinstance(stay, Stay) else None
