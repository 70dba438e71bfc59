"""Leave: asked, decided, prepared person by person; not arranged goes to the team leader."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.absence.models import Absence, Arrangement
from alongside.absence.operations import (
    approve_leave,
    arrange,
    ask_for_leave,
    cancel_absence,
    refuse_leave,
)
from alongside.absence.queries import overview
from alongside.audit.guard import guarded
from alongside.duties.models import Duty, State
from alongside.kit.refusal import NotPermitted, Refused

MAY_4, MAY_8 = date(2026, 5, 4), date(2026, 5, 8)
TODAY = date(2026, 4, 20)


def asked(scheme, worker, **more):
    told = {"from_on": MAY_4, "until_on": MAY_8, "reason": "annual", **more}
    return ask_for_leave(scheme, by=worker, worker=worker, **told)


def to_prepare():
    return Duty.objects.filter(key="leave-preparation")


@pytest.mark.req("S1-19")
def test_leave_for_a_worker_with_nine_people_raises_nine_duties_to_meet_before_it(
    nine, mill_house, amina, grace
):
    leave = asked(mill_house, amina)
    assert not to_prepare().exists()

    approve_leave(leave, by=grace)

    assert to_prepare().filter(state=State.OPEN, due_on=date(2026, 5, 2)).count() == 9
    assert {one.stay_id for one in to_prepare()} == {stay.pk for stay in nine}
    assert "2 days before" in to_prepare()[0].why


@pytest.mark.req("S1-19")
def test_leave_shows_arranged_seven_of_nine_and_the_two_go_to_the_team_leader_two_days_before(
    nine, mill_house, amina, grace, signed_in
):
    leave = approve_leave(asked(mill_house, amina), by=grace)
    for stay in nine[:7]:
        arrange(stay, by=amina, absence=leave, met_on=TODAY, agreed="Sees Grace on Tuesday.")

    shown = overview(Absence.objects.for_page().get())
    assert shown.says == "arranged 7 of 9"
    assert not shown.is_for_the_leader
    assert to_prepare().filter(state=State.MET).count() == 7

    with time_machine.travel("2026-05-02 09:00+01:00", tick=False):
        shown = overview(Absence.objects.for_page().get())
        assert shown.is_for_the_leader
        assert [one.stay for one in shown.not_arranged] == nine[7:]
        board = signed_in(grace).get("/schemes/mill-house/away/").text
    assert "Not met before the leave: Person Number6, Person Number7" in board


def test_leave_that_was_cancelled_owes_nobody_a_meeting(nine, mill_house, amina, grace):
    leave = approve_leave(asked(mill_house, amina), by=grace)

    cancel_absence(leave, by=amina, because="The trip is off.")

    assert not to_prepare().exists()


def test_a_person_who_comes_to_the_worker_after_approval_is_prepared_too(leave, beds, amina, grace):
    from alongside.allocations.operations import allocate
    from alongside.testing.builders import a_stay

    rosa = a_stay(beds[1], by=grace)
    allocate(rosa, by=grace, worker=amina, from_on=TODAY, reason="continuity")

    assert to_prepare().filter(stay=rosa).exists()


def test_leave_is_refused_with_a_reason_and_then_owes_nothing(held, mill_house, amina, grace):
    leave = asked(mill_house, amina)
    with pytest.raises(Refused, match="Nothing has been written yet") as refused:
        refuse_leave(leave, by=grace, decision_words=" ")
    assert refused.value.field == "decision_words"

    refuse_leave(leave, by=grace, decision_words="Two others are away that week.")

    assert not to_prepare().exists()
    with pytest.raises(Refused, match="was refused already"):
        approve_leave(leave, by=grace)


def test_nobody_decides_on_their_own_leave_or_without_the_right(held, mill_house, amina, grace):
    with pytest.raises(NotPermitted):
        approve_leave(asked(mill_house, amina), by=amina)
    own = asked(mill_house, grace)
    with pytest.raises(NotPermitted, match="your own leave"):
        approve_leave(own, by=grace)


@pytest.mark.parametrize(
    ("days", "words", "field"),
    [
        ({"from_on": date(2026, 4, 13)}, "before it begins", "from_on"),
        ({"until_on": date(2026, 5, 1)}, "before the first", "until_on"),
        ({"reason": "holiday"}, "not on the list", "reason"),
        ({"reason": "other"}, "needs a few words", "words"),
    ],
)
def test_leave_that_makes_no_sense_is_refused_beside_the_field(cast, days, words, field):
    with pytest.raises(Refused, match=words) as refused:
        asked(cast.mill_house, cast.amina, **days)
    assert refused.value.field == field


def test_nobody_is_away_twice(leave, mill_house, amina):
    with pytest.raises(Refused, match="already down as away from 4 May 2026 to 8 May 2026"):
        asked(mill_house, amina, from_on=MAY_8, until_on=date(2026, 5, 12))


def test_what_was_agreed_is_put_right_by_new_words_and_the_old_ones_stay(leave, held, amina):
    arrange(held, by=amina, absence=leave, met_on=TODAY, agreed="Sees Grace on Tuesday.")
    arrange(held, by=amina, absence=leave, met_on=TODAY, agreed="Sees Grace on Wednesday.")

    assert Arrangement.objects.count() == 2
    assert Arrangement.objects.get(replaced_at=None).agreed == "Sees Grace on Wednesday."


def test_a_meeting_to_come_or_with_somebody_elses_person_is_refused(
    leave, held, beds, grace, amina
):
    from alongside.testing.builders import a_stay

    with pytest.raises(Refused, match="not happened yet"):
        arrange(held, by=amina, absence=leave, met_on=date(2026, 4, 21), agreed="Tuesday.")
    with pytest.raises(Refused, match="does not hold the case of Rosa"):
        arrange(a_stay(beds[1], by=grace), by=amina, absence=leave, met_on=TODAY, agreed="Tuesday.")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"until_on": date(2026, 5, 1)}, "absence_ends_after_it_begins"),
        ({"until_on": None}, "leave_has_its_last_day"),
        ({"decided_by": None}, "leave_decision_has_a_person_and_a_time"),
        ({"decision": "refused", "decision_words": ""}, "refused_leave_has_its_reason"),
        ({"cancelled_because": "No"}, "cancelled_absence_has_a_person_and_a_reason"),
        ({"kind": "sick", "decision": "", "decided_by": None, "decided_at": None,
          "expected_on": MAY_4}, "nobody_is_back_before_they_were_away"),
    ],
)  # fmt: skip
def test_the_database_refuses_an_absence_that_cannot_be(leave, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Absence.objects.filter(pk=leave.pk).update(**change)


def test_the_database_refuses_the_same_absence_and_the_same_arrangement_twice(leave, held, amina):
    told = arrange(held, by=amina, absence=leave, met_on=TODAY, agreed="Sees Grace.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            worker=amina, scheme=leave.scheme, kind="leave", from_on=MAY_4, until_on=MAY_4,
            recorded_by=amina,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrangement.objects.create(
            absence=leave, stay=held, met_on=TODAY, agreed="Sees Ruth.", recorded_by=amina
        )
    with pytest.raises(IntegrityError, match="what_was_agreed"), transaction.atomic():
        Arrangement.objects.filter(pk=told.pk).update(agreed="")


@pytest.mark.req("S1-19")
def test_leave_is_asked_decided_and_prepared_on_the_screen(held, amina, grace, signed_in):
    with guarded():
        page = signed_in(amina)
        wrong = page.post("/schemes/mill-house/away/leave/", {"worker": str(amina.pk)})
        assert wrong.status_code == 422
        assert "Say which is the first day" in wrong.text
        page.post(
            "/schemes/mill-house/away/leave/",
            {"worker": str(amina.pk), "from_on": "2026-05-04", "until_on": "2026-05-08",
             "reason": "annual"},
        )  # fmt: skip
        leave = Absence.objects.get()
        assert "Waiting for a decision" in page.get("/my-leave/").text

        signed_in(grace).post(f"/absences/{leave.pk}/approve/", {"decision_words": "Enjoy it."})
        page = signed_in(amina)
        assert "arranged 0 of 1" in page.get(f"/absences/{leave.pk}/").text
        page.post(
            f"/stays/{held.pk}/cover/{leave.pk}/",
            {"met_on": "2026-04-20", "agreed": "Sees Grace on Tuesday."},
        )
        shown = page.get(f"/absences/{leave.pk}/").text
    assert "arranged 1 of 1" in shown
    assert "Sees Grace on Tuesday." in page.get(f"/stays/{held.pk}/cover/").text
