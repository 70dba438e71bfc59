"""Which parts of the house a practice can switch off, and whether it has.

`settings.PARTS` names for a room, or for one page of it, the switch it stands behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from alongside.practice.contents import Pack
    from alongside.practice.rules import Feature


def switched_off(name: str, pack: Pack) -> Feature | None:
    """The switch that closes this room, or this page ("building:nights-out"), in that practice."""
    switch: str = settings.PARTS.get(name, settings.PARTS.get(name.partition(":")[0], ""))
    return pack.features[switch] if pack.closes(switch) else None
