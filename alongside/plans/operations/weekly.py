"""The weekly action form: up to five lines for one week, and how each of them went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.plans.models import PlanAction, WeeklyForm, WeeklyLine
from alongside.plans.models.actions import Answer
from alongside.plans.operations.actions import add_action, report_action
from alongside.plans.operations.checks import (
    require_choice,
    require_known,
    require_words,
    stay_has_ended,
)
from alongside.practice.actions import Action
from alongside.practice.pack import Pack
from alongside.residents.models import made_by
from alongside.stays.models import Stay

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it was written. `action` names one that is carried over, or of the plan."""

    text: str
    when_on: date | None = None
    when_time: time | None = None
    when_words: str = ""
    need: str = ""
    task: str = ""
    action: UUID | None = None


def week_of(day: date, pack: Pack) -> date:
    """The day on which the week that holds this day began, as the practice counts weeks."""
    first = DAYS.index(pack.about.week_starts)
    return day - timedelta((day.weekday() - first) % len(DAYS))


def not_sealed(line: WeeklyLine) -> Refused | None:
    """How a line went is told of what somebody signed or refused, not of a draft."""
    if line.form.is_sealed():
        return None
    return Refused(
        "Nobody has signed this form yet.", instead="Sign it first, and tell how it went after."
    )


@operation("weekly_form.written", needs=Action.WRITE_PLAN, unless=stay_has_ended)
def write_week(
    stay: Stay,
    *,
    by: Actor,
    starts_on: date,
    lines: Sequence[Line],
    completed_by: str = "resident",
    version: int | None = None,
) -> WeeklyForm:
    """Write somebody's form for a week; again, as long as nobody has signed it.

    `starts_on` is any day of the week. `completed_by` says, by the pack's list of that name,
    who held the pen. Each line is an action of its own, or names one that is carried over.

    Refused with no line or more lines than the practice allows, when a line does not say when,
    when the form was signed, and when somebody else wrote it meanwhile.
    Source: Key Working, step 2 and Appendix 1.
    """
    require_choice(stay, "completed_by", completed_by, field="completed_by")
    starts_on = week_of(starts_on, stay.scheme.pack)
    _require_number(stay, lines)
    for number, line in enumerate(lines, start=1):
        _require_sense(stay, number, line)
    form = WeeklyForm.objects.filter(stay=stay, starts_on=starts_on).first()
    if form:
        form.stay = stay
        _require_unsigned(form)
        _require_unchanged(form, version, lines)
        form.completed_by = completed_by
        form.version += 1
        form.save(update_fields=["completed_by", "version"])
    else:
        form = WeeklyForm.objects.create(
            stay=stay, starts_on=starts_on, completed_by=completed_by, **made_by(by)
        )
    _write_lines(form, by, lines)
    return form


@operation("weekly_form.result_told", needs=Action.REPORT_ACTION, unless=not_sealed)
def tell_result(line: WeeklyLine, *, by: Actor, result: str, words: str = "") -> WeeklyLine:
    """Say how a line of the week went: a key of the pack's list `action_results`.

    "Done" also reports the action, which a member of staff then checks.

    Refused when nobody has signed the form, or the result is not on the list.
    """
    require_words(result, field="result", instead="Choose how it went.")
    require_choice(line.form.stay, "action_results", result, field="result")
    line.result, line.result_at, line.result_words = result, clock.now(), words
    line.save(update_fields=["result", "result_at", "result_words"])
    action = line.action
    if result == DONE and not action.ended_on and not action.reported_at:
        report_action(action, by=by, words=words)
    return line


def _require_number(stay: Stay, lines: Sequence[Line]) -> None:
    pack = stay.pack
    most, least = pack.limit("weekly_actions_most"), pack.limit("weekly_actions_least")
    if len(lines) > int(most):
        raise Refused(
            f"A weekly form holds up to {most.number} actions.",
            instead="Keep this one for next week’s form, or write it into the plan.",
            field=f"text_{most.number + 1}",
        )
    if len(lines) < int(least):
        raise Refused(
            "This form has no action yet.",
            instead="Write at least one thing to do this week.",
            field="text_1",
        )


def _require_sense(stay: Stay, number: int, line: Line) -> None:
    require_words(line.text, field=f"text_{number}", instead="Write what you will do.")
    require_known(stay, need=line.need, task=line.task)
    if not line.when_on and not line.when_words.strip():
        raise Refused(
            f"Action {number} does not say when.",
            instead="Choose a day, or write when in your own words.",
            field=f"when_on_{number}",
        )


def _require_unsigned(form: WeeklyForm) -> None:
    if form.is_sealed():
        raise Refused(
            f"The form for the {form} has been signed, so it is locked.",
            instead="Tell how each line went, or write next week’s form.",
        )


def _require_unchanged(form: WeeklyForm, version: int | None, lines: Sequence[Line]) -> None:
    if version == form.version:
        return
    held = {line.number: line.action.text for line in form.lines.select_related("action")}
    mine = {number: line.text for number, line in enumerate(lines, start=1)}
    theirs = {f"text_{n}": text for n, text in held.items() if mine.get(n, "").strip() != text}
    if theirs:
        raise ChangedMeanwhile(
            "Somebody else wrote this week’s form while you were writing.",
            instead="Both texts are shown: keep yours, theirs or both, and save again.",
            theirs=theirs,
            version=form.version,
        )


def _write_lines(form: WeeklyForm, by: Actor, lines: Sequence[Line]) -> None:
    """Make the form's lines these. Actions that only this draft held go with their line."""
    held = list(form.lines.select_related("action", "carried_from").order_by("number"))
    carried_before = {line.action_id: line.carried_from for line in held}
    own = [line.action for line in held if _is_of(line.action, form)]
    form.lines.all().delete()
    kept: set[UUID] = set()
    for number, line in enumerate(lines, start=1):
        named = _named(form, line)
        same = named if named and _says_the_same(named, line) else None
        # The same thing on another day is an action of its own, and carried over all the same. It
        # stands in the place of the other once both have signed the form.
        moved = named if named and named.text == line.text.strip() else None
        action = same or _reused(own, kept, line) or _made(form, by, line, moved)
        kept.add(action.pk)
        earlier = moved or action
        carried_from = carried_before.get(action.pk) or _earlier(form, earlier)
        WeeklyLine.objects.create(
            form=form, number=number, action=action, carried_from=carried_from
        )
    for action in own:
        if action.pk not in kept and not action.steps.exists():
            action.delete()


def _named(form: WeeklyForm, line: Line) -> PlanAction | None:
    """The action that is carried over, also from a form that was never signed by both."""
    if line.action is None:
        return None
    going = PlanAction.objects.filter(stay=form.stay, answer=Answer.ACCEPT, ended_on=None)
    found = going.filter(replaced_at=None, pk=line.action)
    return found.select_related("replaces").first()


def _says_the_same(action: PlanAction, line: Line) -> bool:
    """Whether the line leaves the action as it was; what was agreed is never rewritten."""
    said = (line.text.strip(), line.when_on, line.when_time, line.when_words.strip())
    was = (action.text, action.when_on, action.when_time, action.when_words)
    return (*said, line.need, line.task) == (*was, action.need, action.task)


def _reused(own: list[PlanAction], kept: set[UUID], line: Line) -> PlanAction | None:
    """The same words again are the same action, with its day and need as they are now."""
    for action in own:
        if action.pk not in kept and action.text == line.text.strip():
            changed: dict[str, Any] = {
                "when_on": line.when_on,
                "when_time": line.when_time,
                "when_words": line.when_words,
                "need": line.need,
                "task": line.task,
            }
            for field, value in changed.items():
                setattr(action, field, value)
            action.save(update_fields=list(changed))
            return action
    return None


def _made(form: WeeklyForm, by: Actor, line: Line, moved: PlanAction | None) -> PlanAction:
    action = add_action(
        form.stay,
        by=by,
        text=line.text,
        need=line.need,
        task=line.task,
        when_on=line.when_on,
        when_time=line.when_time,
        when_words=line.when_words,
        completed_by=form.completed_by,
    )
    action.source_type, action.source_id = WeeklyForm._meta.label, form.pk
    if moved:
        before = moved.replaces
        # A day that never came to hold is passed over, as other words of a plan are.
        action.replaces = before if before and before.replaced_at is None else moved
        action.started_on = moved.started_on
    action.save(update_fields=["source_type", "source_id", "replaces", "started_on"])
    return action


def _is_of(action: PlanAction, form: WeeklyForm) -> bool:
    return action.source_id == form.pk


def _earlier(form: WeeklyForm, action: PlanAction) -> WeeklyLine | None:
    lines = WeeklyLine.objects.filter(action=action, form__starts_on__lt=form.starts_on)
    return lines.order_by("-form__starts_on").first()
