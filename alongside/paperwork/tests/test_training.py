"""What a role asks for is shown by a form, runs out, and counts again once it is shown again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from alongside.allocations import matching
from alongside.allocations.models import Method
from alongside.allocations.operations import allocate
from alongside.audit.actors import System
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.organisation.operations import employ, give_role
from alongside.paperwork.operations import (
    begin_form,
    fill_in_about_myself,
    fill_in_about_the_team,
)
from alongside.sheets.gates import Shown, gates_of
from alongside.testing.cast import OPENED, SETTING_UP, Cast, assemble

NIGHT = System("the night")


def new_to_care(cast: Cast) -> Staff:
    """Lena begins today and has shown nothing yet."""
    lena = employ(
        cast.organisation, by=SETTING_UP, name="Lena Fischer", email="lena@harbour.example",
        initials="LF",
    )  # fmt: skip
    give_role(
        cast.mill_house, by=SETTING_UP, staff=lena, role="key_worker", from_on=OPENED,
        line_manager=cast.grace,
    )  # fmt: skip
    return lena


def show(cast: Cast, worker: Staff, gate: str, **more: str) -> None:
    fill_in_about_the_team(
        cast.mill_house, by=cast.grace, key="training", worker=worker,
        answers={"gate": gate, "what": "Certificate seen", **more},
    )  # fmt: skip


def how(cast: Cast, worker: Staff, gate: str) -> Shown:
    found = gates_of(cast.mill_house, [worker], role="key_worker")[worker.pk]
    return next(one.shown for one in found if one.gate.key == gate)


def on(year: int, month: int, day: int) -> time_machine.travel:
    return time_machine.travel(datetime(year, month, day, 11, tzinfo=UTC), tick=False)


@pytest.mark.req("S2-43", "S2-45", "S2-46")
def test_somebody_new_to_care_cannot_be_chosen_until_it_is_shown(db) -> None:
    cast = assemble("supported-living")
    lena = new_to_care(cast)
    reason = next(iter(cast.mill_house.pack.reasons("allocation").keys()))
    told: dict[str, Any] = {
        "by": cast.grace,
        "worker": lena,
        "reason": reason,
        "words": "She asked for her",
    }
    with pytest.raises(Refused, match=r"cannot be the link worker yet\. Care Certificate"):
        allocate(cast.tomasz, **told, override_reason="We are short")
    found = matching.candidates(cast.tomasz)
    assert [(one.worker, one.is_barred) for one in found] == [(cast.amina, False), (lena, True)]

    show(cast, lena, "care-certificate")
    with pytest.raises(Refused, match="Assessed as competent"):
        allocate(cast.tomasz, **told)
    show(cast, lena, "competent")

    assert allocate(cast.tomasz, **told).worker == lena


@pytest.mark.req("S2-46")
def test_what_somebody_says_of_themselves_waits_for_a_leader(db) -> None:
    cast = assemble("supported-living")
    lena = new_to_care(cast)
    fill_in_about_myself(
        cast.mill_house, by=lena, key="training",
        answers={"gate": "competent", "what": "I was assessed in March"},
    )  # fmt: skip
    assert how(cast, lena, "competent") is Shown.SAID

    show(cast, lena, "competent")
    assert how(cast, lena, "competent") is Shown.YES


def test_where_a_leader_may_say_why_a_reason_is_asked_for(db) -> None:
    cast = assemble("childrens-home")
    lena = new_to_care(cast)
    told: dict[str, Any] = {"worker": lena, "reason": "other", "words": "He knows her from school"}
    with pytest.raises(Refused, match="has not shown all that is asked") as no:
        allocate(cast.tomasz, by=cast.grace, **told)
    assert no.value.field == "override_reason"

    allocate(cast.tomasz, by=cast.grace, **told, override_reason="Signed off on Friday")


def test_for_the_time_being_somebody_may_begin(db) -> None:
    cast = assemble("childrens-home")
    lena = new_to_care(cast)
    assert allocate(cast.tomasz, by=cast.grace, worker=lena, method=Method.TEMPORARY)


def test_a_training_that_ran_out_closes_the_gate_and_renewed_opens_it_again(db) -> None:
    cast = assemble("coordinated-care")
    lena = new_to_care(cast)
    show(cast, lena, "medication")
    assert how(cast, lena, "medication") is Shown.YES

    with on(2027, 4, 21):
        assert how(cast, lena, "medication") is Shown.RUN_OUT
        show(cast, lena, "medication")
        assert how(cast, lena, "medication") is Shown.YES


@pytest.mark.req("S4-18")
def test_working_towards_it_counts_with_a_date_and_no_longer(db) -> None:
    cast = assemble("coordinated-care")
    lena = new_to_care(cast)
    show(cast, lena, "level-3", target_on="2026-09-30")
    assert how(cast, lena, "level-3") is Shown.WORKING

    show(cast, lena, "medication", target_on="2026-09-30")
    assert how(cast, lena, "medication") is Shown.NO  # towards this one nobody works
    with on(2026, 10, 1):
        assert how(cast, lena, "level-3") is Shown.NO


def renewals(worker: Staff) -> list[tuple[date, str]]:
    found = Duty.objects.filter(worker=worker, key="training-renewed").exclude(state=State.VOID)
    return sorted((one.due_on, str(one.state)) for one in found)


def test_what_runs_out_is_to_be_renewed_and_only_the_same_training_does_that(db) -> None:
    cast = assemble("coordinated-care")
    lena = new_to_care(cast)
    show(cast, lena, "medication")
    work_out(cast.mill_house, by=NIGHT)
    assert renewals(lena) == [(date(2027, 3, 23), "open")]

    with on(2027, 3, 1):
        show(cast, lena, "care-certificate")  # another: it renews nothing
        work_out(cast.mill_house, by=NIGHT)
        assert renewals(lena) == [(date(2027, 3, 23), "open")]
        show(cast, lena, "medication")
        work_out(cast.mill_house, by=NIGHT)
        assert renewals(lena) == [(date(2027, 3, 23), "met"), (date(2028, 2, 2), "open")]


PLAN = {"physical": "Asthma", "emotional": "Sleeps badly", "appointments": "Dentist in May",
        "own_view": "I am fine"}  # fmt: skip


@pytest.mark.req("S3-66")
def test_a_health_care_plan_says_until_when_it_holds_and_is_renewed_before(db) -> None:
    home = assemble("childrens-home")
    allocate(home.tomasz, by=home.grace, worker=home.amina)
    with pytest.raises(Refused, match="valid until"):
        begin_form(home.tomasz, by=home.amina, key="health-care-plan", answers=PLAN, finish=True)
    begin_form(
        home.tomasz, by=home.amina, key="health-care-plan", finish=True,
        answers={**PLAN, "valid_until": "2026-06-30"},
    )  # fmt: skip

    owed = Duty.objects.get(stay=home.tomasz, key="health-care-plan-renewed")
    assert (owed.due_on, owed.state, owed.owed_by) == (date(2026, 6, 16), "open", home.amina)

    with on(2026, 6, 20):
        begin_form(
            home.tomasz, by=home.amina, key="health-care-plan", finish=True,
            answers={**PLAN, "valid_until": "2026-12-31"},
        )  # fmt: skip
        states = Duty.objects.filter(stay=home.tomasz, key="health-care-plan-renewed")
        assert sorted(states.values_list("due_on", "state")) == [
            (date(2026, 6, 16), "met_late"), (date(2026, 12, 17), "open"),
        ]  # fmt: skip


def test_the_page_says_who_has_shown_what(db, client) -> None:
    cast = assemble("supported-living")
    new_to_care(cast)
    client.force_login(cast.grace)
    shown = client.get(reverse("paperwork:team", args=["mill-house"])).text

    assert "What everybody has shown" in shown
    assert "Assessed as competent in care planning and needs assessment: not shown" in shown
    assert "Assessed as competent in care planning and needs assessment: shown" in shown
    form = client.get(
        reverse("paperwork:colleague-form", args=["mill-house", "training", cast.amina.pk])
    ).text
    assert "Care Certificate, and further training after it" in form


def test_the_page_of_choosing_says_who_cannot_be_chosen_yet(db, client) -> None:
    cast = assemble("supported-living")
    new_to_care(cast)
    client.force_login(cast.grace)
    shown = client.get(reverse("allocations:allocate", args=[cast.tomasz.pk])).text

    assert "cannot be chosen yet" in shown
