"""Panels, planning meetings and reviews of each practice: what they are for and what they close."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty, State
from alongside.keywork.operations import write_report
from alongside.plans.operations import (
    add_goal,
    agree_as_further,
    agree_as_resident,
    agree_as_worker,
    open_version,
    write_action,
    write_plan,
)
from alongside.plans.tests.conftest import DRAWN
from alongside.reviews import operations
from alongside.reviews.queries.reviews import agenda_of
from alongside.testing.builders import a_booked_review, a_completed_review, a_held_review
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)


def with_a_key_worker(pack: str) -> Cast:
    cast = assemble(pack)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, reason="skills")
    return cast


@pytest.mark.req("S4-14")
def test_the_coordinator_leads_at_a_panel_with_papers_a_decision_and_an_action(client, db):
    cast = with_a_key_worker("coordinated-care")
    panel = a_booked_review(cast.tomasz, by=cast.amina, kind="panel")
    assert panel.led_by == cast.amina
    operations.add_agenda_item(panel, by=cast.amina, words="Paper: the nurse’s letter of March")
    assert "Papers, and who brings them" in {line.words for line in agenda_of(panel)}

    held = a_held_review(panel, by=cast.amina)
    decision = operations.decide(
        held, by=cast.amina, words="Nurse visits weekly", who="staff", staff=cast.amina,
        due_on=TODAY + timedelta(days=7),
    )  # fmt: skip

    assert decision.action
    assert decision.action.staff == cast.amina
    client.force_login(cast.amina)
    page = client.get(reverse("reviews:review", args=[panel.pk])).content.decode()
    assert "Panel or multi-agency health meeting" in page
    assert "Nurse visits weekly" in page


def a_plan_in_force(cast: Cast) -> None:
    plan = open_version(cast.tomasz, by=cast.amina)
    write_plan(plan, by=cast.amina, voice={"wants": "To play in the first team"})
    goal = add_goal(plan, by=cast.amina, words="Train twice a week", whose_idea="resident")
    write_action(plan, by=cast.amina, goal=goal, text="Find a coach", when_on=TODAY)
    agree_as_resident(plan, by=cast.tomasz.resident, mark=DRAWN)
    agree_as_worker(plan, by=cast.amina, mark=DRAWN)
    agree_as_further(plan, by=cast.amina, party="social_worker", mark=DRAWN, name="Hana Wirihana")


@pytest.mark.req("S3-94")
def test_the_placement_plan_is_looked_at_again_and_what_matters_to_them_is_asked(db):
    home = with_a_key_worker("childrens-home")
    a_plan_in_force(home)
    owed = Duty.objects.get(stay=home.tomasz, key="plan-current", state=State.OPEN)
    assert (owed.owed_by, owed.due_on) == (home.amina, TODAY + timedelta(days=28))

    review = a_booked_review(
        home.tomasz, by=home.amina, kind="placement-plan", planned_on=date(2026, 5, 4)
    )
    asked = " ".join(line.words for line in agenda_of(review)).lower()
    assert "what the young person wants to talk about" in asked
    assert "interests" in asked or "matter" in asked
    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False):
        a_completed_review(review, by=home.amina)

    owed.refresh_from_db()
    assert owed.state == State.MET


def test_the_information_for_a_looked_after_review_is_owed_a_week_before_it(db):
    home = with_a_key_worker("childrens-home")
    a_booked_review(
        home.tomasz, by=home.grace, kind="looked-after", planned_on=TODAY + timedelta(days=23)
    )
    owed = Duty.objects.get(stay=home.tomasz, key="looked-after-information", state=State.OPEN)
    assert (owed.owed_by, owed.due_on) == (home.amina, TODAY + timedelta(days=16))

    headings = {
        one.key: "As every week." for one in home.mill_house.pack.choices("report_headings")
    }
    write_report(home.tomasz, by=home.amina, headings=headings)

    owed.refresh_from_db()
    assert owed.state == State.MET
