"""The staged hostel says what the procedure says: figures, orders, numbers and their sources."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from alongside.practice.actions import Action
from alongside.practice.pack import Pack, check, pack, packs
from alongside.practice.shelf import SHIPPED


@pytest.fixture
def hostel() -> Pack:
    return pack("staged-hostel")


@pytest.mark.parametrize("folder", sorted(SHIPPED.glob("*/*")), ids=lambda f: f.parent.name)
def test_every_shipped_pack_is_sound(folder):
    assert check(folder) == []


def test_every_shipped_pack_loads_under_the_name_of_its_folder():
    on_disk = {(folder.parent.name, folder.name) for folder in SHIPPED.glob("*/*")}
    assert {(about.id, about.version) for about in packs()} == on_disk


@pytest.mark.req("S1-42", "S1-43", "S1-44", "S1-45", "S1-46")
def test_five_areas_hold_45_items_in_number_order(hostel):
    areas = hostel.framework("support-areas").areas
    assert [(area.says, len(area.items)) for area in areas] == [
        ("Health", 16),
        ("Life Skills", 11),
        ("Relationships", 4),
        ("Resettlement", 9),
        ("Vocational", 5),
    ]
    keys = [item.key for item in hostel.framework("support-areas").items]
    assert keys[:11] == [f"1.{number}" for number in range(1, 12)]
    assert hostel.framework("support-areas").item("1.10").says == "Learning"
    assert hostel.framework("support-areas").area_of("3.4").says == "Relationships"


@pytest.mark.req("S1-47")
def test_the_scale_has_five_levels_worth_nought_to_four(hostel):
    framework = hostel.framework("support-areas")
    assert [(level.says, framework.points_of(level.key)) for level in framework.steps] == [
        ("Pre-contemplation", 0),
        ("Contemplation", 1),
        ("Determined", 2),
        ("Action", 3),
        ("Achieving", 4),
    ]
    assert all(level.meaning and level.anchor for level in framework.steps)
    assert framework.levels["achieving"].actions_at_least == 5


@pytest.mark.req("S1-59")
def test_seven_stages_hold_thirty_tasks_of_which_seven_are_conditional(hostel):
    stages = hostel.stages_in_order
    assert [stage.key for stage in stages] == [
        "probation", "stage-1", "stage-2", "stage-3", "stage-4", "stage-5", "legend",
    ]  # fmt: skip
    assert [len(stage.tasks) for stage in stages] == [5, 5, 5, 5, 5, 5, 0]
    conditional = [task.code for stage in stages for task in stage.tasks if task.conditional]
    assert conditional == ["P3", "1.1", "1.2", "1.3", "2.1", "2.3", "2.5"]


def test_a_task_that_asks_for_three_things_has_three_parts(hostel):
    assert hostel.task("3.4").parts.keys() == ("hygiene", "sleep", "exercise")
    assert hostel.stage_of("3.4").key == "stage-3"
    assert len(hostel.task("3.4").all_evidence) == 3


@pytest.mark.req("S1-89", "S1-95")
def test_two_nights_out_replace_the_one_and_do_not_add_to_it(hostel):
    assert "nights_out" not in hostel.privileges_at("stage-4")
    assert hostel.privileges_at("stage-5")["nights_out"].number == 1
    assert hostel.privileges_at("legend")["nights_out"].number == 2
    assert hostel.privileges_at("legend").keys() == (
        "full_resident",
        "evening_meal",
        "assistant_spokesperson",
        "food_hygiene_course",
        "nights_out",
    )


def test_every_number_says_where_it_comes_from(hostel):
    assert all(limit.source for limit in hostel.limits)
    most = hostel.limit("caseload_most")
    assert (most.number, int(most), hostel.limit("caseload_least").number) == (12, 12, 10)
    assert "000" in most.source


@pytest.mark.req("S1-56")
def test_the_weekly_form_has_five_lines_and_the_same_number_is_the_limit(hostel):
    form = hostel.form("weekly-action")
    assert form.lines_at_most == hostel.limit("weekly_actions_most").number == 5
    assert form.lines_at_least == hostel.limit("weekly_actions_least").number == 1
    assert form.signed_by == ("resident", "key_worker")


@pytest.mark.req("S1-15")
def test_the_booking_form_on_display_shows_nothing_of_the_person_but_initials(hostel):
    shown = set(hostel.form("booking").printed_fields)
    assert shown == {"worker", "date", "starts", "ends", "place", "taken_by"}
    assert shown <= set(hostel.form("booking").line_fields.keys())


def test_the_four_reasons_for_another_key_worker_and_one_more(hostel):
    reasons = hostel.reasons("change_of_key_worker")
    assert len(reasons) == 5
    assert reasons["other"].needs_text
    assert reasons["best_interests"].started_by == ("manager",)


def test_a_miss_by_the_resident_is_no_failure_of_the_service(hostel):
    counted = Counter(reason.counts_against for reason in hostel.reasons("session_missed"))
    assert counted == {"resident": 3, "service": 2, "nobody": 1}


def test_words_come_in_singular_plural_and_possessive(hostel):
    resident, plan = hostel.terms["resident"], hostel.term("plan")
    assert (resident.plural, resident.possessive) == ("residents", "resident’s")
    assert (resident.plural_possessive, plan.with_article) == ("residents’", "an action plan")
    assert [resident.for_count(1), resident.for_count(12)] == ["1 resident", "12 residents"]


def test_only_the_manager_decides_who_changes_key_worker_and_who_goes_down(hostel):
    for action in (
        Action.DECIDE_CHANGE_OF_KEY_WORKER,
        Action.DEMOTE,
        Action.OVERRIDE_CASELOAD,
        Action.HOLD_MANAGER_REVIEW,
        Action.WAIVE_TASK,
    ):
        assert [role.key for role in hostel.roles if action in role.may] == ["manager"]
    assert hostel.permits(["kitchen", "key_worker"], Action.RECORD_KEY_WORK)
    assert not hostel.permits("nobody_of_this_name", Action.READ_FILE)


def test_administrators_open_no_file(hostel):
    role = hostel.role("administrator")
    assert not role.case_access
    assert Action.READ_FILE not in role.may


@pytest.mark.req("S1-35")
def test_project_worker_and_manager_can_each_take_a_referral_through(hostel):
    whole = {Action.REGISTER_REFERRAL, Action.HOLD_INTERVIEW, Action.DECIDE_REFERRAL}
    assert whole <= hostel.role("project_worker").may
    assert whole <= hostel.role("manager").may


def test_every_text_to_sign_is_a_starter_marked_for_replacing(hostel):
    assert all(agreement.replace_me for agreement in hostel.agreements)
    assert hostel.agreement("conditions-of-stay").signed_by == ("resident", "key_worker")
    assert all(clause.can_be_breached for clause in hostel.agreement("conditions-of-stay").clauses)


def test_reviews_take_their_dates_from_a_duty(hostel):
    duty = hostel.duty(hostel.review("manager").duty)
    assert duty.opens is not None
    assert duty.due is not None
    assert duty.opens.after(date(2025, 6, 3)) == date(2025, 7, 1)
    assert duty.due.after(date(2025, 6, 3)) == date(2025, 9, 2)


def test_the_induction_has_a_list_and_two_signatures(hostel):
    sheet = hostel.sheet("induction")
    assert sheet.signed_by == ("resident", "key_worker")
    asked = {question.key for question in sheet.questions}
    assert {"house_rules", "fire_exits", "complaints", "key_worker_role", "benefits", "gp"} <= asked
