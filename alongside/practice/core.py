"""What lies under every pack: the words, lists and numbers that a page cannot do without.

A pack that declares a word, a list or a number replaces the whole of it; what it leaves out is
filled in from here. So a new page brings its lists with it, and no older pack breaks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from alongside.practice.shelf import merged

FOLDER = Path(__file__).parent / "core"
GATES = "training_gates"
# What a house, or one person, may have otherwise of something that stands here.
OWN = {"number", "singular", "plural", "possessive"}
OTHER = {"other": "Something else"}


def filled_in(whole: Mapping[str, Any]) -> dict[str, Any]:
    """These tables, with every word, list and number that they do not declare themselves."""
    filled = dict(whole)
    for section, table in _core().items():
        own = filled.get(section, {})
        if isinstance(own, Mapping):
            filled[section] = {**own, **{key: _over(own, key, table[key]) for key in table}}
    _offer_gates(filled)
    return filled


def _over(own: Mapping[str, Any], key: str, beneath: Any) -> Any:
    """What counts for one key. A number, or a word, that a house has set for itself keeps what
    else stands here: its own value is the number, or the one form of the word, alone."""
    if key not in own:
        return beneath
    said = own[key]
    alone = isinstance(said, Mapping) and set(said) <= OWN
    return {**beneath, **said} if alone and isinstance(beneath, Mapping) else said


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
