"""Words that say who still lives here: a column, a line between the rows, the name of a sheet."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.imports.models import ImportedRow
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_moves_and_forms import csv, lived, sheets
from alongside.imports.tests.test_other_places import reasons, stays
from alongside.imports.tests.test_strangers_files import book, planned, saved
from alongside.stays.models import Stay

HEAD = "Name,Moved in,Moved out"
GONE = ("rejected", {"gone-without-day"})


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


@pytest.mark.parametrize("word", ["Previous resident", "Moved out", "Left (evicted)", "EX-TENANT"])
@pytest.mark.parametrize("heading", ["Status", "Resident status", "Category"])
def test_who_is_said_to_have_left_without_a_day_is_not_taken_to_live_here(word, heading) -> None:
    plan = csv(
        f"{HEAD},{heading}\nDana Holt,5/1/2026,,Current resident\nJin Park,6/1/2026,,{word}\n"
        f"Mo Ali,6/1/2026,9/3/2026,{word}\nLu Vega,6/1/2026,,Current\n"
    )
    assert lived(plan) == [
        ("Dana Holt", "2026-01-05", ""), ("Mo Ali", "2026-01-06", "2026-03-09"),
        ("Lu Vega", "2026-01-06", ""),
    ]  # fmt: skip
    assert reasons(plan)[3] == GONE
    assert plan.rows[1].reasons[0].cell == "D3"


def test_a_status_that_speaks_against_the_days_is_told_and_the_days_count() -> None:
    plan = csv(
        f"{HEAD},Status\nDana Holt,5/1/2026,9/3/2026,Current\nJin Park,6/1/2026,,Awaiting move in\n"
        "Mo Ali,6/1/2026,,Who knows\nLu Vega,6/1/2026,9/3/2026,Who knows\nXa Bo,6/1/2026,,Active\n"
    )
    assert reasons(plan) == {
        2: ("warning", {"status-differs"}), 3: ("warning", {"status-differs"}),
        4: ("warning", {"status-unclear"}), 5: ("warning", {"status-unknown"}),
        6: ("new", set()),
    }  # fmt: skip
    assert stays(plan)[0].moved_out == date(2026, 3, 9)
    assert [s.words.get("status") for s in stays(plan)[2:4]] == ["Who knows", "Who knows"]


@pytest.mark.parametrize(
    ("heading", "here", "gone"),
    [("Still here?", "Y", "N"), ("Left?", "no", "yes"), ("Active", "True", "False")],
)
def test_a_yes_means_what_its_heading_asks(heading: str, here: str, gone: str) -> None:
    plan = csv(
        f"Name,Moved in,{heading}\nDana Holt,5/1/2026,{here}\nJin Park,6/1/2026,{gone}\n"
        f"Mo Ali,5/1/2026,{here}\n"
    )
    assert {n: v for n, (v, _) in reasons(plan).items()} == {2: "new", 3: "rejected", 4: "new"}
    assert reasons(plan)[3] == GONE


@pytest.mark.parametrize("word", ["Yes", "moved on", "left", "✓"])
def test_a_yes_in_place_of_the_day_of_moving_out_is_no_day(word: str) -> None:
    assert reasons(csv(f"{HEAD}\nDana Holt,5/1/2026,{word}\n")) == {2: GONE}


@pytest.mark.parametrize("word", ["No", "not yet", "still resident"])
def test_a_no_in_place_of_the_day_of_moving_out_is_nobody_gone(word: str) -> None:
    assert reasons(csv(f"{HEAD}\nDana Holt,5/1/2026,{word}\n")) == {2: ("new", set())}


def test_the_day_beside_the_words_is_taken_and_said() -> None:
    plan = csv(
        f"{HEAD},Status\nDana Holt,5/1/2026,,Left 9/3/26\nJin Park,6/1/2026,,Moved out 31/2/26\n"
        "Mo Ali,6/1/2026,,Current\n"
    )
    assert lived(plan)[0] == ("Dana Holt", "2026-01-05", "2026-03-09")
    assert reasons(plan)[2] == ("warning", {"day-from-status"})
    assert reasons(plan)[3][0] == "rejected"


def test_a_line_between_the_rows_or_a_sheet_says_it_too() -> None:
    head = ["Name", "Room", "Moved in", "Moved out"]
    plan = sheets(**{
        "Current residents": [head, ["Mona Lee", "1", "5/1/2026"],
                              ["Omar Said", "2", "5/1/2026", "9/3/2026"]],
        "Previous residents": [head, ["Ann One", "1", "5/1/2025", "9/3/2025"],
                               ["Ben Two", "2", "5/1/2025"]],
        "Both": [head, ["CURRENT TENANTS"], ["Cy Three", "3", "5/1/2026"], ["FORMER TENANTS"],
                 ["Di Four", "4", "5/1/2025"], ["Ed Five", "4", "5/1/2025", "6/6/2025"]],
    })  # fmt: skip
    told = {(r.sheet, r.row): r.codes() for r in plan.rows if r.reasons}
    assert told == {
        ("Current residents", 3): {"status-differs"},
        ("Previous residents", 3): {"gone-without-day"},
        ("Both", 5): {"gone-without-day"},
    }  # fmt: skip


def test_a_column_called_resident_that_says_who_is_one_is_no_name() -> None:
    plan = csv(
        "Resident,Name,Moved in\nCurrent,Dana Holt,5/1/2026\nPrevious,Jin Park,6/1/2026\n"
        "Current,Mo Ali,6/1/2026\n"
    )
    assert [n for n, *_ in lived(plan)] == ["Dana Holt", "Mo Ali"]


def test_a_column_of_another_status_is_left_out_and_said() -> None:
    plan = csv(
        f"{HEAD},Status,Immigration status\nDana Holt,5/1/2026,,Single,Refugee\n"
        "Jin Park,6/1/2026,,Married,ILR\n"
    )
    assert {row.verdict for row in plan.rows} == {"new"}
    assert {n.words for n in plan.notices if n.what == "column left out"} >= {"Status"}


def test_who_left_stays_out_of_the_house_until_the_day_is_written(cast, grace, mill_house) -> None:
    text = (
        f"{HEAD},Status\nMona Lee,5/1/2026,,Current resident\n"
        "Omar Said,6/1/2026,,Previous resident\n"
        "Ann One,6/1/2026,9/3/2026,Moved out\n"
    )
    run = bring_in(mill_house, grace, "people.csv", text.encode())
    here = Stay.objects.filter(scheme=mill_house, resident__family_name__in=["Lee", "Said", "One"])
    assert {(s.resident.family_name, s.is_current()) for s in here} == {
        ("Lee", True), ("One", False),
    }  # fmt: skip
    with run.rejected.open("rb") as kept:
        mended = kept.read().replace(b"6/1/2026,,Prev", b"6/1/2026,8/3/2026,Prev")
    again = bring_in(mill_house, grace, "mended.csv", mended)
    assert (again.to_bring, again.refused) == (1, 0)
    assert not here.get(resident__family_name="Said").is_current()
    assert ImportedRow.objects.filter(scheme=mill_house).count() == 3
    third = bring(mill_house, grace, "people.csv", text.encode())
    assert (third.to_bring, third.count("unchanged")) == (0, 2)


def test_in_and_out_beside_both_days_are_no_moves() -> None:
    plan = planned(saved(book({"A": [
        ["Name", "Moved in", "Moved out", "Status"],
        ["Dana Holt", date(2026, 1, 5), None, "Moved on"],
        ["Jin Park", date(2026, 1, 5), None, "In"],
    ]})))  # fmt: skip
    assert reasons(plan)[2] == GONE
