"""What somebody has typed is never lost: not to a form without a draft of its own, not when the
session has ended meanwhile, not to the next person at the same screen."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from alongside.admissions.operations import begin_admission
from alongside.drafts.models import Draft
from alongside.organisation.models import Staff
from alongside.testing.cast import Cast
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import AtWork, fills_in, goes_to, is_at, is_told, main, presses

pytestmark = pytest.mark.browser
WORDS = "His mother, in Leeds: rang her twice, no answer yet."


def test_a_step_of_an_admission_is_kept_while_it_is_written(cast: Cast, at_work: AtWork) -> None:
    admission = begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa")
    grace = at_work(cast.grace, PHONE)
    goes_to(grace, "admissions:step", admission.pk, "contacts")

    fills_in(grace, no_contact_because=WORDS)
    says(grace, "Draft saved")
    goes_to(grace, "admissions:step", admission.pk, "contacts")

    says(grace, "is back")
    holds(grace, "no_contact_because", WORDS)
    axe(grace)
    presses(grace, "Throw this draft away")
    holds(grace, "no_contact_because", "")
    assert Draft.objects.count() == 0


def test_words_sent_after_the_session_ended_are_back_after_signing_in(
    cast: Cast, at_work: AtWork
) -> None:
    admission = begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa")
    grace = at_work(cast.grace)
    goes_to(grace, "admissions:step", admission.pk, "contacts")

    Session.objects.all().delete()
    fills_in(grace, no_contact_because=WORDS)
    says(grace, "You have been signed out: kept on this device")
    presses(grace, "Keep and go on")
    expect(grace).to_have_url(re.compile("/sign-in/"))
    signs_in_again(grace, cast.grace)
    goes_to(grace, "admissions:step", admission.pk, "contacts")

    says(grace, "What you wrote before is back.")
    holds(grace, "no_contact_because", WORDS)
    presses(grace, "Keep and go on")
    admission.refresh_from_db()
    assert admission.no_contact_because == WORDS


def test_what_amina_wrote_is_not_shown_to_grace_at_the_same_screen(
    cast: Cast, at_work: AtWork
) -> None:
    screen = at_work(cast.amina)
    goes_to(screen, "keywork:write-note", cast.tomasz.pk)
    Session.objects.all().delete()
    fills_in(screen, text=WORDS)
    says(screen, "kept on this device")

    signs_in_again(screen, cast.grace)
    goes_to(screen, "keywork:write-note", cast.tomasz.pk)

    # Her page sends its words once more while it is left: under Grace's name nobody takes them.
    holds(screen, "text", "")
    assert Draft.objects.count() == 0


def test_a_draft_goes_once_its_words_are_a_record(cast: Cast, at_work: AtWork) -> None:
    amina = at_work(cast.amina)
    goes_to(amina, "keywork:write-note", cast.tomasz.pk)
    fills_in(amina, text=WORDS)
    says(amina, "Draft saved")

    presses(amina, "Save the note")
    is_at(amina, "keywork:notes", cast.tomasz.pk)
    is_told(amina, "Your note is saved.")
    goes_to(amina, "keywork:write-note", cast.tomasz.pk)

    holds(amina, "text", "")
    expect(main(amina).locator(".house-saved")).to_have_text("")


def says(page: Page, words: str) -> None:
    expect(main(page).locator(".house-saved").first).to_contain_text(words)


def holds(page: Page, name: str, words: str) -> None:
    expect(page.locator(f"main [name='{name}']")).to_have_value(words)


def signs_in_again(page: Page, staff: Staff) -> None:
    """The same browser, with a new session."""
    client = Client()
    client.force_login(staff)
    value = client.cookies["sessionid"].value
    site = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
