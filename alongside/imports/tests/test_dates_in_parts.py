"""Dates in three columns, and bare numbers of days under a month that is named elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl
import pytest

from alongside.imports.plan import ImportPlan
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_moves_and_forms import csv, lived
from alongside.imports.tests.test_other_places import reasons, stays
from alongside.imports.tests.test_strangers_files import book, planned, said, saved, sessions
from alongside.keywork.models import Session
from alongside.stays.models import Stay

PEOPLE = b"Name,Moved in\nMona Lee,5/1/2026\nOmar Said,6/1/2026\n"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def sheets_of(rows: Mapping[str, Sequence[Sequence[object]]]) -> ImportPlan:
    return planned(saved(book(rows)), known=True)


def days(plan: ImportPlan) -> list[str]:
    return [str(s.held_on) for s in sessions(plan)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Day,Month,Year", "2,3,2026"),
        ("Day,Month,Year", "02,March,26"),
        ("DD,MM,YYYY", "2,03,2026"),
        ("Year,Month,Day", "2026,Mar,2nd"),
        ("Tag,Monat,Jahr", "2,März,2026"),
        ("Day,Month", "2,March 2026"),
        ("Month,Date", "March 2026,2"),
    ],
)
def test_a_day_a_month_and_a_year_are_one_date(head: str, row: str) -> None:
    plan = csv(f"{head},Resident,Attended\n{row},Dana Holt,Y\n", known=True)
    assert days(plan) == ["2026-03-02"]
    assert not [n for n in plan.notices if n.what == "column left out"]


@pytest.mark.parametrize("month", ["²", "③", "٣", "೩", "9" * 5000])
def test_what_is_a_digit_and_no_month_is_no_fault(month: str) -> None:
    rows = f"2,{month},2026,Dana Holt,Y\n3,3,2026,Dana Holt,Y\n4,3,2026,Dana Holt,Y\n"
    csv(f"Day,Month,Year,Resident,Attended\n{rows}", known=True)


def test_three_columns_for_each_of_three_dates_of_a_stay() -> None:
    made = book({"A": [
        ["Name", "Date of birth", None, None, "Moved in", None, None,
         "Day left", "Month left", "Year left"],
        [None, "Day", "Month", "Year", "Day", "Month", "Year"],
        ["Dana Holt", 1, 2, 1990, 5, 1, 2026, 9, 3, 2026], ["Jin Park", 4, "May", 91, 6, 1, 2026],
        ["Mo Ali", 31, 2, 1990, 31, 2, 2026],
    ]})  # fmt: skip
    for span in ("B1:D1", "E1:G1", "A1:A2", "H1:H2"):
        made["A"].merge_cells(span)
    plan = planned(saved(made))
    assert lived(plan) == [
        ("Dana Holt", "2026-01-05", "2026-03-09"),
        ("Jin Park", "2026-01-06", ""),
    ]
    assert [s.birth.on for s in stays(plan)] == [date(1990, 2, 1), date(1991, 5, 4)]
    assert reasons(plan)[5] == ("rejected", {"impossible-date"})


def test_a_part_that_is_missing_is_refused_and_one_written_once_is_carried_down_and_said() -> None:
    plan = csv(
        "Month,Day,Year,Resident,Attended\nMarch,2,2026,Dana Holt,Y\n,9,,Dana Holt,Y\n"
        "April,,2026,Dana Holt,Y\n,,,Dana Holt,Y\n14,5,2026,Dana Holt,Y\n",
        known=True,
    )
    assert days(plan) == ["2026-03-02", "2026-03-09"]
    assert reasons(plan) == {
        2: ("new", set()), 3: ("warning", {"month-above"}), 4: ("rejected", {"unreadable-date"}),
        5: ("rejected", {"no-date"}), 6: ("rejected", {"unreadable-date"}),
    }  # fmt: skip


@pytest.mark.parametrize("sheet", ["March 2026", "Mar 26", "2026-03"])
def test_bare_days_under_a_sheet_of_a_month(sheet: str) -> None:
    rows: list[list[object]] = [
        ["Date", "Resident", "Attended"], [2, "Dana Holt", "Y"], ["9th", "Dana Holt", "Y"],
        ["Mon 16", "Jin Park", "N"], [31, "Dana Holt", "Y"], [32, "Dana Holt", "Y"],
    ]  # fmt: skip
    plan = sheets_of({sheet: rows})
    assert days(plan) == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-31"]
    assert reasons(plan)[6][0] == "rejected"
    (told,) = said(plan, "days without a month")
    assert told.startswith("4 dates are only the number of a day. The month taken is March 2026")


def test_bare_days_under_lines_that_name_their_months() -> None:
    plan = sheets_of({"2026": [
        ["Day", "Resident", "Attended", "Notes"], ["FEBRUARY"], [9, "Dana Holt", "Y"],
        [30, "Dana Holt", "Y"], ["MARCH"], [2, "Dana Holt", "Y"], [28, "Dana Holt", "Y"],
        [1, "Dana Holt", "Y"],
    ]})  # fmt: skip
    assert days(plan) == ["2026-02-09", "2026-03-02", "2026-03-28", "2026-03-01"]
    told = reasons(plan)
    assert told[4] == ("rejected", {"impossible-date"})
    assert told[8] == ("warning", {"days-begin-again"})


def test_bare_days_without_a_month_are_refused_with_what_to_do() -> None:
    plan = csv("Date,Resident,Attended\n2,Dana Holt,Y\n9,Dana Holt,N\n", known=True)
    assert {r.codes() for r in plan.rows} == {frozenset({"day-only"})}
    assert "month" in plan.rows[0].reasons[0].instead


def test_dates_in_parts_come_in_once_and_are_mended_where_they_stand(
    cast, grace, mill_house
) -> None:
    text = b"Name,Day,Month,Year,Room\nMona Lee,5,1,2026,\nOmar Said,31,2,2026,\n"
    text = text.replace(b"Day,Month,Year", b"Moved in day,Moved in month,Moved in year")
    run = bring_in(mill_house, grace, "people.csv", text)
    assert (run.to_bring, run.refused) == (1, 1)
    assert str(Stay.objects.get(resident__family_name="Lee").moved_in_on) == "2026-01-05"
    with run.rejected.open("rb") as kept:
        content = kept.read()
    assert content.decode("utf-8-sig").splitlines()[0].count(",") == 4
    again = bring_in(mill_house, grace, "mended.csv", content.replace(b"31,2", b"28,2"))
    assert (again.to_bring, again.refused) == (1, 0)
    assert str(Stay.objects.get(resident__family_name="Said").moved_in_on) == "2026-02-28"
    assert bring(mill_house, grace, "people.csv", text).count("unchanged") == 1


def test_bare_days_come_in_once_and_come_back_as_whole_dates(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    content = saved(book({"March 2026": [
        ["Date", "Resident", "Attended"], [2, "Mona Lee", "Y"], [9, "Omar Said", "Y"],
        [16, "Nobody Here", "Y"],
    ]}))  # fmt: skip
    run = bring_in(mill_house, grace, "log.xlsx", content)
    assert sorted(str(s.held_on) for s in Session.objects.all()) == ["2026-03-02", "2026-03-09"]
    with run.rejected.open("rb") as kept:
        sheet = openpyxl.load_workbook(kept)["March 2026"]
    assert sheet["A2"].value.date() == date(2026, 3, 16)
    again = bring(mill_house, grace, "log.xlsx", content)
    assert (again.to_bring, again.count("unchanged"), again.refused) == (0, 2, 1)
