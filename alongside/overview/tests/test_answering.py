"""Who answers for what: one accountable colleague for everything open, and what has none."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty
from alongside.keywork.operations import book_time
from alongside.kit import clock
from alongside.organisation.models import Membership
from alongside.organisation.operations import end_role
from alongside.overview.queries.answering import Answered, answers_about, unowned_at
from alongside.plans.operations import (
    add_action,
    add_goal,
    agree_as_resident,
    agree_as_worker,
    hand_on,
    open_version,
    write_action,
    write_plan,
)
from alongside.signatures.signing import Mark
from alongside.stays.models import Stay
from alongside.team.operations import answer_delegation, delegate
from alongside.testing.builders import a_booked_review
from alongside.testing.cast import Cast, a_member_of_staff

FRIDAY = date(2026, 4, 24)
DRAWN = Mark(strokes="M10 10 L20 20")
pytestmark = pytest.mark.req("S2-10")


@pytest.fixture
def as_grace(client: Client, cast: Cast) -> Client:
    client.force_login(cast.grace)
    return client


def a_plan_in_force(cast: Cast, stay: Stay) -> None:
    plan = open_version(stay, by=cast.amina)
    write_plan(plan, by=cast.amina, voice={"wants": "A place of my own"}, sections={})
    add_goal(plan, by=cast.amina, words="Save for a deposit", whose_idea="resident")
    write_action(plan, by=cast.amina, text="Open an account", when_on=FRIDAY)
    agree_as_resident(plan, by=stay.resident, mark=DRAWN)
    agree_as_worker(plan, by=cast.amina, mark=DRAWN)


def named(cast: Cast, says: str) -> Answered:
    found = answers_about(cast.tomasz, viewer=cast.grace)
    return next(one for one in found if says in one.says)


def test_plan_goal_and_action_are_the_key_workers_to_answer_for(cast):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    a_plan_in_force(cast, cast.tomasz)

    assert named(cast, "Version 1").staff == cast.amina
    assert named(cast, "Save for a deposit").why == "key worker"
    action = named(cast, "Open an account")
    assert action.staff == cast.amina
    assert action.why == "key worker; Tomasz does it"


def test_whoever_hands_an_action_on_still_answers_for_it(cast):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    nia = a_member_of_staff(cast.mill_house, "Nia Cole", "support_worker")
    action = add_action(
        cast.tomasz, by=cast.amina, text="Ring the college", who="staff", staff=cast.amina,
        when_on=FRIDAY,
    )  # fmt: skip
    hand_on(action, by=cast.amina, to=nia, instruction="Ask for Ms Lee.", due_on=FRIDAY)

    told = named(cast, "Ring the college")

    assert told.staff == cast.amina
    assert told.why == "named in the plan; handed on to Nia Cole"


def test_everything_open_has_exactly_one_who_answers_or_says_what_to_do(cast):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    a_plan_in_force(cast, cast.tomasz)
    a_booked_review(cast.tomasz, by=cast.grace)
    at_two = datetime(2026, 4, 22, 14, tzinfo=ZoneInfo("Europe/London"))
    book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=at_two.date(), starts=at_two.time(),
        venue="office",
    )  # fmt: skip

    found = answers_about(cast.tomasz, viewer=cast.grace)

    owed = Duty.objects.filter(stay=cast.tomasz).outstanding(cast.mill_house.today())
    shown = [one for one in found if one.kind == "Owed"]
    assert {one.says for one in shown} == {duty.says for duty in owed}
    assert {one.kind for one in found} >= {"Goal", "Action", "Owed"}
    assert len({one.kind for one in found}) >= 6
    for one in found:
        assert bool(one.staff) is not bool(one.to_do and one.door)


def test_without_a_key_worker_it_stands_first_as_nobodys_and_says_what_to_do(cast, as_grace):
    a_plan_in_force(cast, cast.tomasz)

    found = answers_about(cast.tomasz, viewer=cast.grace)
    text = as_grace.get(reverse("overview:answers", args=[cast.tomasz.pk])).text

    assert found[0].staff is None
    first = text.index("Nobody yet")
    assert first < text.index("Save for a deposit")
    assert "Tomasz has no key worker" in text
    assert "Name a key worker." in text


def test_an_action_of_somebody_who_left_is_nobodys_until_it_names_another(cast):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    nia = a_member_of_staff(cast.mill_house, "Nia Cole", "support_worker")
    add_action(
        cast.tomasz, by=cast.amina, text="Ring the college", who="staff", staff=nia,
        when_on=FRIDAY,
    )  # fmt: skip
    assert named(cast, "Ring the college").staff == nia

    end_role(Membership.objects.get(staff=nia), by=cast.grace, until_on=date(2026, 4, 19))

    told = named(cast, "Ring the college")
    assert told.staff is None
    assert told.why == "Nia Cole no longer works here"
    here = unowned_at(cast.mill_house, viewer=cast.grace)
    assert "Ring the college" in {thing.says for one in here for thing in one.things}


def test_what_the_manager_delegated_she_still_answers_for(cast):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    post = Membership.objects.select_related("staff", "scheme__organisation").get(staff=cast.grace)
    key = next(iter(cast.mill_house.pack.choices("responsibilities").keys()))
    given = delegate(
        post, by=cast.grace, staff=cast.amina, responsibilities=[key], from_at=clock.now()
    )
    answer_delegation(given, by=cast.amina, accept=True)

    told = next(
        one for one in answers_about(cast.tomasz, viewer=cast.grace) if one.kind == "Delegated"
    )

    assert told.staff == cast.grace
    assert told.why == "delegated to Amina Yusuf, and still answers for it"


def test_leaders_see_what_nobody_answers_for_in_one_list_and_others_do_not(cast, client):
    a_plan_in_force(cast, cast.tomasz)
    page = reverse("overview:unowned", args=["mill-house"])
    client.force_login(cast.grace)

    before = client.get(page).text
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    after = client.get(page).text

    assert "Save for a deposit" in before
    assert "Save for a deposit" not in after
    client.force_login(cast.amina)
    assert client.get(page).status_code == 403


def test_it_can_be_printed(cast, as_grace):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)

    paper = as_grace.get(reverse("overview:answers-paper", args=[cast.tomasz.pk]))

    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_pages_ask_few_questions_however_much_is_open(cast, as_grace):
    pages = [
        reverse("overview:answers", args=[cast.tomasz.pk]),
        reverse("overview:unowned", args=["mill-house"]),
    ]
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    as_grace.get(pages[0])  # that she looked is written down once
    few = [_questions(as_grace, page) for page in pages]
    a_plan_in_force(cast, cast.tomasz)
    for number in range(12):
        add_action(cast.tomasz, by=cast.amina, text=f"Step {number}", when_on=FRIDAY)

    many = [_questions(as_grace, page) for page in pages]

    assert many == few
    assert max(many) <= 12


def _questions(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_somebody_from_another_house_finds_none_of_it(cast, client):
    client.force_login(cast.owen)

    for name, key in (
        ("answers", cast.tomasz.pk), ("answers-paper", cast.tomasz.pk), ("unowned", "mill-house"),
    ):  # fmt: skip
        assert client.get(reverse(f"overview:{name}", args=[key])).status_code == 404
