"""What kind of sheet it is and which column means what: guessed, corrected, remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from alongside.imports.cells.choices import (
    meaning_of,
    parse_ni,
    parse_room,
    parse_stage,
    parse_worker,
)
from alongside.imports.cells.dates import guess_day_first
from alongside.imports.columns import (
    DATE_FIELDS,
    column_values,
    is_tick,
    months_without_year,
    ticked_columns,
    years_beside,
)
from alongside.imports.heading_meaning import SHORTEST_PART, heading_strength, parts_of_heading
from alongside.imports.kinds.living_here import said_of
from alongside.imports.mapped import ColumnUse, SheetMapping
from alongside.imports.reading.above import is_name
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.reading.table import Table
from alongside.imports.setting import Setting
from alongside.imports.shapes.dating import asked
from alongside.imports.shapes.reshaping import (
    grid_kind,
    grid_unit,
    guess_reading,
    reshaped,
    shapes_of,
)
from alongside.imports.shapes.times import sources
from alongside.imports.spelling import squash
from alongside.imports.undated import guess_year
from alongside.imports.words import KindWords, kinds

ABOUT_ONE_PERSON = frozenset({"sessions", "notes", "plans"})
NAMES_SOMEBODY = ("name", "surname", "forenames", "person_ref")
LOOKED_AT, ENOUGH = 60, 3
MOSTLY, OUTCOMES_TELL = 0.7, 4
# Beside the days of a grid only these belong to each of its cells: a total of the row does not.
BESIDE_DAYS = frozenset({"name", "surname", "forenames", "person_ref", "worker"})
ONLY: Mapping[str, frozenset[str]] = {
    "days": frozenset({"sessions", "notes"}),
    "moves": frozenset({"stays"}),
    "spans": frozenset({"stays"}),
}
TOLD_BY_CONTENTS = ("ni_number", "worker", "stage", "status", "room")


def guess_mapping(
    table: Table, setting: Setting | None = None, remembered: Iterable[SheetMapping] = ()
) -> SheetMapping:
    """The mapping remembered for these headings, or the best guess. Hidden sheets are left out.

    A sheet of the same name is asked first, then any sheet: next month's has another name. The
    year and the first day of a grid are never remembered: next month's file has others.
    """
    place = setting or Setting()
    alike = [kept for kept in remembered if kept.signature == table.signature()]
    named = [kept for kept in alike if squash(kept.sheet) == squash(table.name)]
    if named or (table.sheet.hidden and alike):
        return taken_up(named[0], table, place) if named else _mapped(table, table, "", {})
    if table.sheet.hidden or not table.columns:
        return _mapped(table, table, "", {})
    if table.heads != "none" and any(kept.kind for kept in alike):
        return taken_up(next(kept for kept in alike if kept.kind), table, place)
    return _guessed(table, setting, shapes_of(table)[0])


def _guessed(table: Table, setting: Setting | None, shape: str) -> SheetMapping:
    """The best guess of what kind of sheet it is, in this shape."""
    empty = _shaped(table, shape, "", setting or Setting())
    flat = reshaped(table, empty, setting or Setting())
    best: tuple[float, str, dict[int, str]] = (0, "", {})
    for kind in kinds().values():
        if shape in ONLY and kind.name not in ONLY[shape]:
            continue
        fields = _assign(flat, kind)
        fields |= dict(_from_contents(flat, kind, fields, ("outcome",), Setting()))
        score = _score(flat, kind, fields)
        if score > best[0]:
            best = (score, kind.name, fields)
    _, name, fields = best
    if shape == "days":
        name = grid_kind(table)
        flat = reshaped(table, replace(empty, kind=name), setting or Setting())
        fields = _assign(flat, kinds()[name])
    if name and setting:
        fields |= dict(_from_contents(flat, kinds()[name], fields, TOLD_BY_CONTENTS, setting))
    return _mapped(table, flat, name, fields, empty)


def _shaped(table: Table, shape: str, kind: str, setting: Setting) -> SheetMapping:
    """A mapping with nothing in it but the shape, and what a grid needs to be laid out."""
    unit = grid_unit(table) if shape == "days" else 1
    mapping = SheetMapping(table.name, kind, (), table.signature(), shape=shape, minutes_in=unit)
    return guess_reading(table, mapping, setting)


def map_as(
    table: Table, kind: str, setting: Setting | None = None, shape: str = ""
) -> SheetMapping:
    """The best guess when a person has said what kind of sheet it is, or in which shape.

    No kind leaves it out.
    """
    place = setting or Setting()
    shape = shape or shapes_of(table)[0]
    if not kind:
        return _mapped(table, table, "", {}, SheetMapping(table.name, "", (), shape=shape))
    base = _shaped(table, shape, kind, place)
    flat = reshaped(table, base, place)
    return _mapped(table, flat, kind, _assign(flat, kinds()[kind]), base)


def taken_up(kept: SheetMapping, table: Table, setting: Setting) -> SheetMapping:
    """A remembered mapping for this table: its year and first day are found anew."""
    kept = replace(kept, sheet=table.name, starts="", year=0, year_starts=1, year_from="")
    told = guess_reading(table, kept, setting)
    return with_year(table, aligned(told, reshaped(table, told, setting)), setting)


def with_days_of(
    before: SheetMapping | None, mapping: SheetMapping, table: Table, setting: Setting
) -> SheetMapping:
    """The mapping with the first day and the year that were said when this file came before."""
    if before is None or before.shape != mapping.shape or before.kind != mapping.kind:
        return mapping
    told = replace(
        mapping,
        starts=before.starts,
        year=before.year,
        year_starts=before.year_starts,
        year_from=before.year_from,
    )
    return settled(table, told, setting)


def settled(table: Table, mapping: SheetMapping, setting: Setting) -> SheetMapping:
    """The mapping as somebody said it: what of a grid is still to be said, and its columns."""
    told = asked(table, mapping) if mapping.shape == "days" and mapping.kind else mapping
    return aligned(told, reshaped(table, told, setting))


def aligned(mapping: SheetMapping, flat: Table) -> SheetMapping:
    """The mapping with the columns that are there now; one that was made has a field of its own."""
    if mapping.shape == "list" or not mapping.kind:
        return mapping
    known = {(c.position, c.heading): c.field for c in mapping.columns}
    by_heading = {c.heading: c.field for c in mapping.columns}
    words = kinds()[mapping.kind]
    uses = tuple(
        ColumnUse(
            c.position,
            c.heading,
            known.get(
                (c.position, c.heading),
                by_heading.get(c.heading, c.field if words.field(c.field) else ""),
            ),
        )
        for c in flat.columns
    )
    return replace(mapping, columns=uses)


def with_year(table: Table, mapping: SheetMapping, setting: Setting) -> SheetMapping:
    """The mapping with the year of dates that have none, as far as something near them says it."""
    if mapping.shape == "days" or not mapping.kind:
        return mapping
    flat = reshaped(table, mapping, setting)
    months, years = months_without_year(flat, mapping), years_beside(flat, mapping)
    found = guess_year(months, sources(table), years)
    return replace(mapping, year=found.year, year_starts=found.starts, year_from=found.source)


def _mapped(
    table: Table,
    flat: Table,
    kind: str,
    fields: Mapping[int, str],
    base: SheetMapping | None = None,
) -> SheetMapping:
    uses = tuple(ColumnUse(c.position, c.heading, fields.get(c.position, "")) for c in flat.columns)
    base = base or SheetMapping(table.name, "", ())
    mapping = replace(base, kind=kind, columns=uses, signature=table.signature())
    if mapping.shape == "days":
        return mapping
    told = replace(
        mapping,
        day_first=_day_first(flat, mapping),
        ref_is=_ref_is(flat, mapping),
        minutes_in=_minutes_in(flat, mapping),
        about_sheet=_is_about_sheet(flat, kind, set(fields.values())),
    )
    return with_year(table, told, Setting())


def _is_about_sheet(table: Table, kind: str, used: set[str]) -> bool:
    """Whether no column names the person and the sheet's own name can be one."""
    if kind not in ABOUT_ONE_PERSON or used & set(NAMES_SOMEBODY):
        return False
    return is_name(table.name)


def _score(table: Table, kind: KindWords, fields: Mapping[int, str]) -> float:
    used = {field.partition("=")[0] for field in fields.values()}
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
    told = _says_outcomes(table, fields) if kind.name == "sessions" else 0
    return told + len(fields) + 2 * len(used & set(kind.tells)) + (6 if called else 0)


def _says_outcomes(table: Table, fields: Mapping[int, str]) -> int:
    """A column of attended, missed and cancelled makes sessions, whatever else stands there."""
    for position, field in fields.items():
        if field == "outcome" and (values := column_values(table, position)[:LOOKED_AT]):
            told = sum(_reads_as(value, "outcome", Setting()) for value in values)
            return OUTCOMES_TELL if told >= len(values) * MOSTLY else 0
    return 0


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
    beside_days = table.shape == "days"
    matches = sorted(
        (-strength, column.position, field.name)
        for column in table.columns
        for field in kind.fields
        if not kind.field(column.field) and not (beside_days and field.name not in BESIDE_DAYS)
        if (strength := heading_strength(column, field))
        if kind.name != "stays" or _fits_its_cells(table, column.position, field.name)
    )
    fields = {c.position: c.field for c in table.columns if c.field and kind.field(c.field)}
    fields |= ticked_columns(table, kind, fields)
    for _, position, name in matches:
        words = kind.field(name)
        single = words is not None and not words.many
        if position not in fields and not (single and name in fields.values()):
            fields[position] = name
    return fields


def _fits_its_cells(table: Table, position: int, field: str) -> bool:
    """“Resident” may be a name, or say who still is one: what stands below it tells."""
    if field not in {"status", "name"}:
        return True
    values = column_values(table, position)[:LOOKED_AT]
    told = sum(bool(meaning_of(v, "stay_status", Setting())) for v in values)
    if field == "status":
        yes = (is_tick(v) or says_yes_or_no(v) or said_of(v, Setting()) for v in values)
        return not values or sum(map(bool, yes)) * 2 >= len(values)
    return told * 2 < len(values) or not values


def says_yes_or_no(value: Value) -> bool:
    return bool(meaning_of(value, "yes_no", Setting()))


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
        values = column_values(table, column.position)[:LOOKED_AT]
        for name in names:
            wanted = kind.field(name) is not None and name not in taken
            if wanted and _mostly_is(values, name, setting):
                taken.add(name)
                yield column.position, name
                break


def _mostly_is(values: list[Value], name: str, setting: Setting) -> bool:
    if len(values) < ENOUGH:
        return False
    return sum(_reads_as(value, name, setting) for value in values) >= len(values) * MOSTLY


def _reads_as(value: Value, name: str, setting: Setting) -> bool:
    if name == "ni_number":
        return parse_ni(value).value is not None
    if name == "outcome":
        return bool(meaning_of(value, "outcome", setting))
    if name == "status":
        return bool(meaning_of(value, "stay_status", setting))
    if name == "worker":
        return parse_worker(value, setting).value is not None
    if name == "stage":
        return bool(setting.stages) and parse_stage(value, setting).value is not None
    return bool(setting.rooms) and parse_room(value, setting).value is not None


def _day_first(table: Table, mapping: SheetMapping) -> bool:
    votes = [
        guess_day_first(column_values(table, column.position))
        for column in mapping.columns
        if column.field in DATE_FIELDS
    ]
    return votes.count(False) <= votes.count(True)


def _ref_is(table: Table, mapping: SheetMapping) -> Literal["line", "person"]:
    """References with letters in them were given to people; bare numbers may only count lines."""
    for position in mapping.positions("ref"):
        heading = next(c.heading for c in mapping.columns if c.position == position)
        values = [text_of(v) for v in column_values(table, position)]
        lettered = sum(any(c.isalpha() for c in v) for v in values)
        if lettered * 2 > len(values) or set(parts_of_heading(heading)) & PERSON_REFS:
            return "person"
    return "line"


PERSON_REFS = frozenset({"client", "resident", "person", "service", "tenant", "clientid", "suid"})


HOURS_SAID = re.compile(r"\b(hours?|hrs?|stunden|std|haora)\b", re.IGNORECASE)
MINUTES_SAID = re.compile(r"\bmin(s|ute|utes|uten|iti)?\b", re.IGNORECASE)
LONGEST_IN_HOURS = 8


def _minutes_in(table: Table, mapping: SheetMapping) -> int:
    """Hours when the heading says so, or numbers are broken, or none of them is over eight."""
    for column in mapping.columns:
        if column.field != "minutes":
            continue
        if HOURS_SAID.search(column.heading):
            return 60
        numbers = bare_lengths(table, column)
        broken = any(number != int(number) for number in numbers)
        return 60 if broken or (numbers and max(numbers) <= LONGEST_IN_HOURS) else 1
    return 1


def bare_lengths(table: Table, column: ColumnUse) -> list[float]:
    """The lengths of a column that are mere numbers, when the heading does not say of what."""
    if HOURS_SAID.search(column.heading) or MINUTES_SAID.search(column.heading):
        return []
    texts = (text_of(value) for value in column_values(table, column.position))
    found = (float(t.replace(",", ".")) for t in texts if re.fullmatch(r"\d+([.,]\d+)?", t))
    return [number for number in found if number]
