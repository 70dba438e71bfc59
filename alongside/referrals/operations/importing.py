"""Taking over referrals from older records, decided or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.referrals.models import (
    Decision,
    Interview,
    Outcome,
    Referral,
    ReferralNote,
    State,
)
from alongside.referrals.operations.checks import require_not_ahead, staff_of, written
from alongside.referrals.operations.deciding import LEADS_TO
from alongside.residents.models import Resident
from alongside.stays.models import Stay

NOT_SAID = "not_said"
"""The reason of a decision whose older record gives none; in no list of a pack."""


@operation("referral.imported", needs=Action.IMPORT_RECORDS)
def import_referral(
    scheme: Scheme,
    *,
    by: Actor,
    resident: Resident,
    received_on: date,
    referrer_agency: str = "",
    reason: str = "",
    risk_words: str = "",
    interviewed_on: date | None = None,
    interviewers: Sequence[Staff] = (),
    outcome: str = "",
    decided_on: date | None = None,
    words: str = "",
    stay: Stay | None = None,
    kept: str = "",
) -> Referral:
    """Take over a referral with the interview and the decision that older records speak of.

    `outcome` is empty when nothing was decided. A decision without a day counts from the day of
    the interview, or else from the day it was received. `stay` is the one it led to; `kept` are
    words that have no field.

    Refused when that day has not come yet, or there is an open referral of this person here.
    """
    require_not_ahead(scheme, received_on, field="received_on")
    since = decided_on or interviewed_on or received_on
    referral = Referral.objects.create(
        scheme=scheme,
        resident=resident,
        received_on=received_on,
        route="agency",
        referrer_agency=referrer_agency[:200],
        reason=reason,
        risk_words=risk_words,
        no_consent_because="Taken over from older records, which do not say.",
        state=_state(outcome, interviewed_on, stay),
        state_since=stay.moved_in_on if stay else since,
        stay=stay,
        practice=scheme.practice_name,
        recorded_by=staff_of(by),
    )
    if interviewed_on or interviewers:
        _interview(referral, by, interviewed_on or since, interviewers)
    if outcome:
        Decision.objects.create(
            **written(referral, by),
            outcome=outcome,
            reason=NOT_SAID,
            words=words,
            decided_on=since,
        )
    if kept:
        ReferralNote.objects.create(**written(referral, by), happened_on=received_on, text=kept)
    return referral


def _state(outcome: str, interviewed_on: date | None, stay: Stay | None) -> State:
    if stay:
        return State.MOVED_IN
    if outcome:
        return LEADS_TO[Outcome(outcome)]
    return State.INTERVIEWED if interviewed_on else State.RECEIVED


def _interview(referral: Referral, by: Actor, on: date, interviewers: Sequence[Staff]) -> None:
    interview = Interview.objects.create(**written(referral, by), held_on=on)
    interview.interviewers.set(interviewers)
