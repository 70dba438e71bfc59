"""Taking a referral, reading the rules to it, noting what is learned, holding the interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.referrals.models import Interview, Referral, ReferralNote, State
from alongside.referrals.operations.checks import (
    has_moved_in,
    is_closed,
    move_to,
    require_listed,
    require_not_ahead,
    require_since_received,
    staff_of,
    written,
)
from alongside.referrals.queries import name_of, possible_files
from alongside.residents.models import Resident
from alongside.residents.operations import amend_resident, propose_duplicate, register_resident
from alongside.sheets.keeping import answer, begin_sheet, finish
from alongside.sheets.models import Sheet

INTERVIEW = "interview"
SOMEBODY_NEW = "new"


@operation("referral.received", needs=Action.REGISTER_REFERRAL)
def register_referral(
    scheme: Scheme,
    *,
    by: Actor,
    resident: Resident,
    received_on: date,
    route: str = "agency",
    referrer_name: str = "",
    referrer_agency: str = "",
    referrer_contact: str = "",
    homelessness: str = "",
    homelessness_words: str = "",
    last_slept: str = "",
    homeless_for: str = "",
    causes: str = "",
    reason: str = "",
    risks: Sequence[str] = (),
    risk_words: str = "",
    consent_on: date | None = None,
    no_consent_because: str = "",
    redirected_from: Referral | None = None,
) -> Referral:
    """Record that somebody asks for a place here, or that an agency asks for them.

    `received_on` is the day it came, from which the time to decide is counted.

    Refused when that day has not come yet, when neither consent nor the reason for its absence
    is given, when the person lives here now, or has an open referral here.
    Source: Key Working, Project Workers and Manager.
    """
    require_not_ahead(scheme, received_on, field="received_on")
    _require_consent(scheme, consent_on, no_consent_because)
    _require_not_living_here(scheme, resident)
    return Referral.objects.create(
        scheme=scheme,
        resident=resident,
        received_on=received_on,
        route=route,
        referrer_name=referrer_name,
        referrer_agency=referrer_agency,
        referrer_contact=referrer_contact,
        homelessness=homelessness,
        homelessness_words=homelessness_words,
        last_slept=last_slept,
        homeless_for=homeless_for,
        causes=causes,
        reason=reason,
        risks=list(risks),
        risk_words=risk_words,
        consent_on=consent_on,
        no_consent_because="" if consent_on else no_consent_because,
        redirected_from=redirected_from,
        state_since=received_on,
        practice=scheme.practice_name,
        recorded_by=staff_of(by),
    )


@operation("referral.taken", needs=Action.REGISTER_REFERRAL)
def take_referral(
    scheme: Scheme, /, *, by: Actor, person: str, identity: Mapping[str, Any], **referral: Any
) -> Referral:
    """Take a referral in one go: find or open the person's file, then record it.

    `person` is the key of an earlier file, or "new". When a file seems to exist, somebody has
    to say whether it is theirs: a returning person is linked, not copied. When a new file is
    opened although name and birthday are the same, the pair goes on the list of possible
    duplicates, where it is decided.

    Refused when an earlier file may be theirs and nobody has said so, and as
    `register_resident` and `register_referral` are.
    """
    _require_words_for(scheme, referral)
    resident = _file_of(scheme, by=by, person=person, identity=identity)
    return register_referral(scheme, by=by, resident=resident, **referral)


@operation("referral.noted", needs=Action.REGISTER_REFERRAL)
def add_referral_note(
    referral: Referral, *, by: Actor, happened_on: date, text: str
) -> ReferralNote:
    """Add what was learned later, or put something right. What was written first stays.

    Refused when the day has not come yet or lies before the referral.
    """
    require_since_received(referral, happened_on, field="happened_on")
    return ReferralNote.objects.create(**written(referral, by), happened_on=happened_on, text=text)


@operation("referral.screened", needs=Action.REGISTER_REFERRAL, unless=is_closed)
def screen_referral(referral: Referral, *, by: Staff, on: date) -> Referral:
    """Record that the rules were read against this referral and that it may go on.

    Refused when the day has not come yet or lies before the referral.
    """
    require_since_received(referral, on, field="on")
    referral.screened_on, referral.screened_by = on, by
    referral.save(update_fields=["screened_on", "screened_by"])
    return referral


@operation("referral.interviewed", needs=Action.HOLD_INTERVIEW, unless=has_moved_in)
def hold_interview(
    referral: Referral,
    *,
    by: Actor,
    held_on: date,
    interviewers: Sequence[Staff],
    answers: Mapping[str, Any],
) -> Interview:
    """Record an interview: when, held by whom, and the answers to the pack's questions.

    Refused when it has not been held yet, when fewer people held it than the pack asks for,
    when one of them does not work here, or when a required question has no answer. What
    comes from older records is taken as it was.
    Source: Key Working, Project Workers and Manager.
    """
    require_since_received(referral, held_on, field="held_on")
    if staff_of(by):
        _require_interviewers(referral.scheme, interviewers)
    interview = Interview.objects.create(
        **written(referral, by),
        held_on=held_on,
        sheet=_sheet(referral, answers, by=by),
    )
    interview.interviewers.set(interviewers)
    if referral.state == State.RECEIVED:
        move_to(referral, State.INTERVIEWED, since=held_on)
    return interview


def _require_consent(scheme: Scheme, consent_on: date | None, without: str) -> None:
    if consent_on:
        require_not_ahead(scheme, consent_on, field="consent_on")
    elif not without.strip():
        raise Refused(
            "A referral needs the person’s consent, or the reason there is none yet.",
            instead="Write the day they agreed, or say why nobody could ask.",
            field="consent_on",
        )


def _require_not_living_here(scheme: Scheme, resident: Resident) -> None:
    if resident.stays.filter(scheme=scheme, moved_out_on=None).exists():
        raise Refused(
            f"{resident} lives here now.",
            instead="Open their file, or choose somebody else.",
            field="person",
        )


def _require_words_for(scheme: Scheme, referral: Mapping[str, Any]) -> None:
    if homelessness := referral.get("homelessness"):
        require_listed(
            scheme.pack.choices("homelessness_status"),
            homelessness,
            referral.get("homelessness_words", ""),
            field="homelessness",
            words_field="homelessness_words",
        )


def _file_of(scheme: Scheme, *, by: Actor, person: str, identity: Mapping[str, Any]) -> Resident:
    matches = possible_files(
        scheme, reader=staff_of(by), name=name_of(identity), born_on=identity.get("born_on")
    )
    for match in matches:
        if str(match.pk) == person:
            return _fill_gaps(scheme, match.resident, identity, by=by)
    if matches and person != SOMEBODY_NEW:
        raise Refused(
            "We may have a file of this person already.",
            instead="Choose theirs, or say that this is somebody new.",
            field="person",
        )
    resident: Resident = register_resident(scheme, by=by, **identity)
    for match in matches:
        if match.sure:
            propose_duplicate(scheme, by=by, one=match.resident, other=resident, why=match.why)
    return resident


def _fill_gaps(
    scheme: Scheme, resident: Resident, identity: Mapping[str, Any], *, by: Actor
) -> Resident:
    """Add to an earlier file what it did not know. What it says already stays as it is."""
    missing = {
        name: value for name, value in identity.items() if value and not getattr(resident, name)
    }
    if not missing or not by.may(Action.EDIT_RESIDENT, scheme):
        return resident
    filled: Resident = amend_resident(scheme, by=by, resident=resident, **missing)
    return filled


def _require_interviewers(scheme: Scheme, interviewers: Sequence[Staff]) -> None:
    least = scheme.pack.limit("interviewers_least").number
    if len({person.pk for person in interviewers}) < least:
        raise Refused(
            f"An interview is held by at least {least} members of staff.",
            instead="Choose everybody who held it.",
            field="interviewers",
        )
    here = set(Staff.objects.at(scheme).values_list("pk", flat=True))
    for person in interviewers:
        if person.pk not in here:
            raise Refused(
                f"{person} does not work here.",
                instead="Choose people who do.",
                field="interviewers",
            )


def _sheet(referral: Referral, answers: Mapping[str, Any], *, by: Actor) -> Sheet | None:
    """The finished sheet of an interview; none for one brought in from older records."""
    interviewer = staff_of(by)
    if interviewer is None:
        return None
    sheet = begin_sheet(referral.scheme, INTERVIEW, by=interviewer, resident=referral.resident)
    return finish(answer(sheet, answers, by=interviewer), by=interviewer)
