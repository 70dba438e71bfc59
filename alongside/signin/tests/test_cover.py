"""A screen of the team is covered: by its button, or when nobody has touched it for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.signin.stepping import SUSPENDED
from alongside.signin.tests.conftest import FIREFOX, browser, types_code, types_password


def later(**how: int):
    return time_machine.travel(timezone.now() + timedelta(**how), tick=False)


COVER, AGAIN = "signin:cover", "account_reauthenticate"


@pytest.fixture
def at_the_desk(amina, amina_with_app):
    """Amina at the desk in the office."""
    client = browser(FIREFOX)
    types_password(client, amina.email)
    assert types_code(client, amina_with_app.shows()).status_code == 302
    return client


@pytest.mark.req("S4-33")
def test_every_page_has_the_button_and_says_after_how_long(at_the_desk, tomasz):
    file = at_the_desk.get(reverse("casefile:casefile", args=[tomasz.pk])).text
    assert f'action="{reverse(COVER)}" data-cover="300"' in file
    assert 'accesskey="c"' in file


@pytest.mark.req("S4-33")
def test_a_covered_screen_shows_nobody_until_she_shows_that_it_is_her(
    at_the_desk, amina, amina_with_app, tomasz
):
    file = reverse("casefile:casefile", args=[tomasz.pk])
    covered = at_the_desk.post(reverse(COVER), {"next": file})
    assert covered.url == reverse(AGAIN)
    shown = at_the_desk.get(reverse(AGAIN)).text
    assert "This screen is covered" in shown
    assert "Amina Yusuf is signed in" in shown
    for address in (file, reverse("today:today"), reverse("drafts:mine")):
        answer = at_the_desk.get(address)
        assert (answer.status_code, answer.url) == (302, reverse(AGAIN))
    assert "Tomasz" not in shown

    wrong = at_the_desk.post(reverse(AGAIN), {"code": "000000"})
    assert wrong.status_code == 422
    assert "This screen is covered" in wrong.text
    assert at_the_desk.get(file).status_code == 302
    with later(minutes=1):
        right = at_the_desk.post(reverse(AGAIN), {"code": amina_with_app.shows()}, follow=True)
    assert right.redirect_chain[-1][0] == file
    assert "Tomasz Nowak" in right.text


@pytest.mark.req("S4-33")
def test_what_was_sent_from_a_covered_screen_is_kept_and_not_done(
    at_the_desk, amina_with_app, tomasz
):
    at_the_desk.post(reverse(COVER), {"next": "//evil.example/"})
    assert at_the_desk.session[SUSPENDED]["to"] == "/"
    note = reverse("keywork:write-note", args=[tomasz.pk])
    sent = at_the_desk.post(note, {"kind": "informal", "text": "Talked by the stairs."})
    assert sent.url == reverse(AGAIN)
    assert not tomasz.notes.exists()
    with later(minutes=1):
        back = at_the_desk.post(reverse(AGAIN), {"code": amina_with_app.shows()}, follow=True)
    assert "Talked by the stairs." in back.text


@pytest.mark.req("S4-33")
def test_somebody_else_signs_her_out_and_a_part_of_a_page_goes_the_same_way(at_the_desk):
    at_the_desk.post(reverse(COVER), {"next": "/"})
    part = at_the_desk.get(reverse("today:today"), headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, reverse(AGAIN))
    at_the_desk.post(reverse("signin:sign-out"))
    assert at_the_desk.get(reverse(AGAIN)).url.startswith(reverse("account_login"))
