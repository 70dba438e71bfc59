"""A note by somebody who has had no training: plain labels, large targets, a keyboard is enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from alongside.keywork.models import Note
from alongside.testing.cast import Cast
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import AtWork, goes_to, is_at, is_told, main

pytestmark = pytest.mark.browser
SMALLEST, COMFORTABLE = 24, 40  # pixels; WCAG 2.2 asks 24, a thumb asks more


@pytest.mark.req("S4-37")
def test_a_first_note_is_written_with_the_keyboard_alone(cast: Cast, at_work: AtWork) -> None:
    amina = at_work(cast.amina)
    goes_to(amina, "keywork:write-note", cast.tomasz.pk)

    amina.get_by_label("What happened?").focus()
    amina.keyboard.type("Talked by the stairs. Lo rang his sister.")
    tab_to(amina, "Save the note")
    amina.keyboard.press("Enter")

    is_at(amina, "keywork:notes", cast.tomasz.pk)
    is_told(amina, "Your note is saved.")
    assert Note.objects.get().kind == "informal"  # chosen for whoever does not know


@pytest.mark.req("S4-37")
def test_every_field_has_a_plain_label_and_everything_to_press_is_large(
    cast: Cast, at_work: AtWork
) -> None:
    amina = at_work(cast.amina, PHONE)
    goes_to(amina, "keywork:write-note", cast.tomasz.pk)

    for label in ("What kind of note?", "What happened?", "Minutes"):
        expect(main(amina).get_by_label(label).first).to_be_visible()
    for field in main(amina).locator("textarea, select, input[type=number], button").all():
        if field.is_visible():
            box = field.bounding_box()
            assert box
            assert box["height"] >= (COMFORTABLE if field.get_attribute("name") else SMALLEST)
    axe(amina)


def tab_to(page: Page, button: str) -> None:
    """Press Tab until the button has the focus, as somebody without a mouse does."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            return
    pytest.fail(f"“{button}” is not reached with the keyboard")
