"""One row in hand: its fields by name, and everything there is to say about it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from alongside.imports.cells.amounts import parse_amount
from alongside.imports.cells.choices import (
    parse_choice,
    parse_ni,
    parse_room,
    parse_stage,
    parse_worker,
    parse_workers,
)
from alongside.imports.cells.clock_times import began, clock_beside
from alongside.imports.cells.dates import (
    Birth,
    has_no_year,
    parse_birth,
    parse_date,
    tells_order,
)
from alongside.imports.cells.names import (
    PersonName,
    is_no_name,
    parse_columns,
    parse_one_cell,
)
from alongside.imports.cells.parsed import Parsed
from alongside.imports.columns import is_no_tick, is_tick
from alongside.imports.mapped import ColumnUse, SheetMapping
from alongside.imports.reading.grids import day_number
from alongside.imports.reading.sheets import Remark, SheetRow, Value, is_empty, text_of
from alongside.imports.reading.table import Table
from alongside.imports.register import Source
from alongside.imports.setting import Setting
from alongside.imports.spelling import squash
from alongside.imports.undated import Years
from alongside.imports.verdicts import Reason
from alongside.imports.words import kinds

LONGEST_NAME, SHOWN = 120, 60
MONTHS = 12
PLURAL = re.compile(r"names?\(s\)|\bnames\b|residents\b", re.IGNORECASE)
SEVERAL = re.compile(r"[^\W\d_]\.?\s*(?:&|\+|/|\band\b|\bund\b|\bet\b)\s*[^\W\d_]", re.IGNORECASE)
type Mixed = Literal["", "written", "real"]
ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)


class RowInHand:
    """One row of a mapped table, read field by field; collects reasons and words to keep.

    `under` is what the place it stands in says of living here; `tells` how it was read, for the
    dry run.
    """

    def __init__(self, table: Table, mapping: SheetMapping, row: SheetRow, setting: Setting):
        self.table, self.mapping, self.row, self.setting = table, mapping, row, setting
        self.source = Source(table.name, row.number, row.part)
        self.doubts: dict[str, Reason] = {}
        self.rejections: dict[str, Reason] = {}
        self.words: dict[str, str] = {}
        self.unknown_workers: list[str] = []
        self.tells: list[str] = []
        self.under, self.width = "", 0
        self.mixed_dates: Mixed = ""
        self.years = Years(mapping.undated)
        for remark in row.remarks:
            self._take(remark)

    def _take(self, remark: Remark) -> None:
        """What was said of the row when it was made of cells that stood otherwise."""
        column = next((c for c in self.mapping.columns if c.position == remark.position), None)
        reason = self._reason(remark.code, "", column)
        (self.rejections if remark.refuses else self.doubts).setdefault(remark.code, reason)

    def columns(self, field: str) -> list[ColumnUse]:
        return [column for column in self.mapping.columns if column.field == field]

    def has(self, field: str) -> bool:
        return bool(self.columns(field))

    def raw(self, position: int) -> Value:
        values = self.row.values
        return values[position - 1] if position <= len(values) else None

    def value(self, field: str) -> Value:
        columns = self.columns(field)
        return self.value_in(columns[0]) if columns else None

    def value_in(self, column: ColumnUse) -> Value:
        """The value of a cell; an Excel error counts as empty, with a warning."""
        value, cell = self.raw(column.position), self.row.cell(column.position)
        is_error = cell in self.table.sheet.errors
        if value is None and cell in self.table.sheet.unworked:
            self.doubt("not-worked-out", column=column)
            return None
        if is_error or (isinstance(value, str) and value.strip() in ERROR_WORDS):
            self.doubt("error-value", column=column)
            return None
        return value

    def text(self, field: str) -> str:
        return text_of(self.value(field))

    def note(self, field: str) -> str:
        """Free text letter by letter as typed, only without blanks at both ends."""
        return self.text(field)

    def doubt(self, code: str, field: str = "", column: ColumnUse | None = None) -> None:
        self.doubts.setdefault(code, self._reason(code, field, column))

    def reject(self, code: str, field: str = "") -> None:
        self.rejections.setdefault(code, self._reason(code, field, None))

    def reject_cell(self, code: str, row: SheetRow, position: int) -> None:
        """Refuse the row for one cell of it, or of a row that goes on with it."""
        number, column = row.cell(position)
        heading = next((c.heading for c in self.mapping.columns if c.position == position), "")
        found = f"{text_of(row.values[position - 1])[:SHOWN]}…"
        reason = Reason(code, self.table.name, number or row.number, column, heading, found)
        self.rejections.setdefault(code, reason)

    def _reason(self, code: str, field: str, column: ColumnUse | None) -> Reason:
        columns = [column] if column else self.columns(field) if field else []
        if field and not columns:
            ticks = f"{field}="
            columns = [c for c in self.mapping.columns if c.field.startswith(ticks)]
        if not columns:
            return Reason(code, self.table.name, self.row.number)
        place = columns[0]
        found = text_of(self.raw(place.position))
        number, position = self.row.cell(place.position)
        return Reason(
            code, self.table.name, number or self.row.number, position, place.heading, found
        )

    def keep[T](self, field: str, read: Parsed[T]) -> T | None:
        """The value read; its doubts are noted, and words not understood are kept."""
        for code in read.doubts:
            self.doubt(code, field)
        if read.doubts and read.value is None and read.words:
            self.words[field] = read.words
        return read.value

    def day(self, field: str) -> date | None:
        """A day that may be missing or wrong: then it is left empty with a warning."""
        read = self.parsed_day(self.value(field))
        if read.value is None and read.doubts and "no-year" not in read.doubts:
            read = Parsed(None, ("date-unclear",), read.words)
        elif read.value:
            self._doubt_order(field, self.value(field))
        return self.keep(field, read)

    def parsed_day(self, value: Value) -> Parsed[date]:
        """A day; one without a year takes that which stands near it, and says so when weak."""
        number = self.row.number

        def year_of(month: int) -> int | None:
            return self.years.of(number, month)

        read = parse_date(value, day_first=self.mapping.day_first, year_of=year_of)
        if self.table.shape == "list" and "unreadable-date" in read.doubts and day_number(value):
            return Parsed(None, ("day-only",), read.words)
        if read.value and self.years.is_weak() and has_no_year(value):
            return replace(read, doubts=(*read.doubts, "year-taken"))
        return read

    def sure_day(self, field: str, *, must: bool = True) -> date | None:
        """A day the record cannot be true without; `must` when it may not be missing either."""
        value = self.value(field)
        if "not-worked-out" in self.doubts and value is None and self._is_unworked(field):
            self.reject("not-worked-out", field)
            return None
        read = self.parsed_day(value)
        if read.value:
            self._doubt_order(field, value)
            return self.keep(field, read)
        for code in read.doubts:
            self.reject(code, field)
        if must and not read.doubts:
            self.reject("no-date", field)
        return None

    def _is_unworked(self, field: str) -> bool:
        unworked = self.table.sheet.unworked
        return any(self.row.cell(c.position) in unworked for c in self.columns(field))

    def _doubt_order(self, field: str, value: Value) -> None:
        """A date that may be read two ways, in a sheet whose other dates are of either order."""
        if not self.mixed_dates:
            return
        day = value if isinstance(value, date) else None
        swapped = day is not None and day.day <= MONTHS and day.day != day.month
        either = self.mixed_dates == "written" and bool(tells_order([value])[2])
        if either or swapped:
            self.doubt("date-order", field)

    def birth(self, field: str, today: date) -> Birth:
        if not self.has(field):
            return Birth()
        read = parse_birth(
            self.value(field),
            today=today,
            youngest=self.setting.youngest,
            day_first=self.mapping.day_first,
        )
        if read.value and read.value.on:
            self._doubt_order(field, self.value(field))
        birth = self.keep(field, read) or Birth()
        if birth.words and not birth.on:
            self.words[field] = birth.words
        return birth

    def name(self) -> PersonName | None:
        """The person's name, from one cell or from several; rejected when there is none."""
        known = self.value("known_as")
        surname, forenames, whole = self._name_cells()
        if is_empty(surname):
            name = parse_one_cell(whole or forenames, known)
        else:
            name = parse_columns(surname, forenames, known)
        if is_no_name(name.full()):
            self.reject("no-name", self._name_field())
            return None
        self._doubt_length(name)
        if SEVERAL.search(name.full()) or self._may_be_several():
            self.doubt("two-people", self._name_field())
        if any(c.isdigit() for c in name.full()):
            self.doubt("name-figures", self._name_field())
        if name.remark:
            self.words["name"] = name.remark
        return name

    def _may_be_several(self) -> bool:
        """“Mo Ali, Lu Vega” under a heading of names is no surname before a first name."""
        columns = self.columns("name")
        plural = bool(columns) and bool(PLURAL.search(columns[0].heading))
        parts = self.text("name").split(",")
        return plural and len(parts) > 1 and all(" " in part.strip() for part in parts)

    def _name_cells(self) -> tuple[Value, Value, Value]:
        """The surname, the first names, and a whole name when that says more than both.

        “Name” beside “First name” is the surname, and beside “Surname” the first names, unless it
        holds the other one as well.
        """
        surname, forenames = self.value("surname"), self.value("forenames")
        whole = self.value("name")
        if is_empty(whole) or not (is_empty(surname) or is_empty(forenames)):
            return surname, forenames, None
        said = squash(text_of(surname)) or squash(text_of(forenames))
        if not said or said in squash(text_of(whole)):
            return None, None, whole
        return (whole, forenames, None) if is_empty(surname) else (surname, whole, None)

    def _name_field(self) -> str:
        return next((f for f in ("surname", "name", "forenames") if self.has(f)), "")

    def _doubt_length(self, name: PersonName) -> None:
        if len(name.full()) > LONGEST_NAME:
            self.doubt("name-long", self._name_field())
        if len(squash(name.full())) == 1:
            self.doubt("name-short", self._name_field())

    def name_text(self) -> str:
        """The words that say whom a row is about, as typed."""
        if self.mapping.about_sheet and not self.has("name"):
            return self.table.name
        surname, forenames, whole = (text_of(value) for value in self._name_cells())
        return whole or f"{forenames} {surname}".strip()

    def amount(self, field: str) -> Decimal | None:
        return self.keep(field, parse_amount(self.value(field)))

    def choice(self, field: str, choice: str) -> str:
        if self.has_ticks(field):
            return self.ticked(field)
        return self.keep(field, parse_choice(self.value(field), choice, self.setting)) or ""

    def has_ticks(self, field: str) -> bool:
        return any(column.field.startswith(f"{field}=") for column in self.mapping.columns)

    def ticked(self, field: str) -> str:
        """Which of the columns for one choice is ticked. Words count as a tick, and are kept."""
        found: dict[str, ColumnUse] = {}
        for column in self.mapping.columns:
            base, _, meaning = column.field.partition("=")
            value = self.value_in(column) if meaning and base == field else None
            if is_empty(value) or is_no_tick(value):
                continue
            found[meaning] = column
            if not is_tick(value):
                self.doubt("tick-words", column=column)
                self.words[f"{field} {column.position}"] = text_of(value)
        if len(found) > 1:
            self.rejections.setdefault(
                "two-outcomes", self._reason("two-outcomes", "", list(found.values())[-1])
            )
        return next(iter(found)) if len(found) == 1 else ""

    def stage(self, field: str = "stage") -> str:
        return self.keep(field, parse_stage(self.value(field), self.setting)) or ""

    def room(self, field: str = "room") -> str:
        return self.keep(field, parse_room(self.value(field), self.setting)) or ""

    def ni_number(self) -> str:
        return self.keep("ni_number", parse_ni(self.value("ni_number"))) or ""

    def worker(self) -> str:
        """The key of the one worker; a mapped column left blank is worth a warning."""
        value = self.value("worker")
        if self.has("worker") and is_empty(value) and "error-value" not in self.doubts:
            self.doubt("worker-missing", "worker")
        read = parse_worker(value, self.setting)
        self._ask_about(read)
        return self.keep("worker", read) or ""

    def _ask_about(self, read: Parsed[str]) -> None:
        if "worker-unknown" in read.doubts:
            self.unknown_workers.append(read.words)

    def workers(self, field: str) -> tuple[str, ...]:
        read = parse_workers(self.value(field), self.setting)
        if read.doubts:
            self.words[field] = read.words
        return self.keep(field, read) or ()

    def start(self) -> dict[str, str]:
        """When it began, in words; a time that cannot be read, or only with luck, is told."""
        text = self.text("start") or clock_beside(self.value("date"))
        if not text:
            return {}
        if began(text) is None:
            self.doubt("time-unclear", "start")
            self.words["time of day"] = text
        elif isinstance(self.value("start"), float | Decimal) or re.fullmatch(
            r"\d{1,2}[.,]\d", text
        ):
            self.doubt("time-number", "start")
        return {"start": text}

    def texts(self, *fields: str) -> dict[str, str]:
        """Several plain text fields at once, only those that say something."""
        return {field: text for field in fields if (text := self.text(field))}

    def cells(self) -> tuple[str, ...]:
        rows = (self.row, *self.row.more)
        return tuple(text_of(value) for row in rows for value in row.values)

    def fingerprint(self) -> str:
        """What the mapped cells say, whatever their order: the same when brought twice."""
        said = self._said_by(self.row)
        for row in self.row.more:
            said += self._said_by(row)
        if self.mapping.about_sheet:
            said.append(("name", "", self.name_text()))
        return hashlib.sha256(repr((self.mapping.kind, said)).encode()).hexdigest()

    def _said_by(self, row: SheetRow) -> list[tuple[str, str, str]]:
        words = kinds()[self.mapping.kind]
        return sorted(
            (column.field, column.heading if _is_many(words.field(column.field)) else "", text)
            for column in self.mapping.columns
            if column.field and not _is_ignored(words.field(column.field))
            if column.position <= len(row.values)
            if (text := text_of(row.values[column.position - 1]))
        )


def _is_many(words: object) -> bool:
    return bool(getattr(words, "many", False))


def _is_ignored(words: object) -> bool:
    return bool(getattr(words, "ignored", False))
