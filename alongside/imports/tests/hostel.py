"""The two invented places of the test spreadsheets, and how their files are planned."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import guess_mapping
from alongside.imports.matching import Answers, PersonAnswer
from alongside.imports.plan import ImportPlan, plan_import
from alongside.imports.reading.files import read_file
from alongside.imports.reading.tables import tables_in
from alongside.imports.register import Register
from alongside.imports.setting import Setting, StaffMember

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 20)
TRACKER, RESIDENTS, SESSIONS = (
    "hostel-tracker.xlsx",
    "transitional-residents.csv",
    "sessions-semicolon.csv",
)

KILN_STREET = Setting(
    staff=tuple(
        StaffMember(initials, name, initials)
        for initials, name in {
            "DB": "Dawn Bellairs-Nott",
            "MO": "Marek Olszak",
            "SK": "Shabnam Kazimi",
            "TR": "Tunde Rowland-Eze",
            "JMcG": "Jo McGrath-Ives",
            "PW": "Priyal Wadhwan",
            "LF": "Leigh Fallowell",
        }.items()
    ),
    rooms=tuple(
        f"{floor}{letter}"
        for floor, letters in (
            ("1", "ABCDEF"),
            ("2", "ABCDEFGHJK"),
            ("3", "ABCDEFGH"),
            ("4", "ABCD"),
        )
        for letter in letters
    ),
    stages={
        "prob": ("Prob", "Probation"),
        **{str(n): (f"S{n}", f"Stage {n}") for n in range(1, 6)},
        "legend": ("Legend",),
    },
)

WHARE = Setting(
    staff=tuple(StaffMember(n, n) for n in ("Moana T", "Rawiri P", "Sela", "Anneke d V"))
)


def _is(name: str, born: str) -> PersonAnswer:
    return PersonAnswer(name=name, born=date.fromisoformat(born))


ANSWERS = Answers(
    people={
        "Abdi": (_is("Abdirahman Yusuf Warsame", "1965-09-21"),),
        "Aga": (_is("Agnieszka Nowakowska-Price", "1968-02-10"),),
        "Craig F": (_is("Craig Featherstonehaugh", "1987-11-02"),),
        "Dec": (_is("Declan O'Neill", "2007-05-11"),),
        "Declan O": (_is("Declan O'Neill", "2007-05-11"),),
        "Fev": (_is("Craig Featherstonehaugh", "1987-11-02"),),
        "Jas": (_is("Jaspreet Kaur-Dhillon", "1976-04-25"),),
        "JP": (_is("João Pedro Da Silva Fonseca", "1993-08-03"),),
        "Ken": (_is("Wing-Kit Lo", "1990-11-03"),),
        "Mo": (
            _is("Mohammed Siddiq-Rahman", "1966-03-05"),
            _is("Maureen Tate", "1970-11-17"),
        ),
        "Paudie": (_is("Pádraig Ó Súilleabháin", "2005-07-01"),),
        "R. Blythe": (_is("Rowan Blythe", "1996-12-27"),),
        "Shaunie": (_is("Shaun McGillicuddy-Barnes", "2005-07-25"),),
        "Ty": (_is("Tyrone Smith-Okafor", "1991-05-18"),),
        "Ty S-O": (_is("Tyrone Smith-Okafor", "1991-05-18"),),
    }
)


def plan_content(
    name: str,
    content: bytes,
    setting: Setting,
    register: Register | None = None,
    answers: Answers | None = None,
) -> ImportPlan:
    tables = tables_in(read_file(name, content))
    mappings: dict[str, SheetMapping] = {t.name: guess_mapping(t, setting) for t in tables}
    return plan_import(
        tables,
        mappings,
        register=register or Register(),
        answers=answers or Answers(),
        today=TODAY,
        setting=setting,
    )


def plan_tracker(
    register: Register | None = None, answers: Answers = ANSWERS, content: bytes = b""
) -> ImportPlan:
    content = content or (DATA / TRACKER).read_bytes()
    return plan_content(TRACKER, content, KILN_STREET, register, answers)


def plan_whare(
    register: Register | None = None, residents: bytes = b""
) -> tuple[ImportPlan, ImportPlan]:
    """The residents, and then the sessions on top of them."""
    residents = residents or (DATA / RESIDENTS).read_bytes()
    first = plan_content(RESIDENTS, residents, WHARE, register)
    sessions = (DATA / SESSIONS).read_bytes()
    return first, plan_content(SESSIONS, sessions, WHARE, first.register)


type Expected = dict[tuple[str, int], tuple[str, frozenset[str]]]


def expected_rows(file: str) -> Expected:
    """Sheet and row to verdict and reason codes, as the expectations file has them."""
    with (DATA / "expected-rows.csv").open(encoding="utf-8", newline="") as kept:
        return {
            (line["sheet"], int(line["row"])): (
                line["verdict"],
                frozenset(line["reasons"].split()),
            )
            for line in csv.DictReader(kept)
            if line["file"] == file
        }


def verdicts_of(plan: ImportPlan, *, with_sheet: bool) -> Expected:
    return {
        (row.sheet if with_sheet else "", row.row): (str(row.verdict), row.codes())
        for row in plan.rows
    }
