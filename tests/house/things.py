"""One of everything at Mill House, made by operations, for trying every door with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from alongside.accommodation.operations import report_fault
from alongside.agreements.operations import explain, record_breach
from alongside.allocations.operations import allocate, ask_for_change, hand_over_case
from alongside.assessments.operations import start_assessment
from alongside.duties.models import Duty
from alongside.health.operations import register_with
from alongside.imports.operations import start_import
from alongside.keywork.operations import book_time, offer_slot, write_note, write_report
from alongside.money.operations import list_benefit
from alongside.residents.operations import propose_duplicate
from alongside.sheets.keeping import begin_sheet
from alongside.testing.builders import a_referral
from alongside.testing.cast import Cast, a_member_of_staff, a_resident

TODAY = date(2026, 4, 20)
REPORT = {"progress": "Rang the college.", "assessment": "Steady.", "risks": "None."}
AT_TWO = datetime(2026, 4, 22, 14, tzinfo=ZoneInfo("Europe/London"))
A_LIST = b"Name,Moved in\nRosa Lindqvist,02/02/2026\nIdris Khan,31/02/2026\n"
type Make = Callable[[Cast], Any]


def a_handover(cast: Cast) -> Any:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return hand_over_case(
        cast.tomasz, by=cast.grace, to=bilal, summary="Goes to college on Tuesdays."
    )


def a_wish_for_change(cast: Cast) -> Any:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return ask_for_change(
        cast.tomasz, by=cast.grace, reason="other", words="They would like a change."
    )


def a_duplicate(cast: Cast) -> Any:
    other = a_resident(cast.mill_house, "Tomas", "Novak")
    return propose_duplicate(
        cast.mill_house, by=cast.grace, one=cast.tomasz.resident, other=other, why="Nearly a name"
    )


def always(value: str) -> Make:
    return lambda _: value


# What stands in an address under a name, or, where rooms use one name, under room and name.
THINGS: dict[str, Make] = {
    "scheme": lambda cast: cast.mill_house.slug,
    "stay_id": lambda cast: cast.tomasz.pk,
    "resident_id": lambda cast: cast.tomasz.resident_id,
    "staff_id": lambda cast: cast.amina.pk,
    "bed_id": lambda cast: cast.beds[1].pk,
    "agreements key": always("conditions-of-stay"),
    "assessment_id": lambda cast: start_assessment(
        cast.tomasz, by=cast.amina, assessed_on=TODAY
    ).pk,
    "duty_id": lambda cast: Duty.objects.filter(stay=cast.tomasz).earliest("due_on").pk,
    "note_id": lambda cast: write_note(
        cast.tomasz, by=cast.amina, kind="informal", text="Talked by the stairs."
    ).pk,
    "booking_id": lambda cast: book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=AT_TWO.date(), starts=time(14),
        venue="office",
    ).pk,
    "slot_id": lambda cast: offer_slot(
        cast.mill_house, by=cast.amina, worker=cast.amina, starts_at=AT_TWO,
        ends_at=AT_TWO.replace(hour=15), venue="office",
    ).pk,
    "report_id": lambda cast: write_report(
        cast.tomasz, by=cast.amina, headings=REPORT
    ).pk,
    "fault_id": lambda cast: report_fault(
        cast.beds[1], by=cast.grace, kind="heating", words="Cold", seen_on=TODAY
    ).pk,
    "referral_id": lambda cast: a_referral(cast.mill_house, by=cast.grace).pk,
    "proposal_id": lambda cast: a_duplicate(cast).pk,
    "request_id": lambda cast: a_wish_for_change(cast).pk,
    "handover_id": lambda cast: a_handover(cast).pk,
    "explanation_id": lambda cast: explain(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", explained_on=TODAY
    ).pk,
    "breach_id": lambda cast: record_breach(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="6", happened_on=TODAY,
        what_happened="Stayed out without telling anybody.",
    ).pk,
    "sheet_id": lambda cast: begin_sheet(
        cast.mill_house, "induction", by=cast.grace, stay=cast.tomasz
    ).pk,
    "reports figure": always("in"),
    "run_id": lambda cast: start_import(
        cast.mill_house, by=cast.grace, name="list.csv", content=A_LIST
    ).pk,
    "imports number": always("0"),
    "money what": always("benefit"),
    "money:follow-up what": always("status"),
    "money pk": lambda cast: list_benefit(
        cast.tomasz, by=cast.amina, kind="housing_benefit", status="live", from_on=TODAY
    ).pk,
    "health pk": lambda cast: register_with(
        cast.tomasz, by=cast.amina, kind="gp", name="Mill Street Surgery", registered_on=TODAY
    ).pk,
}  # fmt: skip


def maker(door: str, part: str) -> Make | None:
    """Who makes that part of that address: for the page, for the room, or for every room."""
    room = door.partition(":")[0]
    names = (f"{door} {part}", f"{room} {part}", part)
    return next((THINGS[name] for name in names if name in THINGS), None)
