"""Who answers for what: one accountable colleague for everything open, and what has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.drafts import keeping
from alongside.duties.models import Duty
from alongside.keywork.operations import book_time
from alongside.kit import clock
from alongside.organisation.models import Membership
from alongside.organisation.operations import end_role
from alongside.overview.queries.accounted import Answered
from alongside.overview.queries.answering import answers_about, unowned_at
from alongside.paperwork.content import offered
from alongside.paperwork.operations import begin_form
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
from alongside.practice.actions import Action
from alongside.rights.operations import declare_relation, end_limit, limit_file
from alongside.signatures.signing import Mark
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.team.operations import answer_delegation, delegate
from alongside.testing.builders import a_booked_review, a_referral
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


def test_a_form_that_somebody_began_and_a_draft_stand_under_whoever_began_them(cast, as_grace):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    nia = a_member_of_staff(cast.mill_house, "Nia Cole", "support_worker")
    form = begin_form(cast.tomasz, by=nia, key="agency-referral", answers={})
    keeping.keep(cast.amina, f"note-{cast.tomasz.pk}", {"text": "qzdraft not yet"})
    plan = open_version(cast.tomasz, by=cast.amina)
    keeping.keep(nia, f"plan-{plan.pk}", {"text": "qzdraft neither"})
    keeping.keep(cast.owen, f"note-{cast.tomasz.pk}", {"text": "qzdraft elsewhere"})
    keeping.keep(cast.amina, f"note-{cast.mill_house.pk}", {"text": "qzdraft of nobody"})

    told = {one.kind: one for one in answers_about(cast.tomasz, viewer=cast.grace)}
    assert (told["Unfinished form"].staff, told["Unfinished form"].says) == (nia, str(form))
    drafts = [o for o in answers_about(cast.tomasz, viewer=cast.grace) if o.kind == "Draft"]
    assert {(one.staff, one.says.split(",")[0]) for one in drafts} == {
        (cast.amina, "A note"), (nia, "A plan"),
    }  # fmt: skip
    text = as_grace.get(reverse("overview:answers", args=[cast.tomasz.pk])).text
    assert "A note, last changed 20 April" in text
    assert "qzdraft" not in text

    end_role(Membership.objects.get(staff=nia), by=cast.grace, until_on=date(2026, 4, 19))
    nobodys = {
        thing.kind: one.to_do
        for one in unowned_at(cast.mill_house, viewer=cast.grace)
        for thing in one.things
    }
    assert nobodys["Draft"] == "Write it anew."
    assert nobodys["Unfinished form"] == "Finish it."


def test_a_draft_named_after_an_interview_stands_under_whoever_began_it(cast, as_grace):
    moved_in = a_referral(cast.mill_house, by=cast.grace)
    rosa = begin_stay(
        cast.mill_house, by=cast.grace, resident=moved_in.resident, bed=cast.beds[2],
        moved_in_on=date(2026, 4, 20),
    )  # fmt: skip
    other = a_referral(cast.mill_house, by=cast.grace, name="Ines Moreau")
    for one in (moved_in, other):
        keeping.keep(cast.amina, f"interview-{one.pk}", {"text": "qzdraft asked"})
    drafts = [o for o in answers_about(rosa, viewer=cast.grace) if o.kind == "Draft"]
    assert [(one.staff, one.says.split(",")[0]) for one in drafts] == [(cast.amina, "An interview")]
    text = as_grace.get(reverse("overview:answers", args=[rosa.pk])).text
    assert "An interview, last changed 20 April" in text
    assert "qzdraft" not in text
    assert not [o for o in answers_about(cast.tomasz, viewer=cast.grace) if o.kind == "Draft"]


def test_whoever_does_not_read_restricted_forms_does_not_hear_of_one(cast, monkeypatch):
    form = begin_form(cast.tomasz, by=cast.grace, key="agency-referral", answers={})
    may = type(cast.amina).may
    monkeypatch.setattr(
        type(cast.amina), "may",
        lambda self, action, about: action != Action.READ_RESTRICTED and may(self, action, about),
    )  # fmt: skip
    closed = [replace(one, restricted=True) for one in offered(cast.mill_house.pack)]
    monkeypatch.setattr("alongside.overview.queries.begun.offered", lambda _: closed)
    seen = [one.says for one in answers_about(cast.tomasz, viewer=cast.amina)]
    assert str(form) not in seen
    assert str(form) in [one.says for one in answers_about(cast.tomasz, viewer=cast.grace)]


def test_what_is_more_than_one_part_holds_is_said_and_found_in_the_next(
    cast, as_grace, monkeypatch
):
    monkeypatch.setattr("alongside.overview.queries.answering.MOST", 3)
    for number in range(7):
        add_action(
            cast.tomasz, by=cast.grace, text=f"Thing {number}", who="resident", when_on=FRIDAY
        )
    found: set[str] = set()
    page = reverse("overview:unowned", args=["mill-house"])
    for part in (1, 2, 3):
        shown = as_grace.get(f"{page}?part={part}")
        things = [thing for one in shown.context["rows"] for thing in one.things]
        found |= {thing.says for thing in things if thing.kind == "Action"}
        assert ("?part=" + str(part + 1) in shown.text) is (part < 3)
        assert "A part holds the first" in shown.text
    assert found == {f"Thing {number}" for number in range(7)}
    assert "This is part 3" in shown.text
    for junk in ("0", "-1", "x", "٣", "9999", "1;2"):
        assert as_grace.get(page, {"part": junk}).status_code == 200
    answers = reverse("overview:answers", args=[cast.tomasz.pk])
    assert "the next part" in as_grace.get(answers).text
    assert as_grace.get(reverse("overview:answers-paper", args=[cast.tomasz.pk])).status_code == 200


def test_many_drafts_cost_no_more_questions(cast, as_grace):
    page = reverse("overview:answers", args=[cast.tomasz.pk])
    plan = open_version(cast.tomasz, by=cast.amina)
    keeping.keep(cast.amina, f"plan-{plan.pk}", {})
    as_grace.get(page)
    with CaptureQueriesContext(connection) as few:
        as_grace.get(page)
    for number in range(20):
        keeping.keep(cast.amina, f"correct-{uuid4()}-{number}", {})
        keeping.keep(cast.amina, f"note-{cast.tomasz.pk}-{number}", {})
    with CaptureQueriesContext(connection) as many:
        as_grace.get(page)
    assert len(many) == len(few) <= 12


def test_a_key_worker_who_says_he_is_her_cousin_leaves_nothing_of_his_with_nobody(cast, client):
    a_plan_in_force(cast, cast.tomasz)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    Duty.objects.filter(stay=cast.tomasz).update(owed_by=cast.amina)
    client.force_login(cast.grace)
    page = reverse("overview:unowned", args=["mill-house"])
    assert "may not open this file" not in client.get(page).text

    close = declare_relation(cast.tomasz, by=cast.amina, because="He is my cousin.")

    told = client.get(page).text
    assert "Amina Yusuf, key worker, may not open this file" in told
    assert "Name another key worker" in told
    mine = Duty.objects.outstanding(cast.mill_house.today()).filter(stay=cast.tomasz)
    rows = unowned_at(cast.mill_house, viewer=cast.grace)
    listed = {one.says for row in rows for one in row.things}
    assert mine.exists()
    assert {"Save for a deposit", *(one.says for one in mine)} <= listed
    today = client.get(reverse("today:today")).text
    assert "Whose key worker may not open their file" in today
    assert page in today

    end_limit(cast.tomasz, by=cast.grace, limit=close, because="Another of that name.")
    assert "may not open their file" not in client.get(reverse("today:today")).text
    assert "may not open this file" not in client.get(page).text


def test_a_list_made_without_the_key_worker_is_seen_by_whoever_names_another(cast, client):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    client.force_login(cast.grace)

    limit_file(cast.tomasz, by=cast.grace, kind="only", staff=[cast.grace], because="Known.")
    assert "may not open their file" in client.get(reverse("today:today")).text

    limit_file(cast.tomasz, by=cast.grace, kind="only", staff=[cast.amina], because="Hers, too.")
    assert "may not open their file" not in client.get(reverse("today:today")).text
