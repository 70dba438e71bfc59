"""Which addresses ask somebody to show again that it is them, read from the rules of the doors."""

from __future__ import annotations

import tomllib
from pathlib import Path

RULES = Path(__file__).parent / "rules.toml"
NO_ROOM = "no_room"


def asking_for_proof(when: str) -> frozenset[str]:
    """The full names of the addresses whose rule says so: "post" or "view".

    Read by the settings, so that it stands before Django does.
    """
    told = tomllib.loads(RULES.read_text("utf-8"))
    return frozenset(
        name if room == NO_ROOM else f"{room}:{name}"
        for room, there in told.items()
        for name, rule in there.items()
        if rule.get("proof") == when
    )
