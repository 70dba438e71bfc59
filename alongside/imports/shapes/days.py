"""A grid as a list: each filled cell is a record of its person and its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from alongside.imports.cells.marks import Mark, read_mark
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.labels import name_headings
from alongside.imports.reading.sheets import (
    Remark,
    SheetRow,
    Value,
    is_empty,
    letter_of,
    text_of,
)
from alongside.imports.reading.table import Column, SetAside, Table
from alongside.imports.setting import Setting
from alongside.imports.shapes.dating import Day, days_of
from alongside.imports.spelling import squash

# The columns a cell of the grid becomes, after those that stand beside the days.
MADE = {
    "date": "Date",
    "outcome": "Outcome",
    "minutes": "Length",
    "worker": "Worker",
    "start": "Time",
    "type": "Type",
    "note": "Notes",
}
ALWAYS = frozenset({"date", "outcome"})
SAYS = {"attended": "Attended", "did_not_attend": "Did not attend", "cancelled": "Cancelled"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """One filled cell of a grid: its row, where it stands, its day, and what it says."""

    row: SheetRow
    position: int
    day: Day
    value: Value
    mark: Mark


def as_list(table: Table, mapping: SheetMapping, setting: Setting) -> Table:
    """The filled cells of a grid, one record each, with the columns that stand beside the days."""
    assert table.grid is not None  # noqa: S101 - only grids have this shape
    beside = [c for c in table.columns if c.position not in table.grid.positions]
    worker = _worker_beside(beside)
    beside = [c for c in beside if c.position != worker]
    days = days_of(table, mapping)
    cells = list(_cells(table, mapping, setting, days))
    taken = [cell for cell in cells if not cell.mark.nothing]
    made = _made(taken, mapping.kind, has_worker=bool(worker))
    fixed = _beside(table, beside)
    columns = (*fixed, *(Column(len(fixed) + n, MADE[f], field=f) for n, f in enumerate(made, 1)))
    records = tuple(_record(cell, beside, made, mapping.kind, worker) for cell in taken)
    return replace(
        table,
        columns=columns,
        records=records,
        set_aside=(*table.set_aside, *_nothing(cells)),
        grid=None,
    )


def _cells(
    table: Table, mapping: SheetMapping, setting: Setting, days: Mapping[int, Day]
) -> Iterator[_Cell]:
    for row in table.records:
        for position, day in days.items():
            value = row.values[position - 1] if position <= len(row.values) else None
            is_error = row.cell(position) in table.sheet.errors
            if is_empty(value) or is_error:
                if is_error:
                    yield _Cell(row, position, day, "#", Mark())
                continue
            mark = (
                Mark(note=text_of(value))
                if mapping.kind == "notes"
                else read_mark(value, mapping.marks, setting, unit=mapping.minutes_in)
            )
            yield _Cell(row, position, day, value, mark)


def _made(cells: list[_Cell], kind: str, *, has_worker: bool) -> list[str]:
    """Only those columns that some cell has something for."""
    used = {"worker"} if has_worker else set()
    if kind == "notes":
        used |= {"type"} if any(cell.day.half for cell in cells) else set()
        return ["date", "note", *sorted(used)]
    used |= {field for cell in cells for field, value in _told(cell).items() if value}
    return [field for field in MADE if field in ALWAYS | used]


def _told(cell: _Cell) -> dict[str, Value]:
    mark = cell.mark
    return {
        "date": cell.day.on or cell.day.heading,
        "outcome": SAYS.get(mark.outcome, text_of(cell.value)),
        "minutes": mark.length,
        "worker": mark.worker,
        "start": mark.start,
        "type": cell.day.half,
        "note": mark.note,
    }


def _beside(table: Table, beside: list[Column]) -> tuple[Column, ...]:
    """The columns beside the days, counted through; one of them says who it is."""
    named = any(_is_name(c) for c in beside)
    first = next((c for c in beside if _has_words(table, c.position)), None)
    return tuple(
        replace(c, position=n, field="name" if not named and c is first else "")
        for n, c in enumerate(beside, 1)
    )


def _is_name(column: Column) -> bool:
    head = squash(column.heading)
    return any(head in name_headings(f) for f in ("name", "surname", "forenames", "person_ref"))


def _has_words(table: Table, position: int) -> bool:
    values = (row.values[position - 1] for row in table.records if position <= len(row.values))
    return any(isinstance(v, str) and any(c.isalpha() for c in v) for v in values)


def _worker_beside(beside: list[Column]) -> int:
    found = (c.position for c in beside if squash(c.heading) in name_headings("worker"))
    return next(found, 0)


def _record(cell: _Cell, beside: list[Column], made: list[str], kind: str, worker: int) -> SheetRow:
    row, told = cell.row, _told(cell)
    here = row.cell(cell.position)
    place = letter_of(here[1])
    values = [row.values[c.position - 1] if c.position <= len(row.values) else None for c in beside]
    at = [row.cell(c.position) for c in beside]
    if worker and worker <= len(row.values) and not told["worker"]:
        told["worker"] = row.values[worker - 1]
    remarks = []
    if kind != "notes" and not cell.mark.outcome:
        remarks.append(Remark("mark-unclear", len(beside) + made.index("outcome") + 1))
    if cell.day.week_only:
        remarks.append(Remark("week-only", len(beside) + 1, refuses=False))
    if cell.day.other_weekday:
        remarks.append(Remark("weekday-differs", len(beside) + 1, refuses=False))
    on = f"{cell.day.on:%-d %B %Y}" if cell.day.on else cell.day.heading
    return SheetRow(
        here[0],
        (*values, *(told[field] or None for field in made)),
        at=(*at, *(here for _ in made)),
        part=place,
        says=f"Cell {place}{here[0]}, {on}: “{text_of(cell.value)}”.",
        remarks=tuple(remarks),
    )


def _nothing(cells: list[_Cell]) -> Iterator[SetAside]:
    for cell in cells:
        if cell.mark.nothing:
            number, column = cell.row.cell(cell.position)
            where = f"{letter_of(column)}{number}"
            yield SetAside(number, "no session", f"{where} “{text_of(cell.value)}”")


def grid_values(table: Table) -> list[Value]:
    """Everything that stands under the days of a grid."""
    positions = table.grid.positions if table.grid else ()
    return [
        value
        for row in table.records
        for n in positions
        if n <= len(row.values) and not is_empty(value := row.values[n - 1])
    ]
