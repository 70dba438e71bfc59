"""The pages of plans: shown, refused beside the field, nothing there for Owen, few queries."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.plans import queries
from alongside.plans.models import Plan, WeeklyForm
from alongside.plans.operations import (
    Line,
    add_action,
    agree_as_worker,
    open_version,
    propose_action,
    record_disagreement,
    refuse_plan,
    write_plan,
    write_week,
)
from alongside.plans.tests.conftest import DRAWN
from alongside.signatures.signing import No
from alongside.stages.operations import enter_first_stage

MOST = 12
STROKES = "M10 10 L20 20"


@pytest.fixture
def as_amina(client, amina, key_worker):
    client.force_login(amina)
    return client


def test_the_plan_page_shows_what_holds_and_what_is_going_on(as_amina, in_force, tomasz) -> None:
    answer = as_amina.get(f"/stays/{tomasz.pk}/plans/")

    assert answer.status_code == 200
    assert "Open an account" in answer.text
    assert "A place of my own" in answer.text


@pytest.mark.req("S1-10")
def test_tasks_of_the_stage_without_an_action_stand_on_the_plan(
    as_amina, tomasz, grace, amina
) -> None:
    enter_first_stage(tomasz, by=grace)
    add_action(tomasz, by=amina, text="Go to the surgery", task="P4")

    text = as_amina.get(f"/stays/{tomasz.pk}/plans/").text

    assert "Follows all conditions of stay" in text
    assert "Registered with GP, dentist" not in text


def test_the_plan_page_asks_the_same_few_queries_however_much_there_is(
    as_amina, in_force, tomasz, amina, django_assert_max_num_queries
) -> None:
    for number in range(15):
        add_action(tomasz, by=amina, text=f"Thing {number}")
        propose_action(tomasz, by=amina, text=f"Idea {number}")

    with django_assert_max_num_queries(MOST):
        as_amina.get(f"/stays/{tomasz.pk}/plans/")


def test_owen_finds_none_of_it(client, owen, in_force, tomasz, amina) -> None:
    form = write_week(
        tomasz, by=amina, starts_on=date(2026, 4, 20), lines=[Line(text="A", when_words="soon")]
    )
    action = in_force.steps.get().action
    goal = in_force.goals.get()
    client.force_login(owen)

    for address in [
        f"/stays/{tomasz.pk}/plans/",
        f"/stays/{tomasz.pk}/plans/open/",
        f"/stays/{tomasz.pk}/plans/actions/new/",
        f"/stays/{tomasz.pk}/weekly/",
        f"/stays/{tomasz.pk}/weekly/2026-04-20/",
        f"/stays/{tomasz.pk}/weekly/2026-04-20/write/",
        f"/weekly/lines/{form.lines.get().pk}/result/",
        f"/weekly/{form.pk}/print/",
        f"/weekly/{form.pk}/sign/resident/",
        f"/plans/{in_force.pk}/",
        f"/plans/{in_force.pk}/write/",
        f"/plans/{in_force.pk}/print/",
        f"/plans/{in_force.pk}/sign/resident/",
        f"/plans/{in_force.pk}/goals/new/",
        f"/plans/{in_force.pk}/actions/new/",
        f"/plans/{in_force.pk}/actions/{action.pk}/",
        f"/plans/goals/{goal.pk}/",
        f"/plans/goals/{goal.pk}/result/",
        f"/plans/actions/{action.pk}/report/",
        "/schemes/mill-house/plans/",
    ]:
        assert client.get(address).status_code == 404, address


def test_a_first_plan_is_written_and_signed_on_one_screen(as_amina, tomasz, amina) -> None:
    as_amina.post(f"/stays/{tomasz.pk}/plans/open/")
    plan = Plan.objects.get()
    as_amina.post(f"/plans/{plan.pk}/write/", {"voice_wants": "A home", "version": "1"})
    as_amina.post(f"/plans/{plan.pk}/goals/new/", {"words": "Save", "whose_idea": "resident"})
    goal = plan.goals.get()
    written = {"text": "Go to the bank", "when_on": "2026-04-24", "who": "resident"}
    as_amina.post(
        f"/plans/{plan.pk}/actions/new/?goal={goal.pk}", {**written, "completed_by": "assisted"}
    )
    draft = as_amina.get(f"/plans/{plan.pk}/").text
    assert "Go to the bank" in draft
    assert "Still to say" in draft

    refused = as_amina.post(f"/plans/{plan.pk}/sign/resident/", {})
    assert refused.status_code == 422
    assert "Nothing has been drawn yet." in refused.text

    as_amina.post(f"/plans/{plan.pk}/sign/resident/", {"strokes": STROKES})
    as_amina.post(f"/plans/{plan.pk}/sign/worker/", {"strokes": STROKES})
    signed = as_amina.get(f"/plans/{plan.pk}/")
    assert "In force" in signed.text
    assert STROKES in signed.text


def test_a_sentence_beside_the_field_and_nothing_typed_is_lost(as_amina, draft) -> None:
    answer = as_amina.post(f"/plans/{draft.pk}/goals/new/", {"words": "", "strength": "Patience"})

    assert answer.status_code == 422
    assert "Write what they want, in their own words." in answer.text
    assert "Patience" in answer.text


def test_two_workers_edit_one_plan_and_both_texts_are_shown_and_kept(
    as_amina, draft, grace
) -> None:
    seen = Plan.objects.get(pk=draft.pk).version
    write_plan(draft, by=grace, voice={"wants": "By the sea"}, version=seen)
    address = f"/plans/{draft.pk}/write/"

    both = as_amina.post(address, {"voice_wants": "In town", "version": str(seen)})
    assert both.status_code == 422
    assert "By the sea" in both.text
    assert "In town" in both.text
    assert "Which do you want to keep?" in both.text

    now = str(Plan.objects.get(pk=draft.pk).version)
    kept = as_amina.post(address, {"voice_wants": "In town", "version": now, "keep": "both"})
    assert kept.status_code == 302
    assert Plan.objects.get(pk=draft.pk).voice["wants"] == "By the sea\n\nIn town"


def test_theirs_can_be_kept_as_it_is(as_amina, draft, grace) -> None:
    write_plan(draft, by=grace, voice={"wants": "By the sea"})
    now = str(Plan.objects.get(pk=draft.pk).version)
    as_amina.post(
        f"/plans/{draft.pk}/write/", {"voice_wants": "In town", "version": now, "keep": "theirs"}
    )

    assert Plan.objects.get(pk=draft.pk).voice["wants"] == "By the sea"


def test_a_signed_version_shows_what_changed(as_amina, in_force, tomasz, amina) -> None:
    second = open_version(tomasz, by=amina, why="Work")
    write_plan(second, by=amina, voice={"wants": "A flat near work"})

    text = as_amina.get(f"/plans/{second.pk}/").text

    assert "What changed since version 1" in text
    assert "A flat near work" in text


def test_a_refusal_is_recorded_on_the_page_and_stands_on_the_managers_list(
    as_amina, client, draft, tomasz, grace
) -> None:
    as_amina.post(
        f"/plans/{draft.pk}/sign/refuse/",
        {"reason": "disagrees", "reason_words": "Not the gym", "disagrees_with": "The gym"},
    )
    assert "In use, not agreed" in as_amina.get(f"/plans/{draft.pk}/").text

    client.force_login(grace)
    listed = client.get("/schemes/mill-house/plans/?show=not_agreed").text
    assert "Tomasz Nowak" in listed


@pytest.mark.req("S0-39", "S0-23", "S0-22")
def test_the_list_of_plans_says_what_is_missing_from_each(
    as_amina, draft, tomasz, grace, beds
) -> None:
    from alongside.testing.builders import a_stay

    a_stay(beds[1], by=grace)

    text = as_amina.get("/schemes/mill-house/plans/").text
    assert "No plan" in text
    assert "Not signed by all" in text
    assert "Without an agency" in text
    assert "Without a plan for moving on for 49 days" in text
    assert "1 of 1" in text
    assert "Without a strength" not in text.split("<tbody>")[1]


@pytest.mark.req("S0-39")
def test_a_plan_that_nobody_touched_for_29_days_is_stale(as_amina, in_force, tomasz) -> None:
    import time_machine

    assert (
        "Tomasz" not in as_amina.get("/schemes/mill-house/plans/?show=stale").text.split("<main")[1]
    )
    with time_machine.travel("2026-05-19T12:00+01:00", tick=False):
        as_amina.force_login(tomasz.scheme.memberships.get(role="manager").staff)
        assert "Tomasz" in as_amina.get("/schemes/mill-house/plans/?show=stale").text


def test_the_list_asks_the_same_few_queries_for_two_people_or_four(
    as_amina, draft, grace, beds, django_assert_max_num_queries
) -> None:
    from alongside.testing.builders import a_stay

    for bed, name in zip(beds[1:], ["Rosa Lindqvist", "Jo Fry", "Li Wei"], strict=True):
        open_version(a_stay(bed, by=grace, name=name), by=grace)

    with django_assert_max_num_queries(12):
        as_amina.get("/schemes/mill-house/plans/")


@pytest.mark.req("S1-55", "S1-56", "S1-98")
def test_the_weekly_form_is_written_on_the_screen_and_refuses_the_sixth(as_amina, tomasz) -> None:
    address = f"/stays/{tomasz.pk}/weekly/2026-04-20/write/"
    assert "week commencing" in as_amina.get(address).text
    sent = {"completed_by": "assisted", "text_1": "Ring the bank", "when_on_1": "2026-04-24"}

    six = sent | {f"text_{n}": f"Thing {n}" for n in range(2, 7)}
    six |= {f"when_on_{n}": "2026-04-24" for n in range(2, 7)}
    refused = as_amina.post(address, six)
    assert refused.status_code == 422
    assert "A weekly form holds up to 5 actions." in refused.text
    assert "Thing 6" in refused.text

    assert as_amina.post(address, sent).status_code == 302
    shown = as_amina.get(f"/stays/{tomasz.pk}/weekly/2026-04-20/").text
    assert "Ring the bank" in shown
    assert "with help" in shown
    assert "Ring the bank" in as_amina.get(f"/stays/{tomasz.pk}/weekly/").text


@pytest.mark.req("S1-57")
def test_the_weekly_form_is_signed_by_both_and_each_line_told(as_amina, tomasz, amina) -> None:
    form = write_week(
        tomasz, by=amina, starts_on=date(2026, 4, 20), lines=[Line(text="A", when_words="soon")]
    )
    for party in ("resident", "worker"):
        as_amina.post(f"/weekly/{form.pk}/sign/{party}/", {"strokes": STROKES})
    assert WeeklyForm.objects.get().is_in_force()

    line = form.lines.get()
    as_amina.post(f"/weekly/lines/{line.pk}/result/", {"result": "partly", "words": "Half"})
    assert "Partly done" in as_amina.get(f"/stays/{tomasz.pk}/weekly/2026-04-20/").text

    following = as_amina.get(f"/stays/{tomasz.pk}/weekly/2026-04-27/", follow=True).text
    assert "What last week left open stands here already" in following


@pytest.mark.req("S1-58", "S0-38")
@pytest.mark.parametrize("size", ["", "?print=large"])
def test_the_copies_are_documents(as_amina, in_force, tomasz, amina, size) -> None:
    form = write_week(
        tomasz,
        by=amina,
        starts_on=date(2026, 4, 20),
        lines=[Line(text='Ring "mum" #sys $x$ \\ * _', when_words="soon")],
    )
    for address in [f"/plans/{in_force.pk}/print/", f"/weekly/{form.pk}/print/"]:
        answer = as_amina.get(address + size)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def test_the_copy_of_whoever_writes_in_letters_without_a_font_is_made(as_amina, in_force, tomasz):
    resident = tomasz.resident
    resident.given_name, resident.known_as = "小明 🙂", "ไทย"
    resident.save()
    answer = as_amina.get(f"/plans/{in_force.pk}/print/")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")


def test_actions_are_told_on_their_own_pages(as_amina, tomasz, amina) -> None:
    action = propose_action(tomasz, by=amina, text="See the doctor")
    page = f"/plans/actions/{action.pk}"

    assert as_amina.post(f"{page}/answer/", {}).status_code == 422
    as_amina.post(f"{page}/answer/", {"answer": "accept"})
    as_amina.post(f"{page}/start/")
    as_amina.post(f"{page}/report/", {"words": "Went on Friday"})
    assert "Reported, not yet checked" in as_amina.get(f"/stays/{tomasz.pk}/plans/").text
    as_amina.post(f"{page}/verify/", {"ending": "achieved", "comment": "Good"})
    as_amina.post(f"{page}/outcome/", {"words": "He has a doctor"})

    assert list(queries.verified_actions(tomasz)) == [action]
    assert as_amina.get(f"{page}/dance/").status_code == 404


def test_an_action_is_written_down_by_one_form(as_amina, tomasz) -> None:
    address = f"/stays/{tomasz.pk}/plans/actions/new/"
    assert as_amina.get(address + "?task=P4").status_code == 200

    as_amina.post(
        address, {"text": "Ring", "who": "resident", "task": "P4", "completed_by": "resident"}
    )

    assert queries.open_actions(tomasz).get().task == "P4"


def test_withdrawn_reconsidered_disputed_read_and_copied(
    as_amina, client, in_force, amina, grace
) -> None:
    plan = f"/plans/{in_force.pk}"
    as_amina.post(f"{plan}/read/")
    as_amina.post(f"{plan}/copy/", {"format": "large_print"})
    as_amina.post(f"{plan}/disagree/", {"who": "His sister", "words": "Too soon"})
    as_amina.post(f"{plan}/withdraw/", {"words": "I was rushed"})
    as_amina.post(f"{plan}/reconsider/", {"words": "We slow down"})
    text = as_amina.get(f"{plan}/").text
    for words in ["Amina Yusuf", "Given", "His sister", "I was rushed", "We slow down", "Disputed"]:
        assert words in text

    client.force_login(grace)
    dispute = in_force.disagreements.get()
    client.post(f"/plans/disagreements/{dispute.pk}/", {"decision": "As he wants it"})
    assert "As he wants it" in client.get(f"{plan}/").text


def test_what_became_of_a_goal_is_told_on_its_page(as_amina, in_force) -> None:
    goal = in_force.goals.get()
    assert as_amina.post(f"/plans/goals/{goal.pk}/result/", {}).status_code == 422

    as_amina.post(f"/plans/goals/{goal.pk}/result/", {"result": "parked", "comment": "Later"})

    assert "Parked for now" in as_amina.get(f"/plans/{in_force.pk}/").text


@pytest.mark.req("S1-12")
def test_a_colleague_is_asked_to_sign_in_her_place(client, draft, tomasz, mill_house) -> None:
    from alongside.testing.cast import a_member_of_staff

    client.force_login(a_member_of_staff(mill_house, "Dana Reid", "key_worker"))
    assert "Sign for Amina Yusuf" in client.get(f"/plans/{draft.pk}/").text

    missing = client.post(f"/plans/{draft.pk}/sign/substitute/", {"strokes": STROKES})
    assert missing.status_code == 422
    client.post(f"/plans/{draft.pk}/sign/substitute/", {"strokes": STROKES, "reason": "sick"})
    shown = client.get(f"/plans/{draft.pk}/").text
    assert "For Amina Yusuf: The key worker is off sick" in shown


def test_every_timeline_line_can_be_told_again(in_force, tomasz, amina) -> None:
    from alongside.moments.models import Moment
    from alongside.moments.recalculation import rebuild

    record_disagreement(in_force, by=amina, who="His sister", words="Too soon")
    told = set(Moment.objects.values_list("title", "part"))
    assert ("The action plan is in force, signed by both (version 1)", "in_force") in told

    rebuild()

    assert set(Moment.objects.values_list("title", "part")) == told


def test_a_refused_plan_is_told_on_the_timeline(draft, amina) -> None:
    from alongside.moments.models import Moment

    refuse_plan(draft, by=amina, no=No(reason="Wants time"))
    agree_as_worker(draft, by=amina, mark=DRAWN)

    assert Moment.objects.filter(title="Did not sign the action plan (version 1)").exists()


def test_a_long_list_of_actions_comes_ten_at_a_time(as_amina, in_force, tomasz, amina) -> None:
    for number in range(12):
        add_action(tomasz, by=amina, text=f"Step {number}.", who="resident")

    page = as_amina.get(f"/stays/{tomasz.pk}/plans/").text

    assert "1 to 10 of" in page
    assert page.count("No longer wanted") == 10


def test_the_plans_of_everybody_come_a_page_at_a_time(as_amina, in_force) -> None:
    assert "1 to 1 of 1" not in as_amina.get("/schemes/mill-house/plans/").text
