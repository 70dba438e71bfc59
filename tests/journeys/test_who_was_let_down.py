"""Grace looks who was let down: at her desk, then on her phone, down to one person's weeks."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from alongside.allocations.operations import allocate
from alongside.duties.operations import work_out
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, Cast
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import AtWork, chooses, follows, goes_to, is_at, presses, sees

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_grace_sees_who_was_let_down_and_when(cast: Cast, at_work: AtWork, size: object) -> None:
    rosa = given_two_people_of_whom_one_is_new(cast)
    page = at_work(cast.grace, size) if size else at_work(cast.grace)

    when_she_opens_the_coverage(page, cast)
    then_the_new_one_is_not_called_missed(page, rosa)
    when_she_opens_the_one_who_was_let_down(page, cast.tomasz)
    and_asks_for_another_duty(page, cast)


def given_two_people_of_whom_one_is_new(cast: Cast) -> Stay:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 3, 2))
    rosa = a_stay(cast.beds[1], by=cast.grace, moved_in_on=date(2026, 4, 20))
    work_out(cast.mill_house, by=SETTING_UP)
    return rosa


def when_she_opens_the_coverage(page: Page, cast: Cast) -> None:
    goes_to(page, "coverage:coverage", cast.mill_house.slug)
    is_at(page, "coverage:coverage", cast.mill_house.slug)
    axe(page)
    sees(page, "0 of 1", "Missed at least one", "None due")


def then_the_new_one_is_not_called_missed(page: Page, rosa: Stay) -> None:
    row = page.get_by_role("row").filter(has_text=rosa.resident.name)
    expect(row).to_contain_text("None due")
    expect(row).not_to_contain_text("✗")


def when_she_opens_the_one_who_was_let_down(page: Page, tomasz: Stay) -> None:
    follows(page, "Tomasz Nowak")
    is_at(page, "coverage:person", tomasz.pk)
    axe(page)
    sees(page, "✗ Missed", "Why")
    page.go_back()


def and_asks_for_another_duty(page: Page, cast: Cast) -> None:
    chooses(page, what=cast.mill_house.pack.duty("first-plan").says)
    presses(page, "Show")
    is_at(page, "coverage:coverage", cast.mill_house.slug)
    sees(page, cast.mill_house.pack.duty("first-plan").source)
