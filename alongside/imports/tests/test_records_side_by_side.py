"""Several records beside one another in one row: numbered columns, headings that come again."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.imports.kinds.notes import NoteRecord
from alongside.imports.models import ImportedRow
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_moves_and_forms import csv, lived, sheets
from alongside.imports.tests.test_other_places import reasons, stays
from alongside.imports.tests.test_strangers_files import book, planned, said, saved, sessions
from alongside.keywork.models import Booking, Note, Session
from alongside.residents.models import Resident
from alongside.stays.models import Stay

PEOPLE = b"Name,Moved in\nMona Lee,5/1/2026\nOmar Said,6/1/2026\n"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def notes(plan) -> list[tuple[str, str]]:
    return [(str(r.happened_on), r.note) for r in plan.records() if isinstance(r, NoteRecord)]


@pytest.mark.parametrize(
    "head",
    [
        "Session 1 date,Session 1 notes,Session 2 date,Session 2 notes",
        "Date 1,Notes 1,Date 2,Notes 2",
        "1st session date,1st session notes,2nd session date,2nd session notes",
        "First session date,First session notes,Second session date,Second session notes",
        "Date,Notes,Date 2,Notes 2",
        "Date,Notes,Date.1,Notes.1",
        "Date,Notes,Date,Notes",
    ],
)
def test_numbered_pairs_are_several_notes(head: str) -> None:
    plan = csv(
        f"Resident,{head}\nDana Holt,2/3/2026,one,9/3/2026,two\nJin Park,3/3/2026,three,,\n"
        "Mo Ali,,,,\nDana Holt,31/2/2026,four,,five\n",
        known=True,
    )
    assert notes(plan) == [("2026-03-02", "one"), ("2026-03-09", "two"), ("2026-03-03", "three")]
    refused = {r.reasons[0].cell: r.codes() for r in plan.rows if r.verdict == "rejected"}
    assert refused == {"B5": {"impossible-date"}, "D5": {"no-date"}}
    assert [r.row for r in plan.rows if r.verdict == "aside"] == [4]
    assert said(plan, "shape") == [
        "It was read as: a list with several records beside one another in each row."
    ]


def test_numbers_over_merged_cells() -> None:
    made = book({"A": [
        [None, "Session 1", None, "Session 2", None],
        ["Resident", "Date", "Attended", "Date", "Attended"],
        ["Dana Holt", date(2026, 3, 2), "Y", date(2026, 3, 9), "N"],
    ]})  # fmt: skip
    made["A"].merge_cells("B1:C1")
    made["A"].merge_cells("D1:E1")
    plan = planned(saved(made), known=True)
    assert [(str(s.held_on), s.outcome) for s in sessions(plan)] == [
        ("2026-03-02", "attended"), ("2026-03-09", "did_not_attend"),
    ]  # fmt: skip


def test_residents_with_their_sessions_beside_them_are_both() -> None:
    plan = csv(
        "Name,Moved in,Room,Session 1 date,Session 1 attended,Session 2 date,Session 2 attended\n"
        "Dana Holt,5/1/2026,F1,2/3/2026,Y,9/3/2026,N\nJin Park,6/1/2026,F2,,,,\n"
    )
    assert lived(plan) == [("Dana Holt", "2026-01-05", ""), ("Jin Park", "2026-01-06", "")]
    assert [(s.held_on.day, s.outcome) for s in sessions(plan)] == [
        (2, "attended"), (9, "did_not_attend"),
    ]  # fmt: skip
    assert [r.row for r in plan.rows if r.verdict == "aside"] == [3]


def test_contacts_by_number_are_whom_to_call() -> None:
    plan = csv(
        "Name,Moved in,Contact 1 name,Contact 1 phone,Contact 2 name,Contact 2 phone\n"
        "Dana Holt,5/1/2026,Ann Holt (mother),0207 1,Ben,0207 2\nJin Park,5/1/2026,,,,\n"
    )
    assert [s.texts.get("next_of_kin") for s in stays(plan)] == [
        "Ann Holt (mother), 0207 1\nBen, 0207 2", None,
    ]  # fmt: skip


def test_a_room_with_who_lives_there_now_and_who_did_before() -> None:
    plan = csv(
        "Room,Current resident,Moved in,Previous resident,Previous moved in,Moved out,Notes\n"
        "1,Dana Holt,5/1/2026,Jin Park,1/1/2025,2/1/2026,damp\n"
        "2,Mo Ali,5/1/2026,Lu Vega,,3/1/2026,\n"
        "3,Xa Bo,5/1/2026,Yi Cho,1/1/2025,,\n"
    )
    assert lived(plan) == [
        ("Dana Holt", "2026-01-05", ""), ("Jin Park", "2025-01-01", "2026-01-02"),
        ("Mo Ali", "2026-01-05", ""), ("Xa Bo", "2026-01-05", ""),
    ]  # fmt: skip
    told = [(r.row, r.part, set(r.codes())) for r in plan.rows if r.verdict == "rejected"]
    assert told == [(3, "D", {"no-date"}), (4, "D", {"gone-without-day"})]
    assert [s.room for s in stays(plan)] == ["1", "1", "2", "3"]
    assert [s.texts.get("notes") for s in stays(plan)[:2]] == ["damp", None]


@pytest.mark.parametrize(
    "head",
    [
        "Name,Moved in,Phone 1,Phone 2,Email 1,Email 2",
        "Name,Moved in,Child 1 name,Child 1 DOB,Child 2 name,Child 2 DOB",
    ],
)
def test_numbers_alone_make_no_records(head: str) -> None:
    plan = csv(f"{head}\nDana Holt,5/1/2026,1/2/2020,2,3/3/2019,4\n")
    assert len(stays(plan)) == 1
    assert {t.shape for t in plan.tables} == {"list"}


def test_a_line_with_a_field_too_many_is_refused_for_all_its_records() -> None:
    plan = csv(
        "Resident,Date 1,Attended 1,Date 2,Attended 2\nDana Holt,2/3/2026,Y,9/3/2026,N,more\n"
        "Dana Holt,3/3/2026,Y,4/3/2026,N\n",
        known=True,
    )
    assert [r.codes() for r in plan.rows][:2] == [{"too-many-columns"}] * 2
    assert len(sessions(plan)) == 2


def test_actions_by_number_stay_one_plan() -> None:
    plan = sheets(A=[["Week", "Client", "Action 1", "Due 1", "Action 2", "Due 2"],
                     [date(2026, 3, 2), "Dana Holt", "a", "Fri", "b", "Sat"]])  # fmt: skip
    assert [t.shape for t in plan.tables] == ["list"]
    assert reasons(plan) == {2: ("new", set())}


def test_numbered_sessions_and_notes_come_in_once_and_are_mended(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "people.csv", PEOPLE)
    text = (
        b"Resident,Session 1 date,Session 1 attended,Session 1 notes,Session 2 date,"
        b"Session 2 attended,Session 2 notes\n"
        b"Mona Lee,2/3/2026,Y,talked,9/3/2026,N,\nOmar Said,3/3/2026,Y,ate,10/3/2026,?,x\n"
    )
    run = bring_in(mill_house, grace, "wide.csv", text)
    assert (run.to_bring, run.refused) == (3, 1)
    texts = Note.objects.filter(stay__scheme=mill_house).values_list("text", flat=True)
    assert sorted(texts) == ["ate", "talked"]
    assert [b.outcome for b in Booking.objects.filter(words="")] == ["missed"]
    with run.rejected.open("rb") as kept:
        mended = kept.read().replace(b",?,", b",Attended,")
    again = bring_in(mill_house, grace, "mended.csv", mended)
    assert (again.to_bring, again.refused) == (1, 0)
    assert sorted(s.held_on.day for s in Session.objects.all()) == [2, 3, 10]
    third = bring(mill_house, grace, "wide.csv", text)
    assert (third.to_bring, third.count("unchanged"), third.refused) == (0, 3, 1)


def test_people_with_sessions_and_contacts_in_one_list_all_come_in(cast, grace, mill_house) -> None:
    text = (
        b"Name,Moved in,Contact 1 name,Contact 1 phone,Contact 2 name,Contact 2 phone,Date 1,"
        b"Attended 1,Date 2,Attended 2\n"
        b"Mona Lee,5/1/2026,Ann,1,Ben,2,2/3/2026,Y,9/3/2026,Y\n"
    )
    run = bring_in(mill_house, grace, "all.csv", text)
    assert (run.to_bring, run.refused) == (3, 0)
    assert Stay.objects.filter(resident__family_name="Lee").count() == 1
    assert Resident.objects.get(family_name="Lee").next_of_kin == "Ann, 1\nBen, 2"
    assert Session.objects.count() == 2
    before = ImportedRow.objects.count()
    again = bring(mill_house, grace, "all.csv", text)
    assert (again.to_bring, again.count("unchanged")) == (0, 3)
    assert ImportedRow.objects.count() == before
