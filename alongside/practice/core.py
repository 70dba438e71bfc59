"""What lies under every pack: the words, lists and numbers that a page cannot do without.

A pack that declares a word, a list or a number replaces the whole of it; what it leaves out is
filled in from here. So a new page brings its lists with it, and no older pack breaks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from alongside.practice.shelf import merged

FOLDER = Path(__file__).parent / "core"
GATES = "training_gates"
# The forms of a word, of which a house, or one person, may have some otherwise.
FORMS = frozenset({"singular", "plural", "possessive"})
OTHER = {"other": "Something else"}


def filled_in(
    whole: Mapping[str, Any], own: Collection[tuple[str, str]] = frozenset()
) -> dict[str, Any]:
    """These tables, with every word, list and number that they do not declare themselves.

    `own` are the sections with the keys that no pack names, only a house for itself.
    """
    filled = dict(whole)
    for section, table in _core().items():
        said = filled.get(section, {})
        if isinstance(said, Mapping):
            over = {
                key: _over(said, key, beneath, own=(section, key) in own)
                for key, beneath in table.items()
            }
            filled[section] = {**said, **over}
    _offer_gates(filled)
    return filled


def _over(above: Mapping[str, Any], key: str, beneath: Any, *, own: bool) -> Any:
    """What counts for one key. A number, or some forms of a word, that a house has set for itself
    keep what else stands here; a pack says the whole of a word."""
    if key not in above:
        return beneath
    said = above[key]
    if not (isinstance(said, Mapping) and isinstance(beneath, Mapping)):
        return said
    in_part = set(said) == {"number"} or (own and set(said) <= FORMS)
    return {**beneath, **said} if in_part else said


def _offer_gates(filled: dict[str, Any]) -> None:
    """The list `training_gates`: what somebody may show, for the form that says they have."""
    gates, lists = filled.get("training_gates", {}), filled.get("choice_lists")
    if not (isinstance(gates, Mapping) and isinstance(lists, Mapping)) or GATES in lists:
        return
    named = {
        key: gate["says"]
        for key, gate in gates.items()
        if isinstance(gate, Mapping) and isinstance(gate.get("says"), str)
    }
    filled["choice_lists"] = {**lists, GATES: {**named, **OTHER}}


@cache
def _core() -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        tables = merged(tables, tomllib.loads(file.read_text("utf-8")))
    return tables
