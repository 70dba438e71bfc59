"""The importer's vocabulary: what other people call their sheets, columns and outcomes.

The lists are in `words.toml`, one entry a meaning, so that they can be read and added to
without touching code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

VOCABULARY = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of a kind of sheet: the headings it goes by, and how often it may come.

    `many` fields may stand in several columns; `ignored` ones are known but never imported.
    `choice` is the list of choices whose words stand in it.
    """

    name: str
    label: str
    headings: tuple[str, ...]
    many: bool = False
    ignored: bool = False
    choice: str = ""


@dataclass(frozen=True, slots=True)
class KindWords:
    """One kind of sheet: what it is called, its fields, and what it cannot do without.

    `needs` is a tuple of alternatives: of each, at least one field must be there. `tells` are
    the fields that hardly any other kind of sheet has.
    """

    name: str
    label: str
    order: int
    sheet_names: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    tells: tuple[str, ...]
    fields: tuple[FieldWords, ...]

    def field(self, name: str) -> FieldWords | None:
        return _fields_by_name(self.name).get(name)


@cache
def _vocabulary() -> dict[str, Any]:
    with VOCABULARY.open("rb") as file:
        return tomllib.load(file)


@cache
def kinds() -> dict[str, KindWords]:
    """Every kind of sheet that can be imported, in the order they are imported."""
    found = [_kind(name, entry) for name, entry in _vocabulary()["kinds"].items()]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.order)}


@cache
def _fields_by_name(kind: str) -> dict[str, FieldWords]:
    return {field.name: field for field in kinds()[kind].fields}


def _kind(name: str, entry: dict[str, Any]) -> KindWords:
    fields = tuple(
        one
        for field, words in entry["fields"].items()
        for one in (_field(field, words), *_ticked(field, words))
    )
    return KindWords(
        name=name,
        label=entry["label"],
        order=entry["order"],
        sheet_names=tuple(entry["sheet_names"]),
        needs=tuple(tuple(choice) for choice in entry["needs"]),
        tells=tuple(entry["tells"]),
        fields=fields,
    )


def _field(name: str, words: dict[str, Any]) -> FieldWords:
    return FieldWords(
        name=name,
        label=words.get("label", name.replace("_", " ").capitalize()),
        headings=tuple(words["headings"]),
        many=words.get("many", False),
        ignored=words.get("ignored", False),
        choice=words.get("choice", ""),
    )


def _ticked(name: str, words: dict[str, Any]) -> list[FieldWords]:
    """A choice may also stand as a column for each of its meanings, with a tick in one of them."""
    meanings = choices(words["choice"]) if "choice" in words else {}
    return [
        FieldWords(f"{name}={meaning}", f"Ticked: {meaning.replace('_', ' ')}", ())
        for meaning in meanings
    ]


@cache
def choices(name: str) -> dict[str, tuple[str, ...]]:
    """A list of meanings and the words for each: `outcome`, `decision`, `bed_status` …"""
    return {meaning: tuple(words) for meaning, words in _vocabulary()["choices"][name].items()}


@cache
def word_list(name: str) -> frozenset[str]:
    """A plain list of words: `totals`, `room_prefixes` …"""
    return frozenset(_vocabulary()["lists"][name])


@cache
def month_numbers() -> dict[str, int]:
    """Names of months, folded, and their numbers."""
    months = _vocabulary()["lists"]["months"]
    return {word: number for number, words in enumerate(months, 1) for word in words.split()}


@cache
def weekday_names() -> tuple[str, ...]:
    """One text for each way of writing the days, Monday first; spellings of a day by slashes."""
    return tuple(_vocabulary()["lists"]["weekdays"])


@cache
def weekday_words() -> frozenset[str]:
    """Every word for a day of the week that is not one for a month as well."""
    words = {w for names in weekday_names() for days in names.split() for w in days.split("/")}
    return frozenset(words) - month_numbers().keys()


@cache
def messages() -> dict[str, tuple[str, str]]:
    """For each reason code: what stopped it or is doubtful, and what to do about it."""
    return {code: (pair[0], pair[1]) for code, pair in _vocabulary()["reasons"].items()}
