"""Weekly action plans: one row is one resident's plan for one week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.cells.dates import parse_date
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.numbered import apart
from alongside.imports.kinds.people import days_from_week, person_nearest
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import ColumnUse
from alongside.imports.reading.sheets import SheetRow, Value, text_of
from alongside.imports.register import Source
from alongside.imports.spelling import squash

LONGEST_ACTION, SHOWN = 4_000, 60


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One action: due on a full date, or “when” in the words that stood there."""

    text: str
    due_on: date | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A proposed weekly plan and its actions, in the order of the form."""

    source: Source
    identity: str
    person: str
    week: date
    actions: tuple[PlannedAction, ...]
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> PlanRecord | None:
    """A plan. Rejected without a right week, a known person, or any action."""
    week = row.sure_day("week")
    actions = _actions(row)
    if not actions:
        row.reject("no-actions")
    if row.rejections or not week:
        return None
    person = person_nearest(row, desk, days_from_week(week))
    if not person:
        return None
    if row.setting.most_actions and len(actions) > row.setting.most_actions:
        row.doubt("many-actions")
    if week.weekday():
        row.doubt("not-monday", "week")
    return PlanRecord(
        source=row.source,
        identity=f"plan|{squash(row.name_text())}|{week}",
        person=person.key,
        week=week,
        actions=actions,
        texts=row.texts("signed_resident", "signed_worker"),
        words=row.words,
    )


def _actions(row: RowInHand) -> tuple[PlannedAction, ...]:
    """The actions of the row, and of those that go on with it."""
    actions: list[PlannedAction] = []
    for one in (row.row, *row.row.more):
        actions += _actions_in(row, one)
    return tuple(actions)


def _actions_in(row: RowInHand, one: SheetRow) -> list[PlannedAction]:
    """Each action takes the “When?” that stands after it and before the next action."""
    actions: list[PlannedAction] = []
    waiting: list[str] = []
    for column in row.mapping.columns:
        value = _value(row, one, column)
        if column.field == "action":
            waiting = _texts(row, one, column, text_of(value))
            actions += [PlannedAction(text) for text in waiting]
        elif column.field == "when" and (when := text_of(value)):
            if not waiting:
                row.doubt("when-without-action", column=column)
                row.words[_key("when", row, one, column)] = when
                continue
            actions[-len(waiting) :] = _due(row, value, waiting, when)
    return actions


def _key(name: str, row: RowInHand, one: SheetRow, column: ColumnUse) -> str:
    return f"{name} {column.position}" + (f" of row {one.number}" if one is not row.row else "")


def _texts(row: RowInHand, one: SheetRow, column: ColumnUse, text: str) -> list[str]:
    """The actions of one cell, one for each number in it; the dry run shows them."""
    before, found = apart(text)
    found = found if text else []
    if any(len(action) > LONGEST_ACTION for action in found):
        row.reject_cell("action-too-long", one, column.position)
    if len(found) > 1:
        listed = "; ".join(f"{n}. {action[:SHOWN]}" for n, action in enumerate(found, 1))
        row.tells.append(f"{len(found)} actions in one cell: {listed}.")
    if before:
        row.words[_key("action", row, one, column)] = text
    return found


def _value(row: RowInHand, one: SheetRow, column: ColumnUse) -> Value:
    if one is row.row:
        return row.value_in(column)
    value = one.values[column.position - 1] if column.position <= len(one.values) else None
    if (one.number, column.position) in row.table.sheet.errors:
        row.doubt("error-value", column=column)
        return None
    return value


def _due(row: RowInHand, value: Value, actions: list[str], when: str) -> list[PlannedAction]:
    """The actions with their “When?”: one for each when it is numbered too, else one for all."""
    _, whens = apart(when)
    if len(whens) == len(actions) > 1:
        return [
            _due_one(row, said, action, said) for action, said in zip(actions, whens, strict=True)
        ]
    return [_due_one(row, value, action, when) for action in actions]


def _due_one(row: RowInHand, value: Value, action: str, when: str) -> PlannedAction:
    read = parse_date(value, day_first=row.mapping.day_first)
    if read.value and not read.doubts:
        return PlannedAction(action, read.value)
    return PlannedAction(action, None, when)
