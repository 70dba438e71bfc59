"""What is said once above the next page goes with the browser, and tells nobody else anything."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from alongside.kit import clock
from alongside.testing.cast import Cast

SAID = "said-once"


def a_note_is_written(cast: Cast, client: Client) -> None:
    client.force_login(cast.amina)
    sent = {"kind": "informal", "text": "Tomasz was glad.", "happened_at": clock.now().isoformat()}
    address = reverse("keywork:write-note", args=[cast.tomasz.pk])
    assert client.post(address, {**sent, "minutes": "5"}).status_code == 302


def test_it_is_shown_on_the_next_page_and_not_on_the_one_after(cast: Cast, client: Client) -> None:
    a_note_is_written(cast, client)

    assert "house-flash" in client.get("/").text
    assert "house-flash" not in client.get("/").text


def test_the_browser_cannot_read_it_and_the_session_is_not_written_for_it(
    cast: Cast, client: Client
) -> None:
    a_note_is_written(cast, client)

    kept = client.cookies[SAID]
    assert kept.value.startswith("sealed2:")
    assert kept["httponly"]
    assert "_messages" not in client.session


def test_whoever_signs_in_next_at_the_same_screen_does_not_see_it(
    cast: Cast, client: Client
) -> None:
    a_note_is_written(cast, client)
    left = client.cookies[SAID].value
    client.force_login(cast.grace)
    client.cookies[SAID] = left

    assert "house-flash" not in client.get("/").text


def test_one_that_was_changed_on_the_way_says_nothing(cast: Cast, client: Client) -> None:
    a_note_is_written(cast, client)
    for wrong in (client.cookies[SAID].value[:-4] + "AAAA", "sealed2:", "sealed2:x:é", "[]"):
        client.cookies[SAID] = wrong
        assert "house-flash" not in client.get("/").text
