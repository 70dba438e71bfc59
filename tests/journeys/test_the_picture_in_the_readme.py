"""Takes the picture of the README: the page a key worker leaves open all day.

Only when asked: `ALONGSIDE_PICTURE=yes pytest tests/journeys/test_the_picture_in_the_readme.py`.
"""

from __future__ import annotations

import os
from datetime import date, time

import pytest

from alongside.accommodation.models import Bed
from alongside.allocations.operations import allocate
from alongside.keywork.operations import book_time, record_session, write_note
from alongside.plans.operations import answer_proposal, propose_action
from alongside.stages.operations import enter_first_stage
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, Cast
from tests.journeys.browser import ROOT, axe
from tests.journeys.steps import AtWork, goes_to, is_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("ALONGSIDE_PICTURE"), reason="Only when asked for"),
]
PICTURE = ROOT / "docs" / "images" / "today.png"


def test_a_picture_of_today(cast: Cast, at_work: AtWork) -> None:
    given_a_monday_with_something_to_do(cast)
    page = at_work(cast.amina)
    goes_to(page, "today:today")
    is_at(page, "today:today")
    axe(page)

    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)


def given_a_monday_with_something_to_do(cast: Cast) -> None:
    rosa, idris = (
        given_somebody_new(cast, bed, name)
        for bed, name in zip(cast.beds[1:], ("Rosa Lindqvist", "Idris Khan"), strict=False)
    )
    for stay in (cast.tomasz, rosa, idris):
        enter_first_stage(stay, by=SETTING_UP)
        allocate(stay, by=cast.grace, worker=cast.amina, from_on=stay.moved_in_on)
    record_session(
        cast.tomasz,
        by=cast.amina,
        held_on=date(2026, 4, 17),
        minutes=40,
        headings={"progress": "Rang the college.", "problems": "", "achievements": "Cooked."},
        raise_issue="Ask the surgery about sleep",
    )
    for stay, hour in ((rosa, 14), (idris, 16)):
        book_time(
            stay, by=cast.amina, worker=cast.amina, on=date(2026, 4, 20), starts=time(hour),
            venue="office",
        )  # fmt: skip
    action = propose_action(cast.tomasz, by=cast.amina, text="Ring the surgery on Thursday")
    answer_proposal(action, by=cast.amina, answer="accept")
    write_note(rosa, by=cast.grace, kind="informal", text="Slept well; asked about the garden.")


def given_somebody_new(cast: Cast, bed: Bed, name: str) -> Stay:
    return a_stay(bed, by=cast.grace, name=name, moved_in_on=date(2026, 4, 14))
