"""Finding the file that somebody may have already, and the files that are one person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import permutations
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from alongside.residents.models import PossibleDuplicate, Resident
from alongside.residents.names import name_key

if TYPE_CHECKING:
    from alongside.organisation.models import Staff

CANDIDATES = 200
SHOWN = 6
SHORTEST_WORD = 3
ALIKE = 0.82
# From pair to pair of files decided to be one person's. UNION keeps each file once, so it ends.
CHAINED = """
WITH RECURSIVE same (id) AS (
    SELECT id FROM residents_resident WHERE id = %s
    UNION
    SELECT CASE WHEN pair.one_id = same.id THEN pair.other_id ELSE pair.one_id END
    FROM same JOIN residents_possibleduplicate AS pair
        ON pair.decision = %s AND (pair.one_id = same.id OR pair.other_id = same.id)
)
SELECT * FROM residents_resident
WHERE id IN (SELECT id FROM same) AND id <> %s ORDER BY name_key, id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier file that may be the same person's, why we think so, and how sure that is."""

    resident: Resident
    why: str
    sure: bool

    @property
    def pk(self) -> UUID:
        return self.resident.pk


def possible_matches(
    organisation_id: UUID, *, name: str, born_on: date | None = None
) -> list[Match]:
    """Earlier files of the organisation that may be this person's, the likeliest first.

    Compares names whatever their accents, order and small slips, and birthdays whatever the
    order of day and month. Sure means that both the name and the birthday are the same.
    """
    key = name_key(name)
    if not key:
        return []
    ranked = [
        (score, Match(resident, why, score >= 1))
        for resident in _candidates(organisation_id, key, born_on)
        if (told := _compare(resident, key, born_on))
        for score, why in [told]
    ]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].resident.name_key))
    return [match for _, match in ranked[:SHOWN]]


def _candidates(organisation_id: UUID, key: str, born_on: date | None) -> QuerySet[Resident]:
    like = Q(name_key=key)
    for word in key.split():
        if len(word) >= SHORTEST_WORD:
            like |= Q(name_key__contains=word)
    if born_on:
        like |= Q(born_on__in=_readings(born_on))
    return Resident.objects.filter(like, organisation_id=organisation_id)[:CANDIDATES]


def _compare(resident: Resident, key: str, born_on: date | None) -> tuple[float, str] | None:
    """How alike two people are, from 0 to 1, and in which words; None when they are not."""
    alike = max(_likeness(key, name) for name in _names(resident))
    same_name = alike == 1
    birthday = _birthday(resident.born_on, born_on)
    if birthday == "other":
        return (0.5, "The same name, another birthday") if same_name else None
    if birthday == "same":
        if same_name:
            return 1.0, "The same name and birthday"
        return (
            (0.9, "The same birthday, a name much like it")
            if alike >= ALIKE
            else (
                (0.6, "The same birthday, and a name in common")
                if _shares_a_word(resident, key)
                else None
            )
        )
    if birthday == "turned":
        return (0.8, "The same name, day and month of birth turned round") if same_name else None
    if same_name:
        return 0.85, "The same name"
    return (0.55, "A name much like it") if alike >= ALIKE else None


def _names(resident: Resident) -> set[str]:
    return {
        name_key(resident.name) or resident.name_key,
        name_key(resident.legal_name) or resident.name_key,
        resident.name_key,
    }


def _likeness(one: str, other: str) -> float:
    """1 for the same words in any order, otherwise how much of the letters they share."""
    if sorted(one.split()) == sorted(other.split()):
        return 1.0
    orders = [" ".join(order) for order in permutations(one.split()[:3])] or [one]
    return min(max(SequenceMatcher(None, order, other).ratio() for order in orders), 0.99)


def _shares_a_word(resident: Resident, key: str) -> bool:
    return bool(set(key.split()) & set(resident.name_key.split()))


def _birthday(on_file: date | None, given: date | None) -> str:
    if not on_file or not given:
        return "unknown"
    if on_file == given:
        return "same"
    return "turned" if on_file in _readings(given) else "other"


def _readings(day: date) -> list[date]:
    """The day as written, and with day and month turned round where that is a date."""
    turned = [day.replace(month=day.day, day=day.month)] if day.day <= 12 else []  # noqa: PLR2004
    return [day, *turned]


def files_of(resident: Resident) -> list[Resident]:
    """Other files that somebody has decided are of the same person. Nothing is merged.

    Pair after pair, however long the chain of them; one query.
    """
    key = Resident._meta.pk.get_db_prep_value(resident.pk, connection)
    found = Resident.objects.raw(CHAINED, [key, PossibleDuplicate.Decision.SAME, key])
    return list(found)


def duplicates_at(staff: Staff) -> QuerySet[PossibleDuplicate]:
    """Pairs of files, at least one of which this person may open; undecided ones first."""
    mine = Resident.objects.visible_to(staff).values("pk")
    return (
        PossibleDuplicate.objects.filter(Q(one__in=mine) | Q(other__in=mine))
        .select_related("one", "other", "decided_by")
        .order_by(F("decided_at").asc(nulls_first=True), "-pk")
    )
