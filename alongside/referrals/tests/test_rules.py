"""Who a house is for: the rule in words, another house that fits, a manager's reason."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.kit.refusal import NotPermitted, Refused
from alongside.referrals.models import Decision, Outcome, State
from alongside.referrals.operations import (
    communicate_decision,
    decide_referral,
    offer_bed,
    redirect_referral,
    screen_referral,
)
from alongside.referrals.queries import fitting_schemes, open_rules
from alongside.referrals.rules import age_on
from alongside.referrals.story import events, journey, story_of
from alongside.testing.builders import a_referral
from alongside.testing.cast import SETTING_UP, a_member_of_staff

TODAY = date(2026, 4, 20)


@pytest.fixture
def wanda(willow_house):
    return a_member_of_staff(willow_house, "Wanda Ames", "manager")


@pytest.fixture
def dina(willow_house):
    return a_member_of_staff(willow_house, "Dina Roth", "project_worker")


@pytest.fixture
def peter(willow_house, wanda):
    return a_referral(willow_house, by=wanda, name="Peter Vance", gender="Man")


def accept(referral, by, **more):
    return decide_referral(
        referral, by=by, outcome="accept", reason="fits", decided_on=TODAY, **more
    )


@pytest.mark.req("S0-13")
def test_a_man_referred_to_the_house_for_women_is_flagged_with_the_rule(peter):
    (rule,) = open_rules(peter)

    assert rule.says == "This house is for women."
    assert rule.found == "Peter’s gender is on file as “Man”."


@pytest.mark.req("S0-13")
def test_another_house_is_offered_and_takes_the_referral(peter, mill_house, wanda):
    assert mill_house in fitting_schemes(peter)

    sent = redirect_referral(peter, by=wanda, to=mill_house, on=TODAY, reason="outside_rules")

    peter.refresh_from_db()
    assert peter.state == State.REDIRECTED
    assert (sent.scheme, sent.resident, sent.received_on) == (mill_house, peter.resident, TODAY)
    assert sent.referrer_agency == "Northside Outreach"
    assert sent.redirected_from == peter


@pytest.mark.req("S0-13")
def test_only_a_manager_sets_the_rule_aside_and_only_with_a_reason(peter, wanda, dina):
    with pytest.raises(NotPermitted, match="This house is for women"):
        accept(peter, dina, override_reason="only_safe_place")
    with pytest.raises(Refused, match="Say why you take them in") as refusal:
        accept(peter, wanda)
    assert refusal.value.field == "override_reason"
    with pytest.raises(Refused, match="needs a few words"):
        accept(peter, wanda, override_reason="other")

    accept(peter, wanda, override_reason="only_safe_place")

    override = peter.ruleoverrides.get()
    assert (override.recorded_by, override.rule) == (wanda, "women_only")
    assert not open_rules(peter)


@pytest.mark.req("S0-13")
@pytest.mark.parametrize("stated", ["Woman", "female", "Trans woman", "F"])
def test_the_gender_a_person_states_is_the_one_that_counts(willow_house, wanda, stated):
    assert not open_rules(a_referral(willow_house, by=wanda, gender=stated))


def test_a_gender_nobody_asked_for_is_a_question_and_not_a_pass(willow_house, wanda):
    (rule,) = open_rules(a_referral(willow_house, by=wanda))

    assert "has not said" in rule.found


@pytest.mark.req("S0-09")
def test_somebody_who_is_not_homeless_is_flagged(mill_house, amina):
    settled = a_referral(mill_house, by=amina, homelessness="not_homeless")

    assert [rule.key for rule in open_rules(settled)] == ["homeless"]


def test_somebody_of_seventeen_is_flagged_until_the_birthday(mill_house, amina):
    young = a_referral(mill_house, by=amina, born_on=date(2008, 4, 21))
    grown = a_referral(mill_house, by=amina, name="Jo Li", born_on=date(2008, 4, 20))

    assert [rule.key for rule in open_rules(young)] == ["age"]
    assert not open_rules(grown)
    assert age_on(date(2026, 2, 28), date(2008, 2, 29)) == 17


def test_a_rule_broken_after_the_decision_stops_the_offer(mill_house, grace, beds):
    rosa = a_referral(mill_house, by=grace)
    accept(rosa, grace)
    type(rosa).objects.filter(pk=rosa.pk).update(homelessness="not_homeless")

    with pytest.raises(Refused, match="no home"):
        offer_bed(rosa, by=grace, bed=beds[1])


def test_a_referral_is_not_sent_to_a_house_it_does_not_fit(rosa, grace, willow_house):
    with pytest.raises(Refused, match="cannot take this referral either"):
        redirect_referral(rosa, by=grace, to=willow_house, on=TODAY, reason="no_bed")


def test_a_decision_needs_a_reason_of_the_pack_and_its_words(rosa, bilal):
    with pytest.raises(Refused, match="not on the list"):
        decide_referral(rosa, by=bilal, outcome="accept", reason="mood", decided_on=TODAY)
    with pytest.raises(Refused, match="needs a few words"):
        decide_referral(rosa, by=bilal, outcome="decline", reason="other", decided_on=TODAY)
    with pytest.raises(Refused, match="has not come yet"):
        decide_referral(
            rosa, by=bilal, outcome="accept", reason="fits", decided_on=date(2026, 4, 21)
        )
    with pytest.raises(Refused, match="after that day"):
        decide_referral(
            rosa, by=bilal, outcome="accept", reason="fits", decided_on=date(2026, 4, 12)
        )


@pytest.mark.req("S0-27")
@pytest.mark.parametrize(
    ("outcome", "reason", "state"),
    [
        (Outcome.ACCEPT, "fits", State.ACCEPTED),
        (Outcome.WAITING_LIST, "no_bed", State.WAITING),
        (Outcome.DECLINE, "needs_too_low", State.DECLINED),
        (Outcome.WITHDRAW, "changed_mind", State.WITHDRAWN),
        (Outcome.DID_NOT_ATTEND, "interview", State.DID_NOT_ATTEND),
    ],
)
def test_each_decision_leads_to_its_place(rosa, bilal, outcome, reason, state):
    decide_referral(rosa, by=bilal, outcome=outcome, reason=reason, decided_on=TODAY)

    rosa.refresh_from_db()
    assert (rosa.state, rosa.state_since) == (state, TODAY)


def test_deciding_again_keeps_both_decisions(rosa, bilal, grace):
    decide_referral(rosa, by=bilal, outcome="decline", reason="risk", decided_on=TODAY)
    rosa.refresh_from_db()
    accept(rosa, grace)

    assert [one.recorded_by for one in Decision.objects.order_by("recorded_at", "pk")] == [
        bilal,
        grace,
    ]
    with pytest.raises(Refused, match="stands already"):
        accept(rosa, grace)


@pytest.mark.req("S0-18", "S0-27")
def test_the_way_of_a_referral_shows_every_step_with_its_day(rosa, bilal):
    screen_referral(rosa, by=bilal, on=date(2026, 4, 14))
    accept(rosa, bilal)
    communicate_decision(rosa, by=bilal, communicated_on=TODAY, communicated_how="By phone")
    rosa.refresh_from_db()

    told = story_of(rosa)

    assert [(step.says, step.on) for step in journey(told)] == [
        ("Referred", date(2026, 4, 13)),
        ("Screened", date(2026, 4, 14)),
        ("Interviewed", None),
        ("Decided", TODAY),
        ("Told", TODAY),
        ("Bed offered", None),
        ("Moved in", None),
        ("Moved on", None),
    ]
    assert [one.says for one in events(told)][-1] == "Referral received from Northside Outreach"
    with pytest.raises(Refused, match="They were told on 20 April 2026"):
        communicate_decision(rosa, by=bilal, communicated_on=TODAY)


def test_nobody_is_told_before_it_is_decided(rosa, bilal):
    with pytest.raises(Refused, match="Nothing has been decided"):
        communicate_decision(rosa, by=bilal, communicated_on=TODAY)
    with pytest.raises(Refused, match="before it is decided"):
        accept(rosa, bilal, communicated_on=date(2026, 4, 19))


def test_what_comes_from_older_records_is_taken_as_it_was(mill_house):
    old = a_referral(mill_house, by=SETTING_UP, received_on=date(2025, 2, 3))

    accept(old, SETTING_UP)

    assert old.decisions.get().by_name == "Brought in from older records"


@pytest.mark.req("S0-18")
def test_whoever_tells_a_refusal_reads_what_was_decided_and_whom_to_reach(rosa, grace, client):
    decide_referral(rosa, by=grace, outcome="decline", reason="outside_rules", decided_on=TODAY)
    client.force_login(grace)

    page = client.get(f"/referrals/{rosa.pk}/tell/").text

    assert "Decided: decline (Outside who this service is for)." in page
    assert "Referred by Northside Outreach" in page
    client.post(f"/referrals/{rosa.pk}/tell/", {"communicated_on": TODAY, "communicated_how": ""})
    rosa.refresh_from_db()
    told = story_of(rosa)
    assert journey(told)[-1].says == "Told", "what will not come is not said to be ahead"
    assert "Decided: decline" in [one.says for one in events(told)]
