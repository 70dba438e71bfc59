"""The page of a referral opens at every step of the way, for every role of the house."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest

from alongside.practice.actions import Action
from alongside.referrals.models import Referral, State
from alongside.referrals.operations import (
    accept_offer,
    add_referral_note,
    communicate_decision,
    decide_referral,
    end_offer,
    hold_interview,
    offer_bed,
    record_move_in,
    redirect_referral,
    screen_referral,
)
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_referral, an_accepted_referral
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)
ANSWERS = {"explained": "yes", "where_now": "By the station", "wanted": "A room",
           "substances": "Some", "stages_explained": "yes", "view": "Yes"}  # fmt: skip


REASONS = {"waiting_list": "no_bed", "decline": "needs_too_high", "withdraw": "changed_mind",
           "did_not_attend": "interview"}  # fmt: skip


@pytest.fixture
def every_state(cast, bilal):
    """One referral in each state, each with all that can be written on its way."""
    mill_house, amina, grace, beds = cast.mill_house, cast.amina, cast.grace, cast.beds
    decided = {"waiting": "waiting_list", "declined": "decline", "withdrawn": "withdraw",
               "did_not_attend": "did_not_attend"}  # fmt: skip
    made = {"received": a_referral(mill_house, by=amina, name="Ana One", gender="Man")}
    talked = a_referral(mill_house, by=amina, name="Ana Two", gender="Woman")
    screen_referral(talked, by=amina, on=TODAY)
    add_referral_note(talked, by=amina, happened_on=TODAY, text="She rang.")
    hold_interview(talked, by=bilal, held_on=TODAY, interviewers=[amina, bilal], answers=ANSWERS)
    made["interviewed"] = talked
    for state, outcome in decided.items():
        made[state] = a_referral(mill_house, by=amina, name=f"Bo {state.title()}")
        decide_referral(made[state], by=grace, outcome=outcome, decided_on=TODAY,
                        reason=REASONS[outcome], words="In a word.")  # fmt: skip
    communicate_decision(
        made["declined"], by=amina, communicated_on=TODAY, communicated_how="By phone"
    )
    made["redirected"] = a_referral(mill_house, by=amina, name="Cy Sent", gender="Woman")
    onward = redirect_referral(
        made["redirected"], by=grace, to=cast.quay_street, on=TODAY, reason="fits_better"
    )
    made["accepted"] = an_accepted_referral(mill_house, by=grace, name="Di Ended")
    offer_bed(made["accepted"], by=grace, bed=beds[1])
    end_offer(made["accepted"], by=grace, because="refused", on=TODAY)
    made["offered"] = an_accepted_referral(mill_house, by=grace, name="Di Kept")
    offer_bed(made["offered"], by=grace, bed=beds[2])
    accept_offer(made["offered"], by=grace, on=TODAY)
    made["moved_in"] = moved = an_accepted_referral(mill_house, by=grace, name="Di In")
    stay = begin_stay(mill_house, by=grace, resident=moved.resident, bed=beds[3],
                      moved_in_on=TODAY)  # fmt: skip
    record_move_in(moved, by=grace, stay=stay)
    return {**made, "sent here": onward}


@pytest.mark.slow
def test_a_referral_opens_at_every_step_to_every_role_that_reads_files(
    client, mill_house, every_state
):
    assert {one.state for one in Referral.objects.all()} == {*State}
    for role in mill_house.pack.roles:
        somebody = a_member_of_staff(mill_house, f"Sam {role.key}", role.key)
        client.force_login(somebody)
        reads = Action.READ_FILE in role.may
        for step, referral in every_state.items():
            found = reads and step != "sent here"
            wanted = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
            answer = client.get(f"/referrals/{referral.pk}/")
            assert answer.status_code == wanted, f"{role.key}, {step}"
