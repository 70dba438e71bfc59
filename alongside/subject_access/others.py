"""Who else is named in somebody's file, and where in a text they stand.

A whole name is looked for wherever it stands. A first or a family name alone is looked for of the
people who lived there at the same time and of whoever is kept as a contact; it begins with a
capital letter. Accents and macrons make no difference. What else names somebody, such as a
nickname, whoever decides adds by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q

from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.residents.names import PLAIN
from alongside.stays.models import Stay

WORD = re.compile(r"\w+")
SHORTEST = 3
"""Letters of a first or family name that is looked for by itself."""

type Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words about somebody else, from one letter of a text up to another."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Others:
    """Everybody else: their names by the first word of each, those of most words first.

    Of `alone` each is one word that counts where it begins with a capital letter. `ours` are
    colleagues, who are no others; `own` is what the person is called themselves.
    """

    names: dict[str, list[Words]] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    ours: dict[str, list[Words]] = field(default_factory=dict)
    own: frozenset[Words] = frozenset()

    def hits(self, text: str) -> Iterator[Hit]:
        """Where somebody else is named, in order; none lies upon another."""
        found = list(WORD.finditer(text))
        plain = [flat(one.group()) for one in found]
        at = 0
        while at < len(found):
            many = _many(self.names, plain, at)
            passed = 0 if many else _many(self.ours, plain, at)
            if not many and not passed and plain[at] in self.alone:
                many = int(not found[at].group()[0].islower())
            if many:
                yield Hit(found[at].start(), found[at + many - 1].end())
            at += many or passed or 1


def _many(names: dict[str, list[Words]], plain: list[str], at: int) -> int:
    """How many words of a whole name stand here; 0 for none."""
    for name in names.get(plain[at], ()):
        if tuple(plain[at : at + len(name)]) == name:
            return len(name)
    return 0


def flat(text: str) -> str:
    """How a text compares: one plain letter for each of its letters, so that places stay."""
    return "".join(_plain(letter) for letter in text)


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter.casefold().translate(PLAIN))
    return apart[:1] or letter


def in_words(name: str) -> Words:
    """A name as the words that are looked for."""
    return tuple(flat(one) for one in WORD.findall(unicodedata.normalize("NFC", name)))


def others_in(stay: Stay, also: Iterable[str] = ()) -> Others:
    """Everybody else we know of, as seen from one person's file; `also` adds words by hand."""
    own = {word for name in _own(stay) for word in in_words(name)}
    contacts = list(stay.resident.contacts.values_list("name", flat=True))
    everybody = list(_everybody_else(stay))
    near = {
        word
        for name in (*(name for name, is_near in everybody if is_near), *contacts)
        for word in in_words(name)
    }
    whole = {in_words(name) for name in (*(name for name, _ in everybody), *contacts)}
    whole -= {in_words(name) for name in _own(stay)}
    alone = {name[0] for name in whole if len(name) == 1} | near
    asked = {in_words(one) for one in also}
    ours = {in_words(one) for one in _colleagues(stay)} - whole - asked
    return Others(
        _by_first_word({one for one in whole if len(one) > 1} | asked),
        frozenset(one for one in alone - own if len(one) >= SHORTEST),
        _by_first_word({one for one in ours if len(one) > 1}),
        frozenset(in_words(name) for name in _own(stay)),
    )


def _by_first_word(names: Iterable[Words]) -> dict[str, list[Words]]:
    told: defaultdict[str, list[Words]] = defaultdict(list)
    for name in names:
        if name:
            told[name[0]].append(name)
    for known in told.values():
        known.sort(key=len, reverse=True)
    return dict(told)


def _own(stay: Stay) -> tuple[str, str]:
    return stay.resident.name, stay.resident.legal_name


def _everybody_else(stay: Stay) -> Iterator[tuple[str, bool]]:
    """Every name of everybody else, and whether they lived in one of the same services on a day
    this person did too."""
    mine = Stay.objects.filter(resident=stay.resident_id, scheme=OuterRef("scheme")).filter(
        Q(moved_out_on=None) | Q(moved_out_on__gte=OuterRef("moved_in_on"))
    )
    begun = mine.filter(moved_in_on__lte=OuterRef("moved_out_on"))
    theirs = Stay.objects.filter(resident=OuterRef("pk"))
    together = theirs.filter(Q(Exists(begun)) | Q(Exists(mine), moved_out_on=None))
    every = Resident.objects.filter(organisation=stay.scheme.organisation_id)
    found = every.exclude(pk=stay.resident_id).annotate(is_near=Exists(together))
    for one in cast("Iterable[Any]", found):
        yield one.name, one.is_near
        yield one.legal_name, one.is_near


def _colleagues(stay: Stay) -> Iterable[str]:
    every = Staff.objects.filter(organisation=stay.scheme.organisation_id)
    return every.values_list("name", flat=True)
