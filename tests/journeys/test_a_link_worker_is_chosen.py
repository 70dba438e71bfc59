"""In supported living the person chooses: their wish is asked, followed, and written down."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from alongside.allocations.models import Wish
from alongside.allocations.queries import holder
from alongside.sheets.models import Sheet
from alongside.testing.cast import Cast, a_member_of_staff, assemble
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    does_not_see,
    fills_in,
    goes_to,
    is_at,
    presses,
    sees,
    ticks,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def row(transactional_db: None) -> Cast:
    return assemble("supported-living")


@pytest.mark.req("S2-17")
def test_a_link_worker_is_chosen_by_the_person(row: Cast, at_work: AtWork) -> None:
    ruth = a_member_of_staff(row.mill_house, "Ruth Abara", "key_worker", line_manager=row.grace)
    grace = at_work(row.grace, PHONE)

    when_his_wish_is_written_down(grace, row)
    then_whoever_he_named_is_proposed(grace, row)
    when_she_is_named(grace, row)
    and_it_is_written_how_he_was_asked(grace, row)

    assert holder(row.tomasz) == ruth
    assert Wish.objects.get().worker == ruth


def when_his_wish_is_written_down(page: Page, row: Cast) -> None:
    goes_to(page, "allocations:record-wish", row.tomasz.pk)
    axe(page)
    named = row.mill_house.pack.choices("key_worker_wishes")["named"].says
    chooses(page, wish=named, worker="Ruth Abara")
    fills_in(page, words="She has a dog, like me.")
    presses(page, "Save the wish")
    is_at(page, "allocations:allocation", row.tomasz.pk)


def then_whoever_he_named_is_proposed(page: Page, row: Cast) -> None:
    goes_to(page, "allocations:allocate", row.tomasz.pk)
    axe(page)
    sees(page, "“She has a dog, like me.”", "Their own wish")
    first = page.locator("tbody tr").first
    assert "Ruth Abara" in first.inner_text()
    assert "Proposed" in first.inner_text()
    does_not_see(page, "key worker")


def when_she_is_named(page: Page, row: Cast) -> None:
    chooses(page, worker="Ruth Abara")
    presses(page, "Save")
    is_at(page, "allocations:allocation", row.tomasz.pk)
    sees(page, "Ruth Abara")


def and_it_is_written_how_he_was_asked(page: Page, row: Cast) -> None:
    goes_to(page, "paperwork:fill-in", row.tomasz.pk, "choice-of-worker")
    axe(page)
    fills_in(
        page,
        offered="Both came for tea.",
        how_asked="With pictures, at his table.",
        wish="Ruth",
    )
    ticks(page, "Yes")
    presses(page, "Finish")
    assert Sheet.objects.get(key="choice-of-worker").finished_at
