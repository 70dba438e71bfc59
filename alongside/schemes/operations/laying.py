"""Lays a value over the pack of a scheme or of one person, and lets what is owed follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from alongside.duties.operations import work_out
from alongside.duties.recalculation import work_out_all
from alongside.duties.withdrawing import withdraw
from alongside.kit.durations import Duration
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice import own
from alongside.practice.changeable import At, Place, for_one_person, place
from alongside.practice.keyed import NotInPack
from alongside.practice.pack import PackFault, pack
from alongside.practice.shelf import OWN
from alongside.schemes.models import OwnValue
from alongside.stays.models import Stay


def kept(
    scheme: Scheme,
    stay: Stay | None,
    there: Place,
    *,
    by: Staff,
    value: Any,
    from_on: date,
    because: str,
    was: Any = ...,
) -> OwnValue:
    """Write the value down, and lay it over the pack on the row that everybody reads."""
    section, key, field = there.at
    at = tuple(filter(None, there.at))
    named = f"{stay.resident.name if stay else scheme.name}, from {from_on:%-d %B %Y}"
    said = own.kept(at, value, from_on=from_on, named=named)
    holder: Scheme | Stay = stay or scheme
    holder.own_values = [*holder.own_values, said]
    key_, version = scheme.version_on(from_on)
    over = own.layers(scheme.own_values, from_on)
    over += own.layers(stay.own_values, from_on) if stay else ()
    fits(key_, version, over, field="value")
    holder.save(update_fields=["own_values"])
    return OwnValue.objects.create(
        scheme=scheme, stay=stay, section=section, key=key, field=field, kind=there.kind,
        unit=there.unit, says=there.says, value=value, was=there.value if was is ... else was,
        from_on=from_on, because=because, decided_by=by,
    )  # fmt: skip


def follow(scheme: Scheme, by: Staff, from_on: date, at: At = ("", "", "")) -> None:
    """What is owed here is worked out again by the practice as it now is.

    What begins on a later day waits for the working out of that day. Where only one duty has
    been changed, only that one is worked out.
    """
    if from_on > scheme.today():
        return
    scheme.__dict__.pop("pack", None)
    if at[0] == "duties":
        work_out_all(scheme, today=scheme.today(), only=at[1])
    else:
        work_out(scheme, by=by)
    withdraw(scheme, on=scheme.today())


def fits(key: str, version: str, over: tuple[Any, ...], *, field: str) -> None:
    try:
        pack(key, version, over=over)
    except PackFault as broken:
        first = broken.faults[0]
        raise Refused(
            f"The practice would not be sound with this: {first.problem}",
            instead=first.instead,
            field=field,
        ) from broken
    except NotInPack as unknown:
        raise Refused(
            str(unknown), instead="Choose a version that is installed.", field=field
        ) from unknown


def place_of(of: Scheme | Stay, at: At) -> Place:
    """What may be otherwise at this place of the practice here, or of one person’s."""
    if at[1] in own.added(of.scheme.own_values, "duties" if at[0] == "duties" else ""):
        raise Refused(
            "This is owed by this service’s own rule.",
            instead="Withdraw it, and add it again as it should be.",
        )
    if at[0] == "aims" and at[1].startswith(OWN):
        raise Refused(
            "These are this service’s own words.", instead="Withdraw them, and write them anew."
        )
    try:
        return for_one_person(of.pack, at) if isinstance(of, Stay) else place(of.pack, at)
    except NotInPack as unknown:
        raise Refused(
            str(unknown), instead="Choose something from the list of this practice."
        ) from unknown


def require_not_past(scheme: Scheme, from_on: date) -> None:
    if from_on < scheme.today():
        raise Refused(
            "The past was lived by the practice of its time.",
            instead="Let it begin today or later.",
            field="from_on",
        )


def free_key(taken: Iterable[str], says: str) -> str:
    stem = OWN + "-".join(_plain(says))[:40].strip("-")
    taken = set(taken)
    return next(
        key
        for key in (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        if key not in taken
    )


def _plain(says: str) -> list[str]:
    return [
        "".join(c for c in word.lower() if c.isascii() and c.isalnum()) for word in says.split()
    ]


def length_of(number: int, unit: str) -> str:
    """ "P2W" for 2 and weeks, as a pack writes it."""
    return str(Duration(**{unit: number}))
