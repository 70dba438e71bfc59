"""What stands beside the rows, or is left out: shown, and never passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alongside.imports.mapping import SheetMapping
from alongside.imports.reading.sheets import letter_of
from alongside.imports.reading.tables import Table
from alongside.imports.spelling import squash
from alongside.imports.words import kinds


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to show in the mapping step: what it is, in which cell, column or row."""

    sheet: str
    what: str
    where: str
    words: str = ""


def notices_of(tables: Sequence[Table], mappings: Mapping[str, SheetMapping]) -> list[Notice]:
    """Hidden sheets and columns, comments, titles, and whatever will not be imported."""
    found: list[Notice] = []
    for table in tables:
        found += _sheet(table, mappings.get(table.name))
        found += _columns(table, mappings.get(table.name))
        found += _beside(table)
    return found


def _sheet(table: Table, mapping: SheetMapping | None) -> Iterator[Notice]:
    if table.sheet.hidden:
        yield Notice(table.name, "hidden sheet", "")
    elif mapping is None or not mapping.kind:
        yield Notice(table.name, "sheet left out", "", "Say what kind of sheet it is.")
    elif mapping.missing():
        yield Notice(table.name, "sheet left out", "", _missing_words(mapping))
    if not table.records:
        yield Notice(table.name, "no rows", "", "There is a heading but no row under it.")


def _missing_words(mapping: SheetMapping) -> str:
    kind = kinds()[mapping.kind]
    needs = [
        " or ".join(f.label.lower() for name in need if (f := kind.field(name)))
        for need in mapping.missing()
    ]
    return f"No column is said to hold: {'; '.join(needs)}."


def _columns(table: Table, mapping: SheetMapping | None) -> Iterator[Notice]:
    headings: set[str] = set()
    for column in table.columns:
        heading = squash(f"{column.group} {column.heading}")
        use = mapping and next((c for c in mapping.columns if c.position == column.position), None)
        if column.hidden:
            yield Notice(table.name, "hidden column", column.letter, column.heading)
        if use and mapping and mapping.kind and not use.field:
            twice = heading in headings
            what = "same heading twice" if twice else "column left out"
            yield Notice(table.name, what, column.letter, column.heading)
        headings.add(heading)


def _beside(table: Table) -> Iterator[Notice]:
    for title in table.titles:
        yield Notice(table.name, "title", str(title.row), title.words)
    for (row, column), text in sorted(table.sheet.comments.items()):
        yield Notice(table.name, "comment", f"{letter_of(column)}{row}", text)
    if table.sheet.formulas:
        count = len(table.sheet.formulas)
        words = f"{count} formula cells count with the value Excel last stored."
        yield Notice(table.name, "formulas", "", words)
