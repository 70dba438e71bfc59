"""Attendance grids: a row for each person, a day above each column, a mark in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest

from alongside.imports.kinds.notes import NoteRecord
from alongside.imports.mapping import guess_mapping, map_as, settled
from alongside.imports.matching import Answers
from alongside.imports.plan import ImportPlan, plan_import
from alongside.imports.reading.files import read_file
from alongside.imports.reading.tables import tables_in
from alongside.imports.rejects import write_rejected
from alongside.imports.tests.hostel import TODAY, plan_content
from alongside.imports.tests.test_strangers_files import (
    PEOPLE,
    PLACE,
    book,
    planned,
    said,
    saved,
    sessions,
)


def grid(*rows: Sequence[object], sheet: str = "Sheet1") -> ImportPlan:
    return planned(saved(book({sheet: rows})), known=True)


def held(plan: ImportPlan) -> list[tuple[str, str, str]]:
    """Each session: the cell it was read from, its day, and what came of it."""
    return [(f"{s.source.part}{s.source.row}", str(s.held_on), s.outcome) for s in sessions(plan)]


def refused(plan: ImportPlan) -> dict[str, set[str]]:
    return {
        reason.cell: {one.code for one in row.reasons}
        for row in plan.rows
        if row.verdict == "rejected"
        for reason in row.reasons
    }


CAME, MISSED, CANCELLED = "attended", "did_not_attend", "cancelled"


def test_every_filled_cell_under_a_day_is_a_session() -> None:
    plan = grid(
        ["Resident", "KW", date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)],
        ["Dana Holt", "AR", "P", "A", None],
        ["Jin Park", "BL", "P", "DNA", "Canc"],
        ["Total", None, 2, 0, 0],
    )
    assert held(plan) == [
        ("C2", "2026-03-02", CAME), ("D2", "2026-03-09", MISSED), ("C3", "2026-03-02", CAME),
        ("D3", "2026-03-09", MISSED), ("E3", "2026-03-16", CANCELLED),
    ]  # fmt: skip
    assert [s.worker for s in sessions(plan)] == ["ana", "ana", "bo", "bo", "bo"]
    assert said(plan, "marks") == [
        (
            "“P” (2): attended; “A” (1): did not attend; “DNA” (1): did not attend; "
            "“Canc” (1): cancelled."
        )
    ]
    assert said(plan, "days above") == [
        "The days run from Monday 2 March 2026 to Monday 16 March 2026."
    ]


@pytest.mark.parametrize(
    ("heads", "title", "days"),
    [
        (["Mon", "Tue", "Wed"], "w/c 2 March 2026", [2, 3, 4]),
        (["Mo", "Di", "Mi"], "Woche vom 02.03.2026", [2, 3, 4]),
        (["lundi", "mardi", "mercredi"], "Semaine du 2 mars 2026", [2, 3, 4]),
        (["ma", "di", "wo"], "Week van 2 maart 2026", [2, 3, 4]),
        (["Sun", "Mon", "Tue"], "Week of March 2, 2026", [1, 2, 3]),
        (["2/3", "3/3", "4/3"], "Attendance 2026", [2, 3, 4]),
        (["2 Mar", "3 Mar", "4 Mar"], "2026", [2, 3, 4]),
        (["02.03.", "03.03.", "04.03."], "Anwesenheit 2026", [2, 3, 4]),
        (["3/2/2026", "3/13/2026", "3/20/2026"], "x", [2, 13, 20]),
        (["Mon 2nd", "Tue 3rd", "Wed 4th", "Thu 5th", "Fri 6th"], "March 2026", [2, 3, 4, 5, 6]),
        ([2, 3, 4, 5, 6], "March 2026", [2, 3, 4, 5, 6]),
        (["KW 10", "KW 11"], "2026", [2, 9]),
    ],
)
def test_days_above_in_many_ways(heads: list[object], title: str, days: list[int]) -> None:
    plan = grid([title], ["Name", *heads], ["Dana Holt", *["x"] * len(heads)], ["Jin Park", "x"])
    found = [s.held_on for s in sessions(plan)]
    assert found[: len(days)] == [date(2026, 3, day) for day in days]


def test_the_week_stands_in_the_next_cell_or_over_the_days_or_in_the_name_of_the_sheet() -> None:
    beside = grid(
        ["Week commencing:", date(2026, 3, 2)], [], ["", "Mon", "Tue", "Wed"], ["Dana Holt", "✓"]
    )
    over = grid(
        [None, "w/c 2/3/26", None, None, "w/c 9/3/26"],
        ["Name", "Mon", "Tue", "Wed", "Mon", "Tue", "Wed"],
        ["Dana Holt", "✓", None, None, None, "✓"],
    )
    name = grid(["Name", "Mon", "Tue", "Wed"], ["Dana Holt", "✓"], sheet="wc 2.3.26")
    assert [str(s.held_on) for s in sessions(beside)] == ["2026-03-02"]
    assert [str(s.held_on) for s in sessions(over)] == ["2026-03-02", "2026-03-10"]
    assert [str(s.held_on) for s in sessions(name)] == ["2026-03-02"]


def test_a_week_that_nothing_names_is_asked_and_then_read() -> None:
    content = b"Resident;Mo;Di;Mi;Do;Fr\nDana Holt;x;;x;;\n"
    plan = planned(content, "attendance.csv", known=True)
    assert sessions(plan) == []
    assert said(plan, "still to be said") == [
        "Nothing says which week or month its days are of. Press Change and say its first day."
    ]
    (table,) = tables_in(read_file("attendance.csv", content))
    told = settled(table, replace(guess_mapping(table, PLACE), starts="2026-03-02"), PLACE)
    people = plan_content("people.csv", PEOPLE, PLACE).register
    again = plan_import(
        [table], {table.name: told}, register=people, answers=Answers(), today=TODAY, setting=PLACE
    )
    assert held(again) == [("B2", "2026-03-02", CAME), ("D2", "2026-03-04", CAME)]


def test_weeks_below_one_another_each_have_their_own_days() -> None:
    plan = grid(
        ["w/c 2 March 2026"], ["", "Mon", "Tue", "Wed"], ["Dana Holt", "✓", "✗"], [],
        ["w/c 9 March 2026"], ["", "Mon", "Tue", "Wed"], ["Dana Holt", None, "✓"],
    )  # fmt: skip
    assert held(plan) == [
        ("B3", "2026-03-02", CAME), ("C3", "2026-03-03", MISSED), ("C7", "2026-03-10", CAME),
    ]  # fmt: skip
    assert [t.name for t in plan.tables] == ["Sheet1", "Sheet1 (row 5 on)"]


def test_a_second_week_without_its_own_day_is_asked_and_not_dated_like_the_first() -> None:
    plan = grid(
        ["w/c 2 March 2026"], ["", "Mon", "Tue", "Wed"], ["Dana Holt", "✓"], [],
        ["", "Mon", "Tue", "Wed"], ["Dana Holt", None, "✓"],
    )  # fmt: skip
    assert held(plan) == [("B3", "2026-03-02", CAME)]
    assert [n.sheet for n in plan.notices if n.what == "still to be said"] == ["Sheet1 (row 5 on)"]


@pytest.mark.parametrize(
    ("cells", "outcomes"),
    [
        (["P", "A", "P"], [CAME, MISSED, CAME]),
        (["✓", "x", "✓"], [CAME, MISSED, CAME]),
        (["x", "x", "DNA"], [CAME, CAME, MISSED]),
        ([1, 0, 1], [CAME, MISSED, CAME]),
        (["Y", "N", "C"], [CAME, MISSED, CANCELLED]),
        (["AR", "BL", "DNA"], [CAME, CAME, MISSED]),
        (["✅", "❌", "✅"], [CAME, MISSED, CAME]),
        ([True, False, True], [CAME, MISSED, CAME]),
    ],
)
def test_marks_are_told_from_one_another(cells: list[object], outcomes: list[str]) -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    plan = grid(["Name", *heads], ["Dana Holt", *cells])
    assert [s.outcome for s in sessions(plan)] == outcomes


def test_lengths_workers_and_times_in_the_cells() -> None:
    heads = [date(2026, 3, day) for day in (2, 3, 4, 5, 6, 7)]
    plan = grid(
        ["Name", *heads],
        ["Dana Holt", "P 45", "AR 1h", "1.5h BL", "DNA - was ill", time(10, 30), "10:00-11:15"],
    )
    assert [(s.outcome, s.minutes, s.worker) for s in sessions(plan)] == [
        (CAME, 45, ""), (CAME, 60, "ana"), (CAME, 90, "bo"), (MISSED, None, ""), (CAME, None, ""),
        (CAME, 75, ""),
    ]  # fmt: skip
    assert sessions(plan)[3].note == "DNA - was ill"
    assert sessions(plan)[4].texts["start"] == "10:30"


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [([1, 1.5, 2], [60, 90, 120]), ([30, 45, 60], [30, 45, 60]), ([1.5, 10, 2], [90, None, 120])],
)
def test_bare_numbers_are_hours_or_minutes_and_it_is_said(cells, minutes) -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    plan = grid(["Name", *heads], ["Dana Holt", *cells])
    assert [s.minutes for s in sessions(plan)] == minutes
    assert said(plan, "marks") == [f"numbers: {'hours' if minutes[0] != 30 else 'minutes'}."]


def test_a_legend_says_what_a_mark_means() -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    plan = grid(
        ["Key: A = attended, X = did not attend, R = rearranged"],
        ["Name", *heads], ["Dana Holt", "A", "X", "R"],
    )  # fmt: skip
    assert [s.outcome for s in sessions(plan)] == [CAME, MISSED, CANCELLED]


def test_a_mark_that_nobody_knows_is_refused_where_it_stands_and_dashes_are_set_aside() -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16, 23)]
    plan = grid(["Name", *heads], ["Dana Holt", "P", "Z", "-", "1:30"])
    assert refused(plan) == {"C2": {"mark-unclear"}, "E2": {"mark-unclear"}}
    assert [r.words for r in plan.rows if r.verdict == "aside"] == ["no session: D2 “-”"]


def test_a_mark_that_was_said_is_read_so_and_remembered_for_the_next_month() -> None:
    march = ["Name", *[date(2026, 3, day) for day in (2, 9, 16)]], ["Dana Holt", "P", "Z", "P"]
    april = ["Name", *[date(2026, 4, day) for day in (6, 13)]], ["Dana Holt", "Z", "Q"]
    (table,) = tables_in(read_file("x.xlsx", saved(book({"March": march}))))
    guess = guess_mapping(table, PLACE)
    kept = replace(guess, marks={**guess.marks, "z": MISSED})
    (later,) = tables_in(read_file("x.xlsx", saved(book({"April": april}))))
    told = guess_mapping(later, PLACE, [kept])
    assert (told.marks["z"], told.marks["q"], told.kind) == (MISSED, "asked", "sessions")


def test_cells_of_sentences_are_notes() -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    plan = grid(
        ["Name", *heads],
        [
            "Dana Holt",
            "Settled in and cooked for the house",
            "Went to see her sister in town",
            None,
        ],
        ["Jin Park", None, None, "Asked about college, rang with him"],
    )
    notes = [r for r in plan.records() if isinstance(r, NoteRecord)]
    assert [(str(n.happened_on), n.note[:7]) for n in notes] == [
        ("2026-03-02", "Settled"), ("2026-03-09", "Went to"), ("2026-03-16", "Asked a"),
    ]  # fmt: skip


def test_a_weekday_that_does_not_fit_its_date_is_doubted() -> None:
    plan = grid(
        [None, "Mon", "Tue", "Thu"],
        ["Name", date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)],
        ["Dana Holt", "P"], ["Jin Park", None, None, "P"],
    )  # fmt: skip
    told = {r.part: set(r.codes()) for r in plan.rows}
    assert told == {
        "B": set(), "D": {"weekday-differs"},
    }  # fmt: skip


def test_a_month_that_runs_into_the_next_and_a_31st_that_is_none() -> None:
    plan = grid(
        ["February 2026"], ["Name", 26, 27, 28, 29, 30],
        ["Dana Holt", "x", "x", "x", "x", None],
    )  # fmt: skip
    assert [s.held_on.day for s in sessions(plan)] == [26, 27, 28]
    assert refused(plan) == {"E3": {"unreadable-date"}}


def test_halves_of_a_day_are_two_sessions() -> None:
    made = book({"A": [
        ["Name", date(2026, 3, 2), None, date(2026, 3, 3), None, date(2026, 3, 4), None],
        [None, "AM", "PM", "AM", "PM", "AM", "PM"],
        ["Dana Holt", "P", "P", None, "A"],
    ]})  # fmt: skip
    for span in ("B1:C1", "D1:E1", "F1:G1"):
        made["A"].merge_cells(span)
    plan = planned(saved(made), known=True)
    assert [(s.held_on.day, s.outcome, s.texts.get("type")) for s in sessions(plan)] == [
        (2, CAME, "AM"), (2, CAME, "PM"), (3, MISSED, "PM"),
    ]  # fmt: skip


def test_refused_cells_come_back_as_a_list_are_mended_and_nothing_comes_twice() -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    content = saved(
        book({"March": [["Name", *heads], ["Dana Holt", "P", "Z", "A"], ["Nobody X", "P"]]})
    )
    people = plan_content("people.csv", PEOPLE, PLACE).register
    plan = plan_content("x.xlsx", content, PLACE, people)
    ending, rejected = write_rejected(plan)
    assert ending == "xlsx"
    mended = plan_content("mended.xlsx", rejected, PLACE, plan.register)
    assert [(str(r.verdict), r.codes()) for r in mended.rows] == [
        ("rejected", frozenset({"no-outcome"})), ("rejected", frozenset({"person-unknown"})),
    ]  # fmt: skip
    again = plan_content("x.xlsx", content, PLACE, plan.register)
    assert again.records() == []
    assert [str(r.verdict) for r in again.rows] == [
        "unchanged",
        "rejected",
        "unchanged",
        "rejected",
    ]


def test_a_list_of_people_with_three_days_each_is_no_grid() -> None:
    (table,) = tables_in(
        read_file("x.xlsx", saved(book({"A": [
            ["Dana Holt", date(1990, 1, 1), date(2026, 1, 5), date(2026, 3, 1)],
            ["Jin Park", date(1991, 1, 1), date(2026, 1, 6), date(2026, 4, 1)],
        ]})))
    )  # fmt: skip
    assert (table.shape, table.grid) == ("list", None)


def test_a_grid_turned_on_its_side_is_read_the_same() -> None:
    plan = grid(
        ["March"], ["Date", "Dana Holt", "Jin Park"],
        [date(2026, 3, 2), "P", "A"], [date(2026, 3, 3), None, "Z"], [date(2026, 3, 4), "P", "-"],
        ["Staff away", None, None],
    )  # fmt: skip
    assert held(plan) == [
        ("B3", "2026-03-02", CAME), ("C3", "2026-03-02", MISSED), ("B5", "2026-03-04", CAME),
    ]  # fmt: skip
    one, two, three = sessions(plan)
    assert one.person == three.person != two.person
    assert refused(plan) == {"C4": {"mark-unclear"}}
    assert {r.words for r in plan.rows if r.verdict == "aside"} == {
        "no session: C5 “-”", "no day: Staff away",
    }  # fmt: skip


def test_somebody_may_say_that_a_grid_is_of_notes() -> None:
    heads = [date(2026, 3, day) for day in (2, 9, 16)]
    (table,) = tables_in(
        read_file("x.xlsx", saved(book({"A": [["Name", *heads], ["Dana Holt", "P"]]})))
    )
    told = map_as(table, "notes", PLACE)
    assert (told.kind, told.missing(), [c.field for c in told.columns]) == (
        "notes", (), ["name", "date", "note"],
    )  # fmt: skip
