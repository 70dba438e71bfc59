"""Files of strangers: what could be dropped or guessed wrongly without a word is said instead."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.imports.cells.names import parse_one_cell
from alongside.imports.kinds.sessions import SessionRecord
from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import guess_mapping, map_as
from alongside.imports.matching import Answers
from alongside.imports.models import ImportedRow
from alongside.imports.operations import apply_import, begin_applying, map_sheets
from alongside.imports.plan import ImportPlan, plan_import
from alongside.imports.queries import mappings_of, setting_of, verdicts
from alongside.imports.reading.files import read_file
from alongside.imports.reading.sheets import Unreadable
from alongside.imports.reading.tables import tables_in
from alongside.imports.register import Register
from alongside.imports.rejects import write_rejected
from alongside.imports.setting import Setting, StaffMember
from alongside.imports.tests.hostel import TODAY, plan_content
from alongside.imports.tests.houses import bring
from alongside.imports.tests.test_other_places import one_table, reasons, stays
from alongside.keywork.models import Session
from alongside.referrals.models import Referral
from alongside.stays.models import Stay

PLACE = Setting(
    staff=(
        StaffMember("ana", "Ana Ruiz", "AR", ("ana.ruiz@larch.example",)),
        StaffMember("bo", "Bo Lund", "BL", ("bo@larch.example",)),
    )
)
PEOPLE = b"Name,Moved in\nDana Holt,5/1/2026\nJin Park,13/1/2026\n"


def book(sheets: Mapping[str, Sequence[Sequence[object]]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    if made.active is not None:
        made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def planned(content: bytes, name: str = "x.xlsx", *, known: bool = False) -> ImportPlan:
    register = plan_content("people.csv", PEOPLE, PLACE).register if known else None
    return plan_content(name, content, PLACE, register)


def sessions(plan: ImportPlan) -> list[SessionRecord]:
    return [record for record in plan.records() if isinstance(record, SessionRecord)]


def said(plan: ImportPlan, what: str) -> list[str]:
    return [notice.words for notice in plan.notices if notice.what == what]


def test_a_list_of_tenants_under_a_logo_and_what_belongs_to_others_is_not_theirs() -> None:
    content = saved(
        book({"Sheet1": [
            ["🏠 Larch House"], [], ["Printed 1/11/2026"], [], [],
            ["No.", "Tenant", "Room/Flat", "Start of licence", "Licence end", "Support worker",
             "GP phone", "NOK phone", "Support worker email", "D.O.B."],
            [1, "HOLT, Dana", "F1", date(2026, 1, 5), None, "Ana Ruiz", "1", "2", "3",
             "14/3/1990"],
            [2, "PARK Jin", "F2", date(2026, 2, 5), "2026/5/6", "bo@larch.example", "1", "2",
             "3", "Mar 4, 1991"],
        ]})
    )  # fmt: skip
    plan = planned(content)
    one, two = stays(plan)
    assert (one.worker, two.worker, one.room) == ("ana", "bo", "F1")
    assert (two.moved_out, two.birth.on) == (date(2026, 5, 6), date(1991, 3, 4))
    assert (two.name.surname, two.name.forenames) == ("PARK", "Jin")
    assert "phone" not in one.texts
    assert "email" not in one.texts
    left_out = {n.words for n in plan.notices if n.what == "column left out"}
    assert left_out == {"GP phone", "NOK phone", "Support worker email"}


@pytest.mark.parametrize(
    ("written", "surname", "forenames"),
    [
        ("O'NEILL-BROWN Sinéad Mary", "O'NEILL-BROWN", "Sinéad Mary"),
        ("JP Smith", "Smith", "JP"),
        ("DANA HOLT", "HOLT", "DANA"),
        ("Dana HOLT", "HOLT", "Dana"),
        ("محمد علي", "علي", "محمد"),
        ("😀 Jo Smith", "Smith", "😀 Jo"),
    ],
)
def test_a_surname_in_capitals_comes_first(written: str, surname: str, forenames: str) -> None:
    name = parse_one_cell(written)
    assert (name.surname, name.forenames) == (surname, forenames)


def test_a_sheet_for_each_person_is_about_whom_its_name_says() -> None:
    head = ["Date", "Worker", "Attended? Y/N", "Length (hrs)", "Notes"]
    row = [date(2026, 3, 2), "AR", "Y", 1.5, "x"]
    plan = planned(
        saved(book({"Dana Holt": [head, row], "Park, Jin": [head, row], "Key work": [head, row]})),
        known=True,
    )
    assert [(s.source.sheet, s.minutes) for s in sessions(plan)] == [
        ("Dana Holt", 90), ("Park, Jin", 90),
    ]  # fmt: skip
    assert len({s.person for s in sessions(plan)}) == 2
    assert [n.sheet for n in plan.notices if n.what == "sheet left out"] == ["Key work"]


def test_sheets_of_months_in_words_of_young_peoples_services() -> None:
    head = ["YP", "Date", "Key person", "Contact made?", "Length (hrs)"]
    plan = planned(
        saved(book({
            "Jan 26": [head, ["Dana Holt", "14 Jan", "Ana Ruiz", "Yes", 1]],
            "Feb 26": [
                head,
                ["Dana Holt", date(2026, 2, 14), "bo@larch.example", False, None],
                ["Dana Holt", "15 Feb 2026", "AR", True, 0.5],
            ],
        })),
        known=True,
    )  # fmt: skip
    assert [(s.held_on.day, s.outcome, s.minutes, s.worker) for s in sessions(plan)] == [
        (14, "attended", 60, "ana"), (14, "did_not_attend", None, "bo"),
        (15, "attended", 30, "ana"),
    ]  # fmt: skip
    assert said(plan, "dates without a year") == [
        "1 date has no year. The year taken is 2026, from the name of the sheet."
    ]


@pytest.mark.parametrize(
    "content",
    [
        (
            "Nachname;Vorname;Geburtsdatum;Zimmer;Einzug;Auszug;Bezugsbetreuer\n"
            "Holt;Dana;03.04.1990;12;14.03.2026;02.05.2026;Ana Ruiz\n"
        ),
        (
            "Ingoa\tRā whānau\tRūma\tRā uru\tRā wehe\tKaimahi\n"
            "Dana Holt\t3/4/1990\t12\t14/3/2026\t2/5/2026\tAna Ruiz\n"
        ),
    ],
)
def test_headings_in_german_and_te_reo_maori(content: str) -> None:
    (stay,) = stays(planned(content.encode("utf-16"), "x.txt"))
    assert (stay.name.full(), stay.birth.on) == ("Dana Holt", date(1990, 4, 3))
    assert (stay.moved_in, stay.moved_out) == (date(2026, 3, 14), date(2026, 5, 2))
    assert (stay.room, stay.worker) == ("12", "ana")


def test_a_list_without_headings_loses_no_row() -> None:
    text = b"Dana Holt,F1,5/1/2026,AR\nJin Park,F2,6/1/2026,BL\n,F3,7/1/2026,BL\n"
    table = one_table("x.csv", text)
    assert len(table.records) == 3
    assert "no headings" in {n.what for n in planned(text, "x.csv").notices}
    mapping = map_as(table, "stays").with_field(1, "name").with_field(3, "moved_in")
    plan = plan_import(
        [table], {"x": mapping}, register=Register(), answers=Answers(), today=TODAY, setting=PLACE
    )
    assert [s.moved_in for s in stays(plan)] == [date(2026, 1, 5), date(2026, 1, 6)]
    other = one_table("y.csv", b"Blue,4,5/1/2026,AR\nRed,5,6/1/2026,BL\n")
    assert guess_mapping(other, PLACE, [mapping]).kind == ""
    _, rejected = write_rejected(plan)
    again = one_table("rejected.csv", rejected.replace(b"\r\n,F3", b"\r\nMo Ali,F3"))
    read = guess_mapping(again, PLACE, [SheetMapping.from_json(mapping.to_json())])
    assert (read.kind, read.positions("moved_in"), len(again.records)) == ("stays", (3,), 1)


def test_a_list_of_real_dates_without_headings_is_not_passed_over() -> None:
    plan = planned(saved(book({
        "Cover": [["Our tracker"], ["Ask Bo"]],
        "A": [["Dana Holt", date(2026, 1, 5)], ["Jin Park", date(2026, 1, 6)]],
    })))  # fmt: skip
    assert [t.name for t in plan.tables] == ["Cover", "A"]
    assert {n.sheet for n in plan.notices if n.what == "sheet left out"} == {"Cover", "A"}
    assert said(plan, "sheet left out")[0] == "Nothing on it looks like a list with columns."


def test_a_first_row_of_words_nobody_knows_is_said_to_be_taken_for_the_headings() -> None:
    plan = planned(b"Dana Holt,F1,AR\nJin Park,F2,BL\n", "x.csv")
    (words,) = said(plan, "headings guessed")
    assert words.startswith("Row 1 was taken for the headings.")


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("03/04/2026", "None of them tells whether the day or the month comes first."),
        ("03/14/2026", "They are read month first: 3/4/2026 is 4 March."),
    ],
)
def test_an_order_of_dates_that_is_guessed_or_unusual_is_said(first: str, words: str) -> None:
    plan = planned(f"Name,Moved in\nDana Holt,{first}\nJin Park,02/03/2026\n".encode(), "x.csv")
    (told,) = said(plan, "order of dates")
    assert told.startswith(words)
    assert {row.verdict for row in plan.rows} == {"new"}


def test_dates_of_both_orders_are_doubted_row_by_row() -> None:
    text = (
        b"Name,Moved in,DOB\nDana Holt,14/03/2026,1/2/1990\nJin Park,03/15/2026,\n"
        b"Mo Ali,04/05/2026,25/12/1990\nLu Vega,05/05/2026,25/12/1991\n"
    )
    plan = planned(text, "x.csv")
    assert reasons(plan) == {
        2: ("warning", {"date-order"}),
        3: ("rejected", {"impossible-date"}),
        4: ("warning", {"date-order"}),
        5: ("new", set()),
    }


def test_dates_that_excel_may_have_turned_round_are_doubted() -> None:
    plan = planned(saved(book({"A": [
        ["Name", "Moved in"], ["Dana Holt", "03/14/2026"], ["Jin Park", date(2026, 5, 4)],
        ["Mo Ali", date(2026, 5, 25)],
    ]})))  # fmt: skip
    assert reasons(plan) == {
        2: ("new", set()), 3: ("warning", {"date-order"}), 4: ("new", set()),
    }  # fmt: skip


def test_an_order_remembered_from_last_month_is_doubted_when_this_month_speaks_against_it() -> None:
    old = one_table("may.csv", b"Name,Moved in\nDana Holt,03/04/2026\n")
    new = one_table("june.csv", b"Name,Moved in\nMo Ali,04/05/2026\nJin Park,03/14/2026\n")
    mapping = guess_mapping(new, PLACE, [guess_mapping(old, PLACE)])
    plan = plan_import(
        [new], {"june": mapping}, register=Register(), answers=Answers(), today=TODAY, setting=PLACE
    )
    assert reasons(plan)[2] == ("warning", {"date-order"})


def test_formulas_that_were_never_worked_out_do_not_leave_a_stay_open() -> None:
    plan = planned(saved(book({"A": [
        ["Name", "Moved in", "Moved out", "Notes"],
        ["Dana Holt", date(2026, 1, 5), "=B2+30", "x"],
        ["Jin Park", date(2026, 1, 5), None, "=A2"],
    ]})))  # fmt: skip
    assert reasons(plan) == {
        2: ("rejected", {"not-worked-out"}), 3: ("warning", {"not-worked-out"}),
    }  # fmt: skip
    assert said(plan, "formulas without a value")


def test_two_lists_side_by_side_are_two() -> None:
    plan = planned(saved(book({"A": [
        ["Name", "Room", "Moved in", None, "Staff", "Phone"],
        ["Dana Holt", "1", date(2026, 1, 5), None, "Ana Ruiz", "0207"],
        ["Jin Park", "2", date(2026, 1, 5), None, "Bo Lund", "0208"],
        ["Mo Ali", "3", date(2026, 1, 5)],
    ]})))  # fmt: skip
    assert [t.name for t in plan.tables] == ["A", "A (E on)"]
    assert [(s.worker, dict(s.texts)) for s in stays(plan)] == [("", {})] * 3
    assert [n.sheet for n in plan.notices if n.what == "sheet left out"] == ["A (E on)"]


def test_a_blank_column_inside_a_list_does_not_cut_it() -> None:
    plan = planned(b",,Name,Moved in,,Room,Notes\n,,Dana Holt,5/1/2026,,4,x\n", "x.csv")
    (stay,) = stays(plan)
    assert (stay.room, stay.texts["notes"]) == ("4", "x")


def test_a_name_merged_down_belongs_to_every_row_and_hidden_rows_are_told() -> None:
    made = book({"Log": [
        ["Resident", "Date", "Attended"], ["Dana Holt", date(2026, 3, 2), "Y"],
        [None, date(2026, 3, 9), "Y"], [None, date(2026, 3, 16), "N"],
    ]})  # fmt: skip
    made["Log"].merge_cells("A2:A4")
    made["Log"].row_dimensions[3].hidden = True
    plan = planned(saved(made), known=True)
    assert [s.held_on.day for s in sessions(plan)] == [2, 9, 16]
    assert said(plan, "hidden rows") == ["They are read like the others: 3."]


def test_two_sessions_of_one_day_are_two_and_the_same_row_twice_is_one() -> None:
    head, one = ["Date", "Client", "Staff", "Attended", "Notes", "Mood"], date(2026, 3, 2)
    plan = planned(
        saved(book({
            "A": [head, [one, "Dana Holt", "AR", "Y", "morning", 1],
                  [one, "Dana Holt", "AR", "Y", "evening", 1],
                  [one, "Dana Holt", "AR", "Y", "evening", 2]],
            "B": [head, [one, "Dana Holt", "AR", "Y", "morning", 3]],
        })),
        known=True,
    )  # fmt: skip
    assert [(r.sheet, r.row, str(r.verdict)) for r in plan.rows] == [
        ("A", 2, "new"), ("A", 3, "new"), ("A", 4, "repeat"), ("B", 2, "repeat"),
    ]  # fmt: skip
    assert plan.rows[3].words.startswith("It says the same as A, row 2")
    again = plan_content("x.csv", b"Date,Client\n", PLACE, plan.register)
    assert len({record.identity for record in plan.records()}) == 2
    assert again.register.seen.keys() == plan.register.seen.keys()


@pytest.mark.parametrize(
    ("heading", "lengths", "minutes", "told"),
    [
        ("Duration", "1 1.5 2", [60, 90, 120], "hours"),
        ("Duration", "30 45 8", [30, 45, 8], "minutes"),
        ("Mins", "5 6 8", [5, 6, 8], ""),
        ("Hours", "1 0,5 2", [60, 30, 120], ""),
    ],
)
def test_what_a_bare_length_counts_is_told_or_said(heading, lengths, minutes, told) -> None:
    rows = "".join(f"{n}/3/2026;Dana Holt;Y;{one}\n" for n, one in enumerate(lengths.split(), 13))
    plan = planned(f"Date;Client;Attended;{heading}\n{rows}".encode(), "x.csv", known=True)
    assert [s.minutes for s in sessions(plan)] == minutes
    assert bool(said(plan, "lengths")) == bool(told)
    assert all(told in words for words in said(plan, "lengths"))


@pytest.mark.parametrize(
    "rows",
    [
        'Dana Holt,5/1/2026,"unclosed\nJin Park,6/1/2026,x\nMo Ali,7/1/2026,y\n',
        'Dana Holt,5/1/2026,"unclosed\nJin Park,6/1/2026,x\nMo Ali,7/1/2026,said "no"\n',
    ],
)
def test_a_quotation_mark_that_swallows_lines_is_named(rows: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_file("x.csv", f"Name,Moved in,Notes\n{rows}".encode())
    assert refused.value.because.startswith("A quotation mark in line 2 is not closed")


def test_a_note_of_several_lines_with_a_date_and_commas_is_no_open_quotation_mark() -> None:
    text = 'Name,Moved in,Notes\nDana Holt,5/1/2026,"Came, on 5/1/2026,\nwith a bag, and a cat"\n'
    assert len(read_file("x.csv", text.encode()).sheets[0].rows) == 2


def test_letters_of_an_old_mac_and_its_line_ends() -> None:
    text = 'sep=;\rName;Moved in;Notes\rRené Dupré;2026/3/14;"a;b"\rZoë Müller;2026/3/15;\r'
    one, two = stays(planned(text.encode("mac_roman"), "x.csv"))
    assert (one.name.full(), one.texts["notes"]) == ("René Dupré", "a;b")
    assert two.name.full() == "Zoë Müller"


def test_a_cell_as_long_as_a_book_is_refused_and_not_cut() -> None:
    content = b"Name,Moved in,Notes\nDana Holt,5/1/2026," + b"x" * 60_000 + b"\n"
    plan = planned(content, "x.csv")
    assert reasons(plan) == {2: ("rejected", {"text-too-long"})}
    assert plan.rows[0].reasons[0].cell == "C2"
    assert len(write_rejected(plan)[1]) > 60_000


def log_of_two_months() -> bytes:
    head = ["Wann?", "Mit", "Kam?"]
    return saved(book({
        "Jan": [head, [date(2026, 3, 2), "Tomasz", "y"]],
        "Feb": [head, [date(2026, 3, 9), "Tomasz", "y"]],
    }))  # fmt: skip


def test_one_sheet_said_is_all_sheets_with_its_headings_said(cast, grace, mill_house) -> None:
    run = bring(mill_house, grace, "log.xlsx", log_of_two_months())
    table = tables_in(read_file("log.xlsx", log_of_two_months()))[0]
    told = map_as(table, "sessions").with_field(1, "date").with_field(2, "name")

    run = map_sheets(run, by=grace, mappings={"Jan": told.with_field(3, "outcome")})

    assert {m.kind for m in mappings_of(run).values()} == {"sessions"}
    next_month = bring(mill_house, grace, "march.xlsx", log_of_two_months())
    assert {m.kind for m in mappings_of(next_month).values()} == {"sessions"}


def test_a_sheet_left_out_on_the_command_line_is_not_left_out_for_ever(
    cast, grace, tomasz, tmp_path
) -> None:
    name, day = tomasz.resident.name, tomasz.moved_in_on
    head = ["Date", "Resident", "Attended", "Mins"]
    file = tmp_path / "log.xlsx"
    file.write_bytes(saved(book({
        "One": [head, [day, name, "Y", 30]],
        "Two": [head, [day, name, "Y", 45]],
    })))  # fmt: skip
    before = Session.objects.count()
    slug = tomasz.scheme.slug
    call_command("import_file", str(file), "--scheme", slug, "--sheet", "One", "--apply")
    assert Session.objects.count() == before + 1
    call_command("import_file", str(file), "--scheme", slug, "--apply")
    assert Session.objects.count() == before + 2


def test_somebody_is_found_by_their_address_too(cast, grace, amina, mill_house) -> None:
    found = setting_of(mill_house).staff_by_spelling()
    assert "".join(c for c in amina.email if c.isalnum()) in found


def test_grace_sees_how_dates_were_read_and_says_whom_a_sheet_is_about(
    client, grace, mill_house
) -> None:
    client.force_login(grace)
    run = bring(mill_house, grace, "Dana Holt.csv", b"Date,Attended,Notes\n3/4/2026,Y,x\n")
    page = client.get(reverse("imports:import", args=[mill_house.slug, run.pk]))
    assert "Check how it was read" in page.text
    assert "None of them tells whether the day or the month comes first." in page.text
    sheet = client.get(reverse("imports:sheet", args=[mill_house.slug, run.pk, 0]))
    assert sheet.context["form"]["about"].value() == "sheet"


@pytest.mark.parametrize(
    "heading",
    ["Expected end date", "Planned move out", "Probation end date", "Course end date", "Visa end"],
)
def test_a_day_that_is_not_the_day_of_leaving_leaves_nobody_gone(heading: str) -> None:
    text = f"Client,Start of tenancy date,{heading}\nDana Holt,14/3/2026,14/9/2026\n"
    plan = planned(text.encode(), "x.csv")
    assert [(s.moved_in, s.moved_out) for s in stays(plan)] == [(date(2026, 3, 14), None)]
    assert {n.words for n in plan.notices if n.what == "column left out"} == {heading}


def test_the_actual_end_counts_and_not_the_expected_one() -> None:
    head = b"Client,Start date,Expected end date,Actual end date\n"
    text = head + b"Dana Holt,14/3/2026,1/9/2026,2/9/2026\n"
    assert stays(planned(text, "x.csv"))[0].moved_out == date(2026, 9, 2)


def test_a_letter_that_may_mean_absent_is_not_taken_for_attended() -> None:
    text = b"Date,Client,Attended\n14/3/2026,Dana Holt,P\n15/3/2026,Dana Holt,A\n"
    plan = planned(text, "x.csv", known=True)
    assert [row.codes() for row in plan.rows] == [{"no-outcome"}, {"no-outcome"}]


def test_somebody_of_whom_only_the_room_is_known_is_no_total() -> None:
    text = (
        b"Name,Room,Move in,Move out,Notes\nDana Holt,12,,,\nJin Park,13,14/3/2026,15/3/2026,x\n"
        b"Empty rooms,2,,,\n"
    )
    assert reasons(planned(text, "x.csv")) == {
        2: ("rejected", {"no-date"}), 3: ("new", set()), 4: ("aside", set()),
    }  # fmt: skip


def test_marks_of_direction_are_no_part_of_a_name() -> None:
    assert parse_one_cell("\u202bمحمد علي\u202c").full() == "محمد علي"


@pytest.mark.parametrize("heading", ["DNA?", "No show", "Missed", "DNA Y/N"])
def test_a_yes_under_did_not_attend_is_no_attendance(heading: str) -> None:
    rows = "14/3/2026,Dana Holt,N,30\n15/3/2026,Dana Holt,Y,\n16/3/2026,Dana Holt,DNA,\n"
    plan = planned(f"Date,Client,{heading},Mins\n{rows}".encode(), "x.csv", known=True)
    missed = "did_not_attend"
    assert [s.outcome for s in sessions(plan)] == ["attended", missed, missed]


@pytest.mark.parametrize(
    "text",
    [
        "Last Name,First Name,Admit Date,Discharge Date,Case Manager\nHolt,Dana,Mar 14 2026,,AR\n",
        (
            "Young Person;Date of Admission;Legal status;Social worker;Key worker 1;"
            "Date of discharge\nDana Holt;14.3.2026;S20;Ms X;Ana Ruiz;\n"
        ),
    ],
)
def test_days_of_admission_make_residents_and_not_referrals(text: str) -> None:
    (stay,) = stays(planned(text.encode(), "x.csv"))
    assert (stay.moved_in, stay.worker) == (date(2026, 3, 14), "ana")


def test_a_name_and_a_date_alone_are_no_referral() -> None:
    plan = planned(b"Name,In/Out,Date,Room\nDana Holt,In,14/3/2026,2\n", "x.csv")
    assert said(plan, "sheet left out") == ["Say what kind of sheet it is."]


def test_a_room_with_somebody_in_it_is_not_given_to_another_without_a_word(
    cast, grace, tomasz, mill_house
) -> None:
    room = tomasz.bed.name
    text = f"Name,Moved in,Room\nDana Holt,13/1/2026,{room}\nJin Park,13/1/2026,Nowhere\n"
    run = begin_applying(bring(mill_house, grace, "x.csv", text.encode()), by=grace)
    run = apply_import(run, by=grace)
    told = {row.number: [one["code"] for one in row.reasons] for row in verdicts(run)}
    assert told == {2: ["room-taken"], 3: ["room-unknown"]}
    assert Stay.objects.get(resident__family_name="Holt").bed is None


def test_a_name_as_long_as_a_page_comes_in_and_is_kept_whole(cast, grace, mill_house) -> None:
    text = f"Date received,Surname,First name,Decision\n6/4/2026,{'V' * 300},{'W' * 300},\n"
    run = begin_applying(bring(mill_house, grace, "Referrals.csv", text.encode()), by=grace)
    run = apply_import(run, by=grace)
    assert run.count("warning") == 1
    assert Referral.objects.get(resident__family_name="V" * 200).resident.given_name == "W" * 200
    assert ImportedRow.objects.get(run=run).kept["Family name"] == "V" * 300
