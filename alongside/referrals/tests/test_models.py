"""What the database itself refuses about referrals, decisions and offers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from alongside.accommodation.models import Fault
from alongside.referrals.models import Decision, Offer, Referral, RuleOverride
from alongside.testing.builders import a_referral

TODAY = date(2026, 4, 20)


@pytest.fixture
def rosa(mill_house, amina):
    return a_referral(mill_house, by=amina)


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent_on": None, "no_consent_because": ""},
        {"consent_on": TODAY, "no_consent_because": "Asleep"},
        {"screened_on": TODAY},
        {"state": "moved_in"},
    ],
)
def test_the_database_refuses_a_referral_that_contradicts_itself(rosa, wrong):
    with pytest.raises(IntegrityError):
        Referral.objects.filter(pk=rosa.pk).update(**wrong)


def test_the_database_refuses_a_stay_on_a_referral_that_did_not_lead_to_one(rosa, tomasz):
    with pytest.raises(IntegrityError):
        Referral.objects.filter(pk=rosa.pk).update(stay=tomasz)


def test_the_database_refuses_a_second_open_referral_of_one_person(rosa, mill_house):
    with pytest.raises(IntegrityError):
        Referral.objects.create(
            scheme=mill_house,
            resident=rosa.resident,
            received_on=TODAY,
            consent_on=TODAY,
            state_since=TODAY,
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"communicated_on": date(2026, 4, 19)},
        {"communicated_on": None, "communicated_how": "By phone"},
    ],
)
def test_the_database_refuses_a_decision_told_before_it_is_made(rosa, wrong):
    with pytest.raises(IntegrityError):
        Decision.objects.create(
            referral=rosa, outcome="accept", reason="fits", decided_on=TODAY, **wrong
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kept_until": date(2026, 4, 19)},
        {"ended_on": TODAY},
        {"ended_because": "refused"},
    ],
)
def test_the_database_refuses_an_offer_that_contradicts_itself(rosa, beds, wrong):
    fine = {"referral": rosa, "bed": beds[1], "offered_on": TODAY, "kept_until": TODAY}
    with pytest.raises(IntegrityError):
        Offer.objects.create(**{**fine, **wrong})


def test_the_database_keeps_a_bed_for_one_person(rosa, mill_house, amina, beds):
    fine = {"bed": beds[1], "offered_on": TODAY, "kept_until": TODAY}
    Offer.objects.create(referral=rosa, **fine)

    with pytest.raises(IntegrityError):
        Offer.objects.create(referral=a_referral(mill_house, by=amina, name="Bo Li"), **fine)


def test_the_database_keeps_one_open_offer_for_each_person(rosa, beds):
    fine = {"referral": rosa, "offered_on": TODAY, "kept_until": TODAY}
    Offer.objects.create(bed=beds[1], **fine)

    with pytest.raises(IntegrityError):
        Offer.objects.create(bed=beds[2], **fine)


def test_the_database_sets_a_rule_aside_once(rosa):
    fine = {"referral": rosa, "rule": "age", "rule_said": "Adults", "reason": "other"}
    RuleOverride.objects.create(**fine)

    with pytest.raises(IntegrityError):
        RuleOverride.objects.create(**fine)


@pytest.mark.parametrize("names_somebody", [False, True])
def test_the_database_refuses_a_fault_mended_by_nobody_or_before_it_was_seen(
    beds, grace, names_somebody
):
    wrong = (
        {"mended_on": date(2026, 4, 19), "mended_by": grace}
        if names_somebody
        else {"mended_on": TODAY}
    )
    with pytest.raises(IntegrityError):
        Fault.objects.create(bed=beds[0], kind="heating", words="Cold", seen_on=TODAY, **wrong)
