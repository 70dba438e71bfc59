"""What is otherwise for one person alone: numbers, words, and whether and by whom it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.audit.operation import operation
from alongside.duties.recalculation import is_owed_to_one_person, work_out_for
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Staff
from alongside.practice import own
from alongside.practice.actions import Action
from alongside.practice.changeable import FORMS, At, Kind, Place, Value
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyRule
from alongside.practice.words import Term
from alongside.schemes.models import OwnValue
from alongside.schemes.operations.laying import kept, place_of, require_not_past
from alongside.stays.models import Stay


@operation("practice.value_set_for_person", needs=Action.MANAGE_SCHEME)
def set_value_for_person(
    stay: Stay, *, by: Staff, at: At, value: Value | None, from_on: date, because: str
) -> OwnValue:
    """Let one value be otherwise for one person: how often or by when a duty is, or its title.

    None sets it back to the service's. Refused for a past day, and for what is the same for all.
    """
    require_not_past(stay.scheme, from_on)
    there = place_of(stay, at)
    made = kept(stay.scheme, stay, there, by=by, value=value, from_on=from_on, because=because)
    if from_on <= stay.scheme.today():
        work_out_for(stay, only=at[1] if at[0] == "duties" else "")
    return made


@operation("practice.words_set_for_person", needs=Action.MANAGE_SCHEME)
def set_words_for_person(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    from_on: date,
    because: str,
    singular: str = "",
    plural: str = "",
    possessive: str = "",
    back: bool = False,
) -> OwnValue:
    """Let one thing be called otherwise for one person: one of it, several, and the possessive.

    What is left empty stays, and a possessive that is not said follows the word. `back` sets all
    of them back to the service's. Refused for a past day, and when nothing would be otherwise.
    """
    require_not_past(stay.scheme, from_on)
    places = [place_of(stay, ("terms", key, form)) for form in FORMS]
    own_now = {tuple(one["at"]) for one in stay.own_values if one["value"] is not None}
    said = _set_back(places, own_now) if back else _otherwise(places, singular, plural, possessive)
    if not said:
        raise Refused(
            "These are the words already.", instead="Write others, or leave it.", field="singular"
        )
    made = [
        kept(stay.scheme, stay, there, by=by, value=value, from_on=from_on, because=because)
        for there, value in said
    ]
    if from_on <= stay.scheme.today():
        work_out_for(stay)
    return made[0]


def _set_back(places: Sequence[Place], own_now: set[tuple[str, ...]]) -> list[tuple[Place, None]]:
    return [(there, None) for there in places if there.at in own_now]


def _otherwise(places: Sequence[Place], *words: str) -> list[tuple[Place, str]]:
    """The forms that are said otherwise. A possessive that was left follows the new word."""
    now = [str(there.value) for there in places]
    one, many, whose = (word.strip() or was for word, was in zip(words, now, strict=True))
    if whose == now[2] and one != now[0]:
        whose = Term("", one, many).possessive
    wanted = zip(places, now, (one, many, whose), strict=True)
    return [(there, word) for there, was, word in wanted if word != was]


def why_not_for_one(rule: DutyRule, pack: Pack) -> Refused | None:
    """What stops this duty from being otherwise for one person alone; None where nothing does."""
    if rule.feature and not pack.has(rule.feature):
        return Refused(
            f"“{rule.says}” is switched off for everybody here.",
            instead="Whoever leads the service can switch it on for all, under How we work.",
        )
    if is_owed_to_one_person(rule):
        return None
    if rule.limit:
        return Refused(
            f"“{rule.says}” is a limit, and it holds for everybody here alike.",
            instead="Whoever leads the service can change the number for all, under How we work.",
        )
    return Refused(
        f"“{rule.says}” is not owed to one person who lives here, so it is not off for one alone.",
        instead="Whoever leads the service can change it for all, under How we work.",
    )


@operation("practice.varied_for_person", needs=Action.EXCUSE_DUTY)
def vary_for_person(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    from_on: date,
    because: str,
    off: bool = False,
    to: Staff | None = None,
) -> OwnValue:
    """Let one duty be off for one person, or done by somebody else; neither sets it back.

    What was met or missed stays; what is still to come goes, or falls to whom it is given.
    Refused for a past day, for what is not owed to a person, and for somebody who does not work
    here. Who approves it is in the pack: `excuse_duty`.

    Source: key worker policy: the functions of a key worker, person by person.
    """
    scheme = stay.scheme
    require_not_past(scheme, from_on)
    rule = scheme.pack.duties.get(key)
    if rule is None:
        raise Refused("That is not owed to one person.", instead="Choose one from the list.")
    if stopped := why_not_for_one(rule, scheme.pack):
        raise stopped
    if to and not Membership.objects.current(from_on).filter(scheme=scheme, staff=to).exists():
        raise Refused(f"{to} does not work here.", instead="Choose somebody who does.", field="to")
    value: dict[str, Any] | None = {"says": "not owed", "off": True} if off else None
    if to and not off:
        value = {"says": f"by {to.name}", "staff": str(to.pk)}
    there = Place(("duties", key, own.VARIED), rule.says, Kind.WORD, "")
    was = own.in_force(stay.own_values, from_on)
    before = next((one["value"] for one in was if tuple(one["at"]) == there.at), None)
    made = kept(
        scheme, stay, there, by=by, value=value, from_on=from_on, because=because, was=before
    )
    if from_on <= scheme.today():
        work_out_for(stay, only=key)
    return made
