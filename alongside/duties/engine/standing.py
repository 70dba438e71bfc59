"""How one period of a duty stands today: its state, its reminders, and why."""

from __future__ import annotations

from datetime import date

from alongside.duties.engine.counting import DAY, Count, day_in_words
from alongside.duties.engine.ground import Ground, Span
from alongside.duties.engine.pauses import moved, paused_today
from alongside.duties.engine.told import Duty, State, Subject
from alongside.practice.duties import FORM_DONE, DutyRule


def duty_for(ground: Ground, span: Span) -> Duty:
    rule, subject = span.by.rule or ground.rule, ground.subject
    due_on = span.due_on if span.ends else moved(ground, span, span.due_on)
    waived = _is_waived(rule, subject, span)
    excused = span.excused or waived
    counted_to = span.met_on or ground.last_day
    added = (due_on - span.due_on).days
    state = _state(ground, span, due_on, waived=waived)
    paused = f"{added} paused day{'' if added == 1 else 's'}"
    notes = f" {paused} added: {day_in_words(due_on)}." if added else ""
    elsewhere = not span.met_on and _was_elsewhere(ground, due_on)
    if elsewhere and subject.kept_from:
        came = day_in_words(subject.kept_from)
        notes += f" The records came here on {came}: before that, not owed here."
    return Duty(
        key=rule.key,
        subject=subject.ref,
        period_on=span.start,
        ref=span.ref,
        says=rule.says,
        opens_on=span.opens_on,
        due_on=due_on,
        first_due_on=span.due_on,
        state=state,
        met_on=span.met_on,
        count=span.count or (1 if span.met_on else 0),
        minimum=rule.minimum,
        owner=rule.owner,
        remind_on=_reminders(ground.count, rule, span, due_on),
        why=f"{span.why}{notes} Source: {rule.source}.",
        source=rule.source,
        breached=not excused and not elsewhere and counted_to > due_on,
        missed=span.ends and state is State.OVERDUE,
        done_by=rule.done_by,
        concerning=span.concerning,
        escalate_on=_steps_up(ground.count, rule, due_on),
        version=span.by.name,
    )


def _is_waived(rule: DutyRule, subject: Subject, span: Span) -> bool:
    """Whether it was excused. What a form answers was excused without naming it, before each form
    answered one: such an excuse holds for all that began on its day."""
    named = (rule.key, subject.ref, span.start, span.ref)
    of_a_form = rule.for_each and rule.done_by.startswith(FORM_DONE)
    unnamed = of_a_form and (*named[:3], "") in subject.waived
    return unnamed or named in subject.waived


def _reminders(count: Count, rule: DutyRule, span: Span, due_on: date) -> tuple[date, ...]:
    """When whoever owes it is reminded: as the rule says, else some days before it is due."""
    if rule.remind:
        return tuple(length.after(span.start) for length in rule.remind)
    if count.remind_before is None:
        return ()
    return (max(due_on - DAY * count.remind_before, span.opens_on),)


def _steps_up(count: Count, rule: DutyRule, due_on: date) -> tuple[date, ...]:
    """When it is passed up to the line manager, and then to the level above."""
    if rule.escalate:
        return tuple(length.after(due_on) for length in rule.escalate)
    return tuple(due_on + DAY * step for step in count.escalate_after)


def _state(ground: Ground, span: Span, due_on: date, *, waived: bool) -> State:
    if span.met_on:
        return State.DONE if span.met_on <= due_on else State.DONE_LATE
    if waived:
        return State.WAIVED
    if _was_elsewhere(ground, due_on):
        return State.VOID
    ended = ground.subject.ended_on
    if ended and ended <= ground.today and (due_on >= ended or not span.ends):
        return State.VOID
    if span.excused or (paused_today(ground) and due_on >= ground.today):
        return State.PAUSED
    return _by_date(span.opens_on, due_on, ground.today, ground.count.soon)


def _was_elsewhere(ground: Ground, due_on: date) -> bool:
    """Whether it was due before the records came here: what was done then is not known here."""
    kept_from = ground.subject.kept_from
    return kept_from is not None and due_on < kept_from


def _by_date(opens_on: date, due_on: date, today: date, soon: int) -> State:
    if today < opens_on:
        return State.NOT_OPEN
    if today > due_on:
        return State.OVERDUE
    if today == due_on:
        return State.DUE
    return State.DUE_SOON if today >= due_on - DAY * soon else State.OPEN
