"""Reading the cells of an attendance grid: P, A, x, ✓, DNA, 45, 1.5h, somebody's initials."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from alongside.imports.cells.choices import meaning_of
from alongside.imports.cells.minutes import parse_minutes
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.setting import Setting
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

ATTENDED, MISSED, CANCELLED = "attended", "did_not_attend", "cancelled"
NOTHING, WORKER, ASKED = "nothing", "worker", "asked"
MEANINGS = {
    ATTENDED: "Attended",
    MISSED: "Did not attend",
    CANCELLED: "Cancelled",
    WORKER: "Attended; it says with which worker",
    NOTHING: "Nothing: no session that day",
    ASKED: "Not said yet: these cells are rejected",
}
LONGEST_MARK, MOST_PARTS, LONGEST_LEGEND = 14, 4, 400
LONGEST_SHORT = 4
APART = re.compile(r"[\s/,;()+&–—-]+")
INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,2}")
LEGEND = re.compile(
    r"([^\s=,;|:()]{1,6})\s*=\s*([^=,;|/()]+?)(?=\s*[,;|/()]|\s+[^\s=]{1,6}\s*=|\s*$)"
)
KEY_LINE = re.compile(
    r"\s*(?:key|legend|codes?|legende|légende|legenda)\s*[:.-]?\s+", re.IGNORECASE
)
KEY_ITEM = re.compile(r"\s*(\S{1,5})\s*[:–-]?\s+(\S.*?)\s*")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:\s*[-–]\s*(\d{1,2})[:.](\d{2}))?")
HOURS_IN_A_MARK, LONGEST_LENGTH_AS_HOURS = 60, 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell says. Nothing is said when `outcome` is empty and `nothing` is not set."""

    outcome: str = ""
    length: str = ""
    worker: str = ""
    start: str = ""
    note: str = ""
    nothing: bool = False


def mark_key(value: Value) -> str:
    """The form in which two ways of writing one mark are one."""
    text = text_of(value)
    return squash(text) or text


def is_mark(value: Value) -> bool:
    """Whether a cell is a mark, and no number and no sentence."""
    text = text_of(value)
    return (
        bool(text)
        and len(text) <= LONGEST_MARK
        and not is_number(value)
        and not isinstance(value, time)
    )


def is_number(value: Value) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float | Decimal):
        return True
    return isinstance(value, str) and bool(re.fullmatch(r"\d+(?:[.,]\d+)?", value.strip()))


def number_of(value: Value) -> float:
    return float(text_of(value).replace(",", "."))


def legend_in(texts: Iterable[str], setting: Setting) -> dict[str, str]:
    """What lines such as “P = present, A = absent” say of marks, as far as they are understood."""
    found: dict[str, str] = {}
    for text in texts:
        for mark, words in _explained(text[:LONGEST_LEGEND]):
            found[mark_key(mark)] = _meaning(words.strip(), setting) or ASKED
    return found


def _explained(text: str) -> list[tuple[str, str]]:
    """Each mark and its words: “P = present”; after “Key:” also “P present” and “P - present”."""
    named = KEY_LINE.match(text)
    if "=" in text or not named:
        return LEGEND.findall(text)
    items = (KEY_ITEM.fullmatch(item) for item in re.split(r"[,;|]", text[named.end() :]))
    return [(item[1], item[2]) for item in items if item]


def _meaning(words: str, setting: Setting) -> str:
    if meaning := meaning_of(words, "outcome", setting):
        return meaning
    first = words.split(maxsplit=1)
    return meaning_of(first[0], "outcome", setting) if first else ""


def guess_marks(
    values: Iterable[Value], setting: Setting, legend: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What each mark of a grid means, from all of them together: A is absent beside P.

    Keys as `mark_key` gives them; values are keys of `MEANINGS`.
    """
    cells = list(values)
    shown = {mark_key(t): t for v in reversed(cells) if is_mark(v) for t in _marks_in(v, setting)}
    keys = dict.fromkeys(mark_key(t) for v in cells if is_mark(v) for t in _marks_in(v, setting))
    numbers = {number_of(v) for v in cells if is_number(v)}
    found = {key: (legend or {}).get(key) or _guess(key, shown, numbers, setting) for key in keys}
    if numbers and numbers <= {0, 1}:
        found |= {str(int(n)): ATTENDED if n else MISSED for n in numbers}
        found |= {key: legend[key] for key in ("0", "1") if legend and key in legend}
    return found


def _whole(value: Value, setting: Setting) -> bool:
    """Whether a cell is one mark, and not several things that are each understood."""
    text = text_of(value)
    key = squash(text)
    if not key or key in setting.meanings("outcome") or key in setting.staff_by_spelling():
        return True
    return len(APART.split(text)) == 1 and not CLOCK.fullmatch(text) and not _length(text)


def _marks_in(value: Value, setting: Setting) -> list[str]:
    """The mark a cell is, or the one in it beside a length or somebody’s initials: “P 45”."""
    text = text_of(value)
    if _whole(value, setting):
        return [text]
    parts = [part for part in APART.split(text) if part]
    others = [part for part in parts if not _is_beside(part, setting)]
    return others if len(others) == 1 < len(parts) and len(others[0]) <= LONGEST_SHORT else []


def _is_beside(text: str, setting: Setting) -> bool:
    return is_number(text) or _length(text) or squash(text) in setting.staff_by_spelling()


def _guess(key: str, shown: Mapping[str, str], numbers: set[float], setting: Setting) -> str:
    keys = shown.keys() | {str(int(n)) for n in numbers if n in {0, 1}}
    if setting.staff_by_spelling().get(key) and not setting.meanings("outcome").get(key):
        return WORKER
    if key in word_list("no_session") or (not key.isalnum() and key in "-–—._"):
        return NOTHING
    if key in {"a", "x", "c"}:
        return _by_company(key, keys)
    if known := (ATTENDED if key in {"p", "pr", "tick"} else setting.meanings("outcome").get(key)):
        return known
    if INITIALS.fullmatch(shown[key]) and _has_initials(shown, setting):
        return WORKER
    return ASKED


def _by_company(key: str, keys: set[str]) -> str:
    """What A, X and C mean depends on what else stands in the grid."""
    present, absent = (
        {"p", "pr", "tick", "y", "1", "yes", "att"},
        {"a", "n", "0", "no", "dna", "cross", "abs"},
    )
    if key == "a":
        return MISSED if keys & (present | {"x"}) else ASKED
    if key == "x":
        return MISSED if keys & present and not keys & absent else ATTENDED
    return CANCELLED if keys & (present | absent | {"x"}) else ASKED


def _has_initials(shown: Mapping[str, str], setting: Setting) -> bool:
    return any(setting.staff_by_spelling().get(key) for key in shown)


def _length(text: str) -> bool:
    return (
        bool(re.search(r"\d", text))
        and not is_number(text)
        and parse_minutes(text).value is not None
    )


def count_marks(values: Iterable[Value], marks: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Each mark of a grid as it is written, and how often it comes, alone or beside a length."""
    counted: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for value in values:
        text = text_of(value)
        parts = [text] if mark_key(text) in marks else APART.split(text)
        for part in parts[:MOST_PARTS]:
            if (key := mark_key(part)) in marks:
                counted[key] += 1
                shown.setdefault(key, part)
    return {key: (shown[key], number) for key, number in counted.most_common()}


def read_mark(value: Value, marks: Mapping[str, str], setting: Setting, *, unit: int = 1) -> Mark:
    """What one cell says. `unit` is what a bare number counts, in minutes."""
    text = text_of(value)
    if meaning := marks.get(mark_key(value)):
        return _marked(meaning, text)
    if isinstance(value, time):
        return Mark(ATTENDED, start=f"{value:%H:%M}")
    if is_number(value):
        return (
            Mark(nothing=True)
            if not number_of(value)
            else Mark(ATTENDED, length=_in_words(value, unit))
        )
    return _of_parts(text, marks, setting)


def _marked(meaning: str, text: str) -> Mark:
    if meaning == WORKER:
        return Mark(ATTENDED, worker=text)
    if meaning == NOTHING:
        return Mark(nothing=True)
    return Mark() if meaning == ASKED else Mark(meaning)


def _in_words(value: Value, unit: int) -> str:
    return f"{text_of(value)} {'hours' if unit == HOURS_IN_A_MARK else 'min'}"


def _of_parts(text: str, marks: Mapping[str, str], setting: Setting) -> Mark:
    if found := CLOCK.fullmatch(text):
        return _timed(found)
    if _length(text):
        return Mark(ATTENDED, length=text)
    parts = [part for part in APART.split(text) if part]
    told = [_part(part, marks, setting) for part in parts[:MOST_PARTS]]
    if len(parts) <= MOST_PARTS and all(told):
        return _together([one for one in told if one])
    if told and told[0] and told[0].outcome and not told[0].worker and not told[0].length:
        return Mark(told[0].outcome, note=text)
    if meaning := meaning_of(text, "outcome", setting):
        return Mark(meaning, note=text)
    return Mark(note=text)


def _timed(found: re.Match[str]) -> Mark:
    hour, minute, to_hour, to_minute = found.groups()
    if to_hour:
        length = (int(to_hour) - int(hour)) * 60 + int(to_minute) - int(minute)
        return Mark(
            ATTENDED, length=f"{length} min" if length > 0 else "", start=f"{hour}:{minute}"
        )
    if int(hour) > LONGEST_LENGTH_AS_HOURS:
        return Mark(ATTENDED, start=f"{hour}:{minute}")
    return Mark()  # 1:30 may be half past one, or an hour and a half


def _part(text: str, marks: Mapping[str, str], setting: Setting) -> Mark | None:
    key = mark_key(text)
    meaning = marks.get(key) or setting.meanings("outcome").get(key, "")
    if meaning and meaning not in {ASKED, NOTHING}:
        return _marked(meaning, text)
    if setting.staff_by_spelling().get(key):
        return Mark(worker=text)
    if is_number(text) or _length(text):
        return Mark(
            length=f"{text} min"
            if is_number(text) and number_of(text) > LONGEST_LENGTH_AS_HOURS
            else text
        )
    return None


def _together(parts: list[Mark]) -> Mark:
    outcomes = {one.outcome for one in parts if one.outcome and not one.worker}
    if len(outcomes) > 1:
        return Mark()
    return Mark(
        outcome=outcomes.pop() if outcomes else ATTENDED,
        length=next((one.length for one in parts if one.length), ""),
        worker=" / ".join(one.worker for one in parts if one.worker),
    )


def unit_of(values: Iterable[Value]) -> int:
    """What bare numbers of a grid count, in minutes.

    Hours when none of them is over eight, or some are broken: nobody counts half minutes.
    """
    numbers = [number_of(v) for v in values if is_number(v)]
    broken = any(number != int(number) for number in numbers)
    hours = broken or (numbers and max(numbers) <= LONGEST_LENGTH_AS_HOURS)
    return HOURS_IN_A_MARK if hours else 1
