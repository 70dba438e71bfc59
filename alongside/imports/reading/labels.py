"""Labels with what they say beside them, in the same cell (“Name: Dana Holt”) or the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from alongside.imports.reading.headings import LONGEST_HEADING, is_known
from alongside.imports.reading.sheets import SheetRow, Value, is_empty, text_of
from alongside.imports.spelling import squash
from alongside.imports.words import kinds

NAMES = ("name", "surname", "forenames")


@dataclass(frozen=True, slots=True)
class Label:
    """A label, the column it stands in, and what it says with the column of that."""

    text: str
    position: int
    value: Value
    value_at: int

    @property
    def key(self) -> str:
        return squash(self.text)


def label_text(value: Value) -> str:
    """The text of a cell that can be a known label; nothing when it cannot."""
    if not isinstance(value, str) or is_empty(value):
        return ""
    text = text_of(value).rstrip(":：?* ").strip()
    return text if len(text) <= LONGEST_HEADING and is_known(squash(text)) else ""


def labels_in(row: SheetRow) -> list[Label]:
    """The known labels of a row, each with what stands beside it, or after it in its own cell."""
    found: list[Label] = []
    values = row.values
    for index, value in enumerate(values):
        if text := label_text(value):
            at = _next(values, index)
            found.append(Label(text, index + 1, values[at - 1] if at else None, at))
        elif isinstance(value, str) and ":" in value:
            before, _, after = value.partition(":")
            if (text := label_text(before)) and after.strip():
                found.append(Label(text, index + 1, after.strip(), index + 1))
    return found


def _next(values: tuple[Value, ...], index: int) -> int:
    """The column of the first filled cell to the right, unless that is a label itself."""
    for n in range(index + 1, len(values)):
        if not is_empty(values[n]):
            return 0 if label_text(values[n]) else n + 1
    return 0


@cache
def name_headings(field: str) -> frozenset[str]:
    """What a field of the person's name is called in any kind of list."""
    return frozenset(
        heading
        for kind in kinds().values()
        if (words := kind.field(field))
        for heading in words.headings
    )


def names_somebody(label: Label) -> bool:
    return not is_empty(label.value) and any(label.key in name_headings(name) for name in NAMES)
