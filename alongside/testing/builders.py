"""Builders for tests: every record is made by the operation that makes it in life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.accommodation.models import Bed
from alongside.assessments.models import Assessment
from alongside.assessments.operations import Said, complete_assessment, save_answers
from alongside.audit.actors import Actor
from alongside.organisation.models import Scheme, Staff
from alongside.referrals.models import Referral
from alongside.referrals.operations import decide_referral, register_referral
from alongside.residents.models import Resident
from alongside.residents.operations import amend_resident
from alongside.reviews.models import Review
from alongside.reviews.operations import (
    complete_review,
    hold_review,
    set_up_review,
    sign_review_as_resident,
    sign_review_as_worker,
    write_outcome,
)
from alongside.signatures.signing import Mark
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
    scheme: Scheme, *, by: Actor, name: str = "Rosa Lindqvist", **facts: Any
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


def an_accepted_referral(scheme: Scheme, *, by: Actor, name: str = "Rosa Lindqvist") -> Referral:
    """Somebody we have said yes to, and who has no bed yet."""
    referral = a_referral(scheme, by=by, name=name)
    decide_referral(referral, by=by, outcome="accept", reason="fits", decided_on=date(2026, 4, 17))
    referral.refresh_from_db()
    return referral


def a_booked_review(
    stay: Stay, *, by: Staff, kind: str = "case", planned_on: date = date(2026, 4, 20), **more: Any
) -> Review:
    """A review that is set up and still to be held; the person who sets it up leads it."""
    return set_up_review(stay, by=by, kind=kind, planned_on=planned_on, **{"led_by": by, **more})


def a_held_review(review: Review, *, by: Staff, without_them: str = "") -> Review:
    """Hold a booked review on its day, with everybody there, or without the resident."""
    came = {
        one.pk: "absent" if without_them and one.kind == "resident" else "came"
        for one in review.invitations.all()
    }
    return hold_review(
        review, by=by, held_on=review.planned_on, attendance=came, absence_reason=without_them
    )


def a_completed_review(review: Review, *, by: Staff, view: str = "It went well.") -> Review:
    """Hold a booked review, write down what came of it, sign where it is asked, complete it."""
    held = a_held_review(review, by=by)
    write_outcome(held, by=by, view_words=view, summary="We go on as we are.")
    if held.type.signed_by:
        paper = Mark(method="paper", witness="Grace Okafor")
        sign_review_as_resident(held, by=by, mark=paper)
        sign_review_as_worker(held, by=by, mark=paper)
    return complete_review(held, by=by)
