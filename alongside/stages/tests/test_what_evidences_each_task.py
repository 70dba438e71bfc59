"""The record evidences a task by itself where the procedure says what must be recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from alongside.duties.facts import occurrences
from alongside.health.operations import record_observation
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.moving_on.operations import confirm_plan
from alongside.moving_on.tests.scenes import a_move_on_plan, a_step
from alongside.plans.operations import add_action, report_action, verify_action
from alongside.stages import operations, queries
from alongside.stages.standing import State
from alongside.stages.tests.scenes import TODAY
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff
from alongside.workshops import operations as taking_part


def state(stay, task):
    return queries.task_of(stay, task).state


def seen(stay, by, kind, *stands, own_statement=False):
    """One look every third day, the last of them today."""
    for number, level in enumerate(reversed(stands)):
        record_observation(
            stay, by=by, kind=kind, stands=level, words="Seen in the morning.",
            seen_on=TODAY - timedelta(days=3 * number), own_statement=own_statement,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        pytest.param("1.1", "hygiene", marks=pytest.mark.req("S1-66")),
        pytest.param("2.1", "healthy_eating", marks=pytest.mark.req("S1-72")),
        pytest.param("2.3", "sleep", marks=pytest.mark.req("S1-74")),
    ],
)
def test_what_gets_better_over_time_evidences_the_task(tomasz, amina, task, kind):
    assert queries.task_of(tomasz, task).task.conditional, "where appropriate"
    seen(tomasz, amina, kind, "getting_there", "getting_there")
    assert state(tomasz, task) == State.OPEN
    with pytest.raises(Refused, match="Not everything is evidenced"):
        operations.verify_task(tomasz, by=amina, task=task)

    record_observation(
        tomasz, by=amina, kind=kind, stands="good", words="Much better.", seen_on=TODAY
    )

    assert state(tomasz, task) == State.OFFERED
    decision = operations.verify_task(tomasz, by=amina, task=task)
    assert "3 observations, needs 2" in decision.stood_on


@pytest.mark.parametrize("stands", [("good", "worry"), ("worry", "worry"), ("good",)])
def test_what_gets_worse_stays_bad_or_was_seen_once_does_not(tomasz, amina, stands):
    seen(tomasz, amina, "sleep", *stands)

    assert state(tomasz, "2.3") == State.OPEN


def test_what_was_seen_long_ago_is_not_read(tomasz, amina):
    for day, stands in ((date(2026, 3, 2), "worry"), (date(2026, 3, 9), "good")):
        record_observation(
            tomasz, by=amina, kind="sleep", stands=stands, words="Seen.", seen_on=day
        )

    assert occurrences("observations.improving:sleep", tomasz) == []


def test_where_nothing_is_written_staff_still_confirm_in_words(tomasz, amina):
    (line,) = queries.task_of(tomasz, "2.3").by_hand
    operations.confirm_line(tomasz, by=amina, task="2.3", line=line.key, words="Sleeps at night.")

    operations.verify_task(tomasz, by=amina, task="2.3")

    assert state(tomasz, "2.3") == State.VERIFIED


@pytest.mark.req("S1-67")
def test_medication_is_evidenced_by_what_they_say_or_the_record(tomasz, amina):
    seen(tomasz, amina, "medication", "getting_there", own_statement=True)
    assert state(tomasz, "1.2") == State.OPEN
    seen(tomasz, amina, "medication", "good", own_statement=True)
    assert state(tomasz, "1.2") == State.OFFERED
    assert queries.task_of(tomasz, "1.2").task.private

    operations.verify_task(tomasz, by=amina, task="1.2")


@pytest.mark.req("S1-67", "S1-97")
def test_who_takes_no_medication_is_not_held_back(tomasz, amina):
    operations.set_not_applicable(
        tomasz, by=amina, task="1.2", reason="no_medication", agreed_on=TODAY
    )

    assert state(tomasz, "1.2") == State.NOT_APPLICABLE


@pytest.mark.req("S1-73")
def test_five_verified_actions_evidence_the_task_and_four_with_a_report_do_not(
    tomasz, amina, grace
):
    actions = [add_action(tomasz, by=amina, text=f"Step {n}") for n in range(5)]
    for action in actions[:4]:
        verify_action(action, by=amina)
    report_action(actions[4], by=tomasz.resident)
    (line,) = queries.task_of(tomasz, "2.2").lines
    assert (line.met, line.shown) == (False, "4, needs 5")

    verify_action(actions[4], by=amina)

    operations.verify_task(tomasz, by=amina, task="2.2")
    assert state(tomasz, "2.2") == State.VERIFIED


@pytest.mark.req("S1-76")
def test_bridges_are_built_by_a_step_they_chose_after_looking_at_restrictions(tomasz, amina):
    assert queries.task_of(tomasz, "2.5").task.private
    action = add_action(tomasz, by=amina, text="Write to my sister", need="3.2")
    verify_action(action, by=amina)
    with pytest.raises(Refused, match="no restriction stands in the way"):
        operations.verify_task(tomasz, by=amina, task="2.5")

    operations.confirm_line(
        tomasz, by=amina, task="2.5", line="family.safe", words="Nothing on file, asked both."
    )
    operations.verify_task(tomasz, by=amina, task="2.5")

    assert state(tomasz, "2.5") == State.VERIFIED


@pytest.mark.req("S1-76")
def test_nobody_is_made_to_build_a_bridge(tomasz, amina):
    operations.set_not_applicable(
        tomasz, by=amina, task="2.5", reason="contact_restricted", agreed_on=TODAY
    )

    assert queries.task_of(tomasz, "2.5").is_done


@pytest.mark.req("S1-79")
def test_a_new_way_to_have_fun_is_listed_with_its_day_and_their_rating(client, tomasz, amina):
    assert state(tomasz, "3.2") == State.OPEN
    taking_part.record_activity(
        tomasz, by=amina, kind="leisure", what="Climbing wall", done_on=TODAY, rating=4,
        words="Scary and good.",
    )  # fmt: skip

    assert state(tomasz, "3.2") == State.OFFERED
    client.force_login(amina)
    page = client.get(f"/stays/{tomasz.pk}/taking-part/").content.decode()
    assert "Climbing wall, 4 of 5. Scary and good." in page


@pytest.mark.req("S1-82")
def test_a_plan_for_moving_on_evidences_the_task_once_staff_find_it_clear(tomasz, amina, grace):
    plan = a_move_on_plan(tomasz, by=amina)
    a_step(tomasz, by=amina)
    assert state(tomasz, "3.5") == State.OPEN

    confirm_plan(plan, by=grace)

    assert state(tomasz, "3.5") == State.OFFERED
    operations.verify_task(tomasz, by=amina, task="3.5")


@pytest.mark.req("S1-94")
def test_a_late_step_stands_in_the_way_and_staff_confirm_the_rest(tomasz, amina):
    a_move_on_plan(tomasz, by=amina)
    with time_machine.travel(datetime(2026, 4, 9, 12, tzinfo=UTC), tick=False):
        late = a_step(tomasz, by=amina, when_on=date(2026, 4, 10))
    operations.confirm_line(
        tomasz, by=amina, task="5.5", line="move_on.confirmed", words="He does what he can."
    )
    with pytest.raises(Refused, match="overdue"):
        operations.verify_task(tomasz, by=amina, task="5.5")

    verify_action(late.action, by=amina)

    operations.verify_task(tomasz, by=amina, task="5.5")


@pytest.mark.req("S1-88")
def test_the_spokesperson_supports_others_and_comes_to_the_meetings(tomasz, amina):
    taking_part.begin_house_role(
        tomasz, by=amina, role="house_spokesperson", from_on=date(2026, 4, 1)
    )
    for day in (date(2026, 3, 30), date(2026, 4, 2)):  # the first before the role began
        taking_part.record_part_taken(tomasz, by=amina, kind="team_meeting", done_on=day)
    taking_part.record_part_taken(tomasz, by=amina, kind="peer_support", done_on=TODAY)
    with pytest.raises(Refused, match="Is house spokesperson"):
        operations.verify_task(tomasz, by=amina, task="4.5")

    taking_part.record_part_taken(tomasz, by=amina, kind="team_meeting", done_on=date(2026, 4, 16))
    decision = operations.verify_task(tomasz, by=amina, task="4.5")

    assert "Yes, 1 April 2026" in decision.stood_on
    assert "2 meetings, needs 2" in decision.stood_on


@pytest.mark.req("S1-90")
def test_the_committee_role_counts_with_a_meeting_and_lapses_when_it_ends(tomasz, amina):
    role = taking_part.begin_house_role(
        tomasz, by=amina, role="committee_representative", from_on=date(2026, 4, 1)
    )
    with pytest.raises(Refused, match="Not everything is evidenced"):
        operations.verify_task(tomasz, by=amina, task="5.1")
    taking_part.record_part_taken(tomasz, by=amina, kind="committee_meeting", done_on=TODAY)
    operations.verify_task(tomasz, by=amina, task="5.1")

    taking_part.end_house_role(role, by=amina, until_on=TODAY, because="Their own wish")

    assert state(tomasz, "5.1") == State.LAPSED


@pytest.mark.req("S1-92")
def test_a_buddy_pair_is_agreed_by_both_and_keeps_a_log(tomasz, amina, grace, beds):
    rosa = a_stay(beds[1], by=grace)
    with pytest.raises(Refused, match="both agreed"):
        taking_part.begin_house_role(tomasz, by=amina, role="buddy", from_on=TODAY, partner=rosa)
    taking_part.begin_house_role(
        tomasz, by=amina, role="buddy", from_on=TODAY, partner=rosa, both_agreed_on=TODAY
    )
    assert [line.met for line in queries.task_of(tomasz, "5.3").lines] == [True, False]

    taking_part.record_part_taken(tomasz, by=amina, kind="buddy_contact", done_on=TODAY)

    operations.verify_task(tomasz, by=amina, task="5.3")


@pytest.mark.req("S1-93")
def test_two_contacts_outside_that_are_alive_are_a_network(tomasz, amina):
    contacts = [
        taking_part.add_contact(tomasz, by=amina, kind=kind, name=name, since_on=date(2026, 4, 1))
        for kind, name in (("group", "Harbour choir"), ("person", "His old foreman"))
    ]
    taking_part.confirm_contact(contacts[0], by=amina, confirmed_on=TODAY)
    (line,) = queries.task_of(tomasz, "5.4").lines
    assert (line.met, line.shown) == (False, "1 contacts, needs 2")
    taking_part.confirm_contact(contacts[1], by=amina, confirmed_on=TODAY)
    assert state(tomasz, "5.4") == State.OFFERED

    taking_part.end_contact(contacts[0], by=amina, ended_on=TODAY)

    assert state(tomasz, "5.4") == State.OPEN
    with pytest.raises(Refused, match="has ended"):
        taking_part.confirm_contact(contacts[0], by=amina, confirmed_on=TODAY)


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        pytest.param("1.1", "hygiene", marks=pytest.mark.req("S1-66")),
        pytest.param("2.1", "healthy_eating", marks=pytest.mark.req("S1-72")),
    ],
)
def test_amina_writes_what_she_sees_and_the_task_is_verified_on_the_page(
    client, tomasz, amina, task, kind
):
    client.force_login(amina)
    page = f"/stays/{tomasz.pk}/stages/tasks/{task}/"
    observe = f"/stays/{tomasz.pk}/health/observe/"
    assert "Only where appropriate." in client.get(page).text
    for stands, day in (("worry", "2026-04-13"), ("getting_there", "2026-04-16")):
        sent = {"kind": kind, "stands": stands, "words": "Seen at breakfast.", "seen_on": day}
        assert client.post(observe, sent).status_code == 302
    assert client.post(observe, {**sent, "words": ""}).status_code == 422, "with staff comment"

    shown = client.get(page).text
    assert "2 observations, needs 2" in shown
    client.post(f"{page}verify/")

    assert state(tomasz, task) == State.VERIFIED


@pytest.mark.req("S1-66")
def test_hygiene_is_private_to_the_person_and_staff(client, tomasz, amina, mill_house):
    seen(tomasz, amina, "hygiene", "worry", "good")
    operations.verify_task(tomasz, by=amina, task="1.1")

    lines = Moment.objects.filter(stay=tomasz, title__contains="Task 1.1")
    assert [one.text for one in lines] == [""], "the timeline says that, and not what was seen"
    client.force_login(a_member_of_staff(mill_house, "Nadia Costa", "kitchen"))
    for address in ("stages/tasks/1.1/", "stages/", "health/"):
        assert client.get(f"/stays/{tomasz.pk}/{address}").status_code in {403, 404}
