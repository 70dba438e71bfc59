"""How surely a heading is the name of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from alongside.imports.columns import DATE_FIELDS
from alongside.imports.reading.headings import FOLLOW_UP_HEADING, is_coded
from alongside.imports.reading.labels import name_headings
from alongside.imports.reading.table import Column
from alongside.imports.spelling import squash
from alongside.imports.words import FieldWords, word_list

BRACKETS = re.compile(r"[(\[].*?[)\]]")
OF_THE_PERSON = frozenset(
    {"name", "surname", "forenames", "known_as", "born", "phone", "email", "gender", "ni_number"}
)
NOT_WITH = {
    "date": "other_days",
    "received": "other_days",
    "worker": "other_workers",
    "charge": "no_charges",
}
OF_THE_STAY = frozenset({"moved_in", "moved_out"})
WHOLE, EXACT, TRIMMED, PARTLY = 4, 3, 2, 1
SHORTEST_PART = 4
TOLD_BY_SHAPE: Mapping[str, Callable[[str], object]] = {
    "task": is_coded,
    "follow_up": FOLLOW_UP_HEADING.match,
}


def heading_strength(column: Column, field: FieldWords) -> int:
    """How surely a column is this field by its heading: 0 for not at all, up to `WHOLE`."""
    whole = f"{column.group} {column.heading}" if column.group else column.heading
    if field.name in TOLD_BY_SHAPE:
        return EXACT if TOLD_BY_SHAPE[field.name](column.heading) else 0
    if field.name == "contact":
        return WHOLE if _is_numbered(whole, field) else 0
    return _strength_of(column, whole, field)


def _strength_of(column: Column, whole: str, field: FieldWords) -> int:
    if squash(whole) in field.headings or squash(whole) == squash(field.label):
        return WHOLE
    if squash(column.heading) in field.headings:
        return EXACT
    trimmed = squash(BRACKETS.sub("", column.heading))
    if trimmed in field.headings or (field.many and trimmed.rstrip("0123456789") in field.headings):
        return TRIMMED
    parts = set(parts_of_heading(whole))
    if _names_both(parts):
        return EXACT if field.name == "name" else 0
    found = parts & set(field.headings)
    return PARTLY if found and not _means_another(field.name, whole) else 0


def _is_numbered(heading: str, field: FieldWords) -> bool:
    """“Contact 1 name”: without a number it may be how to reach the resident."""
    word = squash(heading)
    return any(c.isdigit() for c in word) and re.sub(r"\d", "", word) in field.headings


def _names_both(parts: set[str]) -> bool:
    """Whether a heading is of a whole name in one cell: “Surname, first name”."""
    last = name_headings("surname") | {"name", "nom", "naam"}
    return bool(parts & last - name_headings("forenames") and parts & name_headings("forenames"))


def _means_another(field: str, heading: str) -> bool:
    """Whether a heading that holds the words of a field is about something else all the same.

    “Expected end date” is no day on which somebody left, nor is “Probation end date”.
    """
    words = {squash(word) for word in re.split(r"[\W\d_]+", heading)} - {""}
    if field == "status":
        return True  # of the housing benefit, of immigration: only whole headings are of the stay
    if field in OF_THE_STAY:
        return not words <= word_list("of_a_stay") | name_headings(field)
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


def parts_of_heading(heading: str) -> Iterator[str]:
    """Runs of words in a heading that are long enough to mean something."""
    words = [squash(word) for word in re.split(r"[\s/,()\[\]:&+_-]+", heading)]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = "".join(words[start:end])
            if len(part) >= SHORTEST_PART:
                yield part
