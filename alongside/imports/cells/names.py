"""Reading and comparing people's names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.spelling import fold, squash
from alongside.imports.words import word_list

BLANKS = frozenset({"", "-", "–", "—", "n/a", "na", "none", "."})
NOBODY = frozenset({"unknown", "tbc", "notknown", "nk", "noname", "nameunknown"})
PARTICLES = word_list("name_particles")
BRACKETED = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
# Marks of the direction of writing, which a copied name carries along unseen.
DIRECTIONS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# “(known as Dee)”, and a nickname in quotation marks within a name.
SAID_KNOWN_AS = re.compile(
    r"(?:also\s+)?(?:known\s+as|aka|a\.k\.a\.|likes\s+to\s+be\s+called|called|goes\s+by|prefers|pref\.?|genannt|dit|dite)[\s:]+(.+)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"(?<=\s)[\"“”‘']([^\W\d_][^\"“”’']{0,30})[\"“”’'](?=\s|,|$)")
LEADING = re.compile(r"^['’](?=[^\W\d_a-z][^\W\d_])")
TITLES = re.compile(
    r"^((?:mr|mrs|ms|miss|mx|dr|rev|prof|herr|frau|monsieur|madame|mme|mlle|dhr|mevr|sr|sra)\.?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
MANY_SPACES = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as written, in its parts; `remark` is what stood in brackets."""

    surname: str = ""
    forenames: str = ""
    known_as: str = ""
    remark: str = ""

    def full(self) -> str:
        return f"{self.forenames} {self.surname}".strip()

    def shown(self) -> str:
        """The name to show: known-as before the legal forename."""
        return f"{self.known_as or self.forenames} {self.surname}".strip()

    def spellings(self) -> frozenset[str]:
        return name_keys(self)


@lru_cache(maxsize=20_000)
def name_keys(name: PersonName) -> frozenset[str]:
    """Every way of writing this name that finds the person at once."""
    surname, forenames = name.surname, name.forenames
    if not surname or not forenames:
        keys = {squash(surname or forenames)}
        if name.known_as and surname:
            keys |= {squash(name.known_as + surname), squash(surname + name.known_as)}
        return frozenset(keys - {""})
    firsts = {forenames, forenames.split()[0]}
    if name.known_as:
        firsts.add(name.known_as)
    keys = {squash(f + surname) for f in firsts} | {squash(surname + f) for f in firsts}
    return frozenset(keys - {""})


def tidy_name(value: Value) -> tuple[str, str]:
    """A name cell with single spaces, and the remark in brackets taken out of it."""
    text = LEADING.sub("", text_of(value).translate(DIRECTIONS))
    remark = " ".join(m.strip(" ()[]") for m in BRACKETED.findall(text))
    text = MANY_SPACES.sub(" ", BRACKETED.sub(" ", text)).strip(" ,;")
    if text.casefold() in BLANKS:
        return "", remark
    return text, remark


def is_no_name(text: str) -> bool:
    """Words in place of a name: a question mark, “unknown”, or no letter at all."""
    return text.startswith("?") or not squash(text) or squash(text) in NOBODY


def parse_columns(surname: Value, forenames: Value, known_as: Value = None) -> PersonName:
    """A name kept in two or three columns."""
    last, remark1 = tidy_name(surname)
    first, remark2 = tidy_name(forenames)
    known, remark3 = tidy_name(known_as)
    remark = "; ".join(r for r in (remark1, remark2, remark3) if r)
    known, remark = _known_as(known, remark)
    return PersonName(last, first, known, remark)


def parse_one_cell(value: Value, known_as: Value = None) -> PersonName:
    """A whole name in one cell: “Surname, First” or “First … Surname”."""
    value, quoted = _without_nickname(value)
    text, remark = tidy_name(value)
    known, _ = tidy_name(known_as)
    known, remark = _known_as(known or quoted, remark)
    text, title = without_title(text)
    remark = "; ".join(part for part in (title, remark) if part)
    if "," in text:
        last, _, first = text.partition(",")
        return PersonName(last.strip(), first.strip(), known, remark)
    words = text.split(" ")
    if len(words) == 1:
        return PersonName(text, "", known, remark)
    if ends := _capitals_first(words):
        return PersonName(" ".join(words[:ends]), " ".join(words[ends:]), known, remark)
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in PARTICLES:
        cut -= 1
    return PersonName(" ".join(words[cut:]), " ".join(words[:cut]), known, remark)


def _known_as(known: str, remark: str) -> tuple[str, str]:
    """The name somebody goes by, from the words in brackets when no column has it."""
    found = SAID_KNOWN_AS.fullmatch(remark)
    return (found[1].strip(), "") if found and not known else (known, remark)


def without_title(text: str) -> tuple[str, str]:
    """A name without Mr or Ms, before the whole of it or before the first name after a comma."""
    parts = [part.strip() for part in text.split(",")]
    found = [TITLES.match(part) for part in parts]
    titles = [match[1] for match in found if match]
    if len(parts) > 2 or not titles:  # noqa: PLR2004
        return text, ""
    return ", ".join(TITLES.sub("", part) for part in parts), titles[0]


def _without_nickname(value: Value) -> tuple[Value, str]:
    """A name without the nickname in quotation marks in it: Dana “Dee” Holt."""
    text = text_of(value)
    found = QUOTED.search(text)
    return (QUOTED.sub("", text, count=1), found[1].strip()) if found else (value, "")


def _capitals_first(words: list[str]) -> int:
    """How many words in capitals come before others: “O'NEILL Sinéad” has its surname first."""
    count = next((n for n, word in enumerate(words) if not word.isupper()), 0)
    loud = all(len(squash(word)) > len("JP") for word in words[:count])
    return count if loud and not any(word.isupper() for word in words[count:]) else 0


def letters_different(one: str, other: str, *, at_most: int) -> bool:
    """True when the two differ by no more than so many letters put in, left out or changed."""
    if abs(len(one) - len(other)) > at_most:
        return False
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1] <= at_most


def fits_with_gaps(text: str, name: PersonName) -> bool:
    """Whether a name that lost letters to `?` can be this person's name."""
    pieces = [squash(piece) for piece in text.split("?")]
    pattern = re.compile(".{1,2}".join(re.escape(p) for p in pieces))
    return any(pattern.fullmatch(key) for key in name.spellings())
