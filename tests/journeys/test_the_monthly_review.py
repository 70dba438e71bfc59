"""The monthly review: set up, held, written down, signed by both and completed."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from alongside.allocations.operations import allocate
from alongside.keywork.operations import write_report
from alongside.plans.operations import answer_proposal, propose_action, report_action
from alongside.reviews.models import Decision, Review
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
REPORTED = "Ring the college"


@pytest.mark.req("S1-27")
def test_the_month_is_looked_at_together_and_signed(cast: Cast, at_work: AtWork) -> None:
    given_a_month_with_a_report(cast)
    page = at_work(cast.amina)
    when_amina_compares_what_he_said_with_the_evidence(page, cast.tomasz)
    review = and_sets_the_review_up(page, cast.tomasz)
    and_holds_it_with_everybody_there(page, review)
    and_writes_down_what_came_of_it(page, review)
    and_something_is_decided(page, review)
    and_both_sign(page, review)

    follows(page, "Complete the review")
    presses(page, "Complete the review")
    is_at(page, "reviews:review", review.pk)
    is_told(page, "The review is completed.")
    axe(page)
    then_the_decision_is_in_his_plan(page, cast.tomasz)


def given_a_month_with_a_report(cast: Cast) -> None:
    stay, amina = cast.tomasz, cast.amina
    for role in ("key_worker", "coordinator"):
        allocate(stay, by=cast.grace, worker=amina, role=role, from_on=date(2026, 3, 2))
    action = propose_action(stay, by=amina, text=REPORTED)
    answer_proposal(action, by=amina, answer="accept")
    action.refresh_from_db()
    report_action(action, by=amina, words="I did it on Tuesday.")
    write_report(
        stay, by=amina, headings={"progress": "Well.", "assessment": "Steady.", "risks": "None."}
    )


def when_amina_compares_what_he_said_with_the_evidence(page: Page, stay: Stay) -> None:
    goes_to(page, "stages:reconcile", stay.pk)
    sees(page, REPORTED)
    axe(page)
    presses(page, "Matches the evidence")
    is_at(page, "stages:reconcile", stay.pk)


def and_sets_the_review_up(page: Page, stay: Stay) -> Review:
    goes_to(page, "reviews:reviews", stay.pk)
    axe(page)
    follows(page, "Set it up : Monthly review")
    is_at(page, "reviews:set-up", stay.pk)
    axe(page)
    fills_in(page, planned_on="2026-04-20", place="The quiet room")
    presses(page, "Set up the review")
    review = Review.objects.get(stay=stay)
    is_at(page, "reviews:review", review.pk)
    axe(page)
    follows(page, "Add to the agenda")
    fills_in(page, words="A room with a window")
    ticks(page, "Tomasz brings this")
    presses(page, "Add")
    is_at(page, "reviews:review", review.pk)
    return review


def and_holds_it_with_everybody_there(page: Page, review: Review) -> None:
    follows(page, "Record that it was held")
    is_at(page, "reviews:hold", review.pk)
    axe(page)
    for came in main(page).get_by_label("Came", exact=True).all():
        came.check()
    presses(page, "Save")
    is_at(page, "reviews:review", review.pk)


def and_writes_down_what_came_of_it(page: Page, review: Review) -> None:
    follows(page, "Write down what came of it")
    is_at(page, "reviews:outcome", review.pk)
    axe(page)
    fills_in(page, view_words="It was a good month.", summary="We go on as we are.")
    presses(page, "Save")
    is_at(page, "reviews:review", review.pk)
    sees(page, "It was a good month.")


def and_something_is_decided(page: Page, review: Review) -> None:
    follows(page, "Add a decision")
    is_at(page, "reviews:decide", review.pk)
    fills_in(page, words="Look at the room on the second floor", due_on="2026-04-30")
    chooses(page, who="They themselves")
    presses(page, "Add the decision")
    is_at(page, "reviews:review", review.pk)
    assert Decision.objects.get().words == "Look at the room on the second floor"


def and_both_sign(page: Page, review: Review) -> None:
    for signer in ("Tomasz signs", "Sign for the service"):
        follows(page, signer)
        axe(page)
        draws_a_signature(page)
        presses(page, "Sign")
        is_at(page, "reviews:review", review.pk)


def then_the_decision_is_in_his_plan(page: Page, stay: Stay) -> None:
    goes_to(page, "plans:plan", stay.pk)
    sees(page, "Look at the room on the second floor")
    axe(page)
