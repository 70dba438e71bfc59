"""Lets the file of everybody an absence touches know of it, so that what follows is worked out."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.absence.models import Absence
from alongside.absence.queries import held_during
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.stays.models import Stay


@operation("absence.touches", needs=None)
def touch(stay: Stay, *, by: Actor, absence: Absence) -> Absence:
    """Note in somebody's file that the absence of their worker was entered or has changed.

    What is owed to them is worked out again in the same moment.
    """
    return absence


def tell_everybody(absence: Absence, *, by: Actor, also: Iterable[Stay] = ()) -> None:
    """Touch the file of everybody the absence touches now, and of those it touched before."""
    stays = {stay.pk: stay for stay in (*also, *held_during(absence))}
    for stay in stays.values():
        touch(stay, by=by, absence=absence)
