"""Builders for tests: every record is made by the operation that makes it in life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.accommodation.models import Bed
from alongside.assessments.models import Assessment
from alongside.assessments.operations import Said, complete_assessment, save_answers
from alongside.organisation.models import Scheme, Staff
from alongside.referrals.models import Referral
from alongside.referrals.operations import decide_referral, register_referral
from alongside.residents.models import Resident
from alongside.residents.operations import amend_resident
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.cast import SETTING_UP, a_resident


def a_stay(
    bed: Bed, *, by: Staff, name: str = "Rosa Lindqvist", moved_in_on: date = date(2026, 4, 7)
) -> Stay:
    """Another resident, in another bed."""
    given, family = name.split(maxsplit=1)
    resident: Resident = a_resident(bed.scheme, given, family)
    return begin_stay(bed.scheme, by=by, resident=resident, bed=bed, moved_in_on=moved_in_on)


def an_assessment(
    begun: Assessment, *, by: Staff, answers: Mapping[str, Said] | None = None
) -> Assessment:
    """Complete a begun assessment: these answers, and no need anywhere else."""
    said = {item.key: Said(answer="no_need") for item in begun.framework.items}
    save_answers(begun, by=by, answers={**said, **(answers or {})})
    return complete_assessment(begun, by=by)


def a_referral(
    scheme: Scheme, *, by: Staff, name: str = "Rosa Lindqvist", **facts: Any
) -> Referral:
    """Somebody an agency has asked us to take in."""
    given, family = name.split(maxsplit=1)
    resident: Resident = a_resident(scheme, given, family, born_on=facts.pop("born_on", None))
    if gender := facts.pop("gender", ""):
        resident = amend_resident(scheme, by=SETTING_UP, resident=resident, gender=gender)
    usual = {
        "received_on": date(2026, 4, 13),
        "referrer_agency": "Northside Outreach",
        "homelessness": "rough_sleeping",
        "consent_on": date(2026, 4, 13),
    }
    return register_referral(scheme, by=by, resident=resident, **{**usual, **facts})


def an_accepted_referral(scheme: Scheme, *, by: Staff, name: str = "Rosa Lindqvist") -> Referral:
    """Somebody we have said yes to, and who has no bed yet."""
    referral = a_referral(scheme, by=by, name=name)
    decide_referral(referral, by=by, outcome="accept", reason="fits", decided_on=date(2026, 4, 17))
    referral.refresh_from_db()
    return referral
