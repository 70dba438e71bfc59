"""Co-ordinated care: the manager delegates to the co-ordinator, who hands a task on in writing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from alongside.allocations.operations import allocate
from alongside.organisation.models import Membership, StandIn
from alongside.sheets.models import Sheet
from alongside.testing.cast import Cast, a_member_of_staff, assemble
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    does_not_see,
    fills_in,
    goes_to,
    sees,
    ticks,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def court(transactional_db: None) -> Cast:
    cast = assemble("coordinated-care")
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    a_member_of_staff(cast.mill_house, "Lorna Tebbutt", "support_worker", line_manager=cast.amina)
    return cast


@pytest.mark.req("S2-25")
def test_a_coordinator_is_trusted_and_hands_a_task_on(court: Cast, at_work: AtWork) -> None:
    grace, amina = at_work(court.grace), at_work(court.amina, PHONE)

    when_the_manager_delegates(grace, court)
    and_the_coordinator_accepts(amina, court)
    when_she_hands_a_task_on(amina, court)

    delegated = StandIn.objects.get()
    assert delegated.staff == court.amina
    assert delegated.accepted_at
    task = Sheet.objects.get(key="delegated-task")
    assert task.finished_at
    assert task.answers["to"]["name"] == "Lorna Tebbutt"


def when_the_manager_delegates(page: Page, court: Cast) -> None:
    post = Membership.objects.get(staff=court.grace, scheme=court.mill_house)
    goes_to(page, "team:delegate", post.pk)
    axe(page)
    chooses(page, staff="Amina Yusuf")
    page.locator("main [name='responsibilities']").first.check()
    page.locator("main form button.govuk-button").first.click()


def and_the_coordinator_accepts(page: Page, court: Cast) -> None:
    goes_to(page, "team:answer", StandIn.objects.get().pk)
    axe(page)
    page.locator("main [name='accept']").first.check()
    page.locator("main form button.govuk-button").first.click()


def when_she_hands_a_task_on(page: Page, court: Cast) -> None:
    goes_to(page, "paperwork:fill-in", court.tomasz.pk, "delegated-task")
    axe(page)
    does_not_see(page, "key worker")
    chooses(page, to="Lorna Tebbutt")
    fills_in(page, task="Cook with him on Tuesdays; he peels.", due="Every Tuesday")
    ticks(page, "Yes")
    page.get_by_role("button", name="Finish").click()
    sees(page, "Lorna Tebbutt")
