"""Reports on progress, and the information collated before a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.assessments.operations import Said, start_assessment
from alongside.duties.models import Duty
from alongside.keywork.operations import write_note
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.plans.operations import (
    add_goal,
    open_version,
    reach_outcome,
    record_goal_result,
    report_action,
    verify_action,
    write_action,
)
from alongside.reviews.models import InformationPack
from alongside.reviews.operations import collate_pack, edit_pack, make_pack_ready, set_up_review
from alongside.reviews.queries.progress_report import aggregate, people_between, progress_of
from alongside.testing.builders import (
    a_booked_review,
    a_completed_review,
    an_assessment,
)
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)
MARCH = date(2026, 3, 1)


@pytest.fixture
def come_along(cast: Cast) -> Cast:
    """Tomasz reached a goal, an outcome and a better score, and a review was held."""
    plan = open_version(cast.tomasz, by=cast.amina)
    goal = add_goal(plan, by=cast.amina, words="Save for a deposit", whose_idea="resident")
    action = write_action(plan, by=cast.amina, goal=goal, text="Open an account", when_on=TODAY)
    report_action(action, by=cast.tomasz.resident)
    verify_action(action, by=cast.amina)
    reach_outcome(action, by=cast.amina, words="Saves ten pounds a week")
    record_goal_result(plan, by=cast.amina, goal=goal, result="achieved", comment="I did it.")
    scale = next(iter(cast.mill_house.pack.frameworks)).scale
    for day, level in ((date(2026, 4, 13), scale[0]), (TODAY, scale[2])):
        begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=day)
        rated = {"1.1": Said(answer="rated", level=level)}
        an_assessment(begun, by=cast.amina, answers=rated)
    review = a_booked_review(cast.tomasz, by=cast.amina, kind="monthly")
    a_completed_review(review, by=cast.amina)
    return cast


@pytest.mark.req("S0-78")
def test_the_report_says_what_became_of_goals_scores_and_outcomes(come_along, client):
    client.force_login(come_along.amina)
    page = reverse("reviews:progress", args=[come_along.tomasz.pk])

    text = client.get(page, {"first": "2026-04-01", "last": "2026-04-20"}).text
    paper = client.get(reverse("reviews:progress-pdf", args=[come_along.tomasz.pk]))

    for words in ("Save for a deposit", "Achieved", "I did it.", "Saves ten pounds a week"):
        assert words in text
    assert paper["Content-Type"] == "application/pdf"


@pytest.mark.req("S0-78")
def test_the_service_adds_its_people_up(come_along, client):
    people = people_between(come_along.mill_house, MARCH, TODAY)
    found = aggregate(progress_of(people, first=MARCH, last=TODAY))
    client.force_login(come_along.grace)

    text = client.get(reverse("reviews:progress-here", args=["mill-house"])).text

    assert (found.reached, found.ended, found.outcomes, found.reviews) == (1, 1, 1, 1)
    assert (found.up, found.same, found.down, found.unscored) == (1, 0, 0, 0)
    assert "1 of 1" in text


def test_a_time_that_ends_before_it_begins_is_told_beside_the_field(come_along, client):
    client.force_login(come_along.amina)
    page = reverse("reviews:progress", args=[come_along.tomasz.pk])

    text = client.get(page, {"first": "2026-04-20", "last": "2026-04-01"}).text

    assert "The last day lies before the first." in text


def test_what_happened_before_the_time_is_not_in_it(come_along):
    later = TODAY + timedelta(days=1)
    report = progress_of([come_along.tomasz], first=later, last=later)[0]
    assert (report.ended, report.actions_done, report.reviews) == (0, 0, [])


@pytest.fixture
def home(db) -> Cast:
    return assemble("childrens-home")


@pytest.fixture
def meeting(home):
    write_note(home.tomasz, by=home.amina, kind="voice", text="I want to see my nan.")
    write_note(home.tomasz, by=home.amina, kind="education", text="Came third in the race.")
    write_note(home.tomasz, by=home.amina, kind="health", text="Kept between two.", restricted=True)
    return set_up_review(
        home.tomasz, by=home.amina, kind="looked-after", planned_on=date(2026, 5, 11),
        led_by=home.amina,
    )  # fmt: skip


@pytest.mark.req("S3-27")
def test_the_information_is_collated_edited_with_a_trace_and_due_before_the_meeting(
    home, meeting, client
):
    client.force_login(home.amina)
    owed = Duty.objects.get(stay=home.tomasz, key="looked-after-information")
    client.post(
        reverse("reviews:collate", args=[meeting.pk]),
        {"from_on": "2026-04-01", "until_on": "2026-04-20"},
    )
    pack = InformationPack.objects.get()
    words = {part["key"]: part["words"] for part in pack.parts}
    page = reverse("reviews:pack", args=[meeting.pk])
    client.post(page, {**words, "note-education": "Third of forty!", "version": pack.version})
    shown = client.get(page).text
    client.post(reverse("reviews:make-ready", args=[meeting.pk]))
    owed_now = Duty.objects.get(pk=owed.pk)

    assert owed.due_on == date(2026, 5, 1)  # five working days; a holiday lies between
    assert "I want to see my nan." in words["voice"]
    assert "Came third in the race." in words["note-education"]
    assert "Kept between two." not in str(pack.parts)
    assert "Third of forty!" in shown
    assert "Came third in the race." in shown  # what stood there before
    assert owed_now.state == "met"


def test_once_it_is_ready_it_is_not_edited(home, meeting):
    pack = collate_pack(meeting, by=home.amina, from_on=MARCH, until_on=TODAY)
    make_pack_ready(pack, by=home.amina)
    with pytest.raises(Refused, match="sent round already"):
        edit_pack(pack, by=home.amina, words={"voice": "Other words"})


def test_two_who_edit_lose_nothing(home, meeting):
    pack = collate_pack(meeting, by=home.amina, from_on=MARCH, until_on=TODAY)
    edit_pack(pack, by=home.grace, words={"voice": "Grace wrote this."}, version=1)
    with pytest.raises(ChangedMeanwhile) as both:
        edit_pack(pack, by=home.amina, words={"voice": "Amina wrote this."}, version=1)
    assert both.value.theirs["voice"] == "Grace wrote this."


def test_a_time_to_come_or_back_to_front_is_refused(home, meeting):
    with pytest.raises(Refused, match="before the first"):
        collate_pack(meeting, by=home.amina, from_on=TODAY, until_on=MARCH)
    with pytest.raises(Refused, match="still to come"):
        collate_pack(meeting, by=home.amina, from_on=MARCH, until_on=date(2026, 5, 1))


@pytest.mark.parametrize(
    "broken", [{"until_on": MARCH - timedelta(days=1)}, {"ready_at": "2026-04-20T12:00Z"}]
)
def test_the_database_refuses_a_pack_that_cannot_be(home, meeting, broken):
    given = {"from_on": MARCH, "until_on": TODAY, **broken}
    with pytest.raises(IntegrityError), transaction.atomic():
        InformationPack(review=meeting, collated_by=home.amina, **given).save(force_insert=True)
