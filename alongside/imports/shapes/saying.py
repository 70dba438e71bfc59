"""What was taken for granted when a table was laid out, in words to be checked."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.imports.cells.dates import has_no_year
from alongside.imports.cells.marks import ASKED, MEANINGS, count_marks, is_number
from alongside.imports.columns import DATED, column_values
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.table import Table
from alongside.imports.shapes import SHAPES
from alongside.imports.shapes.dating import days_of
from alongside.imports.shapes.day_numbers import day_number_words
from alongside.imports.shapes.days import grid_values
from alongside.imports.undated import SOURCES
from alongside.imports.words import month_numbers

type Told = tuple[str, str, str]
MOST_MARKS = 12


def taken_so(table: Table, flat: Table, mapping: SheetMapping) -> Iterator[Told]:
    """What it is about, where, and the words, of everything that was guessed of the shape."""
    if mapping.shape != "list" and not mapping.asks:
        yield "shape", "", f"It was read as: {SHAPES[mapping.shape].lower()}."
    if mapping.shape == "days" and not mapping.asks:
        yield from _of_a_grid(table, mapping)
    yield from _years(table, flat, mapping)
    if words := day_number_words(table, mapping):
        yield "days without a month", "", words
    if plans := [row for row in flat.records if row.more]:
        rows = sum(1 + len(row.more) for row in plans)
        words = (
            f"{rows} rows of the same person and week were put together into {_plans(len(plans))}."
        )
        yield "rows of one plan", "", words


def _of_a_grid(table: Table, mapping: SheetMapping) -> Iterator[Told]:
    days = [day.on for day in days_of(table, mapping).values() if day.on]
    if days:
        words = f"The days run from {min(days):%A %-d %B %Y} to {max(days):%A %-d %B %Y}."
        yield "days above", "", words
    values = grid_values(table)
    counted = count_marks(values, mapping.marks)
    told = [
        f"“{text}” ({number}): {_meaning(mapping.marks[key])}"
        for key, (text, number) in list(counted.items())[:MOST_MARKS]
    ]
    if any(is_number(v) for v in values) and not {"0", "1"} & mapping.marks.keys():
        told.append(f"numbers: {'hours' if mapping.minutes_in > 1 else 'minutes'}")
    if told:
        yield "marks", "", "; ".join(told) + "."


def _meaning(key: str) -> str:
    if key == ASKED:
        return "not known, these cells are rejected until somebody says it"
    return MEANINGS[key][0].lower() + MEANINGS[key][1:]


def has_first_day(table: Table, mapping: SheetMapping) -> bool:
    """Whether the days above the columns are less than dates, and begin on one to be said."""
    in_grid = table.grid is not None and mapping.shape == "days"
    return in_grid and table.grid is not None and table.grid.kind in {"weekday", "number"}


def has_dates_without_year(flat: Table, table: Table, mapping: SheetMapping) -> bool:
    return bool(mapping.year or "year" in mapping.asks or _undated(flat, table, mapping))


def _undated(flat: Table, table: Table, mapping: SheetMapping) -> int:
    """How many dates have no year of their own."""
    if mapping.shape == "days":
        return len(days_of(table, mapping)) if mapping.year else 0
    return sum(
        has_no_year(value)
        for column in mapping.columns
        if column.field in DATED
        for value in column_values(flat, column.position)
    )


def _years(table: Table, flat: Table, mapping: SheetMapping) -> Iterator[Told]:
    """Dates without a year: how many, which year was taken, and from where."""
    if count := _undated(flat, table, mapping):
        yield "dates without a year", "", f"{_how_many(count)} {_year_words(mapping)}"


def _plans(count: int) -> str:
    return "1 plan" if count == 1 else f"{count} plans"


def _how_many(count: int) -> str:
    return "1 date has no year." if count == 1 else f"{count} dates have no year."


def _year_words(mapping: SheetMapping) -> str:
    if not mapping.year:
        return "Nothing says for sure which it is: press Change and say it."
    source = SOURCES.get(mapping.year_from, "")
    months = list(month_numbers())
    year = str(mapping.year)
    if mapping.year_starts > 1:
        first = next(m for m in months if month_numbers()[m] == mapping.year_starts and len(m) > 3)  # noqa: PLR2004
        year = f"{year} from {first.capitalize()} on, and {mapping.year + 1} before"
    return f"The year taken is {year}, from {source}." if source else f"The year taken is {year}."
