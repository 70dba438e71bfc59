"""Days written out in full, for rows that leave the place which said how to read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alongside.imports.cells.dates import has_no_year, parse_date
from alongside.imports.columns import DATE_FIELDS
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.sheets import SheetRow, Value
from alongside.imports.reading.table import Table
from alongside.imports.reading.written_dates import read_figures
from alongside.imports.shapes.times import sections_of
from alongside.imports.undated import Years


def with_days_in_full(
    rows: Sequence[SheetRow], table: Table, mapping: SheetMapping
) -> list[SheetRow]:
    """The rows with a year in every date whose year was found or said.

    Of a table that was laid out anew, every date that can be read becomes a real one, for nobody
    remembers there whether the day or the month came first.
    """
    positions = [c.position for c in mapping.columns if c.field in DATE_FIELDS]
    years = Years(mapping.undated, sections_of(table))
    return [
        replace(
            row,
            values=tuple(
                _full(v, row, mapping, years, anew=table.shape != "list") if n in positions else v
                for n, v in enumerate(row.values, 1)
            ),
        )
        for row in rows
    ]


def _full(value: Value, row: SheetRow, mapping: SheetMapping, years: Years, *, anew: bool) -> Value:
    if not isinstance(value, str):
        return value
    written = read_figures(value.strip(), day_first=mapping.day_first)
    if not has_no_year(value) and not (anew and written and not written.short_year):
        return value

    def year_of(month: int) -> int | None:
        return years.of(row.number, month)

    read = parse_date(value, day_first=mapping.day_first, year_of=year_of)
    return read.value if read.value and "weekday-differs" not in read.doubts else value
