"""Lists that stand otherwise, down to what stands on file after they were brought in."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.imports.models import ImportedRow
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_strangers_files import book, saved
from alongside.keywork.models import Booking, Session
from alongside.plans.models import PlanAction, WeeklyForm
from alongside.referrals.models import Decision
from alongside.stays.models import Stay

PEOPLE = b"Name,Moved in\nMona Lee,5/1/2026\nOmar Said,6/1/2026\n"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def held() -> list[tuple[str, int]]:
    return sorted((s.stay.resident.family_name, s.held_on.day) for s in Session.objects.all())


def missed() -> list[tuple[str, int, str]]:
    found = Booking.objects.exclude(outcome__in=["", "held"])
    return sorted((b.stay.resident.family_name, b.starts_at.day, b.outcome) for b in found)


def comes_once(scheme, by, name: str, content: bytes, rows: int) -> None:
    before = ImportedRow.objects.count()
    again = bring(scheme, by, name, content)
    assert (again.to_bring, again.count("unchanged")) == (0, rows)
    assert ImportedRow.objects.count() == before


def test_ticks_in_columns_are_sessions_held_missed_and_cancelled(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    text = (
        "Date,Client,Attended,DNA,Cancelled\n2/3/2026,Mona Lee,x,,\n3/3/2026,Mona Lee,,✓,\n"
        "4/3/2026,Omar Said,,,ill\n5/3/2026,Omar Said,x,x,\n"
    ).encode()
    run = bring_in(mill_house, grace, "log.csv", text)
    assert (run.to_bring, run.refused) == (3, 1)
    assert held() == [("Lee", 2)]
    assert missed() == [("Lee", 3, "missed"), ("Said", 4, "cancelled")]
    words = ImportedRow.objects.get(run=run, number=4).kept
    assert "ill" in words.values()
    comes_once(mill_house, grace, "log.csv", text, 3)
    with run.rejected.open("rb") as kept:
        mended = kept.read().replace(b",x,x,", b",x,,")
    assert bring_in(mill_house, grace, "mended.csv", mended).refused == 0
    assert held() == [("Lee", 2), ("Said", 5)]


def test_a_second_list_below_the_first_comes_in_beside_it(cast, grace, mill_house) -> None:
    content = saved(book({"House": [
        ["Name", "Room", "Moved in"], ["Mona Lee", None, date(2026, 1, 5)],
        ["Omar Said", None, date(2026, 1, 6)], [], [],
        ["Key work"], ["Date", "Resident", "Attended", "Mins"],
        [date(2026, 3, 2), "Mona Lee", "Y", 45], [date(2026, 3, 3), "Omar Said", "N", None],
    ]}))  # fmt: skip
    run = bring_in(mill_house, grace, "house.xlsx", content)
    assert run.refused == 0
    assert Stay.objects.filter(resident__family_name__in=["Lee", "Said"]).count() == 2
    assert Session.objects.get().note.minutes == 45
    assert missed() == [("Said", 3, "missed")]
    comes_once(mill_house, grace, "house.xlsx", content, 4)


def test_ditto_marks_repeat_the_cell_above_and_a_note_is_left_as_it_is(
    cast, grace, mill_house
) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    text = (
        b'Date,Resident,Attended,Notes\n2/3/2026,Mona Lee,Y,rent\n"""",Omar Said,Y,ditto\n'
        b"3/3/2026,as above,N,\n"
    )
    run = bring_in(mill_house, grace, "log.csv", text)
    assert run.refused == 0
    assert held() == [("Lee", 2), ("Said", 2)]
    assert missed() == [("Said", 3, "missed")]
    assert {s.note.text for s in Session.objects.all()} == {"rent", "ditto"}
    comes_once(mill_house, grace, "log.csv", text, 3)


def test_a_grid_on_its_side_comes_in_with_its_days(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    content = saved(book({"March": [
        ["Date", "Mona Lee", "Omar Said"], [date(2026, 3, 2), "P", "A"],
        [date(2026, 3, 3), None, "Z"], [date(2026, 3, 4), "P", None],
    ]}))  # fmt: skip
    run = bring_in(mill_house, grace, "grid.xlsx", content)
    assert (run.to_bring, run.refused) == (3, 1)
    assert held() == [("Lee", 2), ("Lee", 4)]
    assert missed() == [("Said", 2, "missed")]
    comes_once(mill_house, grace, "grid.xlsx", content, 3)


def test_both_days_in_one_cell_are_stays_on_file(cast, grace, mill_house) -> None:
    text = b"Name,In/Out\nMona Lee,In 5/1/26 Out 9/2/26\nOmar Said,In 6/1/26\n"
    bring_in(mill_house, grace, "people.csv", text)
    told = Stay.objects.filter(resident__family_name__in=["Lee", "Said"])
    assert {(s.resident.family_name, str(s.moved_out_on)) for s in told} == {
        ("Lee", "2026-02-09"), ("Said", "None"),
    }  # fmt: skip
    comes_once(mill_house, grace, "people.csv", text, 2)


def test_ticks_of_a_decision_are_the_decision_on_file(cast, grace, mill_house) -> None:
    text = (
        "Date received,Name,Accepted,Declined\n2/3/2026,Ann One,✓,\n3/3/2026,Ben Two,,✓\n"
    ).encode()
    bring_in(mill_house, grace, "referrals.csv", text)
    told = Decision.objects.filter(referral__resident__family_name__in=["One", "Two"])
    assert {d.referral.resident.family_name: d.outcome for d in told} == {
        "One": "accept", "Two": "decline",
    }  # fmt: skip
    comes_once(mill_house, grace, "referrals.csv", text, 2)


def test_a_merged_plan_comes_in_with_all_its_actions(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    made = book({"Plans": [
        ["Week", "Client", "Action", "Due"], [date(2026, 3, 2), "Mona Lee", "1) Bank 2) GP", "Fri"],
        [None, None, "Ring mum", date(2026, 3, 4)],
    ]})  # fmt: skip
    made["Plans"].merge_cells("A2:A3")
    made["Plans"].merge_cells("B2:B3")
    content = saved(made)
    bring_in(mill_house, grace, "plans.xlsx", content)
    assert WeeklyForm.objects.count() == 1
    assert [a.text for a in PlanAction.objects.order_by("pk")] == ["Bank", "GP", "Ring mum"]
    comes_once(mill_house, grace, "plans.xlsx", content, 1)
