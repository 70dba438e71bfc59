"""Somebody moves on."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended, end_stay


@operation("stay.moved_on", needs=Action.END_STAY, unless=already_ended)
def move_on(
    stay: Stay,
    *,
    by: Staff,
    moved_out_on: date,
    left_because: str,
    destination: str,
    left_words: str = "",
    destination_words: str = "",
) -> Stay:
    """End a stay with its reason and where they go, both from the pack's lists.

    What was owed and not yet due is closed as left, not as missed.

    Refused when a choice that says too little has no words, or as `end_stay` is.
    """
    pack = stay.pack
    why, where = pack.choices("leaving_kinds")[left_because], pack.choices("leaving_places")
    place = where[destination]
    for needs, words, field in (
        (why.needs_text, left_words, "left_words"),
        (place.needs_text, destination_words, "destination_words"),
    ):
        if needs and not words:
            raise Refused(
                "That says too little by itself.", instead="Add a few words.", field=field
            )
    said = f"{place.says}: {destination_words}" if destination_words else place.says
    return end_stay(
        stay,
        by=by,
        moved_out_on=moved_out_on,
        left_because=left_because,
        left_words=left_words,
        destination=said[:200],
    )
