"""Values of a scheme's or a person's own: laid over their pack from a day on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from alongside.practice.shelf import Layer

# One value as it is kept beside the scheme or the stay: where it stands in the pack, what it is
# (None for "as in the pack again"), from which day, and how to name it in a fault.
type Kept = Mapping[str, Any]


def kept(at: Sequence[str], value: Any, *, from_on: date, named: str) -> dict[str, Any]:
    """One value in the shape in which it is kept."""
    return {"at": list(at), "value": value, "from": from_on.isoformat(), "named": named}


def in_force(values: Iterable[Kept], on: date) -> list[Kept]:
    """For each place the value of the latest day that has come, the last said of that day."""
    latest: dict[tuple[str, ...], Kept] = {}
    for one in sorted(values, key=lambda one: str(one["from"])):
        if one["from"] <= on.isoformat():
            latest[tuple(one["at"])] = one
    return [one for one in latest.values() if one["value"] is not None]


def added(values: Iterable[Kept], section: str) -> set[str]:
    """The keys of what a service has added of its own to this section, and ever withdrawn."""
    return {one["at"][1] for one in values if one["at"][0] == section and not one["at"][2:]}


def off_over_time(
    values: Iterable[Kept], at: Sequence[str], *, otherwise: bool, on: date
) -> list[tuple[date, date | None]]:
    """From when until when a switch was off, up to a day: from the first, up to the second.

    `otherwise` is whether it is on in the pack, which holds before the first of these values and
    where one says "as in the pack again". What is said twice of one day counts as said last.
    """
    off = {date.min.isoformat(): not otherwise}
    for one in sorted(values, key=lambda one: str(one["from"])):
        if one["at"] == list(at) and one["from"] <= on.isoformat():
            is_on = otherwise if one["value"] is None else bool(one["value"])
            off[str(one["from"])] = not is_on
    return _periods(off)


# Whether, and by whom, something is done for one person alone. It stands in no pack.
VARIED = "who"


def is_varied(at: Sequence[str]) -> bool:
    """Whether it says that of a duty, and is no value of the pack."""
    return [at[0], at[-1]] == ["duties", VARIED]


def switched_off(values: Iterable[Kept]) -> dict[str, list[tuple[date, date | None]]]:
    """When each duty was off for one person, by its key: from a day up to another, or for good."""
    said: dict[str, dict[str, bool]] = {}
    for one in values:
        if is_varied(one["at"]):
            off = bool(one["value"] and one["value"].get("off"))
            said.setdefault(one["at"][1], {})[str(one["from"])] = off
    return {key: found for key, days in said.items() if (found := _periods(days))}


def _periods(days: Mapping[str, bool]) -> list[tuple[date, date | None]]:
    found: list[tuple[date, date | None]] = []
    since: date | None = None
    for day, off in sorted(days.items()):
        if off and since is None:
            since = date.fromisoformat(day)
        elif not off and since is not None:
            found.append((since, date.fromisoformat(day)))
            since = None
    return [*found, (since, None)] if since else found


def given_to(values: Iterable[Kept], on: date) -> dict[str, str]:
    """To whom each duty is given for one person alone that day: the key of a member of staff."""
    varied = [one for one in in_force(values, on) if is_varied(one["at"])]
    return {one["at"][1]: one["value"]["staff"] for one in varied if one["value"].get("staff")}


def layers(values: Iterable[Kept], on: date) -> tuple[Layer, ...]:
    """What to lay over the pack that day."""
    return tuple(
        layer(one["at"], one["value"], one["named"])
        for one in in_force(values, on)
        if not is_varied(one["at"])
    )


def layer(at: Sequence[str], value: Any, named: str) -> Layer:
    """One value as a layer; a table when the value is one."""
    if isinstance(value, Mapping):
        lines = [f"{_key(key)} = {_said(inner)}" for key, inner in value.items()]
        return Layer.of_text("\n".join([_head(at), *lines]), named=named)
    text = f"{_head(at[:-1])}\n{_key(at[-1])} = {_said(value)}"
    return Layer.of_text(text, named=named)


def _head(at: Sequence[str]) -> str:
    return f"[{'.'.join(_key(part) for part in at)}]"


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def _said(value: Any) -> str:
    """Text, whole numbers, true and false, and lists of them: JSON and TOML write them alike."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")
