"""The stage sheet: one row is one resident, one column one task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from alongside.imports.cells.dates import parse_date
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.people import days_from_today, latest_stay, person_nearest
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import ColumnUse
from alongside.imports.reading.headings import TASK_HEADING
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.register import Source
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

FIRST_WORD = re.compile(r"\s*([^\s\-–—:,]+)[\s\-–—:,]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TaskMark:
    """One cell: done, lapsed, waived, not_applicable, or unclear; with its day and words."""

    task: str
    heading: str
    state: str
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class StageSheetRecord:
    """Everything one row of the stage sheet says of one resident."""

    source: Source
    identity: str
    person: str
    stage: str
    marks: tuple[TaskMark, ...]
    evidence: str
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> StageSheetRecord | None:
    """A stage row. Rejected without a known person."""
    person = person_nearest(row, desk, days_from_today(desk.today))
    if not person:
        return None
    stage = row.stage()
    stay = latest_stay(person)
    if stay and stage and stay.stage and stay.stage != stage:
        row.doubt("differs-stage", "stage")
    return StageSheetRecord(
        source=row.source,
        identity=f"stage|{squash(row.name_text())}",
        person=person.key,
        stage=stage,
        marks=tuple(_marks(row)),
        evidence=row.note("evidence"),
        words=row.words,
    )


def _marks(row: RowInHand) -> list[TaskMark]:
    marks = []
    for column in row.columns("task"):
        value = row.value_in(column)
        if is_empty(value):
            continue
        mark = read_mark(value, column, day_first=row.mapping.day_first)
        if mark.state == "done" and mark.on is None:
            row.doubt("task-without-date", column=column)
        if mark.state == "unclear":
            row.doubt("value-unclear", column=column)
        marks.append(mark)
    return marks


def read_mark(value: Value, column: ColumnUse, *, day_first: bool = True) -> TaskMark:
    """What one cell of the stage sheet says."""
    code = TASK_HEADING.match(column.heading)
    task = code.group(1) if code else column.heading
    text = text_of(value)
    whole = parse_date(value, day_first=day_first)
    if isinstance(value, date | datetime) or whole.value:
        return TaskMark(task, column.heading, "done", whole.value)
    first = FIRST_WORD.fullmatch(text)
    word, rest = (squash(first.group(1)), first.group(2)) if first else ("", "")
    state = _state(squash(text), word)
    on = parse_date(rest, day_first=day_first).value if state in {"done", "lapsed"} else None
    return TaskMark(task, column.heading, state, on, "" if on else text)


def _state(whole: str, word: str) -> str:
    if whole in word_list("not_applicable"):
        return "not_applicable"
    for state, words in (("lapsed", "lapsed"), ("waived", "waived"), ("done", "ticked")):
        if whole in word_list(words) or word in word_list(words):
            return state
    return "unclear"
