"""The hostel's tracker is brought in: chosen, looked through, asked about, applied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from alongside.imports.models import ImportRun
from alongside.imports.tests.hostel import DATA, TRACKER
from alongside.imports.tests.houses import THAT_DAY, kiln_street
from alongside.stays.models import Stay
from alongside.testing.cast import Cast
from tests.journeys.browser import axe
from tests.journeys.steps import AtWork, follows, goes_to, is_at, is_told, main, presses, sees

pytestmark = pytest.mark.browser
SLUG = "kiln-street"


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.IMPORTS_IN_BACKGROUND = False


def test_ruth_brings_the_whole_tracker_in(cast: Cast, at_work: AtWork) -> None:
    with time_machine.travel(THAT_DAY, tick=False):
        _, ruth = kiln_street(cast)
        page = at_work(ruth)
        page.set_default_timeout(60_000)
        run = when_ruth_chooses_the_file(page)
        and_looks_at_a_sheet_and_its_columns(page, run)
        and_says_who_a_name_is(page, run)
        then_every_row_is_shown_before_anything_is_brought_in(page, run)
        assert not Stay.objects.filter(scheme__slug=SLUG).exists()

        when_she_brings_it_in(page, run)

        run.refresh_from_db()
        assert run.applied_at
        assert Stay.objects.filter(scheme__slug=SLUG).count() > 1
        then_the_residents_are_there(page)


def when_ruth_chooses_the_file(page: Page) -> ImportRun:
    goes_to(page, "imports:imports", SLUG)
    axe(page)
    page.locator("main [name=file]").set_input_files(DATA / TRACKER)
    presses(page, "Look through it")
    page.wait_for_url("**/imports/*-*/")
    run = ImportRun.objects.get()
    is_at(page, "imports:import", SLUG, run.pk)
    sees(page, "Nothing has been brought in yet.")
    axe(page)
    return run


def and_looks_at_a_sheet_and_its_columns(page: Page, run: ImportRun) -> None:
    follows(page, "Change how")
    is_at(page, "imports:sheet", SLUG, run.pk, 0)
    axe(page)
    presses(page, "Read it so")
    is_at(page, "imports:import", SLUG, run.pk)


def and_says_who_a_name_is(page: Page, run: ImportRun) -> None:
    follows(page, "Say who they are")
    is_at(page, "imports:names", SLUG, run.pk)
    axe(page)
    page.locator("main select").first.select_option(index=1)
    presses(page, "Keep these and show the next")
    is_told(page, "Your answers are kept. Here are the next.")
    is_at(page, "imports:names", SLUG, run.pk)
    goes_to(page, "imports:import", SLUG, run.pk)


def then_every_row_is_shown_before_anything_is_brought_in(page: Page, run: ImportRun) -> None:
    follows(page, "See every row and why")
    is_at(page, "imports:rows", SLUG, run.pk)
    axe(page)
    follows(page, "Rejected")
    sees(page, "Rejected")
    goes_to(page, "imports:import", SLUG, run.pk)


def when_she_brings_it_in(page: Page, run: ImportRun) -> None:
    presses(page, "Bring in what can be brought")
    main(page).get_by_text("Brought in on").wait_for()
    is_at(page, "imports:import", SLUG, run.pk)
    axe(page)


def then_the_residents_are_there(page: Page) -> None:
    goes_to(page, "casefile:residents", SLUG)
    axe(page)
    goes_to(page, "imports:imports", SLUG)
    sees(page, "Brought in")
