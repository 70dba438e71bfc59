"""The induction of somebody new: planned, ticked, held, signed or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alongside.admissions import inductions
from alongside.admissions.models import Induction, InductionRefusal
from alongside.audit.operation import operation
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.sheets import keeping
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark, sign_for_resident, sign_for_worker
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("induction.planned_later", needs=Action.HOLD_INDUCTION, unless=already_ended)
def plan_induction(
    stay: Stay, *, by: Staff, planned_on: date, late_because: str, late_words: str = ""
) -> Induction:
    """Say on which day the induction is held, as it could not be on the day, and why.

    Refused without a reason of the pack's list `late_induction`, or when the day is past.
    """
    return inductions.plan(
        stay, by=by, planned_on=planned_on, late_because=late_because, late_words=late_words
    )


@operation("induction.items_ticked", needs=Action.HOLD_INDUCTION, unless=already_ended)
def tick_items(
    stay: Stay, *, by: Staff, answers: Mapping[str, Any], version: int | None = None
) -> Induction:
    """Keep what was gone through, line by line, with who and when."""
    induction = inductions.of(stay, by=by)
    keeping.answer(induction.sheet, answers, by=by, version=version)
    return induction


@operation("induction.held", needs=Action.HOLD_INDUCTION, unless=already_ended)
def hold_induction(
    stay: Stay,
    *,
    by: Staff,
    held_on: date,
    attended: Sequence[Staff],
    resident_came: str,
    late_because: str = "",
    late_words: str = "",
) -> Induction:
    """Say that the induction was held, on which day, and who was there.

    Refused while a line is open, when it was late without a reason, or nobody was there.
    Source: Key Working, step 1.
    """
    return inductions.hold(
        stay,
        by=by,
        held_on=held_on,
        attended=attended,
        resident_came=resident_came,
        late_because=late_because,
        late_words=late_words,
    )


@operation("induction.refused", needs=Action.HOLD_INDUCTION, unless=already_ended)
def refuse_induction(
    stay: Stay, *, by: Staff, offered_on: date, reason: str, next_offer_on: date
) -> InductionRefusal:
    """Record that they did not want the induction, why, and when it is offered again.

    It stays owed. Refused when it was held, or the next offer is in the past.
    """
    return inductions.refuse(
        stay, by=by, offered_on=offered_on, reason=reason, next_offer_on=next_offer_on
    )


@operation("induction.signed", needs=Action.HOLD_INDUCTION, unless=inductions.cannot_be_signed)
def sign_induction_as_resident(induction: Induction, *, by: Staff, mark: Mark) -> Signature:
    """The resident's signature under everything that was gone through."""
    content = inductions.content_of(induction)
    return sign_for_resident(induction, induction.stay, content, mark=mark, taken_by=by)


@operation(
    "induction.countersigned", needs=Action.HOLD_INDUCTION, unless=inductions.cannot_be_signed
)
def sign_induction_as_worker(induction: Induction, *, by: Staff, mark: Mark) -> Signature:
    """Our own signature beside the resident's."""
    content = inductions.content_of(induction)
    return sign_for_worker(induction, induction.stay, content, mark=mark, staff=by)
