"""What stands beside the rows, or is left out: shown, and never passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from alongside.imports.columns import date_order
from alongside.imports.kinds.rows import Mixed
from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import bare_lengths
from alongside.imports.reading.sheets import letter_of
from alongside.imports.reading.table import Table
from alongside.imports.shapes.saying import taken_so
from alongside.imports.spelling import squash
from alongside.imports.words import kinds

# Notices that say how something was read, and want to be looked at before bringing it in.
CHECK = frozenset(
    {"order of dates", "lengths", "no headings", "headings guessed", "formulas without a value"}
    | {
        "hidden rows",
        "shape",
        "marks",
        "days above",
        "dates without a year",
        "days without a month",
        "rows of one plan",
        "same heading twice",
        "still to be said",
    }
)
ASKS = {
    "starts": (
        "Nothing says which week or month its days are of. Press Change and say its first day."
    ),
    "year": "The days above its columns have no year. Press Change and say it.",
}
NO_HEADINGS = "The columns are called after their letters. Say what each of them means."
HEADINGS_GUESSED = (
    "Row {} was taken for the headings. If it is a record itself, put headings above it "
    "and bring the file again."
)
NOT_WORKED_OUT = (
    "No program has worked out what they come to, so their cells count as empty. "
    "Open the workbook in Excel, save it, and bring it again."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to show in the mapping step: what it is, in which cell, column or row."""

    sheet: str
    what: str
    where: str
    words: str = ""


def notices_of(
    tables: Sequence[Table], laid_out: Sequence[Table], mappings: Mapping[str, SheetMapping]
) -> list[Notice]:
    """Hidden sheets and columns, comments, titles, and whatever will not be imported.

    `tables` as they stand, `laid_out` as they are planned.
    """
    found: list[Notice] = []
    for table, flat in zip(tables, laid_out, strict=True):
        mapping = mappings.get(table.name)
        found += _sheet(table, mapping)
        found += _columns(flat, mapping)
        found += _doubtful(flat, mapping)
        if mapping and mapping.kind:
            found += [Notice(table.name, *told) for told in taken_so(table, flat, mapping)]
        found += _beside(table)
    return found


def _sheet(table: Table, mapping: SheetMapping | None) -> Iterator[Notice]:
    if table.sheet.hidden:
        yield Notice(table.name, "hidden sheet", "")
    elif mapping is None or not mapping.kind:
        yield Notice(table.name, "sheet left out", "", _left_out_words(table))
    elif mapping.missing():
        yield Notice(table.name, "sheet left out", "", _missing_words(mapping))
    elif mapping.asks:
        yield Notice(table.name, "still to be said", "", ASKS[mapping.asks[0]])
    if table.columns and table.heads == "none":
        yield Notice(table.name, "no headings", "", NO_HEADINGS)
    if table.heads == "guessed":
        number = table.header_rows[-1]
        yield Notice(table.name, "headings guessed", "", HEADINGS_GUESSED.format(number))
    if table.columns and not table.records:
        yield Notice(table.name, "no rows", "", "There is a heading but no row under it.")


def _left_out_words(table: Table) -> str:
    if not table.columns:
        return "Nothing on it looks like a list with columns."
    return "Say what kind of sheet it is."


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
            words = f"{column.heading}: these cells are not read." if twice else column.heading
            yield Notice(table.name, what, column.letter, words)
        headings.add(heading)


def _beside(table: Table) -> Iterator[Notice]:
    for title in table.titles:
        yield Notice(table.name, "title", str(title.row), title.words)
    for (row, column), text in sorted(table.sheet.comments.items()):
        yield Notice(table.name, "comment", f"{letter_of(column)}{row}", text)
    hidden = sorted(r.number for r in table.records if r.number in table.sheet.hidden_rows)
    if hidden:
        words = f"They are read like the others: {', '.join(map(str, hidden[:20]))}."
        yield Notice(table.name, "hidden rows", "", words)
    if table.sheet.unworked:
        yield Notice(table.name, "formulas without a value", "", NOT_WORKED_OUT)
    elif table.sheet.formulas:
        count = len(table.sheet.formulas)
        words = f"{count} formula cells count with the value Excel last stored."
        yield Notice(table.name, "formulas", "", words)


def mixed_dates(table: Table, mapping: SheetMapping) -> Mixed:
    """Which dates of a sheet are doubtful: those written in figures too, or only real ones.

    Written ones when some of them speak against the order in which they are read. Real ones
    when others are written month first: Excel, set to day first, turns round those of a
    month-first list that it can turn, and leaves the others as text.
    """
    day_first, month_first, _ = date_order(table, mapping)
    if month_first if mapping.day_first else day_first:
        return "written"
    return "real" if month_first else ""


def _doubtful(table: Table, mapping: SheetMapping | None) -> Iterator[Notice]:
    """What was read in one of two possible ways."""
    if mapping is None or not mapping.kind:
        return
    day_first, month_first, either = date_order(table, mapping)
    read = (
        "day first: 3/4/2026 is 3 April"
        if mapping.day_first
        else "month first: 3/4/2026 is 4 March"
    )
    if day_first and month_first:
        words = f"Some can only be day first, others only month first. They are read {read}."
        yield Notice(table.name, "order of dates", "", words)
    elif either and not day_first and not month_first:
        words = (
            f"None of them tells whether the day or the month comes first. They are read {read}."
        )
        yield Notice(table.name, "order of dates", "", words)
    elif month_first and not day_first:
        yield Notice(table.name, "order of dates", "", f"They are read {read}.")
    for column in mapping.columns:
        if column.field == "minutes" and bare_lengths(table, column):
            unit = "hours" if mapping.minutes_in > 1 else "minutes"
            words = f"A bare number under “{column.heading}” counts {unit}."
            yield Notice(table.name, "lengths", letter_of(column.position), words)
