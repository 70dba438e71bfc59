"""What kind of sheet it is and which column means what: guessed, corrected, remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from alongside.imports.cells.choices import (
    meaning_of,
    parse_ni,
    parse_room,
    parse_stage,
    parse_worker,
)
from alongside.imports.cells.dates import guess_day_first, tells_order
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.reading.tables import FOLLOW_UP_HEADING, Column, Table, is_coded
from alongside.imports.setting import Setting
from alongside.imports.spelling import squash
from alongside.imports.words import FieldWords, KindWords, kinds, month_numbers, word_list

BRACKETS = re.compile(r"[(\[].*?[)\]]")
DATE_FIELDS = frozenset(
    {"born", "moved_in", "moved_out", "received", "interviewed", "decided", "since", "date"}
    | {"week", "left", "when", "follow_up", "task"}
)
OF_THE_PERSON = frozenset(
    {"name", "surname", "forenames", "known_as", "born", "phone", "email", "gender", "ni_number"}
)
NOT_WITH = {"date": "other_days", "received": "other_days", "worker": "other_workers"}
OF_THE_STAY = frozenset({"moved_in", "moved_out"})
ABOUT_ONE_PERSON = frozenset({"sessions", "notes", "plans"})
NAMES_SOMEBODY = ("name", "surname", "forenames", "person_ref")
WHOLE, EXACT, TRIMMED, PARTLY = 4, 3, 2, 1
SHORTEST_PART = 4
TOLD_BY_SHAPE: Mapping[str, Callable[[str], object]] = {
    "task": is_coded,
    "follow_up": FOLLOW_UP_HEADING.match,
}
LOOKED_AT, ENOUGH = 60, 3
TOLD_BY_CONTENTS = ("ni_number", "worker", "stage", "room")


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column is taken to mean; no field means it is left out."""

    position: int
    heading: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one table is read. Plain data: a user may correct it, and it is remembered.

    No `kind` means the sheet is left out. `ref_is` says whether the reference column names a
    person for good or only counts the lines. `minutes_in` is what a bare number of length
    counts: 1 for minutes, 60 for hours. `about_sheet`: the name of the sheet is the person.
    """

    sheet: str
    kind: str
    columns: tuple[ColumnUse, ...]
    signature: str = ""
    day_first: bool = True
    ref_is: Literal["line", "person"] = "line"
    minutes_in: int = 1
    about_sheet: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SheetMapping:
        columns = tuple(ColumnUse(**column) for column in kept["columns"])
        return cls(**{**kept, "columns": columns})

    def with_field(self, position: int, field: str) -> SheetMapping:
        """The same mapping with one column's meaning corrected."""
        columns = tuple(
            replace(c, field=field) if c.position == position else c for c in self.columns
        )
        return replace(self, columns=columns)

    def positions(self, field: str) -> tuple[int, ...]:
        return tuple(c.position for c in self.columns if c.field == field)

    def missing(self) -> tuple[tuple[str, ...], ...]:
        """What this kind of sheet cannot do without and no column is mapped to."""
        if self.kind not in kinds():
            return ()
        used = {column.field for column in self.columns} | ({"name"} if self.about_sheet else set())
        return tuple(need for need in kinds()[self.kind].needs if not used & set(need))


def guess_mapping(
    table: Table, setting: Setting | None = None, remembered: Iterable[SheetMapping] = ()
) -> SheetMapping:
    """The mapping remembered for these headings, or the best guess. Hidden sheets are left out.

    A sheet of the same name is asked first, then any sheet: next month's has another name.
    """
    alike = [kept for kept in remembered if kept.signature == table.signature()]
    named = [kept for kept in alike if squash(kept.sheet) == squash(table.name)]
    if named or (table.sheet.hidden and alike):
        return replace(named[0], sheet=table.name) if named else _mapped(table, "", {})
    if table.sheet.hidden or not table.columns:
        return _mapped(table, "", {})
    if table.heads != "none" and any(kept.kind for kept in alike):
        return replace(next(kept for kept in alike if kept.kind), sheet=table.name)
    best: tuple[float, str, dict[int, str]] = (0, "", {})
    for kind in kinds().values():
        fields = _assign(table, kind)
        fields |= dict(_from_contents(table, kind, fields, ("outcome",), Setting()))
        score = _score(table, kind, fields)
        if score > best[0]:
            best = (score, kind.name, fields)
    _, name, fields = best
    if name and setting:
        fields |= dict(_from_contents(table, kinds()[name], fields, TOLD_BY_CONTENTS, setting))
    return _mapped(table, name, fields)


def map_as(table: Table, kind: str) -> SheetMapping:
    """The best guess when a person has said what kind of sheet it is; no kind leaves it out."""
    return _mapped(table, kind, _assign(table, kinds()[kind]) if kind else {})


def _mapped(table: Table, kind: str, fields: Mapping[int, str]) -> SheetMapping:
    uses = tuple(
        ColumnUse(c.position, c.heading, fields.get(c.position, "")) for c in table.columns
    )
    mapping = SheetMapping(table.name, kind, uses, table.signature())
    return replace(
        mapping,
        day_first=_day_first(table, mapping),
        ref_is=_ref_is(table, mapping),
        minutes_in=_minutes_in(table, mapping),
        about_sheet=_is_about_sheet(table, kind, set(fields.values())),
    )


def _is_about_sheet(table: Table, kind: str, used: set[str]) -> bool:
    """Whether no column names the person and the sheet's own name can be one."""
    if kind not in ABOUT_ONE_PERSON or used & set(NAMES_SOMEBODY):
        return False
    words = re.split(r"[\s,]+", table.name.strip())
    letters = all(re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*", word) for word in words)
    known = {squash(word) for word in words} & (word_list("no_names") | month_numbers().keys())
    return 2 <= len(words) <= 4 and letters and not known  # noqa: PLR2004


def _score(table: Table, kind: KindWords, fields: Mapping[int, str]) -> float:
    used = set(fields.values())
    if _is_about_sheet(table, kind.name, used):
        used = used | {"name"}
    if not all(used & set(need) for need in kind.needs):
        return 0
    if kind.name == "referrals" and not _asks_for_a_place(table, kind, fields):
        return 0
    name = squash(table.name)
    called = name in kind.sheet_names or any(
        len(word) > SHORTEST_PART and word in name for word in kind.sheet_names
    )
    return len(fields) + 2 * len(used & set(kind.tells)) + (6 if called else 0)


def _asks_for_a_place(table: Table, kind: KindWords, fields: Mapping[int, str]) -> bool:
    """A name and some date alone are no referral: something must speak of one."""
    received = next((c for c in table.columns if fields.get(c.position) == "received"), None)
    return bool(
        set(fields.values()) & set(kind.tells)
        or squash(table.name) in kind.sheet_names
        or (received and squash(received.heading) != "date")
    )


def _assign(table: Table, kind: KindWords) -> dict[int, str]:
    """The field of each column, the surest matches first; a field comes once unless many."""
    matches = sorted(
        (-strength, column.position, field.name)
        for column in table.columns
        for field in kind.fields
        if (strength := _strength(column, field))
    )
    fields: dict[int, str] = {}
    for _, position, name in matches:
        words = kind.field(name)
        single = words is not None and not words.many
        if position not in fields and not (single and name in fields.values()):
            fields[position] = name
    return fields


def _strength(column: Column, field: FieldWords) -> int:
    if field.name in TOLD_BY_SHAPE:
        return EXACT if TOLD_BY_SHAPE[field.name](column.heading) else 0
    whole = f"{column.group} {column.heading}" if column.group else column.heading
    if squash(whole) in field.headings:
        return WHOLE
    if squash(column.heading) in field.headings:
        return EXACT
    trimmed = squash(BRACKETS.sub("", column.heading))
    if trimmed in field.headings or (field.many and trimmed.rstrip("0123456789") in field.headings):
        return TRIMMED
    found = set(_parts(whole)) & set(field.headings)
    return PARTLY if found and not _means_another(field.name, whole) else 0


def _means_another(field: str, heading: str) -> bool:
    """Whether a heading that holds the words of a field is about something else all the same.

    “Expected end date” is no day on which somebody left, nor is “Probation end date”.
    """
    words = {squash(word) for word in re.split(r"[\W\d_]+", heading)} - {""}
    if field in OF_THE_STAY:
        return not words <= word_list("of_a_stay")
    if field in NOT_WITH and words & word_list(NOT_WITH[field]):
        return True
    if field in DATE_FIELDS and words & word_list("not_yet"):
        return True
    return field in OF_THE_PERSON and _of_somebody_else(heading)


def _of_somebody_else(heading: str) -> bool:
    """“GP phone” is not the resident's: it is left out unless somebody says otherwise."""
    return bool(
        {squash(word) for word in re.split(r"[\W_]+", heading)} & word_list("somebody_else")
    )


def _parts(heading: str) -> Iterator[str]:
    """Runs of words in a heading that are long enough to mean something."""
    words = [squash(word) for word in re.split(r"[\s/,()\[\]:&+_-]+", heading)]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = "".join(words[start:end])
            if len(part) >= SHORTEST_PART:
                yield part


def _column_values(table: Table, position: int) -> list[Value]:
    values = (row.values[position - 1] for row in table.records if position <= len(row.values))
    return [value for value in values if not is_empty(value)]


def _from_contents(
    table: Table,
    kind: KindWords,
    fields: Mapping[int, str],
    names: tuple[str, ...],
    setting: Setting,
) -> Iterator[tuple[int, str]]:
    """Columns with no known heading, by what stands in them."""
    taken = set(fields.values())
    for column in table.columns:
        if column.position in fields:
            continue
        values = _column_values(table, column.position)[:LOOKED_AT]
        for name in names:
            wanted = kind.field(name) is not None and name not in taken
            if wanted and _mostly_is(values, name, setting):
                taken.add(name)
                yield column.position, name
                break


def _mostly_is(values: list[Value], name: str, setting: Setting) -> bool:
    if len(values) < ENOUGH:
        return False
    return sum(_reads_as(value, name, setting) for value in values) >= len(values) * 0.7


def _reads_as(value: Value, name: str, setting: Setting) -> bool:
    if name == "ni_number":
        return parse_ni(value).value is not None
    if name == "outcome":
        return bool(meaning_of(value, "outcome", setting))
    if name == "worker":
        return parse_worker(value, setting).value is not None
    if name == "stage":
        return bool(setting.stages) and parse_stage(value, setting).value is not None
    return bool(setting.rooms) and parse_room(value, setting).value is not None


def _day_first(table: Table, mapping: SheetMapping) -> bool:
    votes = [
        guess_day_first(_column_values(table, column.position))
        for column in mapping.columns
        if column.field in DATE_FIELDS
    ]
    return votes.count(False) <= votes.count(True)


def _ref_is(table: Table, mapping: SheetMapping) -> Literal["line", "person"]:
    """References with letters in them were given to people; bare numbers may only count lines."""
    for position in mapping.positions("ref"):
        heading = next(c.heading for c in mapping.columns if c.position == position)
        values = [text_of(v) for v in _column_values(table, position)]
        lettered = sum(any(c.isalpha() for c in v) for v in values)
        if lettered * 2 > len(values) or set(_parts(heading)) & PERSON_REFS:
            return "person"
    return "line"


PERSON_REFS = frozenset({"client", "resident", "person", "service", "tenant", "clientid", "suid"})


HOURS_SAID = re.compile(r"\b(hours?|hrs?|stunden|std|haora)\b", re.IGNORECASE)
MINUTES_SAID = re.compile(r"\bmin(s|ute|utes|uten|iti)?\b", re.IGNORECASE)
LONGEST_IN_HOURS = 8


def _minutes_in(table: Table, mapping: SheetMapping) -> int:
    """Hours when the heading says so, or when it says nothing and no number is over eight."""
    for column in mapping.columns:
        if column.field != "minutes":
            continue
        if HOURS_SAID.search(column.heading):
            return 60
        numbers = bare_lengths(table, column)
        return 60 if numbers and max(numbers) <= LONGEST_IN_HOURS else 1
    return 1


def bare_lengths(table: Table, column: ColumnUse) -> list[float]:
    """The lengths of a column that are mere numbers, when the heading does not say of what."""
    if HOURS_SAID.search(column.heading) or MINUTES_SAID.search(column.heading):
        return []
    texts = (text_of(value) for value in _column_values(table, column.position))
    found = (float(t.replace(",", ".")) for t in texts if re.fullmatch(r"\d+([.,]\d+)?", t))
    return [number for number in found if number]


def date_order(table: Table, mapping: SheetMapping) -> tuple[int, int, int]:
    """Of all dates in figures of a sheet: day first, month first, and those that may be both."""
    told = [
        tells_order(_column_values(table, column.position))
        for column in mapping.columns
        if column.field in DATE_FIELDS
    ]
    return sum(t[0] for t in told), sum(t[1] for t in told), sum(t[2] for t in told)
