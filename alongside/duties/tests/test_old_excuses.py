"""What was excused before one form answered one thing stays excused."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.duties.engine import Happening, Identity, State, Subject, duties_by
from alongside.practice.duties import DutyRule
from alongside.practice.pack import pack

BEGAN = date(2026, 4, 1)
TODAY = date(2026, 4, 20)


def owed(waived: frozenset[Identity], done_by: str = "sheet.completed:answer") -> list[State]:
    rule = DutyRule(
        "answer", "Answer it", "ours", anchor="sheet.completed:complaint", for_each=True,
        done_by=done_by,
    )  # fmt: skip
    subject = Subject(
        kind="stay", ref="tomasz", starts_on=BEGAN - timedelta(days=9), waived=waived,
        facts={rule.anchor: [Happening(BEGAN, "first"), Happening(BEGAN, "second"),
                             Happening(TODAY, "third")]},
    )  # fmt: skip
    known = pack("staged-hostel")
    return [duty.state for duty in duties_by(rule, subject, pack=known, today=TODAY)]


def test_an_excuse_that_named_nothing_holds_for_what_began_on_its_day():
    states = owed(frozenset({("answer", "tomasz", BEGAN, "")}))

    assert states == [State.WAIVED, State.WAIVED, State.DUE]


def test_one_that_names_a_complaint_holds_for_it_alone():
    states = owed(frozenset({("answer", "tomasz", BEGAN, "first")}))

    assert sorted(states) == sorted([State.WAIVED, State.OVERDUE, State.DUE])


def test_what_no_form_answers_is_excused_by_its_name_as_ever():
    waived = frozenset({("answer", "tomasz", BEGAN, "")})

    assert State.WAIVED not in owed(waived, done_by="agreement.answered")
