"""A screen of the team is covered: by its button, or when nobody has touched it for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.signin.stepping import covered_at
from alongside.signin.tests.conftest import FIREFOX, browser, types_code, types_password


def later(**how: int):
    return time_machine.travel(timezone.now() + timedelta(**how), tick=False)


COVER, AGAIN = "signin:cover", "account_reauthenticate"


def page_of(address: str) -> str:
    return address.partition("?")[0]


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
    assert covered.url.startswith(f"{reverse(AGAIN)}?at=")
    assert str(tomasz.pk) not in covered.url
    shown = at_the_desk.get(covered.url).text
    assert "This screen is covered" in shown
    assert "Amina Yusuf is signed in" in shown
    for address in (file, reverse("today:today"), reverse("drafts:mine")):
        answer = at_the_desk.get(address)
        assert (answer.status_code, page_of(answer.url)) == (302, reverse(AGAIN))
    assert "Tomasz" not in shown

    wrong = at_the_desk.post(covered.url, {"code": "000000"})
    assert wrong.status_code == 422
    assert "This screen is covered" in wrong.text
    assert at_the_desk.get(file).status_code == 302
    with later(minutes=1):
        right = at_the_desk.post(covered.url, {"code": amina_with_app.shows()}, follow=True)
    assert right.redirect_chain[-1][0] == file
    assert "Tomasz Nowak" in right.text


@pytest.mark.req("S4-33")
def test_each_window_comes_back_to_where_it_was(at_the_desk, amina_with_app, tomasz):
    at = [
        reverse("casefile:casefile", args=[tomasz.pk]), f"{reverse('today:today')}?q=Tomasz",
        reverse("drafts:mine"), reverse("today:today"),
    ]  # fmt: skip
    covered = [at_the_desk.post(reverse(COVER), {"next": one}).url for one in at[:2]]
    covered.append(at_the_desk.get(at[2]).url)  # opened while it is covered
    part = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at[3]}"}
    covered.append(at_the_desk.get(at[2], headers=part).headers["HX-Redirect"])
    assert not [address for address in covered if "Tomasz" in address or "drafts" in address]
    for address in covered:
        assert "This screen is covered" in at_the_desk.get(address).text
    with later(minutes=1):
        back = at_the_desk.post(covered[1], {"code": amina_with_app.shows()})
    assert back.url == at[1]
    for where, address in zip(at, covered, strict=True):
        assert at_the_desk.get(address).url == where


@pytest.mark.req("S4-33")
@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_window_comes_back_to_no_other_house_and_nobody_elses_window(
    at_the_desk, amina, grace, amina_with_app, to
):
    forged = covered_at(str(amina.pk), to)
    of_grace = covered_at(str(grace.pk), reverse("drafts:mine"))
    for address in (forged, of_grace, f"{reverse(AGAIN)}?at=junk"):
        assert at_the_desk.get(address).status_code == 200
    at_the_desk.post(reverse(COVER), {"next": "/"})
    with later(minutes=1):
        back = at_the_desk.post(forged, {"code": amina_with_app.shows()})
    assert back.url == "/"


@pytest.mark.req("S4-33")
def test_what_was_sent_from_a_covered_screen_is_kept_and_not_done(
    at_the_desk, amina_with_app, tomasz
):
    at_the_desk.post(reverse(COVER), {"next": "//evil.example/"})
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
    assert (part.status_code, page_of(part.headers["HX-Redirect"])) == (204, reverse(AGAIN))
    at_the_desk.post(reverse("signin:sign-out"))
    assert at_the_desk.get(reverse(AGAIN)).url.startswith(reverse("account_login"))
