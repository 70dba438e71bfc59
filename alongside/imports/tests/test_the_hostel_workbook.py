"""The untidy workbook of a staged hostel: every row's end, and every total."""

from __future__ import annotations

import io
import time
from collections import Counter

import openpyxl
import pytest

from alongside.imports.kinds.beds import BedRecord
from alongside.imports.kinds.move_on import MoveOnRecord
from alongside.imports.kinds.plans import PlanRecord
from alongside.imports.kinds.referrals import ReferralRecord
from alongside.imports.kinds.sessions import SessionRecord
from alongside.imports.kinds.stage_sheet import StageSheetRecord
from alongside.imports.kinds.stays import StayRecord
from alongside.imports.matching import Answers
from alongside.imports.plan import ImportPlan
from alongside.imports.tests.hostel import (
    DATA,
    TRACKER,
    expected_rows,
    plan_tracker,
    verdicts_of,
)
from alongside.imports.verdicts import Verdict

MENDED = {"R51": "02/03/2026", "S62": "21/01/2026", "S39": "30/09/2026"}


@pytest.fixture(scope="module")
def plan() -> ImportPlan:
    return plan_tracker()


def mended_tracker() -> bytes:
    book = openpyxl.load_workbook(DATA / TRACKER, data_only=True)
    for cell, value in MENDED.items():
        book["Residents"][cell] = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def people(plan: ImportPlan) -> int:
    return sum(not p.row_rejected for p in plan.register.people.values())


def records[R](plan: ImportPlan, kind: type[R]) -> list[R]:
    return [record for record in plan.records() if isinstance(record, kind)]


def pairs(plan: ImportPlan) -> list[tuple[tuple[str, int], tuple[str, int], str]]:
    known = plan.register.people
    return [
        ((known[d.one].source.sheet, known[d.one].source.row),
         (known[d.other].source.sheet, known[d.other].source.row), d.why)
        for d in plan.duplicates
    ]  # fmt: skip


def test_every_row_ends_as_expected_and_for_the_expected_reasons(plan: ImportPlan) -> None:
    assert verdicts_of(plan, with_sheet=True) == expected_rows(TRACKER)


def test_the_whole_workbook_is_planned_within_three_seconds() -> None:
    began = time.process_time_ns()  # the clock of these tests stands still; this one does not
    plan_tracker()
    assert 0 < time.process_time_ns() - began < 3_000_000_000


def test_people_and_stays(plan: ImportPlan) -> None:
    stays = records(plan, StayRecord)
    assert len(stays) == 61
    assert sum(s.moved_out is None for s in stays) == 25
    assert sum(s.person_is_new for s in stays) == 59
    assert sorted(n for n in Counter(s.person for s in stays).values() if n > 1) == [2, 2]
    assert people(plan) == 96
    assert Counter(s.stage for s in stays if s.moved_out is None) == {
        "1": 8, "2": 3, "3": 3, "4": 4, "": 1, "legend": 3, "prob": 3,
    }  # fmt: skip


def test_what_was_not_understood_keeps_its_words(plan: ImportPlan) -> None:
    stays = {s.source.row: s for s in records(plan, StayRecord)}
    assert stays[5].words["stage"] == "S6"
    assert stays[10].words["born"] == "30/02/1991"
    assert stays[10].birth.on is None
    assert stays[19].name.shown() == "Rowan Blythe"
    assert stays[19].words["name"] == "use this!"
    assert stays[5].texts["notes"] == "was in 2F at first\nmoved because of damp"
    assert stays[5].texts["hb_ref"] == "HB0500480"
    assert stays[58].words["room"] == "2C then 3A"


def test_referrals(plan: ImportPlan) -> None:
    referrals = records(plan, ReferralRecord)
    assert len(referrals) == 74
    assert sum(r.person_is_new for r in referrals) == 37
    assert Counter(r.decision for r in referrals) == {
        "accepted": 51, "declined": 10, "did_not_attend_interview": 3, "waiting": 7, "withdrawn": 3,
    }  # fmt: skip
    rooms = {r.source.row: r.person for r in referrals}
    assert rooms[17] == "new:Residents:50"
    assert rooms[56] == "new:Residents:23"


def test_possible_duplicates(plan: ImportPlan) -> None:
    no_birth = "same name, one date of birth missing or approximate"
    found = pairs(plan)
    assert len(found) == 17
    assert [p for p in found if p[1][0] == "Residents"] == [
        (("Residents", 23), ("Residents", 50), "same name and date of birth, different NI numbers"),
        (("Residents", 6), ("Residents", 53), "same NI number, different people"),
        (("Residents", 16), ("Residents", 59), no_birth),
        (("Residents", 15), ("Residents", 73), no_birth),
    ]
    others = {(one[1], other[1], why) for one, other, why in found if other[0] == "Referrals"}
    assert others == {
        (37, 23, "same name, day and month swapped"),
        (17, 46, "similar name, same date of birth"),
        *((one, other, no_birth) for one, other in (
            (73, 3), (38, 14), (49, 18), (34, 20), (42, 24), (21, 25), (10, 49), (16, 51),
            (59, 51), (36, 54), (24, 72),
        )),
    }  # fmt: skip


def test_sessions(plan: ImportPlan) -> None:
    sessions = records(plan, SessionRecord)
    assert len(sessions) == 783
    assert Counter(s.outcome for s in sessions) == {
        "attended": 554, "did_not_attend": 162, "cancelled": 67,
    }  # fmt: skip
    assert sum(s.minutes or 0 for s in sessions) == 23_560
    days = [s.held_on.isoformat() for s in sessions]
    assert (min(days), max(days)) == ("2025-09-22", "2026-11-20")


def test_sessions_of_each_person(plan: ImportPlan) -> None:
    names = {key: p.name.shown() for key, p in plan.register.people.items()}
    all_, attended = Counter[str](), Counter[str]()
    for session in records(plan, SessionRecord):
        all_[names[session.person]] += 1
        attended[names[session.person]] += session.outcome == "attended"
    assert {n: (all_[n], attended[n]) for n in (
        "Bo Szczepanska", "Zarifullah", "Rowan Blythe", "Winston Baptiste",
        "Fev Featherstonehaugh", "Tai Nguyễn", "Rūta Petrauskaitė",
    )} == {
        "Bo Szczepanska": (6, 3), "Zarifullah": (26, 20), "Rowan Blythe": (8, 4),
        "Winston Baptiste": (24, 18), "Fev Featherstonehaugh": (30, 23),
        "Tai Nguyễn": (15, 12), "Rūta Petrauskaitė": (1, 1),
    }  # fmt: skip


def test_notes_come_through_letter_by_letter(plan: ImportPlan) -> None:
    notes = {s.source.row: s.note for s in records(plan, SessionRecord)}
    assert sum("\n" in n for n in notes.values()) == 46
    assert sum('"' in n for n in notes.values()) == 62
    assert {row for row, n in notes.items() if any("؀" <= c <= "ۿ" for c in n)} == {494, 684, 734}
    assert {row for row, n in notes.items() if n.startswith("=")} == {642, 896}
    assert sum("\t" in n for n in notes.values()) == 1
    assert sum(any(ord(c) > 0x2600 and c != "ﷺ" for c in n) for n in notes.values()) >= 86


def test_beds_plans_stage_rows_and_move_on(plan: ImportPlan) -> None:
    beds = records(plan, BedRecord)
    assert Counter(b.status for b in beds) == {
        "occupied": 25, "reserved": 1, "void": 1, "out_of_use": 1,
    }  # fmt: skip
    assert all(b.person for b in beds if b.status == "occupied")
    plans = records(plan, PlanRecord)
    actions = [a for p in plans for a in p.actions]
    assert (len(plans), len(actions)) == (147, 486)
    assert sum(a.due_on is not None for a in actions) == 181
    assert sum(bool(a.when) for a in actions) == 214
    assert [p.words for p in plans if p.words] == [{"when 12": "Thurs"}]
    rows = records(plan, StageSheetRecord)
    assert len(rows) == 33
    marks = Counter(
        f"{m.state} dated" if m.state == "done" and m.on else m.state for r in rows for m in r.marks
    )
    assert marks == {
        "done dated": 460, "done": 36, "lapsed": 22, "not_applicable": 28,
        "unclear": 1, "waived": 17,
    }  # fmt: skip
    moves = records(plan, MoveOnRecord)
    calls = Counter(f.state for m in moves for f in m.follow_ups)
    assert (sum(not m.is_planned() for m in moves), sum(m.is_planned() for m in moves)) == (23, 4)
    assert (calls["contact"], calls["no_reply"]) == (21, 12)


def test_what_stands_beside_the_cells_is_shown(plan: ImportPlan) -> None:
    what = Counter(notice.what for notice in plan.notices)
    assert what["comment"] == 10
    assert [(n.sheet, n.where, n.words) for n in plan.notices if n.what == "hidden column"] == [
        ("Residents", "O", "HB ref")
    ]
    assert [n.sheet for n in plan.notices if n.what == "hidden sheet"] == ["Lists"]


def test_without_answers_names_are_asked_once_each() -> None:
    plan = plan_tracker(answers=Answers())
    sessions = records(plan, SessionRecord)
    assert len(sessions) == 736
    assert plan.counts("Key work log")[Verdict.REJECTED] == 148
    asked = [q for q in plan.questions if not q.which]
    assert {"Fev", "Mo", "R. Blythe", "Ty S-O"} <= {q.text for q in asked}
    fev = next(q for q in asked if q.text == "Fev")
    names = [plan.register.people[key].name.full() for key in fev.suggestions]
    assert names[0] == "Craig Featherstonehaugh"
    assert len(fev.rows) == 2


def test_after_mending_three_rows_their_sessions_come_too() -> None:
    plan = plan_tracker(content=mended_tracker())
    sessions, referrals = records(plan, SessionRecord), records(plan, ReferralRecord)
    stays = records(plan, StayRecord)
    assert (len(stays), sum(s.person_is_new for s in stays)) == (64, 62)
    assert sum(s.moved_out is None for s in stays) == 25
    assert sum(r.person_is_new for r in referrals) == 35
    assert people(plan) == 97
    assert len(sessions) == 827
    assert Counter(s.outcome for s in sessions) == {
        "attended": 585, "did_not_attend": 169, "cancelled": 73,
    }  # fmt: skip
    assert sum(s.minutes or 0 for s in sessions) == 24_930
    assert len(plan.duplicates) == 17


def test_the_same_file_a_second_time_changes_nothing(plan: ImportPlan) -> None:
    again = plan_tracker(register=plan.register)
    assert again.records() == []
    assert again.duplicates == ()
    assert again.counts()[Verdict.UNCHANGED] == 1153
    assert again.counts()[Verdict.REJECTED] == 112
    assert people(again) == people(plan)


def test_a_mended_file_on_top_of_the_first_adds_only_what_was_missing(plan: ImportPlan) -> None:
    again = plan_tracker(register=plan.register, content=mended_tracker())
    assert len(records(again, SessionRecord)) == 827 - 783
    assert len(records(again, StayRecord)) == 3
    assert again.counts()[Verdict.UPDATE] == 0
    assert people(again) == 97


def test_rejections_say_where_what_and_what_to_do(plan: ImportPlan) -> None:
    row = next(r for r in plan.rows if (r.sheet, r.row) == ("Residents", 51))
    assert str(row.reasons[0]) == (
        "Residents, cell R51 (“31/02/2026”): There is no such day. "
        "Write the right date and bring the row again."
    )
