"""Any table as a plain list, in the shape that was guessed or said."""

from __future__ import annotations

from dataclasses import replace

from alongside.imports.cells.marks import guess_marks, legend_in, unit_of
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.forms import form_in
from alongside.imports.reading.repeated import repeated_in
from alongside.imports.reading.sheets import text_of
from alongside.imports.reading.table import Table
from alongside.imports.reading.tables import list_in
from alongside.imports.setting import Setting
from alongside.imports.shapes import days, moves
from alongside.imports.shapes.dating import guess_days
from alongside.imports.shapes.side_by_side import side_by_side_as_list

SENTENCE, MOSTLY = 16, 0.5


def shapes_of(table: Table) -> list[str]:
    """The shapes a table can be read in, the likeliest first."""
    found = [table.shape] if table.shape != "list" else []
    plain = _as_plain(table)
    if plain and moves.can_be_moves(plain):
        found.append("moves")
    elif plain and moves.span_column(plain):
        found.append("spans")
    if plain and repeated_in(plain):
        found.append("repeated")
    return [*found, "list"]


def reshaped(table: Table, mapping: SheetMapping, setting: Setting) -> Table:
    """The table as a list with a row for each record; as it is when it is one."""
    if mapping.shape == "days" and table.grid:
        return replace(days.as_list(table, mapping, setting), shape="days")
    if mapping.shape == "form":
        form = table if table.shape == "form" else _as_form(table)
        return form or table
    plain = _as_plain(table)
    return _of_a_list(plain, mapping) if plain else table


def _of_a_list(plain: Table, mapping: SheetMapping) -> Table:
    if mapping.shape == "moves" and moves.can_be_moves(plain):
        return replace(moves.moves_as_list(plain), shape="moves")
    if mapping.shape == "spans" and moves.span_column(plain):
        return replace(moves.spans_as_list(plain), shape="spans")
    if mapping.shape == "repeated" and repeated_in(plain):
        return replace(side_by_side_as_list(plain), shape="repeated")
    return plain


def _as_plain(table: Table) -> Table | None:
    """A grid or a form read as the list that its rows would be."""
    if table.shape == "list":
        return table
    found = list_in(table.sheet, [row for row in table.sheet.rows if not row.is_blank()])
    return replace(found, file=table.file, lines_above=table.lines_above) if found else None


def _as_form(table: Table) -> Table | None:
    return form_in(table.sheet, [row for row in table.sheet.rows if not row.is_blank()])


def guess_reading(table: Table, mapping: SheetMapping, setting: Setting) -> SheetMapping:
    """The mapping with what a grid needs: its kind, its days, and what its marks mean.

    Meanings that were said before stay; marks that are new are guessed.
    """
    if mapping.shape != "days" or table.grid is None:
        return replace(mapping, marks={}, asks=())
    values = days.grid_values(table)
    legend = legend_in(_lines(table), setting)
    marks = {**guess_marks(values, setting, legend), **mapping.marks}
    return guess_days(table, replace(mapping, marks=marks))


def grid_kind(table: Table) -> str:
    """Sessions, or notes where most cells are sentences."""
    values = [text_of(value) for value in days.grid_values(table)]
    long = sum(len(text) > SENTENCE for text in values)
    return "notes" if values and long > len(values) * MOSTLY else "sessions"


def grid_unit(table: Table) -> int:
    return unit_of(days.grid_values(table))


def _lines(table: Table) -> list[str]:
    """Lines that are no records, where what the marks mean may be explained."""
    return [one.words for one in (*table.titles, *table.set_aside)] + list(table.lines_above)
