"""Promotion, promotion by exception, moving back, and what each opens and ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.building.models import NightOut
from alongside.building.tests.test_nights_out import a_night
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.stages import operations, queries
from alongside.stages.tests.scenes import TODAY, at_stage, verified, waived
from alongside.stays.header import header_of
from alongside.stays.operations import end_stay
from alongside.workshops.models import HouseRole
from alongside.workshops.operations import begin_house_role

LONDON = ZoneInfo("Europe/London")


def ready(stay):
    found = queries.readiness(stay)
    assert found
    return found


def stage_key(stay):
    found = queries.stage_of(stay)
    assert found
    return found.key


def held(stay):
    return {one.kind: one.number for one in queries.privileges(stay)}


@pytest.mark.req("S1-28", "S1-65", "S1-05")
def test_all_tasks_done_proposes_and_staff_confirm_full_residence(tomasz, amina, grace):
    at_stage(tomasz, "probation", by=grace)
    with pytest.raises(Refused, match="5 tasks are still to be verified"):
        operations.promote(tomasz, by=amina, promoted_on=TODAY)
    waived(tomasz, "probation", by=grace)
    assert ready(tomasz).is_ready

    move = operations.promote(tomasz, by=amina, promoted_on=TODAY)

    assert (move.stage, move.from_stage) == ("stage-1", "probation")
    assert held(tomasz) == {"full_resident": 0}
    assert tomasz.standings.order_by("from_on", "pk").last().kind == "full"
    assert header_of(tomasz).stage == "Stage 1"


@pytest.mark.req("S1-28")
def test_a_promotion_has_a_day_that_has_come_and_follows_the_last_move(tomasz, grace):
    at_stage(tomasz, "probation", by=grace)
    waived(tomasz, "probation", by=grace)
    for day, said in ((date(2026, 4, 21), "not come"), (date(2026, 4, 10), "last move was on")):
        with pytest.raises(Refused, match=said):
            operations.promote(tomasz, by=grace, promoted_on=day)


@pytest.mark.req("S1-71", "S1-77", "S1-83", "S1-89", "S1-95")
def test_what_stages_open_adds_up_and_two_nights_replace_one(tomasz, grace):
    at_stage(tomasz, "stage-5", by=grace)
    assert held(tomasz) == {
        "full_resident": 0, "evening_meal": 0, "assistant_spokesperson": 0,
        "food_hygiene_course": 1, "nights_out": 1,
    }  # fmt: skip
    waived(tomasz, "stage-5", by=grace)

    operations.promote(tomasz, by=grace, promoted_on=TODAY)

    assert held(tomasz)["nights_out"] == 2
    assert ready(tomasz).because == "This is the last stage."


@pytest.mark.req("S1-53")
def test_early_and_past_a_stage_is_the_managers_with_a_reason(tomasz, amina, grace):
    at_stage(tomasz, "probation", by=grace)
    said: dict[str, Any] = {"reason": "skipped_stage", "promoted_on": TODAY}
    with pytest.raises(NotPermitted):
        operations.promote_early(tomasz, by=amina, stage="stage-2", words="x", **said)
    with pytest.raises(Refused, match="a few words more"):
        operations.promote_early(tomasz, by=grace, stage="stage-2", **said)
    with pytest.raises(Refused, match="not a higher stage"):
        operations.promote_early(tomasz, by=grace, stage="probation", words="x", **said)

    move = operations.promote_early(tomasz, by=grace, stage="stage-2", words="Knew it all", **said)

    assert (move.kind, move.approved_by) == ("skipped", grace)
    (variation,) = queries.variations(
        tomasz.scheme, first=date(2026, 4, 1), last=TODAY, staff=grace
    )
    assert variation.about == "Probation to Stage 2"


def back_to_stage_4(stay, by, *, tasks=("4.3",), starts_at=None, reason="tasks_lapsed", **more):
    return operations.demote(
        stay, by=by, stage="stage-4", reason=reason, tasks=tasks,
        starts_at=starts_at or clock.now(), **more,
    )  # fmt: skip


def lapsed_at_stage_5(stay, grace):
    at_stage(stay, "stage-5", by=grace)
    operations.substitute_task(
        stay, by=grace, task="4.3", reason="not_available", replaced_by="Helps in the garden"
    )
    verified(stay, "4.3", by=grace)
    verified(stay, "5.4", by=grace)
    operations.lapse_task(stay, by=grace, task="4.3", reason="no_longer_true")


@pytest.mark.req("S1-29")
def test_a_move_back_ends_what_was_opened_and_cancels_the_booked_night(tomasz, amina, grace):
    lapsed_at_stage_5(tomasz, grace)
    a_night(tomasz, amina, date(2026, 4, 22))

    move = back_to_stage_4(tomasz, grace)

    assert "nights_out" not in held(tomasz)
    assert held(tomasz)["evening_meal"] == 0
    night = NightOut.objects.get()
    assert night.cancelled_because == "Their stage is Stage 4 from 20 April 2026."
    assert queries.task_of(tomasz, "5.4").is_done
    told = operations.tell_of_move(move, by=amina, told_on=TODAY, answer="That is unfair.")
    assert told.answer == "That is unfair."


@pytest.mark.req("S1-29")
def test_no_promotion_is_proposed_until_the_named_tasks_are_verified_again(tomasz, grace):
    lapsed_at_stage_5(tomasz, grace)
    back_to_stage_4(tomasz, grace)
    waived(tomasz, "stage-4", by=grace, but=("4.3",))
    assert "verified again: 4.3" in ready(tomasz).because

    with time_machine.travel(datetime(2026, 4, 21, 12, tzinfo=LONDON), tick=False):
        verified(tomasz, "4.3", by=grace)

        assert ready(tomasz).is_ready


def test_a_manager_can_lift_the_reason(tomasz, grace):
    at_stage(tomasz, "stage-5", by=grace)
    waived(tomasz, "stage-4", by=grace)
    move = back_to_stage_4(tomasz, grace, reason="own_wish", tasks=())
    assert "still stands" in ready(tomasz).because

    operations.lift_reason(move, by=grace, because="They are ready again.")

    assert ready(tomasz).is_ready
    with pytest.raises(Refused, match="nothing to lift"):
        operations.lift_reason(move, by=grace, because="Twice")


def test_a_move_back_names_tasks_that_really_lapsed(tomasz, amina, grace):
    lapsed_at_stage_5(tomasz, grace)
    with pytest.raises(Refused, match="Which tasks"):
        back_to_stage_4(tomasz, grace, tasks=())
    with pytest.raises(Refused, match=r"not lapsed: 5\.4"):
        back_to_stage_4(tomasz, grace, tasks=("4.3", "5.4"))
    with pytest.raises(NotPermitted):
        back_to_stage_4(tomasz, amina)
    with pytest.raises(Refused, match="last move was on"):
        back_to_stage_4(tomasz, grace, starts_at=clock.now() - timedelta(days=1))


def test_a_move_back_can_begin_later_and_everything_holds_until_then(tomasz, amina, grace):
    lapsed_at_stage_5(tomasz, grace)
    a_night(tomasz, amina, date(2026, 4, 20))
    tomorrow = datetime(2026, 4, 21, 9, tzinfo=LONDON)
    back_to_stage_4(tomasz, grace, starts_at=tomorrow)

    assert stage_key(tomasz) == "stage-5"
    assert held(tomasz)["nights_out"] == 1
    assert NightOut.objects.get().cancelled_at is None
    with time_machine.travel(tomorrow, tick=False):
        assert stage_key(tomasz) == "stage-4"
        assert "nights_out" not in held(tomasz)


def test_a_lapse_waits_for_the_manager_who_may_keep_the_stage(tomasz, grace):
    lapsed_at_stage_5(tomasz, grace)
    waived(tomasz, "stage-5", by=grace, but=("5.4",))
    assert "It is yet to be decided" in ready(tomasz).because

    operations.keep_stage(tomasz, by=grace, words="The garden is closed in winter.")

    assert ready(tomasz).is_ready
    assert not queries.lapses_waiting(tomasz.scheme)
    with pytest.raises(Refused, match="No lapse waits"):
        operations.keep_stage(tomasz, by=grace, words="Again")


@pytest.mark.req("S1-77")
def test_a_role_ends_when_the_stage_no_longer_opens_it(tomasz, grace):
    at_stage(tomasz, "stage-3", by=grace)
    begin_house_role(tomasz, by=grace, role="assistant_spokesperson", from_on=TODAY)

    operations.demote(
        tomasz, by=grace, stage="probation", reason="breach", words="Smoking", starts_at=clock.now()
    )

    assert HouseRole.objects.get().ended_because.startswith("Their stage is Probation")
    assert not held(tomasz)
    assert tomasz.standings.order_by("from_on", "pk").last().kind == "probation"


@pytest.mark.req("S1-52")
def test_the_outcome_of_a_residential_scheme_is_counted(tomasz, grace):
    with time_machine.travel(datetime(2026, 4, 10, 12, tzinfo=LONDON), tick=False):
        operations.enter_first_stage(tomasz, by=grace)
    operations.promote_early(
        tomasz, by=grace, stage="stage-1", reason="progress", words="x", promoted_on=TODAY
    )

    found = queries.outcome(tomasz.scheme, first=date(2026, 4, 1), last=TODAY)
    assert found

    levels = {one.stage.key: one for one in found.levels}
    assert (levels["probation"].mean_days, levels["probation"].people) == (10, 0)
    assert (levels["stage-1"].people, found.promotions, found.demotions) == (1, 1, 0)
    end_stay(tomasz, by=grace, moved_out_on=TODAY)
    found = queries.outcome(tomasz.scheme, first=date(2026, 4, 1), last=TODAY)
    assert found
    assert not any(one.people for one in found.levels)

    tomasz.scheme.residential = False
    assert queries.outcome(tomasz.scheme, first=date(2026, 4, 1), last=TODAY) is None
