"""Lists of notes, and logs that do not call things by the names we know."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from django.core.management import call_command

from alongside.imports.cells.clock_times import began
from alongside.imports.kinds.notes import NoteRecord
from alongside.imports.kinds.sessions import SessionRecord
from alongside.imports.mapping import guess_mapping
from alongside.imports.setting import Setting, StaffMember
from alongside.imports.tests.hostel import plan_content
from alongside.imports.tests.test_other_places import one_table, reasons
from alongside.keywork.models import Note, Session

HOME = Setting(
    staff=(StaffMember("amina", "Amina Yusuf", "AY"), StaffMember("ruth", "Ruth Abara")),
    words={"note_kind": {"night": ("Night",)}},
)
PEOPLE = b"Young person,Placement start\nRawiri Ngamoki,1/2/2026\nJessie O'Dowd,1/2/2026\n"


def known():
    return plan_content("people.csv", PEOPLE, HOME).register


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("21:05", time(21, 5)), ("9.15pm", time(21, 15)), ("9 am", time(9)),
        ("12:30 am", time(0, 30)),
        ("2026-03-04 07:40:00", time(7, 40)), ("25:00", None), ("evening", None),
    ],
)  # fmt: skip
def test_times_of_day_as_people_write_them(written: str, means: time | None) -> None:
    assert began(written) == means


def test_a_list_of_notes_is_told_from_a_list_of_sessions() -> None:
    text = (
        "Date,Time,YP,By,Type,Entry\n"
        "3/3/2026,21:05,Rawiri Ngamoki,AY,Night,Settled by ten.\n"
        '4/3/2026,9.15pm,"Ngamoki, Rawiri",Ruth Abara,Homing pigeon,"Rang mum.\nGlad."\n'
        "5/3/2026,,Jessie O'Dowd,,,\n"
        "5/3/2027,,Jessie O'Dowd,,,Too early\n"
    )
    plan = plan_content("log.csv", text.encode(), HOME, known())
    notes = [one for one in plan.records() if isinstance(one, NoteRecord)]
    assert [(n.happened_on, n.kind, n.worker, n.note) for n in notes] == [
        (date(2026, 3, 3), "night", "amina", "Settled by ten."),
        (date(2026, 3, 4), "", "ruth", "Rang mum.\nGlad."),
    ]
    assert reasons(plan)[3] == ("warning", {"kind-unknown"})
    assert reasons(plan)[5][1] == {"no-note"}
    assert reasons(plan)[6][1] == {"future-date"}


def test_outcomes_are_told_by_what_stands_under_a_heading_nobody_knows() -> None:
    text = (
        "When,YP,Who,Showed up then?,How long (hrs),What we did\n"
        "2/3/2026,Rawiri Ngamoki,AY,Yes,1.5,Baking\n"
        "9/3/2026,Jessie O'Dowd,Ruth Abara,No - refused,,Did not want to\n"
        "16/3/2026,Jessie O'Dowd,Ruth Abara,Yes,0.75,Park\n"
    )
    plan = plan_content("log.csv", text.encode(), HOME, known())
    sessions = [one for one in plan.records() if isinstance(one, SessionRecord)]
    assert [(s.outcome, s.minutes, s.worker) for s in sessions] == [
        ("attended", 90, "amina"), ("did_not_attend", None, "ruth"), ("attended", 45, "ruth"),
    ]  # fmt: skip


def test_a_log_of_lengths_without_outcomes_lists_what_was_held_and_says_so() -> None:
    text = (
        "Date,Client,Minutes,Notes\n2/3/2026,Rawiri Ngamoki,30,Talk\n3/3/2026,Rawiri Ngamoki,,x\n"
    )
    plan = plan_content("log.csv", text.encode(), HOME, known())
    assert reasons(plan)[2] == (
        "warning",
        {"outcome-assumed"},
    )
    assert reasons(plan)[3] == ("rejected", {"no-outcome"})


def test_a_total_with_its_number_in_front_is_no_person() -> None:
    plan = plan_content("x.csv", b"#,Name,Moved in\n1,Dana Holt,1/2/2026\n2,Total: 1,\n", HOME)
    assert reasons(plan) == {2: ("new", set()), 3: ("aside", set())}


def test_a_heading_in_german_is_said_to_be_unknown_rather_than_guessed() -> None:
    table = one_table("x.csv", b"Farbe;Gewicht\nrot;4\nblau;5\n")
    assert guess_mapping(table, HOME).kind == ""


def test_notes_come_in_with_their_hour_kind_and_writer_and_never_twice(
    cast, amina, tomasz, tmp_path, capsys
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Night log", 0)
    sheet.append(["Date", "Time", "Resident", "Staff", "Type", "Note"])
    name = tomasz.resident.name
    day = datetime.combine(tomasz.moved_in_on, time(0))
    sheet.append([day, time(22, 40), name, amina.name, "Night", "In by half ten. 😊"])
    sheet.append([day, None, name, None, "Health", "Saw the nurse."])
    kept = io.BytesIO()
    book.save(kept)
    file = tmp_path / "night.xlsx"
    file.write_bytes(kept.getvalue())
    notes = Note.objects.filter(stay=tomasz, kind__in=["night", "health"])
    before = notes.count()

    for _ in range(2):
        call_command("import_file", str(file), "--scheme", tomasz.scheme.slug, "--apply")

    assert notes.count() == before + 2
    assert "Everything is here already" in capsys.readouterr().out
    night = notes.get(text="In by half ten. 😊")
    assert (night.kind, night.written_by) == ("night", amina)
    assert night.happened_at.astimezone(tomasz.scheme.zone).time() == time(22, 40)
    assert notes.get(text="Saw the nurse.").restricted
    assert not Session.objects.filter(note__in=notes).exists()


def test_the_command_says_when_it_could_take_nothing_for_a_list(cast, mill_house, tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_bytes(b"Farbe;Gewicht\nrot;4\nblau;5\n")

    call_command("import_file", str(file), "--scheme", mill_house.slug)

    assert "Nothing in it was taken for a list" in capsys.readouterr().out
