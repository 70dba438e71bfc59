"""What makes a PIN one that nobody guesses at the first try."""

from __future__ import annotations

from itertools import pairwise

from alongside.kit.refusal import Refused

SHORTEST = 4
EVERYBODYS = frozenset({"2580", "1122", "1212", "1010", "0852"})
"""Those people choose most, besides one figure four times and figures in a row."""

IN_A_ROW = ({0}, {1}, {-1})
"""From figure to figure: always the same one, one more each time, one less."""


def require_pin_of_ones_own(pin: str) -> None:
    """Refuse what is too short, is not of figures, or is what everybody tries first."""
    if not (pin.isascii() and pin.isdigit()) or len(pin) < SHORTEST:
        raise Refused(
            "That PIN is too short or has something other than figures in it.",
            instead=f"Use at least {SHORTEST} figures.",
            field="pin",
        )
    if pin in EVERYBODYS or set(_steps(pin)) in IN_A_ROW:
        raise Refused(
            "That is one of the PINs that people try first.",
            instead="Choose figures that do not repeat or follow each other.",
            field="pin",
        )


def _steps(pin: str) -> list[int]:
    return [int(later) - int(earlier) for earlier, later in pairwise(pin)]
