"""Which day stands above each column of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.grids import Grid, day_number
from alongside.imports.reading.periods import (
    monday_of,
    month_in,
    period_in,
    same_week,
    says_week,
    short_week_in,
    week_in,
    week_number,
)
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.reading.table import Table
from alongside.imports.reading.weekdays import weekdays_of
from alongside.imports.reading.written_dates import read_figures, read_short, said_weekday
from alongside.imports.shapes.times import month_of, short_week_of, sources, week_of
from alongside.imports.undated import guess_year

SUNDAY, WEEK = 6, 7
ONE_WEEK = timedelta(days=WEEK)


@dataclass(frozen=True, slots=True)
class Day:
    """The day above a column, and its heading as it stands.

    `week_only` when the heading names a week, of which the first day is taken. `half` is what
    stands under the day: morning and afternoon, say. `other_weekday` when a day of the week beside
    it does not fit the date.
    """

    heading: str
    on: date | None
    week_only: bool = False
    half: str = ""
    other_weekday: bool = False


def days_of(table: Table, mapping: SheetMapping) -> dict[int, Day]:
    """The day of each column under which cells of the grid stand."""
    grid = table.grid
    if grid is None:
        return {}
    heads = _heads(grid)
    first = date.fromisoformat(mapping.starts) if mapping.starts else None
    if grid.kind == "weekday":
        dates = _weekdays(grid, heads, first, mapping)
    elif grid.kind == "number":
        dates = _numbers(grid, heads, first, mapping)
    else:
        dates = [_dated(head, mapping) for head in heads]
    said = _said_weekdays(grid, heads)
    return {
        position: Day(
            text_of(head),
            on,
            _is_week(head),
            _half(grid, position),
            bool(on and position in said and said[position] != on.weekday()),
        )
        for position, head, on in zip(grid.positions, heads, dates, strict=True)
    }


def _said_weekdays(grid: Grid, heads: Sequence[Value]) -> dict[int, int]:
    """The days of the week over, under or in the headings, where all of them are that."""
    beside = [grid.above, grid.below]
    beside.append({n: said_weekday(text_of(h)) for n, h in zip(grid.positions, heads, strict=True)})
    for texts in beside:
        words = [text_of(texts.get(n)) for n in grid.positions]
        if all(words) and (days := weekdays_of(words)) is not None:
            return dict(zip(grid.positions, days, strict=True))
    return {}


def _heads(grid: Grid) -> list[Value]:
    """What stands over each column; one merged over several stands over all of them."""
    found: list[Value] = []
    for n in grid.positions:
        value = grid.head.values[n - 1] if n <= len(grid.head.values) else None
        found.append(found[-1] if is_empty(value) and found else value)
    return found


def _half(grid: Grid, position: int) -> str:
    text = text_of(grid.below.get(position))
    return "" if not text or weekdays_of([text]) is not None else text


def _is_week(head: Value) -> bool:
    text = text_of(head)
    return isinstance(head, str) and (says_week(text) or week_number(text) > 0)


def _dated(head: Value, mapping: SheetMapping) -> date | None:
    if isinstance(head, datetime):
        return head.date()
    if isinstance(head, date):
        return head
    text = text_of(head)
    if number := week_number(text):
        return monday_of(mapping.year, number) if mapping.year else None
    if found := week_in(text, day_first=mapping.day_first):
        return found
    if reading := read_figures(text, day_first=mapping.day_first):
        year = reading.year + 2000 if reading.short_year else reading.year
        return _day(year, reading.month, reading.day)
    return _short(text, mapping)


def _short(text: str, mapping: SheetMapping) -> date | None:
    short = read_short(text, day_first=mapping.day_first) or short_week_in(
        text, day_first=mapping.day_first
    )
    if short is None:
        return None
    year = mapping.undated.of(short[0])
    return _day(year, *short) if year else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekdays(
    grid: Grid, heads: Sequence[Value], first: date | None, mapping: SheetMapping
) -> list[date | None]:
    """Days of one week, or of several weeks that follow one another or stand over the days."""
    numbers = weekdays_of([text_of(head) for head in heads]) or []
    found: list[date | None] = []
    on: date | None = None
    over: Value = None
    for index, (position, number) in enumerate(zip(grid.positions, numbers, strict=True)):
        above = grid.above.get(position)
        week = _week_over(above, mapping)
        if week and (index == 0 or text_of(above) != text_of(over)):
            on = _first_of(week, number, numbers)
        elif index == 0:
            on = _first_of(first, number, numbers) if first else None
        elif on and number != numbers[index - 1]:
            on += timedelta(days=(number - numbers[index - 1]) % WEEK)
        over = above
        found.append(on)
    return found


def _week_over(above: Value, mapping: SheetMapping) -> date | None:
    if isinstance(above, date):
        return above.date() if isinstance(above, datetime) else above
    text = text_of(above)
    return week_in(text, day_first=mapping.day_first) or (_dated(text, mapping) if text else None)


def _first_of(week: date, number: int, numbers: Sequence[int]) -> date:
    """The first day of a row of weekdays. After a Sunday in front comes the week itself."""
    if week.weekday() == number:
        return week
    if number == SUNDAY and len(numbers) > 1:
        return same_week(week, 0) - timedelta(days=1)
    return same_week(week, number)


def _numbers(
    grid: Grid, heads: Sequence[Value], first: date | None, mapping: SheetMapping
) -> list[date | None]:
    """Days of a month by their numbers; after the last of it comes the next month's first."""
    found: list[date | None] = []
    month = first.replace(day=1) if first else None
    over, before = "", 0
    for position, head in zip(grid.positions, heads, strict=True):
        above, number = text_of(grid.above.get(position)), day_number(head)
        if above != over and (named := _month_over(grid.above.get(position), mapping)):
            month = named
        elif month and number < before:
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        over, before = above, number
        found.append(_day(month.year, month.month, number) if month else None)
    return found


def _month_over(above: Value, mapping: SheetMapping) -> date | None:
    if isinstance(above, date):
        return date(above.year, above.month, 1)
    text = text_of(above)
    if (period := period_in(text)) and period.month:
        return date(period.year, period.month, 1)
    month = month_in(text)
    year = mapping.undated.of(month) if month else None
    return date(year, month, 1) if year else None


def guess_days(table: Table, mapping: SheetMapping) -> SheetMapping:
    """The mapping with the order of day and month, the first day and the year, as far as is said.

    `asks` is what nothing beside the grid says.
    """
    if table.grid is None:
        return mapping
    told = _with_order(table, mapping)
    months = _months(table, told)
    year = guess_year(months, sources(table))
    told = replace(told, year=year.year, year_starts=year.starts, year_from=year.source)
    told = replace(told, starts=_guess_first(table, told))
    return asked(table, told)


def asked(table: Table, mapping: SheetMapping) -> SheetMapping:
    """What must still be said before each column has its day. No month has a 31st of February."""
    if table.grid is None:
        return replace(mapping, asks=())
    days = [day.on for day in days_of(table, mapping).values()]
    if table.grid.kind in {"weekday", "number"}:
        unknown = None in days if table.grid.kind == "weekday" else not any(days)
        return replace(mapping, asks=("starts",) if unknown else ())
    months = _months(table, mapping)
    unknown = any(mapping.undated.of(month) is None for month in months)
    return replace(mapping, asks=("year",) if unknown else ())


def _with_order(table: Table, mapping: SheetMapping) -> SheetMapping:
    """Days above columns go up: the order in which they do is the order they are written in."""
    texts = [text_of(h) for h in _heads(table.grid) if isinstance(h, str)] if table.grid else []
    ups = {first: _rising(texts, day_first=first) for first in (True, False)}
    return replace(mapping, day_first=not ups[False] > ups[True])


def _rising(texts: Sequence[str], *, day_first: bool) -> int:
    """How many of the days follow the one before them within three weeks."""
    days = [_figures(text, day_first=day_first) for text in texts]
    near = 0
    for a, b in pairwise(days):
        if a and b:
            near += 0 < (b[0] - a[0]) % 12 * 31 + b[1] - a[1] <= 3 * WEEK
    return near


def _figures(text: str, *, day_first: bool) -> tuple[int, int] | None:
    if reading := read_figures(text, day_first=day_first):
        return (reading.month, reading.day) if reading.month <= 12 else None  # noqa: PLR2004
    return read_short(text, day_first=day_first) or short_week_in(text, day_first=day_first)


def _months(table: Table, mapping: SheetMapping) -> list[int]:
    """The months of the days that have no year, in their order."""
    if table.grid is None:
        return []
    short = [
        _figures(text_of(h), day_first=mapping.day_first)
        for h in _heads(table.grid)
        if isinstance(h, str) and read_figures(text_of(h), day_first=mapping.day_first) is None
    ]
    months = [one[0] for one in short if one]
    if table.grid.kind == "week":
        return [1]
    over = [month_in(text_of(v)) for v in table.grid.above.values()]
    if not months and (week := short_week_of(table, day_first=mapping.day_first)):
        return [week[0]]
    return months or [month for month in over if month]


def _guess_first(table: Table, mapping: SheetMapping) -> str:
    kind = table.grid.kind if table.grid else ""
    if kind == "number":
        found = month_of(table)
        return found.isoformat() if found else ""
    if kind != "weekday":
        return ""
    found = week_of(table, day_first=mapping.day_first)
    if not found and (short := short_week_of(table, day_first=mapping.day_first)):
        year = mapping.undated.of(short[0])
        found = _day(year, *short) if year else None
    return found.isoformat() if found else ""
