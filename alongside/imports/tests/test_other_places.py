"""Spreadsheets of places nobody here has seen: other words, orders, dates and delimiters."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from alongside.imports.kinds.sessions import SessionRecord
from alongside.imports.kinds.stays import StayRecord
from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import guess_mapping, map_as
from alongside.imports.plan import ImportPlan
from alongside.imports.reading.files import read_file
from alongside.imports.reading.table import Table
from alongside.imports.reading.tables import tables_in
from alongside.imports.setting import Setting, StaffMember
from alongside.imports.tests.hostel import plan_content
from alongside.imports.verdicts import Verdict

PLACE = Setting(staff=(StaffMember("ana", "Ana Ruiz", "AR"), StaffMember("bo", "Bo Lund")))


def workbook(rows: Iterable[Iterable[object]], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def one_table(name: str, content: bytes) -> Table:
    (table,) = tables_in(read_file(name, content))
    return table


def stays(plan: ImportPlan) -> list[StayRecord]:
    return [record for record in plan.records() if isinstance(record, StayRecord)]


def reasons(plan: ImportPlan) -> dict[int, tuple[str, set[str]]]:
    return {row.row: (str(row.verdict), set(row.codes())) for row in plan.rows}


def test_a_month_first_tab_delimited_utf16_export() -> None:
    text = (
        "Case Manager\tUnit\tLast Name\tFirst Name\tDOB\tAdmission Date\tDischarge Date\n"
        "Ana Ruiz\t12\tHolt\tDana\t07/04/1988\t03/14/2026\t\n"
        "Bo Lund\t14\tPark\tJin\t12/31/1990\t04/05/2026\t05/20/2026\n"
        "A. Nother\t15\tVega\tLuz\t02/30/1991\t13/14/2026\t\n"
    )
    plan = plan_content("export.txt", text.encode("utf-16"), PLACE)
    first, second = stays(plan)
    assert (first.moved_in, first.birth.on) == (date(2026, 3, 14), date(1988, 7, 4))
    assert (second.moved_out, second.worker) == (date(2026, 5, 20), "bo")
    assert first.room == "12"
    assert reasons(plan)[4] == ("rejected", {"impossible-date"})


def test_a_heading_in_row_seven_with_words_of_another_place() -> None:
    rows: list[list[object]] = [
        ["Harbour View supported living"], ["Confidential"], [],
        ["Printed", date(2026, 11, 1)], [], [],
        ["Start date", "Service user", "Support worker", "End date", "Flat no",
         "Date of Birth", "Shoe size"],
        [date(2026, 1, 5), "Mbeki, Thandi", "AR", None, "F3", date(1999, 2, 3), 6],
        [date(2026, 2, 5), "Ola Nordmann", "Zed", "01.03.2026", "F4", "c. 1970", 9],
        [None, "TOTAL", 2],
    ]  # fmt: skip
    plan = plan_content("x.xlsx", workbook(rows), PLACE)
    one, two = stays(plan)
    assert (one.name.surname, one.name.forenames, one.worker, one.room) == (
        "Mbeki",
        "Thandi",
        "ana",
        "F3",
    )
    assert two.moved_out == date(2026, 3, 1)
    assert reasons(plan) == {
        8: ("new", set()), 9: ("warning", {"worker-unknown", "approx-dob"}), 10: ("aside", set()),
    }  # fmt: skip
    assert ("column left out", "Shoe size") in {(n.what, n.words) for n in plan.notices}


def test_a_heading_of_two_lines_without_merged_cells() -> None:
    rows = [
        ["Date", "Date", "Last", "First", "Key"],
        ["moved in", "moved out", "name", "name", "worker"],
        ["1/2/2026", "", "Holt", "Dana", "AR"],
    ]
    table = one_table("x.xlsx", workbook(rows))
    assert table.header_rows == (1, 2)
    fields = [c.field for c in guess_mapping(table, PLACE).columns]
    assert fields == ["moved_in", "moved_out", "surname", "forenames", "worker"]


def test_a_session_log_in_another_order_with_other_words() -> None:
    people = "Client ID,Full name,Entry date\nA1,Dana Holt,1/3/2026\nA2,Jin Park,2/3/2026\n"
    log = (
        "Support worker|Duration (hours)|Attendance|Client|Session notes|Date of contact\n"
        "AR|1.5|Completed|Dana Holt|=not a formula|4/3/2026\n"
        "AR||Failed to attend|Park, Jin||5/3/2026\n"
        "BO|0,5|Maybe|Dana Holt||6/3/2026\n"
        "Bo Lund|45 mins|Hui held|dana  HOLT|مرحبا 😊|7/3/2026\n"
    )
    place = Setting(PLACE.staff, words={"outcome": {"attended": ("hui held",)}})
    before = plan_content("clients.csv", people.encode(), place)
    plan = plan_content("contacts.csv", log.encode(), place, before.register)
    sessions = [r for r in plan.records() if isinstance(r, SessionRecord)]
    assert [(s.outcome, s.minutes, s.note) for s in sessions] == [
        ("attended", 90, "=not a formula"),
        ("did_not_attend", None, ""),
        ("attended", 45, "مرحبا 😊"),
    ]
    assert reasons(plan)[4] == ("rejected", {"no-outcome"})


def test_columns_without_a_known_heading_are_told_by_what_stands_in_them() -> None:
    text = "Name,Moved in,Her person,Govt thing\n" + "".join(
        f"Person {c}{c},1/{n}/2026,{'AR' if n % 2 else 'Bo Lund'},QQ12345{n}C\n"
        for n, c in enumerate("abcde", 1)
    )
    mapping = guess_mapping(one_table("x.csv", text.encode()), PLACE)
    assert [c.field for c in mapping.columns] == ["name", "moved_in", "worker", "ni_number"]


def test_a_corrected_mapping_is_remembered_as_plain_data() -> None:
    table = one_table("Clients.csv", b"Who,Came,Entry date\nDana Holt,x,1/3/2026\n")
    guessed = map_as(table, "stays")
    assert guessed.missing() == (("surname", "forenames", "name"),)
    kept = json.loads(json.dumps(guessed.with_field(1, "name").to_json()))
    again = guess_mapping(table, PLACE, [SheetMapping.from_json(kept)])
    assert again.positions("name") == (1,)
    assert not again.missing()


def test_a_sheet_that_lacks_what_it_needs_is_left_out_and_says_so() -> None:
    plan = plan_content("x.csv", b"Colour,Size,Price\nred,4,5\nblue,5,6\n", PLACE)
    assert plan.rows == ()
    assert [n.what for n in plan.notices] == ["sheet left out", "headings guessed"]


def test_a_heading_alone_says_that_there_are_no_rows() -> None:
    plan = plan_content("x.csv", b"Name,Moved in,Moved out\n", PLACE)
    assert "There is a heading but no row under it." in {n.words for n in plan.notices}


def test_two_columns_with_the_same_heading_use_the_first_and_show_the_other() -> None:
    plan = plan_content("x.csv", b"Name,Moved in,Notes,Notes\nDana Holt,1/2/2026,one,two\n", PLACE)
    assert stays(plan)[0].texts["notes"] == "one"
    assert ("same heading twice", "D") in {(n.what, n.where) for n in plan.notices}


@pytest.mark.parametrize(
    ("name", "verdict", "code"),
    [
        ("X" * 200, "warning", "name-long"),
        ("Q", "warning", "name-short"),
        ("محمد علي", "new", ""),
        ("李小明", "new", ""),
        ("😀😀", "rejected", "no-name"),
        ("???", "rejected", "no-name"),
        ("Jo\0hn Smith", "new", ""),
        ("=HYPERLINK Smith", "new", ""),
        ("", "rejected", "no-name"),
    ],
)
def test_strange_names(name: str, verdict: str, code: str) -> None:
    content = f"Notes,Name,Moved in\nx,{name},1/2/2026\n".encode()
    plan = plan_content("x.csv", content, PLACE)
    assert reasons(plan) == {2: (verdict, {code} - {""})}


def test_a_wide_and_nearly_empty_file_is_read_without_trouble() -> None:
    wide = "," * 5000
    content = f"Name,Moved in{wide}\nDana Holt,1/2/2026{wide}\n".encode()
    assert plan_content("x.csv", content, PLACE).counts() == {Verdict.NEW: 1}


def test_a_stay_that_changed_since_the_last_import_is_an_update() -> None:
    first = plan_content("x.csv", b"Name,Moved in,Moved out\nDana Holt,1/2/2026,\n", PLACE)
    changed = b"Name,Moved in,Moved out\nDana Holt,1/2/2026,1/9/2026\n"
    again = plan_content("x.csv", changed, PLACE, first.register)
    assert again.counts() == {Verdict.UPDATE: 1}
    (person,) = again.register.people.values()
    assert [stay.moved_out for stay in person.stays] == [date(2026, 9, 1)]


def test_a_day_of_moving_in_that_has_not_come_is_not_a_stay_yet() -> None:
    plan = plan_content("x.csv", b"Name,Moved in,Room\nDana Holt,1/2/2027,4\n", PLACE)
    assert reasons(plan) == {2: ("rejected", {"future-date"})}
