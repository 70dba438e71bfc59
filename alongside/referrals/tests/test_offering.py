"""A bed is kept for one person until a day, and never for two."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from alongside.accommodation.operations import add_bed
from alongside.kit.refusal import NotPermitted, Refused
from alongside.referrals.models import Offer, OfferEnd, State
from alongside.referrals.operations import (
    accept_offer,
    decide_referral,
    end_offer,
    keep_longer,
    offer_bed,
    record_move_in,
    register_referral,
)
from alongside.referrals.queries import free_beds, reserved_beds
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_referral, a_stay, an_accepted_referral
from alongside.testing.cast import SETTING_UP

TODAY = date(2026, 4, 20)


@pytest.fixture
def one_bed_left(beds, grace):
    """Everybody else is at home: only bed 1D is free."""
    a_stay(beds[1], by=grace, name="Ana Silva")
    a_stay(beds[2], by=grace, name="Jo Marsh")
    return beds[3]


@pytest.mark.req("S0-14")
def test_an_offer_keeps_the_bed_as_long_as_the_pack_says(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)

    offer = offer_bed(rosa, by=grace, bed=beds[1])

    assert offer.kept_until == date(2026, 4, 23)
    assert [kept.bed for kept in reserved_beds(mill_house)] == [beds[1]]
    assert free_beds(mill_house, TODAY) == [beds[2], beds[3]]
    rosa.refresh_from_db()
    assert rosa.state == State.OFFERED


@pytest.mark.req("S0-14")
def test_the_last_bed_is_offered_once(mill_house, bilal, grace, one_bed_left):
    rosa = an_accepted_referral(mill_house, by=grace)
    idris = an_accepted_referral(mill_house, by=grace, name="Idris Bello")
    offer_bed(rosa, by=bilal, bed=one_bed_left)

    with pytest.raises(Refused, match="Everything is taken") as refusal:
        offer_bed(idris, by=grace, bed=one_bed_left)

    assert refusal.value.field == "bed"
    assert Offer.objects.get().referral == rosa


@pytest.mark.req("S0-14")
def test_a_bed_kept_for_somebody_is_not_offered_to_another(mill_house, grace, beds):
    offer_bed(an_accepted_referral(mill_house, by=grace), by=grace, bed=beds[1])
    idris = an_accepted_referral(mill_house, by=grace, name="Idris Bello")

    with pytest.raises(Refused, match="kept for somebody else until 23 April 2026"):
        offer_bed(idris, by=grace, bed=beds[1])


@pytest.mark.req("S0-14")
def test_a_bed_somebody_lives_in_cannot_be_offered(mill_house, grace, beds, tomasz):
    with pytest.raises(Refused, match="Bed 1A is not free"):
        offer_bed(an_accepted_referral(mill_house, by=grace), by=grace, bed=beds[0])


def test_a_bed_of_another_house_cannot_be_offered(cast, grace):
    far = add_bed(cast.quay_street, by=SETTING_UP, name="Q1")

    with pytest.raises(Refused, match="not free here"):
        offer_bed(an_accepted_referral(cast.mill_house, by=grace), by=grace, bed=far)


def test_an_offer_that_ran_out_frees_its_bed(mill_house, grace, one_bed_left):
    rosa = an_accepted_referral(mill_house, by=grace)
    idris = an_accepted_referral(mill_house, by=grace, name="Idris Bello")
    offer_bed(rosa, by=grace, bed=one_bed_left)

    with time_machine.travel("2026-04-24 12:00+01:00", tick=False):
        assert not reserved_beds(mill_house)
        offer_bed(idris, by=grace, bed=one_bed_left)

    rosa.refresh_from_db()
    assert rosa.state == State.ACCEPTED
    assert rosa.offers.get().ended_because == OfferEnd.RAN_OUT


def test_nobody_is_offered_a_bed_before_a_decision(rosa, grace, beds):
    with pytest.raises(Refused, match="Nobody has decided"):
        offer_bed(rosa, by=grace, bed=beds[1])


def test_nobody_is_offered_two_beds(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)
    offer_bed(rosa, by=grace, bed=beds[1])

    with pytest.raises(Refused, match="has been offered bed 1B already"):
        offer_bed(rosa, by=grace, bed=beds[2])


def test_a_bed_is_not_kept_until_yesterday(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)

    with pytest.raises(Refused, match="has passed"):
        offer_bed(rosa, by=grace, bed=beds[1], kept_until=date(2026, 4, 19))


def test_when_they_say_no_the_bed_is_free_and_they_stay_accepted(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)
    offer_bed(rosa, by=grace, bed=beds[1])

    end_offer(rosa, by=grace, because="refused", on=TODAY, words="Too far from work")

    rosa.refresh_from_db()
    assert rosa.state == State.ACCEPTED
    assert beds[1] in free_beds(mill_house, TODAY)


def test_an_offer_is_accepted_and_the_bed_kept_longer(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)
    offer_bed(rosa, by=grace, bed=beds[1])

    accept_offer(rosa, by=grace, on=TODAY)
    offer = keep_longer(rosa, by=grace, kept_until=date(2026, 5, 1))

    assert offer.accepted_on == TODAY
    assert offer.kept_until == date(2026, 5, 1)


def test_without_an_offer_there_is_nothing_to_answer(rosa, grace):
    with pytest.raises(Refused, match="no open offer"):
        accept_offer(rosa, by=grace, on=TODAY)


def test_declining_after_the_offer_frees_the_bed(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)
    offer_bed(rosa, by=grace, bed=beds[1])

    decide_referral(
        rosa, by=grace, outcome="withdraw", reason="housed_elsewhere", decided_on=TODAY,
        words="Her sister has a room",
    )  # fmt: skip

    assert beds[1] in free_beds(mill_house, TODAY)


def test_moving_in_joins_the_referral_to_the_stay(mill_house, grace, beds):
    rosa = an_accepted_referral(mill_house, by=grace)
    offer_bed(rosa, by=grace, bed=beds[1])
    stay = begin_stay(mill_house, by=grace, resident=rosa.resident, bed=beds[1], moved_in_on=TODAY)

    record_move_in(rosa, by=grace, stay=stay)

    rosa.refresh_from_db()
    assert (rosa.state, rosa.stay) == (State.MOVED_IN, stay)
    assert rosa.offers.get().ended_because == OfferEnd.MOVED_IN
    assert {moment.title for moment in stay.moments.filter(kind="referral")} == {
        "Referred by Northside Outreach",
        "Referral decided: accept",
    }


def test_somebody_elses_stay_is_not_joined(mill_house, grace, tomasz):
    with pytest.raises(Refused, match="does not belong"):
        record_move_in(an_accepted_referral(mill_house, by=grace), by=grace, stay=tomasz)


def test_a_key_worker_does_not_offer_beds_and_owen_may_do_nothing(
    mill_house, grace, amina, owen, beds
):
    rosa = an_accepted_referral(mill_house, by=grace)

    for who in (amina, owen):
        with pytest.raises(NotPermitted):
            offer_bed(rosa, by=who, bed=beds[1])


def test_a_referral_still_open_here_is_not_taken_twice(rosa, grace, mill_house):
    with pytest.raises(Refused, match="already an open referral"):
        register_referral(
            mill_house, by=grace, resident=rosa.resident, received_on=TODAY, consent_on=TODAY
        )


def test_a_referral_of_somebody_who_lives_here_is_refused(mill_house, grace, tomasz):
    with pytest.raises(Refused, match="lives here now"):
        register_referral(
            mill_house, by=grace, resident=tomasz.resident, received_on=TODAY, consent_on=TODAY
        )


def test_a_referral_without_consent_says_why(mill_house, grace):
    with pytest.raises(Refused, match="consent") as refusal:
        a_referral(mill_house, by=grace, consent_on=None)

    assert refusal.value.field == "consent_on"
