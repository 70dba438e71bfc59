"""Who a scheme is for: which of its rules a referral breaks, in the words of the practice pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from alongside.organisation.models import Scheme
from alongside.practice.words import Choice
from alongside.residents.models import Resident
from alongside.residents.names import name_key


@dataclass(frozen=True, slots=True)
class Asker:
    """What the rules look at: the person, and how they are housed."""

    resident: Resident
    homelessness: str = ""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a referral breaks, or that cannot be tested for want of a fact."""

    key: str
    says: str
    found: str
    source: str = ""


def broken_rules(scheme: Scheme, asker: Asker) -> list[BrokenRule]:
    """The rules of the scheme that this person does not meet today, in the pack's order."""
    return list(_broken(scheme, asker))


def _broken(scheme: Scheme, asker: Asker) -> Iterator[BrokenRule]:
    for rule in scheme.pack.choice_lists.get("eligibility_rules") or ():
        found = TESTS[rule.key](scheme, asker) if rule.key in TESTS else ""
        if found:
            yield _as_broken(rule, found)


def _as_broken(rule: Choice, found: str) -> BrokenRule:
    return BrokenRule(rule.key, rule.says, found, rule.source)


def _women_only(scheme: Scheme, asker: Asker) -> str:
    if not scheme.women_only:
        return ""
    stated = name_key(asker.resident.gender)
    if not stated:
        return f"{asker.resident.first_name} has not said which gender is theirs."
    welcome = {name_key(choice.says) for choice in scheme.pack.choices("counted_as_women")}
    if stated in welcome:
        return ""
    return f"{asker.resident.first_name}’s gender is on file as “{asker.resident.gender}”."


def _homeless(scheme: Scheme, asker: Asker) -> str:
    if asker.homelessness != "not_homeless":
        return ""
    return f"{asker.resident.first_name} is on file as not homeless."


def _age(scheme: Scheme, asker: Asker) -> str:
    youngest = scheme.pack.limits.get("youngest")
    born = asker.resident.born_on
    if not youngest or not born:
        return ""
    years = age_on(scheme.today(), born)
    if years >= youngest.number:
        return ""
    return f"{asker.resident.first_name} is {years}; the youngest here is {youngest.number}."


def age_on(day: date, born: date) -> int:
    """Whole years of age on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


TESTS: dict[str, Callable[[Scheme, Asker], str]] = {
    "women_only": _women_only,
    "homeless": _homeless,
    "age": _age,
}
