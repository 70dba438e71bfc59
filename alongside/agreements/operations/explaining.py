"""A text explained, its copy given, and signed or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from alongside.agreements import texts
from alongside.agreements.models import (
    Explanation,
    Understanding,
)
from alongside.agreements.operations.checks import cannot_be_answered, require_text
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.signatures.models import Signature
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_resident,
    sign_for_worker,
)
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("agreement.explained", needs=Action.EXPLAIN_AGREEMENT, unless=already_ended)
def explain(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    explained_on: date,
    understanding: str = Understanding.YES,
    understanding_words: str = "",
    language: str = "",
    way: str = "",
    copy_given: bool = False,
    confidence: str = "",
    explained_by: Staff | None = None,
) -> Explanation:
    """Record that the newest version of a text was explained, how, and what they took from it.

    `way` is a key of the pack's list `explained_how`; `copy_given` says they have it in hand,
    `confidence` whether they feel able to use it, where the pack asks that.

    Refused when the text is unknown, or the day is in the future or outside the stay.
    """
    stay.require_current(on=explained_on, field="explained_on")
    text = require_text(stay.scheme, key)
    explained_by = explained_by or by
    content = {
        **texts.content_of(text),
        "explained_on": explained_on.isoformat(),
        "explained_by": explained_by.name,
        "language": language,
        "way": _says(stay.scheme, way),
    }
    return Explanation.objects.create(
        stay=stay,
        key=key,
        version=text.version,
        says=text.says,
        content=content,
        explained_on=explained_on,
        explained_by=explained_by,
        language=language,
        way=way,
        understanding=understanding,
        understanding_words=understanding_words,
        confidence=confidence,
        copy_given_on=explained_on if copy_given else None,
        recorded_by=by,
    )


@operation("agreement.copy_given", needs=Action.EXPLAIN_AGREEMENT)
def give_copy(explanation: Explanation, *, by: Staff, given_on: date) -> Explanation:
    """Record that they were given a copy of what was explained.

    Refused when they have one already, or the day is before it was explained.
    """
    if explanation.copy_given_on:
        raise Refused(
            f"They were given a copy on {explanation.copy_given_on:%-d %B %Y}.",
            instead="Print another whenever they ask; it need not be recorded.",
        )
    _require_after(explanation, given_on, field="given_on")
    explanation.copy_given_on = given_on
    explanation.save(update_fields=["copy_given_on"])
    return explanation


@operation("agreement.signed", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def sign_as_resident(explanation: Explanation, *, by: Staff, mark: Mark) -> Signature:
    """The resident's yes to exactly the words that were explained, which are then locked.

    Refused when nothing was drawn, the PIN is wrong, or the text is not the newest.
    """
    return sign_for_resident(
        explanation, explanation.stay, explanation.content, mark=mark, taken_by=by
    )


@operation("agreement.signed_by_themselves", needs=Action.SIGN_PLAN, unless=cannot_be_answered)
def sign_for_myself(explanation: Explanation, *, by: Resident, mark: Mark) -> Signature:
    """The resident's yes, given on their own pages with nobody beside them.

    Refused as `sign_as_resident` is.
    """
    return sign_for_resident(
        explanation, explanation.stay, explanation.content, mark=mark, taken_by=None
    )


@operation("agreement.refused_by_themselves", needs=Action.SIGN_PLAN, unless=cannot_be_answered)
def refuse_for_myself(explanation: Explanation, *, by: Resident, no: No) -> Signature:
    """The resident's no, given on their own pages. Refused as `refuse` is."""
    return _refuse(explanation, no, taken_by=None)


@operation("agreement.countersigned", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def sign_as_worker(
    explanation: Explanation,
    *,
    by: Staff,
    mark: Mark,
    in_absence_of: Staff | None = None,
    reason: str = "",
) -> Signature:
    """Our own signature beside the resident's, or for a colleague who is away, with the reason."""
    return sign_for_worker(
        explanation,
        explanation.stay,
        explanation.content,
        mark=mark,
        staff=by,
        in_absence_of=in_absence_of,
        reason=reason,
    )


@operation("agreement.refused", needs=Action.EXPLAIN_AGREEMENT, unless=cannot_be_answered)
def refuse(explanation: Explanation, *, by: Staff, no: No) -> Signature:
    """The resident's no. It is shown as explained and refused, and never as signed.

    Without a day for the next offer it is offered again after as many days as the pack says.

    Refused when it has no reason, or the next offer is in the past.
    """
    return _refuse(explanation, no, taken_by=by)


def _refuse(explanation: Explanation, no: No, *, taken_by: Staff | None) -> Signature:
    scheme = explanation.scheme
    again = no.next_offer_on or _days_on(scheme, "wait_to_offer_signature_again")
    if not no.reason.strip():
        raise Refused(
            "A refusal needs its reason.", instead="Write what they said.", field="reason"
        )
    if again < scheme.today():
        raise Refused(
            "That day has passed.", instead="Choose today or a later day.", field="next_offer_on"
        )
    return refuse_to_sign(
        explanation,
        explanation.stay,
        explanation.content,
        no=replace(no, next_offer_on=again),
        taken_by=taken_by,
    )


def _says(scheme: Scheme, way: str) -> str:
    found = scheme.pack.choices("explained_how").get(way)
    return found.says if found else way


def _days_on(scheme: Scheme, limit: str) -> date:
    return date.fromordinal(scheme.today().toordinal() + scheme.pack.limit(limit).number)


def _require_after(explanation: Explanation, on: date, *, field: str) -> None:
    explanation.stay.require_current(on=on, field=field)
    if on < explanation.explained_on:
        raise Refused(
            f"It was explained on {explanation.explained_on:%-d %B %Y}.",
            instead="Choose that day or a later one.",
            field=field,
        )
