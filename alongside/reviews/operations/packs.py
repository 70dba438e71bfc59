"""Collating the information for a meeting, editing it with a trace, and making it ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.reviews.models import InformationPack, PackEdit, Review
from alongside.reviews.operations.checks import not_booked
from alongside.reviews.queries.collating import collated


def is_ready(pack: InformationPack) -> Refused | None:
    """What was sent round is not changed behind people’s backs."""
    if pack.ready_at is None:
        return None
    return Refused(
        "This information was sent round already.", instead="Say at the meeting what is new."
    )


@operation("pack.collated", needs=Action.SET_UP_REVIEW, unless=not_booked)
def collate_pack(review: Review, *, by: Staff, from_on: date, until_on: date) -> InformationPack:
    """Collate what every part of the file says about a time, to be read before a meeting.

    Restricted entries are left out. Refused when there is one already, or the time makes no
    sense. Source: key worker guidance, 2: collating information for meetings and reviews.
    """
    if InformationPack.objects.filter(review=review).exists():
        raise Refused("It is collated already.", instead="Open it and edit it.")
    if until_on < from_on:
        raise Refused(
            "The last day lies before the first.", instead="Mend one of the two.", field="until_on"
        )
    if until_on > review.scheme.today():
        raise Refused(
            "That day is still to come.", instead="Choose today at the latest.", field="until_on"
        )
    return InformationPack.objects.create(
        review=review, from_on=from_on, until_on=until_on, collated_by=by,
        parts=collated(review, from_on, until_on, reader=by),
    )  # fmt: skip


@operation("pack.edited", needs=Action.SET_UP_REVIEW, unless=is_ready)
def edit_pack(
    pack: InformationPack, *, by: Staff, words: Mapping[str, str], version: int | None = None
) -> InformationPack:
    """Put parts into other words; what stood there before is kept with who changed it.

    Refused once it was sent round, and when somebody else edited it meanwhile.
    """
    if version is not None and version != pack.version:
        raise ChangedMeanwhile(
            "Somebody else edited this while you were writing.",
            instead="Both texts are shown. Put yours in again where it is to stand.",
            theirs={part["key"]: part["words"] for part in pack.parts},
            version=pack.version,
        )
    edits = [
        PackEdit(pack=pack, key=part["key"], before=part["words"], edited_by=by)
        for part in pack.parts
        if part["key"] in words and words[part["key"]].strip() != part["words"]
    ]
    PackEdit.objects.bulk_create(edits)
    pack.parts = [
        {**part, "words": words.get(part["key"], part["words"]).strip()} for part in pack.parts
    ]
    pack.version += 1
    pack.save(update_fields=["parts", "version"])
    return pack


@operation("pack.made_ready", needs=Action.SET_UP_REVIEW, unless=is_ready)
def make_pack_ready(pack: InformationPack, *, by: Staff) -> InformationPack:
    """Say that it is ready and was sent round; it is not edited after that."""
    pack.ready_at, pack.ready_by = clock.now(), by
    pack.save(update_fields=["ready_at", "ready_by"])
    return pack
