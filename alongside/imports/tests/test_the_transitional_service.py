"""Two delimited files of another service in another country: residents, then sessions."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from alongside.imports.kinds.sessions import SessionRecord
from alongside.imports.kinds.stays import StayRecord
from alongside.imports.plan import ImportPlan
from alongside.imports.tests.hostel import (
    DATA,
    RESIDENTS,
    SESSIONS,
    expected_rows,
    plan_whare,
    verdicts_of,
)
from alongside.imports.verdicts import Verdict


@pytest.fixture(scope="module")
def plans() -> tuple[ImportPlan, ImportPlan]:
    return plan_whare()


def test_every_resident_ends_as_expected(plans: tuple[ImportPlan, ImportPlan]) -> None:
    assert verdicts_of(plans[0], with_sheet=False) == expected_rows(RESIDENTS)


def test_every_session_ends_as_expected(plans: tuple[ImportPlan, ImportPlan]) -> None:
    assert verdicts_of(plans[1], with_sheet=False) == expected_rows(SESSIONS)


def test_people_stays_and_money(plans: tuple[ImportPlan, ImportPlan]) -> None:
    stays = [r for r in plans[0].records() if isinstance(r, StayRecord)]
    assert (len(stays), sum(s.person_is_new for s in stays)) == (50, 50)
    assert sum(s.moved_out is None for s in stays) == 34
    assert sum(s.charge or 0 for s in stays) == Decimal("8247.50")
    assert sum(s.arrears or 0 for s in stays) == Decimal("24706.25")
    assert sum(s.savings or 0 for s in stays) == Decimal("22193.20")
    assert sum(any(c in s.name.full() for c in "āēīōūĀĒĪŌŪ") for s in stays) == 19
    (pair,) = plans[0].duplicates
    known = plans[0].register.people
    assert (known[pair.one].ref, known[pair.other].ref) == ("TR-046", "TR-047")
    assert [p.ref for p in plans[0].register.spelt("hemi ngawaka")] == ["TR-001"]


def test_sessions_and_hours(plans: tuple[ImportPlan, ImportPlan]) -> None:
    sessions = [r for r in plans[1].records() if isinstance(r, SessionRecord)]
    assert len(sessions) == 231
    assert Counter(s.outcome for s in sessions) == {
        "attended": 176, "did_not_attend": 37, "cancelled": 18,
    }  # fmt: skip
    assert sum(s.minutes or 0 for s in sessions) == 10_530


def test_after_mending_one_exit_date_the_session_lies_outside_the_stay() -> None:
    mended = (DATA / RESIDENTS).read_bytes().replace(b",2/05/2026,", b",2/09/2026,")
    _, sessions = plan_whare(residents=mended)
    assert next(r for r in sessions.rows if r.row == 236).codes() == {"not-staying"}


def test_both_files_a_second_time_change_nothing(plans: tuple[ImportPlan, ImportPlan]) -> None:
    residents, sessions = plan_whare(register=plans[1].register)
    assert residents.records() == sessions.records() == []
    assert residents.counts()[Verdict.UNCHANGED] == 50
    assert sessions.counts()[Verdict.UNCHANGED] == 231
