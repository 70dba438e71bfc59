"""A row of the list of referrals: the request, the interview, and what was decided."""

from __future__ import annotations

from alongside.imports.kinds.referrals import ReferralRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.imports.taking.stays import fitting
from alongside.referrals.models import Outcome, Referral
from alongside.referrals.operations.importing import import_referral
from alongside.residents.models import Resident
from alongside.residents.operations import register_resident
from alongside.stays.models import Stay

OUTCOMES = {
    "accepted": Outcome.ACCEPT,
    "declined": Outcome.DECLINE,
    "waiting": Outcome.WAITING_LIST,
    "withdrawn": Outcome.WITHDRAW,
    "did_not_attend_interview": Outcome.DID_NOT_ATTEND,
}
USED = frozenset({"referred_by", "reason_homeless", "risks", "comment", "ref"})


def take(record: ReferralRecord, row: RowPlan, intake: Intake) -> Taken:
    """Take over the referral, joined to the stay it led to."""
    kept = labelled(row, record.texts, record.words, used=USED)
    resident = _resident(record, intake, kept)
    if record.room:
        kept["Room"] = record.room
    stay = _stay(record, resident, intake)
    referral = import_referral(
        intake.scheme,
        by=intake.by,
        resident=resident,
        received_on=record.received,
        referrer_agency=record.texts.get("referred_by", ""),
        reason=record.texts.get("reason_homeless", ""),
        risk_words=record.texts.get("risks", ""),
        interviewed_on=record.interviewed,
        interviewers=[intake.staff[key] for key in record.interviewers if key in intake.staff],
        outcome=OUTCOMES.get(record.decision, ""),
        decided_on=record.decided,
        words=record.texts.get("comment", ""),
        stay=stay,
        kept="\n".join(f"{label}: {text}" for label, text in kept.items()),
    )
    return Taken(referral, resident, stay, kept)


def _resident(record: ReferralRecord, intake: Intake, kept: dict[str, str]) -> Resident:
    if not record.person_is_new or record.person in intake.residents:
        return intake.person(record.person)
    birth = record.birth
    texts = {
        "family_name": record.name.surname,
        "given_name": record.name.forenames,
        "known_as": record.name.known_as,
        "born_words": "" if birth.on else birth.words,
        "phone": record.texts.get("phone", ""),
    }
    resident = register_resident(
        intake.scheme,
        by=intake.by,
        born_on=birth.on,
        **{name: fitting(name, value, kept) for name, value in texts.items()},
    )
    intake.residents[record.person] = resident
    return resident


def _stay(record: ReferralRecord, resident: Resident, intake: Intake) -> Stay | None:
    """The stay that began soonest after it, when they were accepted and no other led to it."""
    if record.decision != "accepted":
        return None
    joined = set(
        Referral.objects.filter(resident=resident, stay__isnull=False).values_list(
            "stay_id", flat=True
        )
    )
    after = [
        stay
        for stay in intake.stays_of(resident)
        if stay.moved_in_on >= record.received and stay.pk not in joined
    ]
    return min(after, key=lambda stay: stay.moved_in_on, default=None)
