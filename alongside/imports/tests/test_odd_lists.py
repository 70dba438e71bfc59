"""Lists with the habits of other countries and houses: nothing is read wrongly without a word."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.imports.kinds.beds import BedRecord
from alongside.imports.tests.hostel import plan_content
from alongside.imports.tests.test_moves_and_forms import csv, lived, sheets
from alongside.imports.tests.test_other_places import reasons, stays
from alongside.imports.tests.test_strangers_files import PLACE, book, planned, said, saved, sessions


@pytest.mark.parametrize(
    ("text", "worker"),
    [
        (
            (
                "Lfd. Nr.;Name, Vorname;geb. am;Einzug am;Auszug am;Zimmer;Bezugsbetreuung\n"
                "1;Dupré, René;03.04.1990;14.03.2026;02.05.2026;12;Lund, Bo\nSumme;1;;;;;\n"
            ),
            "bo",
        ),
        (
            (
                "Nom;Prénom;Date de naissance;Date d'entrée;Date de sortie;Chambre;Référent\n"
                "Dupré;René;3 avril 1990;14 mars 2026;2 mai 2026;12;Bo Lund\n"
            ),
            "bo",
        ),
        (
            (
                "Achternaam;Voornaam;Geboortedatum;Instroom;Datum uitstroom;Kamer;Begeleider\n"
                "Dupré;René;3-4-1990;14 maart 2026;2 mei 2026;12;Bo Lund\n"
            ),
            "bo",
        ),
        (
            (
                "Apellidos;Nombre;Fecha de nacimiento;Fecha de ingreso;Fecha de salida;Habitación\n"
                "Dupré;René;3 de abril de 1990;14/3/2026;2/5/2026;12\n"
            ),
            "",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_headings_and_months_of_other_languages(text: str, worker: str, encoding: str) -> None:
    (stay,) = stays(planned(text.encode(encoding), "x.csv"))
    assert (stay.name.forenames, stay.name.surname) == ("René", "Dupré")
    assert (stay.birth.on, stay.moved_in) == (date(1990, 4, 3), date(2026, 3, 14))
    assert (stay.moved_out, stay.room, stay.worker) == (date(2026, 5, 2), "12", worker)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Name,First name", "Holt,Dana"),
        ("Surname,Name", "Holt,Dana"),
        ("Name,First name", "Dana Holt,Dana"),
        ("Surname,Name", 'Holt,"Holt, Dana"'),
        ('"Surname, first name"', '"Holt, Dana"'),
        ("Last name / First name", '"Holt, Dana"'),
    ],
)
def test_no_half_of_a_name_is_lost(head: str, row: str) -> None:
    (stay,) = stays(csv(f"{head},Moved in\n{row},14/3/2026\n"))
    assert (stay.name.forenames, stay.name.surname) == ("Dana", "Holt")


def test_two_people_in_one_cell_are_doubted() -> None:
    plan = csv("Name,Moved in\nDana & Jin Holt,14/3/2026\nAnders Andersson,14/3/2026\n")
    assert reasons(plan) == {2: ("warning", {"two-people"}), 3: ("new", set())}


def test_what_was_paid_is_no_charge_and_a_share_is_no_amount() -> None:
    made = book({"R": [
        ["Name", "Moved in", "Rent paid", "Weekly charge"],
        ["Dana Holt", date(2026, 1, 5), 0.5, 0.5], ["Jin Park", date(2026, 1, 5), 1, 95],
    ]})  # fmt: skip
    made["R"]["C2"].number_format = made["R"]["D2"].number_format = "0%"
    plan = planned(saved(made))
    assert [s.charge for s in stays(plan)] == [None, 95]
    assert reasons(plan)[2] == ("warning", {"amount-unclear"})
    assert stays(plan)[0].words == {"charge": "50%"}


@pytest.mark.parametrize("word", ["current", "still here", "-", "n/a", "ongoing", "en cours"])
def test_whoever_is_still_here_has_not_moved_out(word: str) -> None:
    assert lived(csv(f"Name,Date in,Date out\nDana Holt,14/3/2026,{word}\n")) == [
        ("Dana Holt", "2026-03-14", "")
    ]


def test_names_on_lines_of_their_own_say_whom_the_rows_below_are_about() -> None:
    plan = csv(
        "Date,Worker,Attended,Notes\nDana Holt,,,\n14/3/2026,AR,Y,a\n15/3/2026,AR,N,b\n"
        "Jin Park,,,\n16/3/2026,BL,Y,c\n",
        known=True,
    )
    one, two, three = sessions(plan)
    assert one.person == two.person != three.person


def test_lines_that_are_no_names_are_not_taken_for_people() -> None:
    plan = csv(
        "Date,Worker,Attended,Notes\nMarch sessions,,,\n14/3/2026,AR,Y,a\nDana Holt,,,\n"
        "16/3/2026,BL,Y,c\n",
        known=True,
    )
    assert sessions(plan) == []


def test_a_log_with_outcomes_is_of_sessions_whatever_else_stands_in_it() -> None:
    plan = sheets(DH=[
        ["Young person:", "Dana Holt", None, "DOB:", "1/2/2010"], [],
        ["Date", "Time", "Type", "What we talked about", "Outcome"],
        ["3/3/2026", "10:00", "KW", "college", "Attended"],
        ["10/3/2026", "11:00", "KW", "money", "DNA"],
    ])  # fmt: skip
    assert [s.outcome for s in sessions(plan)] == ["attended", "did_not_attend"]


def test_ticks_say_how_a_bed_stands() -> None:
    plan = csv(
        "Room,Resident,Occupied,Void,Reserved\n1,Dana Holt,x,,\n2,,,x,\n3,,,,x\n", known=True
    )
    beds = [r for r in plan.records() if isinstance(r, BedRecord)]
    assert [bed.status for bed in beds] == ["occupied", "void", "reserved"]


def test_a_heading_that_comes_again_alone_is_said_before_anything_else() -> None:
    plan = csv("Resident,Date,Attended,Attended\nDana Holt,2/3/2026,Y,N\n", known=True)
    assert said(plan, "same heading twice") == ["Attended: these cells are not read."]


def test_a_month_and_a_number_may_be_a_day_or_a_year() -> None:
    people = plan_content("p.csv", b"Name,Moved in\nDana Holt,1/1/2020\n", PLACE).register
    text = b"Date,Client,Attended\nMar 24,Dana Holt,Y\nMar 5,Dana Holt,Y\n24 Mar,Dana Holt,N\n"
    plan = plan_content("log 2026.csv", text, PLACE, people)
    assert reasons(plan) == {
        2: ("warning", {"day-or-year"}), 3: ("new", set()), 4: ("new", set()),
    }  # fmt: skip


def test_what_stands_beside_the_days_of_one_cell_is_not_dropped_without_a_word() -> None:
    plan = csv(
        "Name,Dates\nDana Holt,In 3/4/26 Out 9/6/26 (evicted)\nJin Park,In 3/4/26\n"
        "Mo Ali,In 3/4/26\n"
    )
    assert reasons(plan)[2] == ("warning", {"span-words"})


def test_a_moving_out_without_its_day_leaves_nobody_in_for_ever() -> None:
    plan = csv("Name,In/Out,Date\nDana Holt,In,1/3/2026\nDana Holt,Out,\nJin Park,In,1/3/2026\n")
    assert reasons(plan)[2] == ("rejected", {"no-date"})


def test_what_stands_beside_a_form_and_a_person_without_a_name_are_seen() -> None:
    plan = sheets(
        A=[["Name", "Mona Lee"], ["Moved in", "3/4/2026", "keys on the 4th"], ["Room", "3"]],
        B=[["Name", "Ann One", "", "Ben Two"], ["Room", "1", "2", "3"],
           ["Moved in", "1/2/2026", "2/2/2026", "3/2/2026"]],
    )  # fmt: skip
    assert ("A", "Moved in (beside)") in {(n.sheet, n.words) for n in plan.notices}
    assert [s.name.full() for s in stays(plan)] == ["Mona Lee", "Ann One", "Ben Two"]
    assert [r.codes() for r in plan.rows if r.verdict == "rejected"] == [{"no-name"}]


def test_the_end_of_a_week_names_the_week() -> None:
    plan = sheets(A=[["Support w/e 8 March 2026"], ["Tenant", "Mon", "Tue", "Wed"],
                     ["Dana Holt", 1.5, "", 2]])  # fmt: skip
    assert [(str(s.held_on), s.minutes) for s in sessions(plan)] == [
        ("2026-03-02", 90), ("2026-03-04", 120),
    ]  # fmt: skip


def test_a_key_without_signs_of_equality() -> None:
    plan = sheets(A=[
        ["Key: / present, O absent, F family"], ["YP", *(date(2026, 3, n) for n in (2, 3, 4))],
        ["Dana Holt", "/", "O", "F"],
    ])  # fmt: skip
    assert [s.outcome for s in sessions(plan)] == ["attended", "did_not_attend"]
    assert [r.codes() for r in plan.rows if r.reasons] == [{"mark-unclear"}]
