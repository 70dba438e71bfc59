"""Amina's first passkey, in a real browser with an authenticator made for tests."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from alongside.signin.models import SignIn
from alongside.signin.operations import set_password
from alongside.testing.cast import Cast
from tests.journeys.browser import PHONE, OpenPage, axe
from tests.journeys.steps import fills_in, follows, presses, sees

pytestmark = pytest.mark.browser
PASSWORD = "four otters under the quiet stairs"


def with_an_authenticator(page: Page) -> None:
    """A phone's own: it verifies its owner, and keeps the key."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    has = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": has})


def test_amina_makes_a_passkey_and_signs_in_with_one_touch(
    cast: Cast, live_server: Any, transactional_db: None, open_page: OpenPage
) -> None:
    set_password(cast.amina, by=cast.amina, password=PASSWORD)
    page = open_page(PHONE, base_url=live_server.url)
    with_an_authenticator(page)

    page.goto(reverse("account_login"))
    axe(page)
    fills_in(page, login=cast.amina.email, password=PASSWORD)
    presses(page, "Go on")
    sees(page, "One more step")
    axe(page)

    follows(page, "Make a passkey")
    fills_in(page, name="my phone")
    axe(page)
    presses(page, "Make a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".house-codes li")).to_have_count(10)
    axe(page)

    page.goto("/")
    page.locator(".house-account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    presses(page, "Sign in with a passkey")
    page.wait_for_url(f"{live_server.url}/")
    assert SignIn.objects.filter(ended_at=None).get().how == "passkey"
    and_what_was_sent_is_worth_nothing_a_second_time(sent)


def and_what_was_sent_is_worth_nothing_a_second_time(sent: list[str]) -> None:
    from urllib.parse import parse_qs

    posted = next(parse_qs(body) for body in sent if "credential=" in body)
    thief = Client()
    thief.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    thief.post(reverse("mfa_login_webauthn"), {"credential": posted["credential"][0]})

    assert thief.get("/").status_code == 302
