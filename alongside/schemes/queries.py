"""What pages ask about the practice of a scheme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.duties.models import Duty
from alongside.duties.recalculation import is_owed_to_one_person
from alongside.organisation.models import Scheme
from alongside.practice import own
from alongside.practice import pack as practice
from alongside.practice.changeable import Place
from alongside.practice.contents import About, Pack
from alongside.practice.duties import DutyRule
from alongside.practice.faults import Fault
from alongside.practice.words import Term
from alongside.schemes.models import Adoption, OwnValue, OwnValueQuerySet
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Shown:
    """One value on a list: as it is here, and, when it is otherwise, as it is in the pack."""

    place: Place
    in_pack: str = ""

    @property
    def is_own(self) -> bool:
        return bool(self.in_pack)


def bare_pack(scheme: Scheme) -> Pack:
    """The pack of the scheme without anything of its own."""
    key, version = scheme.version_on(scheme.today())
    return practice.pack(key, version, on=scheme.today())


def shown_beside(here: Iterable[Place], bare: Iterable[Place]) -> list[Shown]:
    """Each value with the pack's own beside it where the two differ."""
    in_pack = {place.at: place for place in bare}
    return [
        Shown(place, in_pack[place.at].shown if place.at in in_pack else "")
        if place.at not in in_pack or in_pack[place.at].value != place.value
        else Shown(place)
        for place in here
    ]


def has_own(held: Scheme | Stay, at: tuple[str, ...]) -> bool:
    """Whether there is a value of their own at this place, now or from a later day."""
    last = [one for one in held.own_values if tuple(one["at"]) == at]
    return bool(last) and last[-1]["value"] is not None


def own_values_of(scheme: Scheme) -> OwnValueQuerySet:
    """Everything that was decided to be otherwise here, the latest first."""
    found = OwnValue.objects.for_page().filter(scheme=scheme)
    return found.order_by("-recorded_at", "-pk")


def varied_for(stay: Stay) -> list[tuple[DutyRule, str]]:
    """Everything owed to people here, and what is otherwise for this one: off, or by whom."""
    values = own.in_force(stay.own_values, stay.scheme.today())
    said = {one["at"][1]: one["value"]["says"] for one in values if own.is_varied(one["at"])}
    pack = stay.scheme.pack
    rules = [
        one for one in pack.duties
        if is_owed_to_one_person(one) and (not one.feature or pack.has(one.feature))
    ]  # fmt: skip
    return [(rule, said.get(rule.key, "")) for rule in rules]


@dataclass(frozen=True, slots=True)
class Called:
    """What one thing is called here, and for one person when that is otherwise."""

    usual: Term
    theirs: Term

    @property
    def is_own(self) -> bool:
        return self.usual != self.theirs


def called_for(stay: Stay) -> list[Called]:
    """Every word of the practice, those first that are otherwise for this person."""
    found = [Called(term, stay.pack.terms[term.key]) for term in stay.scheme.pack.terms]
    return sorted(found, key=lambda one: not one.is_own)


def decided_about(duty: Duty) -> OwnValue | None:
    """What was decided last for this person alone about this duty, if anything was."""
    if duty.stay_id is None:
        return None
    found = OwnValue.objects.for_page().filter(stay=duty.stay_id, section="duties", key=duty.key)
    return found.order_by("-recorded_at", "-pk").first()


def own_values_of_person(stay: Stay) -> OwnValueQuerySet:
    """Everything that was decided for one person, the latest first."""
    return OwnValue.objects.for_page().filter(stay=stay).order_by("-recorded_at", "-pk")


def adoptions_of(scheme: Scheme) -> list[Adoption]:
    """Every version that was chosen here, the latest first."""
    found = Adoption.objects.filter(scheme=scheme).select_related("decided_by")
    return list(found.order_by("-from_on", "-recorded_at"))


def versions_of(scheme: Scheme) -> list[About]:
    """Every usable version of the scheme's pack, the oldest first."""
    key, _ = scheme.version_on(scheme.today())
    return [about for about in practice.packs() if about.id == key]


def broken_versions_of(scheme: Scheme) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
    """Every version of the scheme's pack that cannot be used, with each of its faults."""
    return practice.broken(scheme.version_on(scheme.today())[0])


def as_it_would_be(scheme: Scheme, version: str, *, on: date) -> Pack:
    """Another version of the scheme's pack, with the scheme's own values over it."""
    key, _ = scheme.version_on(on)
    return practice.pack(key, version, over=own.layers(scheme.own_values, on))
