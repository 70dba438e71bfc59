"""What in a file is about others: which words, where, and what was decided about them.

A passage is known by the record and the field it stands in and by a digest of its words. The words
themselves are kept nowhere else: they are read where they stand, so that what was put right, put
under seal or erased since is not to be found here either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac

from alongside.organisation.models import Staff
from alongside.subject_access.models import Decision, Mention
from alongside.subject_access.naming import table
from alongside.subject_access.others import Hit, Others, flat, in_words

WITHHELD = "[withheld: about somebody else]"
WITHHELD_FILE = "[withheld: a file]"
# Fields that hold another person by their nature: all that stands there is one passage.
ABOUT_OTHERS = {
    "residents.Contact": ("name", "phone", "wishes"),
    "residents.Resident": ("next_of_kin",),
    "reviews.Wish": ("name", "contact", "words"),
    "reviews.Invitation": ("name", "contact", "sharing_words"),
    "referrals.Referral": ("referrer_name", "referrer_contact"),
    "moving_on.Viewing": ("landlord_says",),
    "moving_on.RiskTold": ("told", "risk"),
    "plans.Disagreement": ("who", "words"),
    "rights.Lifting": ("because", "answer_words"),
    "rights.Limit": ("because", "ended_because"),
    "rights.Opening": ("reason", "because"),
}
AROUND = 200
"""Letters shown before and after the words of a passage."""
A_FILE = "a file"
PAPERS = "documents.Document.file"
"""The files that some may open and others may not."""

type Key = tuple[str, UUID, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words about somebody else: the field and the record they stand in, and all that field says.

    `whole`: everything that stands there is about others by its nature, or is a file.
    """

    where: str
    row: UUID
    words: str
    text: str
    at: int = 0
    whole: bool = False

    @property
    def key(self) -> Key:
        return self.where, self.row, digest(self.words)

    @property
    def before(self) -> str:
        return "" if self.whole else _cut(self.text[: self.at], -AROUND)

    @property
    def after(self) -> str:
        return "" if self.whole else _cut(self.text[self.at + len(self.words) :], AROUND)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: about passages, and about words wherever they stand.

    Whatever nobody decided about is withheld.
    """

    here: Mapping[Key, str]
    anywhere: Mapping[str, str]

    def about(self, passage: Passage) -> str:
        return self.here.get(passage.key) or self.anywhere.get(passage.key[2], "")


def digest(words: str) -> str:
    """How words are known without being kept; two spellings of a name are one."""
    return salted_hmac("alongside own data", flat(words), algorithm="sha256").hexdigest()


def decided_in(mentions: Iterable[Mention]) -> Decided:
    """What stands decided, from the mentions of a request."""
    made = [one for one in mentions if one.decision and not one.sealed_id]
    return Decided(
        {(one.where, one.row, one.words_key): one.decision for one in made if one.row},
        {one.words_key: one.decision for one in made if not one.row},
    )


def passages_in(label: str, row: Mapping[str, Any], others: Others) -> Iterator[Passage]:
    """Every passage about others in one record, as `gathering` tells it."""
    key = UUID(row["id"])
    for name, value in row.items():
        where = f"{label}.{name}"
        if name in staff_fields(label):
            continue
        if name in file_fields(label):
            yield Passage(where, key, A_FILE, named(row, name), whole=True)
            continue
        for text in _texts(value):
            for hit in _hits(where, text, others):
                whole = hit == Hit(0, len(text)) and is_about_others(where)
                yield Passage(where, key, text[hit.begins : hit.ends], text, hit.begins, whole)


def without(
    label: str, row: Mapping[str, Any], others: Others, decided: Decided,
    file: Callable[[str], str],
) -> dict[str, Any]:  # fmt: skip
    """The record as it is handed over. `file` says what stands for a file that was released, by the
    name of its field."""
    told, key = dict(row), UUID(row["id"])
    for name, value in row.items():
        where = f"{label}.{name}"
        if name in file_fields(label):
            about = decided.about(Passage(where, key, A_FILE, "", whole=True))
            told[name] = file(name) if about == Decision.RELEASE else WITHHELD_FILE
        elif name not in staff_fields(label):
            told[name] = _told(value, partial(_cleared, others, decided, where, key))
    return told


@cache
def file_fields(label: str) -> frozenset[str]:
    """The fields of a table that hold files."""
    found = table(label)
    fields = found._meta.concrete_fields if found else ()
    return frozenset(one.name for one in fields if isinstance(one, models.FileField))


@cache
def staff_fields(label: str) -> frozenset[str]:
    """The fields of a table that name a colleague: who wrote and did something is told."""
    found = table(label)
    fields = found._meta.concrete_fields if found else ()
    return frozenset(one.name for one in fields if one.related_model is Staff)


def named(row: Mapping[str, Any], field: str) -> str:
    """What a file is called: as it came, or else after the field it hangs on."""
    return str(row.get(f"{field}_name") or field)


def _cleared(others: Others, decided: Decided, where: str, row: UUID, text: str) -> str:
    """A text without what is withheld in it."""
    parts, at = [], 0
    for hit in _hits(where, text, others):
        passage = Passage(where, row, text[hit.begins : hit.ends], text, hit.begins)
        about = decided.about(passage)
        if about == Decision.EVERYTHING:
            return WITHHELD
        if about != Decision.RELEASE:
            parts += [text[at : hit.begins], WITHHELD]
            at = hit.ends
    return "".join([*parts, text[at:]])


def _hits(where: str, text: str, others: Others) -> Iterable[Hit]:
    if is_about_others(where):
        theirs = not text or in_words(text) in others.own
        return () if theirs else (Hit(0, len(text)),)
    return others.hits(text)


def is_about_others(where: str) -> bool:
    """Whether a field holds another person by its nature."""
    label, _, field = where.rpartition(".")
    return field in ABOUT_OTHERS.get(label, ())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _composed(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _told(value: Any, cleared: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return cleared(_composed(value))
    if isinstance(value, dict):
        return {key: _told(one, cleared) for key, one in value.items()}
    return [_told(one, cleared) for one in value] if isinstance(value, list) else value


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _cut(text: str, many: int) -> str:
    if len(text) <= abs(many):
        return text
    return f"…{text[many:]}" if many < 0 else f"{text[:many]}…"
