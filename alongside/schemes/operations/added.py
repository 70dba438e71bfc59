"""What a scheme adds to its pack, and takes away from it: duties and aims."""

from __future__ import annotations

from typing import Any

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice import own
from alongside.practice.actions import Action
from alongside.practice.changeable import WITHDRAWN, At, Kind, Place
from alongside.practice.contents import Pack
from alongside.practice.principles import Aim
from alongside.practice.shelf import OWN
from alongside.schemes.models import OwnValue
from alongside.schemes.operations.laying import follow, free_key, kept


@operation("practice.duty_added", needs=Action.MANAGE_SCHEME)
def add_duty(
    scheme: Scheme,
    *,
    by: Staff,
    says: str,
    anchor: str,
    due: str,
    owner: str,
    done_by: str,
    because: str,
    for_each: bool = False,
) -> OwnValue:
    """Let this scheme owe something of its own, from today.

    It is counted from one fact of the record and closed by another. Refused when the pack would
    no longer be sound.
    """
    value = {
        "says": says, "source": f"{scheme.name}’s own", "anchor": anchor, "due": due,
        "owner": [owner, *(["manager"] if "manager" in scheme.pack.roles else [])],
        "done_by": done_by, "for_each": for_each,
    }  # fmt: skip
    key = free_key(scheme.pack.duties.keys(), says)
    return _from_today(scheme, by, ("duties", key, ""), says, value=value, because=because)


@operation("practice.duty_withdrawn", needs=Action.MANAGE_SCHEME)
def withdraw_duty(scheme: Scheme, *, by: Staff, key: str, because: str) -> OwnValue:
    """Stop owing something of the scheme's own. What was done and missed stays on file."""
    rule = scheme.pack.duties.get(key)
    if rule is None or key not in own.added(scheme.own_values, "duties"):
        raise Refused(
            "This is not a duty of this service’s own.",
            instead="What the pack asks for can be changed, not taken away.",
        )
    return _from_today(
        scheme,
        by,
        ("duties", key, ""),
        rule.says,
        value=None,
        because=because,
        was={"says": rule.says},
    )


@operation("practice.aim_added", needs=Action.MANAGE_SCHEME)
def add_aim(scheme: Scheme, *, by: Staff, says_it: str, because: str, under: str = "") -> OwnValue:
    """Say one more thing that this service is there for; or, under an aim, an objective of it.

    Refused without words, with words that stand there already, and under what is no aim here.
    """
    value = _aim_said(scheme, says_it, under)
    key = free_key(scheme.pack.aims.keys(), value["says"])
    return _from_today(scheme, by, ("aims", key, ""), value["says"], value=value, because=because)


@operation("practice.aim_reworded", needs=Action.MANAGE_SCHEME)
def reword_aim(
    scheme: Scheme, *, by: Staff, key: str, says_it: str, because: str, under: str = ""
) -> OwnValue:
    """Put an aim of the scheme's own in other words, or under another aim.

    The words before stay on file. Refused as adding one is, for an aim of the pack (whose words
    are changed as other words are), and under another while an objective stands under it.
    """
    aim = _aim(scheme.pack, key)
    if not key.startswith(OWN):
        raise Refused("This is an aim of the pack.", instead="Change its words from a day on.")
    if under and _under(scheme.pack, aim):
        raise Refused(
            "An objective stands under this aim.", instead="Leave it an aim.", field="under"
        )
    value = _aim_said(scheme, says_it, under, of=key)
    return _from_today(
        scheme,
        by,
        ("aims", key, ""),
        aim.says,
        value=value,
        because=because,
        was={"says": aim.says},
    )


@operation("practice.aim_withdrawn", needs=Action.MANAGE_SCHEME)
def withdraw_aim(scheme: Scheme, *, by: Staff, key: str, because: str) -> OwnValue:
    """Take away an aim, the scheme's own or the pack's. Goals that named it keep their words.

    One of the pack can be taken back. Refused while an objective stands under it.
    """
    aim = _aim(scheme.pack, key)
    if aim.withdrawn:
        raise Refused("It is withdrawn already.", instead="Take it back first.")
    if _under(scheme.pack, aim):
        raise Refused(
            "An objective stands under this aim.", instead="Withdraw its objectives first."
        )
    if key.startswith(OWN):
        at, value, was = ("aims", key, ""), None, {"says": aim.says}
        return _from_today(scheme, by, at, aim.says, value=value, because=because, was=was)
    return _from_today(
        scheme, by, ("aims", key, WITHDRAWN), aim.says, value=True, because=because, was=False
    )


@operation("practice.aim_taken_back", needs=Action.MANAGE_SCHEME)
def take_back_aim(scheme: Scheme, *, by: Staff, key: str, because: str) -> OwnValue:
    """Let an aim of the pack that was withdrawn here count again, from today."""
    aim = _aim(scheme.pack, key)
    if not aim.withdrawn:
        raise Refused("It is an aim of this service.", instead="There is nothing to take back.")
    if aim.under and _aim(scheme.pack, aim.under).withdrawn:
        raise Refused("The aim above it is withdrawn.", instead="Take that one back first.")
    return _from_today(
        scheme, by, ("aims", key, WITHDRAWN), aim.says, value=None, because=because, was=True
    )


def _aim(of: Pack, key: str) -> Aim:
    aim = of.aims.get(key)
    if aim is None:
        raise Refused("That is not an aim of this service.", instead="Choose one that is.")
    return aim


def _under(of: Pack, aim: Aim) -> list[Aim]:
    return [one for one in of.aims_in_order if one.under == aim.key]


def _aim_said(scheme: Scheme, says_it: str, under: str, *, of: str = "") -> dict[str, Any]:
    """An aim of the scheme's own as a pack writes it; `of` is the one that is put otherwise."""
    says, aims = says_it.strip(), {aim.key: aim for aim in scheme.pack.aims_in_order}
    if not says:
        raise Refused("It says nothing yet.", instead="Write it in a sentence.", field="says_it")
    before = aims.get(of)
    if before and (before.says, before.under) == (says, under):
        raise Refused(
            "This is what it says already.", instead="Write other words.", field="says_it"
        )
    if says.casefold() in {one.says.casefold() for key, one in aims.items() if key != of}:
        raise Refused("This stands there already.", instead="Write another.", field="says_it")
    if under and (under not in aims or aims[under].under or under == of):
        raise Refused(
            "That is not an aim of this service.", instead="Choose one that is.", field="under"
        )
    return {"says": says, "source": f"{scheme.name}’s own", "under": under}


def _from_today(
    scheme: Scheme, by: Staff, at: At, says: str, *, value: Any, because: str, was: Any = None
) -> OwnValue:
    """Lay it over the pack from today on; what is owed follows."""
    kind = Kind.SWITCH if at[2] else Kind.WORD
    there, today = Place(at, says, kind, ""), scheme.today()
    made = kept(scheme, None, there, by=by, value=value, from_on=today, because=because, was=was)
    follow(scheme, by, today)
    return made
