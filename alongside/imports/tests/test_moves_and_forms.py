"""Lists that stand otherwise: ticks, moves, forms, plans in several rows, lists below lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from alongside.imports.kinds.plans import PlanRecord
from alongside.imports.kinds.referrals import ReferralRecord
from alongside.imports.mapping import guess_mapping
from alongside.imports.plan import ImportPlan
from alongside.imports.reading.files import read_file
from alongside.imports.reading.tables import tables_in
from alongside.imports.rejects import write_rejected
from alongside.imports.tests.hostel import plan_content
from alongside.imports.tests.test_other_places import reasons, stays
from alongside.imports.tests.test_strangers_files import (
    PEOPLE,
    PLACE,
    book,
    planned,
    said,
    saved,
    sessions,
)


def csv(text: str, *, known: bool = False) -> ImportPlan:
    return planned(text.encode(), "x.csv", known=known)


def sheets(**rows: Sequence[Sequence[object]]) -> ImportPlan:
    return planned(saved(book(rows)), known=True)


def plans(plan: ImportPlan) -> list[PlanRecord]:
    return [record for record in plan.records() if isinstance(record, PlanRecord)]


def lived(plan: ImportPlan) -> list[tuple[str, str, str]]:
    return [(s.name.full(), str(s.moved_in), str(s.moved_out or "")) for s in stays(plan)]


def test_a_tick_in_one_of_three_columns_says_what_came_of_it() -> None:
    plan = csv(
        "Date,Client,Attended,DNA,Cancelled\n14/3/2026,Dana Holt,x,,\n15/3/2026,Dana Holt,,✓,\n"
        "16/3/2026,Dana Holt,,,ill\n17/3/2026,Dana Holt,x,1,\n18/3/2026,Dana Holt,0,no,\n",
        known=True,
    )
    assert [s.outcome for s in sessions(plan)] == ["attended", "did_not_attend", "cancelled"]
    assert reasons(plan) == {
        2: ("new", set()), 3: ("new", set()), 4: ("warning", {"tick-words"}),
        5: ("rejected", {"two-outcomes"}), 6: ("rejected", {"no-outcome"}),
    }  # fmt: skip
    assert {r.cell for row in plan.rows for r in row.reasons} == {"E4", "D5", "C6"}
    assert [record.words for record in sessions(plan)][2] == {"outcome 5": "ill"}


def test_ticks_say_what_was_decided_of_a_referral_too() -> None:
    plan = csv(
        "Date received,Name,Accepted,Declined\n14/3/2026,Dana Holt,✓,\n15/3/2026,Jin Park,,✓\n"
    )
    found = [r for r in plan.records() if isinstance(r, ReferralRecord)]
    assert [r.decision for r in found] == ["accepted", "declined"]


def test_a_row_for_each_move_becomes_stays() -> None:
    plan = csv(
        "Name,In/Out,Date,Room,Where to\nDana Holt,In,14/3/2026,2,\nJin Park,In,1/3/2026,3,\n"
        "Dana Holt,Out,2/5/2026,,Flat\nJin Park,Out,1/4/2026,,\nJin Park,In,9/4/2026,4,\n"
        "Mo Ali,Out,1/1/2026,,\nLu Vega,maybe,1/1/2026,,\nXa Bo,In,1/1/2026,,\n"
        "Xa Bo,In,2/1/2026,,\n"
    )
    assert lived(plan) == [
        ("Dana Holt", "2026-03-14", "2026-05-02"), ("Jin Park", "2026-03-01", "2026-04-01"),
        ("Jin Park", "2026-04-09", ""), ("Xa Bo", "2026-01-02", ""),
    ]  # fmt: skip
    one, other = (s for s in stays(plan) if s.name.surname == "Park")
    assert one.person == other.person
    assert stays(plan)[0].texts["reason_left"] == "Flat"
    told = reasons(plan)
    assert told[7] == ("rejected", {"out-without-in"})
    assert told[8] == ("rejected", {"move-unclear"})
    assert told[9] == ("rejected", {"in-twice"})
    assert {n for n, (verdict, _) in told.items() if verdict == "aside"} == {4, 5}


def test_both_days_in_one_cell_become_stays() -> None:
    plan = csv(
        "Name,Room,In/Out\nDana Holt,2,In 3/4/26 Out 9/6/26\nJin Park,3,In 1/3/26\n"
        "Mo Ali,4,in: 1/1/26 out: 1/2/26 in: 3/3/26\nLu Vega,5,01/02/2026 - 03/04/2026\n"
        "Xa Bo,6,whenever\nYi Cho,7,Out 1/1/26\n"
    )
    assert lived(plan) == [
        ("Dana Holt", "2026-04-03", "2026-06-09"), ("Jin Park", "2026-03-01", ""),
        ("Mo Ali", "2026-01-01", "2026-02-01"), ("Mo Ali", "2026-03-03", ""),
        ("Lu Vega", "2026-02-01", "2026-04-03"),
    ]  # fmt: skip
    assert len({s.person for s in stays(plan)}) == 4
    refused = {r.row: r.reasons[0].cell for r in plan.rows if r.verdict == "rejected"}
    assert refused == {6: "C6", 7: "C7"}


def test_moves_brought_again_with_a_later_out_change_that_stay_alone() -> None:
    head = "Name,In/Out,Date\nDana Holt,In,14/3/2026\nJin Park,In,1/3/2026\n"
    first = csv(head)
    again = plan_content("x.csv", f"{head}Dana Holt,Out,2/5/2026\n".encode(), PLACE, first.register)
    assert {r.row: str(r.verdict) for r in again.rows} == {2: "update", 3: "unchanged", 4: "aside"}


def test_forms_below_one_another_beside_one_another_and_on_sheets_of_their_own() -> None:
    plan = sheets(
        A=[
            ["Resident file"],
            ["Name", "Mona Lee"], ["Room:", "3"], ["Date of birth", "1/2/1990"],
            ["Moved in", "3/4/2026"], ["Key worker", "Bo L"], ["Shoe size", 5], [],
            ["Name", "Omar Said"], ["Room:", "4"], ["Date of birth", "1/2/1991"],
            ["Moved in", "5/4/2026"], ["Notes", "one"], ["", "two"],
        ],
        B=[["Name: Mo Ali"], ["Room", "5", "Moved in", "6/6/2026"],
           ["Key worker", "AR", "DOB", ""]],
        C=[["Name", "Ann One", "Ben Two"], ["Room", "1", "2"], ["Moved in", "1/2/2026", "2/2/2026"],
           ["Key worker", "AR", "BL"]],
    )  # fmt: skip
    assert [(s.name.full(), s.room, s.worker) for s in stays(plan)] == [
        ("Mona Lee", "3", "bo"), ("Omar Said", "4", ""), ("Mo Ali", "5", "ana"),
        ("Ann One", "1", "ana"), ("Ben Two", "2", "bo"),
    ]  # fmt: skip
    assert stays(plan)[1].texts["notes"] == "one\ntwo"
    assert ("A", "Shoe size") in {(n.sheet, n.words) for n in plan.notices}
    assert {n.sheet for n in plan.notices if n.what == "shape"} == {"A", "B", "C"}


def test_a_wrong_day_in_a_form_is_named_by_its_cell_and_comes_back_as_a_row() -> None:
    content = saved(book({"A": [
        ["Name", "Mona Lee"], ["Room", "3"], ["Moved in", "31/2/2026"], [],
        ["Name", "Omar Said"], ["Room", "4"], ["Moved in", "5/4/2026"],
    ]}))  # fmt: skip
    plan = planned(content)
    (refused,) = [r for r in plan.rows if r.verdict == "rejected"]
    assert refused.reasons[0].cell == "B3"
    (table,) = tables_in(read_file("m.xlsx", write_rejected(plan)[1]))
    kinds = [c.field for c in guess_mapping(table, PLACE).columns]
    assert (guess_mapping(table, PLACE).kind, kinds) == ("stays", ["name", "room", "moved_in"])


def test_a_plan_in_several_rows_is_one_plan() -> None:
    plan = csv(
        "Week commencing,Client,Action,By when\n2/3/2026,Dana Holt,Call,3/3/2026\n,,Bank,Fri\n"
        "2/3/2026,Jin Park,Swim,\n2/3/2026,Dana Holt,Third,\n,,Bank,Fri\n",
        known=True,
    )
    assert [[a.text for a in p.actions] for p in plans(plan)] == [
        ["Call", "Bank", "Third"],
        ["Swim"],
    ]
    told = {r.row: (str(r.verdict), r.words) for r in plan.rows}
    assert told[2] == ("new", "One plan, from rows 2, 3, 5.")
    assert told[3] == ("aside", "goes on: with row 2")
    assert told[6] == ("aside", "the same again: with row 2")
    assert said(plan, "rows of one plan") == [
        "3 rows of the same person and week were put together into 1 plan."
    ]
    other = (
        b"Week commencing,Client,Action,By when\n2/3/2026,Dana Holt,Call,3/3/2026\n,,Bank,Fri\n"
        b"2/3/2026,Dana Holt,Third,\n"
    )
    again = plan_content("y.csv", other, PLACE, plan.register)
    assert [str(r.verdict) for r in again.rows] == ["unchanged", "aside", "aside"]


def test_a_plan_with_merged_cells_is_one_plan_and_its_rows_are_refused_together() -> None:
    made = book({"Plans": [
        ["Week commencing", "Client", "Action"], [date(2026, 3, 2), "Dana Holt", "Call"],
        [None, None, "Bank"], [date(2026, 3, 2), "Nobody X", "Swim"], [None, None, "Run"],
    ]})  # fmt: skip
    for area in ("A2:A3", "B2:B3", "A4:A5", "B4:B5"):
        made["Plans"].merge_cells(area)
    plan = planned(saved(made), known=True)
    assert [[a.text for a in p.actions] for p in plans(plan)] == [["Call", "Bank"]]
    again = plan_content("m.xlsx", write_rejected(plan)[1], PLACE)
    assert {r.row: str(r.verdict) for r in again.rows} == {2: "rejected", 3: "aside"}


def test_an_action_as_long_as_a_letter_is_refused_with_its_cell() -> None:
    plan = csv(
        f"Week commencing,Client,Action\n2/3/2026,Dana Holt,Call\n,,{'x' * 5000}\n", known=True
    )
    (refused,) = [r for r in plan.rows if r.verdict == "rejected"]
    assert [(r.code, r.cell) for r in refused.reasons] == [("action-too-long", "C3")]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Date,Client,Attended,Notes", "14/3/2026,Dana Holt,Y"),
        ("Date,Client,Type,Case note", "14/3/2026,Dana Holt,Phone"),
    ],
)
def test_a_session_or_note_as_long_as_a_book_is_refused_with_its_cell(head: str, row: str) -> None:
    plan = csv(f"{head}\n{row},{'x' * 50_001}\n", known=True)
    (refused,) = plan.rows
    assert [(r.code, r.cell) for r in refused.reasons] == [("text-too-long", "D2")]


def test_lists_below_one_another_are_read_each_for_itself() -> None:
    plan = sheets(All=[
        ["Residents"], ["Name", "Moved in", "Room"], ["Mona Lee", "13/1/2026", "2"],
        ["Omar Said", "14/1/2026", "3"], ["Total", 2], [], ["Key work"],
        ["Date", "Resident", "Outcome", "Notes"], ["3/3/2026", "Mona Lee", "Attended", "x"],
        ["4/3/2026", "〃", "DNA", "y"], ["5/3/2026", "as above", "DNA", "as above"],
    ])  # fmt: skip
    assert [t.name for t in plan.tables] == ["All", "All (row 7 on)"]
    assert [s.name.full() for s in stays(plan)] == ["Mona Lee", "Omar Said"]
    assert [(s.held_on.day, s.note) for s in sessions(plan)] == [
        (3, "x"),
        (4, "y"),
        (5, "as above"),
    ]
    assert len({s.person for s in sessions(plan)}) == 1


def test_the_same_heading_again_goes_on_with_the_list() -> None:
    plan = csv(
        "Name,Moved in,Room\nDana Holt,13/1/2026,2\n\nUpstairs\nName,Moved in,Room\n"
        "Jin Park,14/1/2026,3\n"
    )
    assert [s.name.full() for s in stays(plan)] == ["Dana Holt", "Jin Park"]


def test_a_list_is_about_whom_the_line_above_it_names_and_nobody_else() -> None:
    plan = sheets(Log=[
        ["Name:", "Dana Holt"], ["Key worker:", "Bo Lund"], [],
        ["Date", "Attended", "Notes"], ["2/3/2026", "Y", "a"], ["3/3/2026", "N", "b"], [],
        ["Name:", "Jin Park"], [], ["Date", "Attended", "Notes"], ["4/3/2026", "Y", "c"],
    ])  # fmt: skip
    one, two, three = sessions(plan)
    assert one.person == two.person != three.person
    assert (one.worker, two.worker, three.worker) == ("bo", "bo", "")


def test_a_list_refused_without_its_line_above_still_says_whom_it_is_about() -> None:
    content = saved(book({"Log": [
        ["Name:", "Dana Holt"], [], ["Date", "Attended", "Notes"], ["31/2/2026", "Y", "a"],
    ]}))  # fmt: skip
    plan = planned(content, known=True)
    again = plan_content("m.xlsx", write_rejected(plan)[1], PLACE, plan.register)
    assert [r.codes() for r in again.rows] == [{"impossible-date"}]
    assert again.mappings["Log"].positions("name")


@pytest.mark.parametrize(
    "written",
    ["Lund, Bo", "B. Lund", "Bo L", "LUND Bo", "Bo  Lund", "bo.lund@larch.example", "B Lund", "BL"],
)
def test_a_worker_is_found_however_the_name_is_written_when_it_is_certain(written: str) -> None:
    plan = csv(f'Name,Moved in,Key worker\nDana Holt,5/1/2026,"{written}"\n')
    place_finds = {s.worker for s in stays(plan)}
    assert place_finds == ({""} if "@" in written else {"bo"})


@pytest.mark.parametrize("written", ["Bo", "Lund", "BLU", "Boo Lund", "Zed"])
def test_a_worker_who_may_be_another_is_asked_once(written: str) -> None:
    rows = "".join(f"P{n} X{n},5/1/2026,{written}\n" for n in range(3))
    plan = csv(f"Name,Moved in,Key worker\n{rows}")
    assert [(one.text, len(one.rows)) for one in plan.workers] == [(written, 3)]
    assert {s.words["worker"] for s in stays(plan)} == {written}


@pytest.mark.parametrize(
    ("name", "title", "dates", "year", "source"),
    [
        ("x.xlsx", "Key work 2026", ["5 Feb", "3/3"], [2026, 2026], "the lines above the list"),
        ("log 2026.xlsx", "", ["5 Feb", "3/3"], [2026, 2026], "the name of the file"),
        ("x.xlsx", "", ["5 Feb", "3/3/2026"], [2026, 2026], "the other dates of the list"),
        ("x.xlsx", "Winter 2025-26", ["12 Dec", "3 Jan"], [2025, 2026], "the lines above the list"),
        ("x.xlsx", "December 2025", ["12 Dec", "3 Jan"], [2025, 2026], "the lines above the list"),
    ],
)
def test_the_year_is_taken_from_what_stands_near_and_it_is_said(
    name, title, dates, year, source
) -> None:
    people = plan_content("p.csv", b"Name,Moved in\nDana Holt,1/1/2020\n", PLACE).register
    rows = [[title], ["Date", "Client", "Attended"], *([day, "Dana Holt", "Y"] for day in dates)]
    plan = plan_content(name, saved(book({"Log": rows})), PLACE, people)
    assert [s.held_on.year for s in sessions(plan)] == year
    (told,) = said(plan, "dates without a year")
    assert told.endswith(f"from {source}.")


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        ("Key work", ["5 Feb", "3/3"]),
        ("Key work 2026", ["12 Dec", "3 Jan"]),
        ("Key work 2025-26", ["5 Feb", "3 Mar"]),
        ("Printed 1/4/2026", ["5 Feb", "3 Mar"]),
    ],
)
def test_a_year_that_nothing_says_for_sure_is_asked(title: str, dates: list[str]) -> None:
    rows = [[title], ["Date", "Client", "Attended"], *([day, "Dana Holt", "Y"] for day in dates)]
    plan = sheets(Log=rows)
    assert {frozenset(r.codes()) for r in plan.rows} == {frozenset({"no-year"})}
    assert said(plan, "dates without a year") == [
        "2 dates have no year. Nothing says for sure which it is: press Change and say it."
    ]


def test_months_between_the_rows_say_the_year_of_those_below_them() -> None:
    plan = sheets(Log=[
        ["Date", "Client", "Attended"], ["JANUARY 2026"], ["14 Jan", "Dana Holt", "Y"],
        ["FEBRUARY 2026"], ["3 Feb", "Dana Holt", "N"],
    ])  # fmt: skip
    assert [str(s.held_on) for s in sessions(plan)] == ["2026-01-14", "2026-02-03"]


def test_a_refused_row_takes_its_year_along() -> None:
    people = plan_content("people.csv", PEOPLE, PLACE).register
    content = b"Date,Client,Attended\n5 Feb,Dana Holt,\n3 Mar,Dana Holt,Y\n"
    plan = plan_content("log 2026.csv", content, PLACE, people)
    assert write_rejected(plan)[1].decode("utf-8-sig").splitlines()[1] == "2026-02-05,Dana Holt,"


def test_a_day_of_the_week_that_does_not_fit_is_doubted() -> None:
    plan = csv(
        "Date,Client,Attended\nTue 3/3/2026,Dana Holt,Y\nMon 3/3/2026,Jin Park,Y\n", known=True
    )
    assert reasons(plan) == {2: ("new", set()), 3: ("warning", {"weekday-differs"})}
