"""Untidy files from reading to the records: looked through, named, brought in, mended, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

import pytest
from openpyxl.comments import Comment

from alongside.accommodation.models import Bed
from alongside.imports.kinds.proposals import PROPOSE
from alongside.imports.models import ImportedRow, ImportRun
from alongside.imports.moments import TITLES, TOLD_ELSEWHERE
from alongside.imports.operations import answer_names, apply_import, begin_applying, start_import
from alongside.imports.operations.bringing import Said
from alongside.imports.tests.houses import bring, bring_in
from alongside.imports.tests.test_strangers_files import book, saved
from alongside.keywork.models import Booking, Note, Session
from alongside.kit.refusal import Refused
from alongside.referrals.models import Referral
from alongside.residents.models import Resident
from alongside.stays.models import Stay

PEOPLE = b"Name,Moved in\nMona Lee,5/1/2026\nOmar Said,6/1/2026\n"


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def stays() -> list[str]:
    told = Stay.objects.exclude(resident__family_name="Nowak").order_by("moved_in_on", "pk")
    return [f"{s.resident} {s.moved_in_on} {s.moved_out_on or ''}".strip() for s in told]


def sessions() -> list[str]:
    held = [f"{s.stay.resident.family_name} {s.held_on} held" for s in Session.objects.all()]
    bookings = Booking.objects.exclude(outcome__in=["", "held"])
    not_held = [
        f"{b.stay.resident.family_name} {b.starts_at:%Y-%m-%d} {b.outcome}" for b in bookings
    ]
    return sorted([*held, *not_held])


def notes() -> list[str]:
    told = Note.objects.exclude(text="").order_by("happened_at", "pk")
    return [f"{n.happened_at.astimezone():%d %H:%M} {n.text}" for n in told]


def minutes() -> list[str]:
    told = Session.objects.order_by("note__happened_at").select_related("note")
    return [str(one.note.minutes) for one in told]


def charges() -> list[str]:
    told = Stay.objects.exclude(resident__family_name="Nowak").order_by("moved_in_on", "pk")
    return [str(stay.service_charge) for stay in told]


def referrals() -> list[str]:
    told = Referral.objects.exclude(resident__family_name="Nowak").order_by("received_on")
    return [f"{r.resident.family_name} {r.received_on}" for r in told]


def beds() -> list[str]:
    return sorted(Bed.objects.filter(name__startswith="Z").values_list("name", flat=True))


@dataclass(frozen=True)
class Walk:
    """A file, how many rows come in and are rejected, what then stands on file, and the mending."""

    name: str
    content: Callable[[], bytes]
    comes: int
    refused: int
    found: Callable[[], list[str]]
    stands: list[str]
    codes: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    mend: tuple[bytes, bytes, int] = (b"", b"", 0)


def text(words: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: words.encode(encoding)


def tracker() -> bytes:
    made = book({"Tracker": [
        ["LARCH HOUSE"], ["Confidential"], [], ["Updated:", date(2026, 3, 1)],
        ["Resident", None, "Room and dates", None, None, "Money"],
        ["Name", "D.O.B", "Rm", "In", "Out", "Rent £pw"],
        ["LEE, Mona (known as Mo)", "14.03.90", "Z1", "05.01.26", "", "£1,234.50"],
        ["SAID, Omar", "n/a", "Z2", "06.01.26", "TBC", "€ 95,00"],
        ["'ONE, Ann", "'14/3/1990", "Z3", "46027", "n/a", "95 pw"],
        ["Total", None, 3, None, None, "£2,500"], ["* rent at month end"],
    ], "Old": [["Name", "Moved in"], ["Not Me", date(2020, 1, 1)]]})  # fmt: skip
    sheet = made["Tracker"]
    for span in ("A5:B5", "C5:E5"):
        sheet.merge_cells(span)
    sheet.column_dimensions["F"].hidden = True
    sheet["A7"].comment = Comment("prefers mornings", "x")
    made["Old"].sheet_state = "hidden"
    return saved(made)


def night_log() -> bytes:
    return saved(book({"Night log": [
        ["Date", "Time", "Resident", "Entry", "Staff"],
        [date(2026, 3, 2), time(21, 0), "Mona Lee", "in her room", "AR"],
        [None, time(22, 30), "Omar Said", "came in late", None],
        [None, "23.15", "Mr Said", "rang his mother", None],
        [date(2026, 3, 3), 14.3, "Mona Lee", "tea", None],
    ]}))  # fmt: skip


def xlsx_under_another_name() -> bytes:
    return saved(book({"A": [["Name", "Moved in"], ["Mona Lee", date(2026, 1, 5)]]}))


WALKS = [
    Walk("tracker.xlsx", tracker, 3, 0, stays,
         ["Mo LEE 2026-01-05", "Ann ONE 2026-01-05", "Omar SAID 2026-01-06"],
         frozenset({"two-digit-year", "approx-dob", "status-unclear", "serial"})),
    Walk("us.csv", text("Client,Intake,Exit,Monthly rent\n\"Lee, Mona\",01/13/26,,$400\n"
                        "\"Said, Omar\",1/14/2026,02/28/26,$5\n\"One, Ann\",13/14/26,,\n"),
         2, 1, stays, ["Mona Lee 2026-01-13", "Omar Said 2026-01-14 2026-02-28"],
         frozenset({"impossible-date"}), mend=(b"13/14/26", b"12/14/25", 1)),
    Walk("log.csv", text("When,Who,Did they turn up,How long,Time,What happened\n"
                         "2/3/2026,Mona Lee,yep,30,1430,a\n3/3/2026,Mona Lee,nope,0:00,,b\n"
                         "4/3/2026,Omar Said,client cancelled,,half two,c\n5/3/2026,Mony,✔,40,,d\n"
                         "6/3/2026,Omar Said,N/A,,,e\n"),
         4, 1, sessions, ["Lee 2026-03-02 held", "Lee 2026-03-03 missed", "Lee 2026-03-05 held",
                          "Said 2026-03-04 cancelled"],
         frozenset({"no-outcome", "time-unclear"}), {"Mony": "Mona Lee"},
         (b",N/A,", b",Attended,", 1)),
    Walk("both.csv", text("Date,Client,Attended\n03/14/2026,Mona Lee,Y\n25/03/2026,Mona Lee,Y\n"
                          "26/03/2026,Mona Lee,N\n02/03/2026,Omar Said,Y\n"),
         3, 1, sessions, ["Lee 2026-03-25 held", "Lee 2026-03-26 missed", "Said 2026-03-02 held"],
         frozenset({"impossible-date", "date-order"}), mend=(b"03/14/2026", b"14/03/2026", 1)),
    Walk("german.csv", text("\ufeffNr.;Nachname;Vorname;geb.;eingezogen am;ausgezogen am;"
                            "Status;;\r\n"
                            "1;Lee;Mona;1.2.90;05.01.26;;aktuell;;\r\n"
                            "2;Said;Omar;03.04.1991;6.1.26;unbekannt;ausgezogen;;\r\n;;;;;;;;\r\n"),
         1, 1, stays, ["Mona Lee 2026-01-05"], frozenset({"two-digit-year", "gone-without-day"}),
         mend=(b"unbekannt", b"8.3.26", 1)),
    Walk("french.txt", text("Nom\tPrénom\tNé(e) le\tDate d’entrée\tDate de sortie\tSituation\n"
                            "Dupont\tRené\t3 févr. 1990\t1er mars 2026\t\tprésent\n"
                            "Müller\tZoë\t04.05.91\t02.03.26\t9 mars 2026\tsorti\n", "utf-16"),
         2, 0, stays, ["René Dupont 2026-03-01", "Zoë Müller 2026-03-02 2026-03-09"],
         frozenset({"two-digit-year"})),
    Walk("maori.csv", text("Ingoa,Rā whānau,Rā uru,Rā wehe\nHēmi Ngāwaka,4 Haratua 1973,"
                           "5 Kohi-tātea 2026,\nĀwhina Te Whata,28 Hakihea 1998,"
                           "6 Hui-tanguru 2026,kāore anō\n"),
         2, 0, stays, ["Hēmi Ngāwaka 2026-01-05", "Āwhina Te Whata 2026-02-06"]),
    Walk("dos.txt", text("Name|Moved in\nRené Dupré|5/1/2026\n", "cp850"), 1, 0, stays,
         ["René Dupré 2026-01-05"]),
    Walk("quotes.csv", text('Date,Client,Entry\n2/3/2026 14.30,Mona Lee,"said "hello" to me"\n'
                            '3/3/2026,Omar Said,"a, "b", c"\n'),
         1, 1, notes, ['02 14:30 said "hello" to me'],
         frozenset({"quotes-inside", "too-many-columns"})),
    Walk("night.xlsx", night_log, 3, 1, notes,
         ["02 21:00 in her room", "02 22:30 came in late", "03 14:30 tea"],
         frozenset({"date-above", "time-number", "person-unknown", "worker-missing"})),
    Walk("list.csv", xlsx_under_another_name, 1, 0, stays, ["Mona Lee 2026-01-05"]),
    Walk("nicknames.csv", text("Name,DOB (age),Moved in,Mobile\n"
                               "Ms Mona \"Mo\" Lee,14/3/1990 (36),5/1/2026,4.47701E+11\n"
                               "Mr Omar Said (aka Sid),1990 (aged 36),6/1/2026,'0770\n"
                               "3 - Ann One,1/1/1990,6/1/2026,\n"),
         3, 0, stays, ["Mo Lee 2026-01-05", "Sid Said 2026-01-06", "3 - Ann One 2026-01-06"],
         frozenset({"approx-dob", "number-shortened", "name-figures"})),
    Walk("beds.csv", text("Room,Bed,Name,Status\nZ1,A,Mona Lee,Occupied\nZ2,B,Vacant,\n"
                          "Z3,,VOID,Void\n"
                          ",C,,Void\n"),
         3, 1, beds, ["Z1", "Z2", "Z3"], frozenset({"no-room"}), mend=(b",C,,", b"Z4,C,,", 1)),
    Walk("referrals.csv", text("Referral date,Applicant,DOB,Status,Outcome date\n"
                               "3.3.26,Ben Two,c. 1985,Pending,\nn/k,Cy Three,,No,\n"
                               "5.3.26,Di Four,1/2/1990,Accepted - moved in 9/3,\n"),
         2, 1, referrals, ["Two 2026-03-03", "Four 2026-03-05"],
         frozenset({"approx-dob", "unreadable-date"}), mend=(b"n/k", b"4.3.26", 1)),
    Walk("lengths.csv", text("Date,Client,Attended,Length\n2/3/2026,Mona Lee,Y,1h30\n"
                             "3/3/2026,Mona Lee,Y,1.30\n4/3/2026,Mona Lee,Y,10:00 - 11:15\n"
                             "5/3/2026,Mona Lee,Y,an hour\n6/3/2026,Mona Lee,Y,a bit\n"),
         5, 0, minutes, ["90", "90", "75", "60", "None"],
         frozenset({"minutes-like-a-clock", "minutes-unclear"})),
    Walk("money.csv", text("Name,Moved in,Current,Moved on,S/C\nMona Lee,5/1/2026,x,,£12.50/wk\n"
                           "Omar Said,6/1/2026,x,,\"1.234\"\nAnn One,6/1/2026,,x,£5\n"),
         2, 1, charges, ["12.50", "None"], frozenset({"gone-without-day", "amount-unclear"}),
         mend=(b",,x,", b",,9/3/2026,", 1)),
    Walk("export.csv", text("Session Date,Client Name,Attended,Duration\n"
                            "2026-03-02T14:30:00Z,Mona Lee,1,00:45\n"
                            "2026-03-03 09:15:00,Omar Said,0,0:00\n"
                            "\"Monday, 9 March 2026\",Mona Lee,TRUE,1h\n,Mona Lee,1,5\n"),
         3, 1, sessions, ["Lee 2026-03-02 held", "Lee 2026-03-09 held", "Said 2026-03-03 missed"],
         frozenset({"no-date"}), mend=(b"\r\n,Mona", b"\r\n10/3/2026,Mona", 1)),
]  # fmt: skip
OF_KNOWN_PEOPLE = {sessions, minutes, notes, beds}


def codes(run: ImportRun) -> set[str]:
    return {one["code"] for row in run.rows.all() for one in row.reasons}


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
def test_an_untidy_file_is_walked_through(walk: Walk, cast, grace, mill_house) -> None:
    if walk.found in OF_KNOWN_PEOPLE:
        bring_in(mill_house, grace, "people.csv", PEOPLE)
    content = walk.content()
    before = walk.found()
    run = start_import(mill_house, by=grace, name=walk.name, content=content)
    if walk.answers:
        assert {one["text"] for one in run.questions["names"]} == set(walk.answers)
        said = [Said(asked, name) for asked, name in walk.answers.items()]
        run = answer_names(run, by=grace, answers=said)
    assert (run.to_bring, run.refused) == (walk.comes, walk.refused)
    assert walk.codes <= codes(run)
    run = apply_import(begin_applying(run, by=grace), by=grace)

    assert (run.to_bring, run.refused) == (walk.comes, walk.refused)
    assert [one for one in walk.found() if one not in before] == walk.stands
    once = ImportedRow.objects.count()
    again = bring(mill_house, grace, walk.name, content)
    assert (again.to_bring, again.refused) == (0, walk.refused)
    assert ImportedRow.objects.count() == once
    if walk.mend[2]:
        _mended(walk, run, grace, mill_house)


def _mended(walk: Walk, run: ImportRun, by, scheme) -> None:
    was, becomes, comes = walk.mend
    with run.rejected.open("rb") as kept:
        rejected = bytes(kept.read())
    assert was in rejected
    mended = bring_in(scheme, by, "mended.csv", rejected.replace(was, becomes))
    assert (mended.to_bring, mended.refused) == (comes, 0)
    assert len(walk.found()) >= len(walk.stands) + comes


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"%PDF-1.7 x", "This file is a PDF"),
        (b"", "This file is empty."),
        (b" \r\n\r\n", "This file is empty."),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "This is an old kind of Excel file"),
        (b"<!DOCTYPE html><table><tr><td>Name</td></tr></table>", "This file is a web page"),
        (b"PK\x03\x04 broken", "This workbook is damaged."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "This file is not text."),
        (b'Name,Moved in\nMona,"5/1/2026\nOmar,6/1/2026\n', "A quotation mark in line 2"),
        (b"hello\n", "Nothing in this file looks like a table"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    content: bytes, because: str, cast, grace, mill_house
) -> None:
    with pytest.raises(Refused) as refused:
        start_import(mill_house, by=grace, name="list.csv", content=content)
    assert refused.value.because.startswith(because)
    assert refused.value.instead
    assert not ImportRun.objects.exists()


def test_a_day_of_leaving_is_no_day_of_a_referral(cast, grace, mill_house) -> None:
    text = b"Name,Room,Date left,Reason\nDana Holt,1,5/1/2026,flat\n"
    run = start_import(mill_house, by=grace, name="Leavers.csv", content=text)
    assert run.to_bring == 0
    assert "Say what kind of sheet it is." in {one["words"] for one in run.notices}


def test_every_kind_of_row_has_words_on_the_timeline() -> None:
    assert TITLES.keys() >= PROPOSE.keys() - TOLD_ELSEWHERE


@pytest.mark.parametrize("content", [b"Name,Moved in,Room\n", None])
def test_headings_alone_bring_nothing_and_it_is_said(content, cast, grace, mill_house) -> None:
    only = content or saved(book({"A": [["Name", "Moved in", "Room"]]}))
    run = start_import(mill_house, by=grace, name="list.csv", content=only)
    assert "There is a heading but no row under it." in {one["words"] for one in run.notices}
    with pytest.raises(Refused) as refused:
        begin_applying(run, by=grace)
    assert refused.value.because == "There is nothing in this file to bring in."


def test_nothing_beside_the_cells_of_the_tracker_is_passed_over(cast, grace, mill_house) -> None:
    run = start_import(mill_house, by=grace, name="tracker.xlsx", content=tracker())
    told = {(one["what"], one["words"]) for one in run.notices}
    assert {
        ("hidden sheet", ""), ("hidden column", "Rent £pw"), ("comment", "prefers mornings"),
        ("title", "Updated: 2026-03-01"),
    } <= told  # fmt: skip
    asides = {row.words for row in run.rows.filter(verdict="aside")}
    assert asides == {"total: Total 3 £2,500", "heading: * rent at month end"}


def test_what_was_said_in_place_of_a_day_or_a_time_is_kept(cast, grace, mill_house) -> None:
    bring_in(mill_house, grace, "tracker.xlsx", tracker())
    assert Resident.objects.get(family_name="LEE").known_as == "Mo"
    kept = ImportedRow.objects.get(resident__family_name="SAID").kept
    assert kept["Moved out"] == "TBC"
    log = b"Date,Client,Attended,Time\n2/3/2026,Omar Said,Y,half two\n"
    bring_in(mill_house, grace, "log.csv", log)
    assert ImportedRow.objects.get(kind="sessions").kept == {"Time of day": "half two"}
