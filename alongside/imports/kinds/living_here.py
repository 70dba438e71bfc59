"""Whether somebody still lives here, where a column, a line between the rows or a sheet says so.

The days of moving in and out decide. Words that say otherwise are told, and nobody of whom a list
says that they left is taken to live here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from alongside.imports.cells.choices import meaning_of
from alongside.imports.columns import is_tick
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import ColumnUse
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.reading.table import Table
from alongside.imports.setting import Setting
from alongside.imports.shapes.moves import ONE_MOVE, OUT, way_of
from alongside.imports.spelling import squash
from alongside.imports.words import choices, word_list

CURRENT, GONE, NOT_YET, UNKNOWN = "current", "moved_on", "not_yet", "unknown"
LONGEST_TITLE = 60
FIRST_WORDS = re.compile(r"[^\W\d_]+(?:[\s-]+[^\W\d_]+)?")
# Under these a yes says that somebody left.
ASKS_WHO_LEFT = re.compile(r"left|leaver|moved|former|previous|inactive|ex-|closed", re.IGNORECASE)


def said_of(value: Value, setting: Setting) -> str:
    """What one cell says of living here: its words, or the words it begins with."""
    if meaning := meaning_of(value, "stay_status", setting):
        return meaning
    known = setting.meanings("stay_status")
    first = FIRST_WORDS.match(text_of(value))
    words = first.group().split() if first else []
    both, one = squash("".join(words)), squash(words[0]) if words else ""
    return known.get(both) or ("" if one == "moved" else known.get(one, ""))


def in_column(column: ColumnUse, value: Value, setting: Setting) -> str:
    """What a cell says under its heading: a yes under “Still here?” and one under “Left?”."""
    told = "yes" if is_tick(value) else setting.meanings("yes_no").get(squash(text_of(value)))
    if told in {"yes", "no"}:
        asks_who_left = bool(ASKS_WHO_LEFT.search(column.heading))
        return GONE if asks_who_left is (told == "yes") else CURRENT
    return said_of(value, setting)


def says_gone(row: RowInHand, value: Value) -> bool:
    """Whether the cell of the day of moving out says that they left, and not when."""
    if is_tick(value):
        return True
    if is_empty(value) or re.search(r"\d", text_of(value)):
        return False
    yes = row.setting.meanings("yes_no").get(squash(text_of(value))) == "yes"
    return yes or said_of(value, row.setting) == GONE


def day_in_status(row: RowInHand) -> date | None:
    """The day of moving out that stands beside the words: “Left 3/2/26”."""
    found = ONE_MOVE.findall(row.text("status"))
    out = [day for word, day in found if _is_out(word, row.setting)]
    if len(out) != 1:
        return None
    read = row.parsed_day(out[0])
    if read.value:
        row.doubt("day-from-status", "status")
    else:
        row.reject("gone-without-day", "status")
    return read.value


def _is_out(word: str, setting: Setting) -> bool:
    return way_of(word) == OUT or said_of(word, setting) == GONE


def check_status(
    row: RowInHand, moved_in: date | None, moved_out: date | None, today: date
) -> None:
    """Refuse who left without a day; say what does not fit the days, and what is not understood."""
    status, field = _status(row)
    if says_gone(row, row.value("moved_out")):
        status, field = GONE, "moved_out"
    if status != GONE and is_unsure(row.text("moved_out")):
        row.doubt("status-unclear", "moved_out")
        row.words["moved_out"] = row.text("moved_out")
    has_day = moved_out is not None or _says_a_day(row)
    if status == UNKNOWN:
        row.doubt("status-unknown" if moved_out else "status-unclear", field)
        row.words["status"] = row.text("status")
    elif status == GONE and not has_day:
        row.reject("gone-without-day", field)
    elif _differs(status, moved_in, moved_out, today):
        row.doubt("status-differs", field)
        if row.text("status"):
            row.words["status"] = row.text("status")


def _says_a_day(row: RowInHand) -> bool:
    """Whether something stands for a day of moving out that was refused, which is enough to say."""
    value = row.value("moved_out")
    return not (is_empty(value) or is_still_here(row) or says_gone(row, value))


def is_still_here(row: RowInHand) -> bool:
    """Whether a dash or a word stands where the day of moving out would."""
    text = row.text("moved_out")
    if is_unsure(text):
        return True
    return bool(text) and (not squash(text) or squash(text) in word_list("still_here"))


def is_unsure(text: str) -> bool:
    """“?” and “TBC” say that nobody knows."""
    return ("?" in text and not squash(text)) or squash(text) in word_list("not_known")


def _differs(status: str, moved_in: date | None, moved_out: date | None, today: date) -> bool:
    if status == CURRENT:
        return moved_out is not None and moved_out < today
    if status == GONE:
        return moved_out is not None and moved_out > today
    return status == NOT_YET and moved_in is not None and moved_in <= today


def _status(row: RowInHand) -> tuple[str, str]:
    """What is said of living here, and the field that says it; none when the place does."""
    for column in row.columns("status"):
        value = row.value_in(column)
        if not is_empty(value):
            said = in_column(column, value, row.setting)
            if said and squash(text_of(value)) not in row.setting.meanings("stay_status"):
                _keep_more(row, value)
            return said or UNKNOWN, "status"
    return row.under, ""


def _keep_more(row: RowInHand, value: Value) -> None:
    """Words beside those that were understood: “Left (evicted)”."""
    if not is_tick(value) and squash(text_of(value)) not in row.setting.meanings("yes_no"):
        row.words["status"] = text_of(value)


def said_in_title(text: str) -> str:
    """What a line between the rows, or the name of a sheet, says of those below it."""
    if len(text) > LONGEST_TITLE:
        return ""
    if squash(text) in choices("stay_status")[GONE]:
        return GONE
    words = [squash(word) for word in re.split(r"[\W_]+", text)]
    runs = {*words, *("".join(words[n : n + 2]) for n in range(len(words)))}
    here = bool(runs & word_list("still_living"))
    gone = bool(runs & word_list("no_longer_living"))
    if here == gone:
        return ""
    return CURRENT if here else GONE


def places_of(table: Table) -> Mapping[int, str]:
    """What lines between the records say of those below them, by row; 0 is what the sheet says."""
    lines = [one for one in table.set_aside if one.what == "heading"]
    found = {one.row: said for one in lines if (said := said_in_title(one.words))}
    titles = [said for one in table.titles if (said := said_in_title(one.words))]
    found[0] = titles[-1] if titles else said_in_title(table.name)
    return found


def under(places: Mapping[int, str], number: int) -> str:
    """What stands over a row."""
    return places[max(row for row in places if row < number)]
