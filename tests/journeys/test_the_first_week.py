"""The first week: a referral becomes a stay, a key worker is named, and both sign the plan."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from alongside.admissions.models import Admission
from alongside.assessments.models import Assessment
from alongside.organisation.models import Staff
from alongside.organisation.operations import set_signing_pin
from alongside.plans.models import Plan
from alongside.referrals.models import Referral
from alongside.stays.models import Stay
from alongside.testing.cast import Cast
from tests.journeys.browser import axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    draws_a_signature,
    fills_in,
    follows,
    goes_to,
    is_at,
    is_told,
    main,
    presses,
    sees,
    ticks,
)

pytestmark = pytest.mark.browser


@pytest.mark.req("S1-02")
def test_a_referral_becomes_a_stay_and_a_key_worker_is_named(cast: Cast, at_work: AtWork) -> None:
    page = at_work(cast.grace)
    referral = when_grace_writes_down_a_referral(page)
    and_she_and_amina_hold_the_interview(page, referral, cast.amina)
    and_a_bed_is_kept(page, referral)

    stay = when_rosa_is_admitted(page, referral)

    assert stay.bed == cast.beds[1]
    then_amina_is_her_key_worker(page, stay)


def test_the_induction_is_gone_through_and_signed_by_both(cast: Cast, at_work: AtWork) -> None:
    page = at_work(cast.amina)
    when_amina_goes_through_the_induction(page, cast.tomasz)
    and_both_sign(page)

    is_at(page, "admissions:induction", cast.tomasz.pk)
    is_told(page, "The induction is signed.")
    axe(page)


def test_assessment_and_plan_are_made_together_and_signed_by_both(
    cast: Cast, at_work: AtWork
) -> None:
    set_signing_pin(cast.amina, by=cast.amina, pin="8264")
    page = at_work(cast.amina)
    when_they_assess_together(page, cast.tomasz)
    plan = and_they_write_the_plan(page, cast.tomasz)

    when_tomasz_draws_his_signature(page, plan)
    and_amina_signs_with_her_pin(page, plan, pin="8264")

    plan.refresh_from_db()
    assert plan.in_force_at
    goes_to(page, "plans:plan", cast.tomasz.pk)
    sees(page, "In force", "Ring the surgery on Thursday")
    axe(page)


def when_grace_writes_down_a_referral(page: Page) -> Referral:
    goes_to(page, "referrals:take-referral", "mill-house")
    axe(page)
    fills_in(
        page,
        given_name="Rosa",
        family_name="Lindqvist",
        born_on="1994-02-11",
        referrer_agency="Northside Outreach",
        last_slept="The bus station",
        reason="A room where she can close the door.",
        consent_on="2026-04-20",
    )
    chooses(page, route="An agency", homelessness="Sleeping rough")
    presses(page, "Save the referral")
    is_told(page, "The referral is written down.")
    referral = Referral.objects.get(resident__family_name="Lindqvist")
    is_at(page, "referrals:referral", referral.pk)
    axe(page)
    return referral


def and_she_and_amina_hold_the_interview(page: Page, referral: Referral, amina: Staff) -> None:
    follows(page, "Hold the interview")
    is_at(page, "referrals:hold-interview", referral.pk)
    ticks(page, amina.name)
    for question in ("explained", "stages_explained"):
        chooses(page, **{question: "Yes"})
    fills_in(
        page,
        where_now="The bus station. No.",
        wanted="A door that locks, and then my papers.",
        view="Yes. She should meet her key worker on the first day.",
    )
    presses(page, "Save the interview")
    is_at(page, "referrals:referral", referral.pk)
    follows(page, "Decide")
    is_at(page, "referrals:decide-referral", referral.pk)
    chooses(page, outcome="Accept", reason="Their needs fit what we offer")
    fills_in(page, communicated_on="2026-04-20", communicated_how="By phone")
    presses(page, "Save the decision")
    is_at(page, "referrals:referral", referral.pk)


def and_a_bed_is_kept(page: Page, referral: Referral) -> None:
    follows(page, "Offer a bed")
    is_at(page, "referrals:offer-bed", referral.pk)
    chooses(page, bed="1B")
    presses(page, "Keep this bed for them")
    is_at(page, "referrals:referral", referral.pk)
    follows(page, "They said yes")
    is_at(page, "referrals:accept-offer", referral.pk)
    presses(page, "Save")
    is_at(page, "referrals:referral", referral.pk)
    axe(page)


def when_rosa_is_admitted(page: Page, referral: Referral) -> Stay:
    goes_to(page, "admissions:arrivals", "mill-house")
    axe(page)
    follows(page, "Begin the admission of Rosa Lindqvist")
    presses(page, "Begin")
    found = Admission.objects.get(resident=referral.resident)
    is_at(page, "admissions:admission", found.pk)
    follows(page, "Safety and allergies")
    fills_in(page, risk="Nothing known.", allergies="None known")
    chooses(page, safe_tonight="Yes")
    presses(page, "Keep and go on")
    is_at(page, "admissions:step", found.pk, "arrival")
    presses(page, "Keep and go on")
    is_at(page, "admissions:step", found.pk, "key-worker")
    chooses(page, worker="Amina Yusuf")
    presses(page, "Keep and go on")
    is_at(page, "admissions:step", found.pk, "contacts")
    fills_in(page, name="Elsa Lindqvist", relation="sister", phone="01632 960114")
    presses(page, "Keep and go on")
    is_at(page, "admissions:step", found.pk, "more")
    presses(page, "Keep and go on")
    is_at(page, "admissions:step", found.pk, "texts")
    ticks(page, "Conditions of stay")
    presses(page, "Keep and go on")
    is_at(page, "admissions:admission", found.pk)
    axe(page)
    presses(page, "Finish the admission")
    stay = Stay.objects.get(resident=referral.resident)
    is_at(page, "admissions:induction", stay.pk)
    return stay


def then_amina_is_her_key_worker(page: Page, stay: Stay) -> None:
    goes_to(page, "allocations:allocation", stay.pk)
    sees(page, "Amina Yusuf")
    axe(page)
    goes_to(page, "casefile:casefile", stay.pk)
    sees(page, "Rosa Lindqvist")
    axe(page)


def when_amina_goes_through_the_induction(page: Page, stay: Stay) -> None:
    goes_to(page, "admissions:induction", stay.pk)
    axe(page)
    for box in main(page).get_by_role("checkbox").all():
        box.check()
    fills_in(page, team="Amina Yusuf")
    presses(page, "Keep")
    is_at(page, "admissions:induction", stay.pk)
    follows(page, "It was held")
    is_at(page, "admissions:hold-induction", stay.pk)
    ticks(page, "Amina Yusuf", "All of it")
    chooses(page, late_because="Not well enough")
    presses(page, "Record it")
    is_at(page, "admissions:induction", stay.pk)


def and_both_sign(page: Page) -> None:
    follows(page, "Tomasz signs")
    draws_a_signature(page)
    presses(page, "Sign")
    sees(page, "Signature of Amina Yusuf")
    draws_a_signature(page)
    presses(page, "Sign")


def when_they_assess_together(page: Page, stay: Stay) -> None:
    goes_to(page, "assessments:progress", stay.pk)
    axe(page)
    follows(page, "Make the first assessment")
    is_at(page, "assessments:start-assessment", stay.pk)
    presses(page, "Begin")
    begun = Assessment.objects.get(stay=stay)
    is_at(page, "assessments:answer", begun.pk)
    axe(page)
    items = begun.framework.items
    for item in items:
        page.locator(f"input[name='answer-{item.key}'][value='no_need']").check()
    level = begun.framework.steps[1]
    page.locator(f"input[name='answer-{items[0].key}'][value='{level.key}']").check()
    page.locator("[name=strengths]").fill("Cooks for everybody.")
    presses(page, "Save and see what it comes to")
    is_at(page, "assessments:complete", begun.pk)
    presses(page, "Complete the assessment")
    is_at(page, "assessments:progress", stay.pk)
    axe(page)


def and_they_write_the_plan(page: Page, stay: Stay) -> Plan:
    goes_to(page, "plans:plan", stay.pk)
    axe(page)
    presses(page, "Make the first plan")
    plan = Plan.objects.get(stay=stay)
    is_at(page, "plans:version", plan.pk)
    follows(page, "Write")
    is_at(page, "plans:write", plan.pk)
    fills_in(page, voice_wants="My own place, and to keep it.", took_part="Tomasz and Amina")
    presses(page, "Save")
    is_at(page, "plans:version", plan.pk)
    follows(page, "Add a goal")
    is_at(page, "plans:add-goal", plan.pk)
    fills_in(page, words="Sleep through the night", outcome="Rested", strength="He asks for help")
    chooses(page, whose_idea="Their own")
    presses(page, "Save")
    is_at(page, "plans:version", plan.pk)
    follows(page, "Add an action for Sleep through the night")
    fills_in(page, text="Ring the surgery on Thursday", when_on="2026-04-23")
    presses(page, "Save")
    is_at(page, "plans:version", plan.pk)
    axe(page)
    return plan


def when_tomasz_draws_his_signature(page: Page, plan: Plan) -> None:
    follows(page, "Tomasz signs")
    is_at(page, "plans:sign", plan.pk, "resident")
    axe(page)
    draws_a_signature(page)
    presses(page, "Sign")


def and_amina_signs_with_her_pin(page: Page, plan: Plan, *, pin: str) -> None:
    is_at(page, "plans:version", plan.pk)
    follows(page, "Sign as the worker")
    is_at(page, "plans:sign", plan.pk, "worker")
    fills_in(page, pin=pin)
    presses(page, "Sign")
    is_at(page, "plans:version", plan.pk)
    is_told(page, "Signed.")
