"""Guessing, in the full numbers: what a thousand tries reach, and what they tell."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth import hashers
from django.core.cache import cache
from django.urls import reverse

from alongside.organisation.models import Staff
from alongside.portal.operations import close_address, give_address
from alongside.portal.queries import address_of
from alongside.residents.operations import set_resident_pin
from alongside.signin.tests.conftest import App, browser, is_in, types_password, with_password

THOUSAND = 1_000
PAIRS, TIMES = 200, 3
MOST_APART = 0.005  # seconds, between the medians
WRONG = "a wrong one of some length"
NOBODY = "nobody@harbour.example"


@pytest.fixture
def reached(monkeypatch) -> list[str]:
    """Every password that got as far as being hashed or compared."""
    tried: list[str] = []
    compare, make = Staff.check_password, hashers.make_password

    def compared(self: Staff, password: str) -> bool:
        tried.append(password)
        return compare(self, password)

    def made(password: str, *more: Any) -> str:
        tried.append(password)
        return make(password, *more)

    monkeypatch.setattr(Staff, "check_password", compared)
    monkeypatch.setattr("alongside.organisation.backend.make_password", made)
    return tried


def passkey_of(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that says yes for this person; what it signs is tested in a real browser."""
    key = Authenticator.objects.create(user=staff, type="webauthn", data={"name": "hers"})
    verified = SimpleNamespace(is_user_verified=lambda: True)
    said = SimpleNamespace(response=SimpleNamespace(authenticator_data=verified))
    monkeypatch.setattr(webauthn, "parse_authentication_response", lambda _: said)
    monkeypatch.setattr(webauthn, "extract_user_from_response", lambda _: staff)
    monkeypatch.setattr(webauthn, "complete_authentication", lambda *_: key)


@pytest.mark.goal("G10")
@pytest.mark.slow
def test_of_a_thousand_tries_on_one_name_ten_reach_the_hasher_and_amina_still_gets_in(
    amina, amina_with_app, reached, monkeypatch, tally
):
    known = browser()
    known.force_login(amina)  # a device on which she signed in this morning
    for n in range(THOUSAND):
        answer = types_password(browser(), amina.email, f"guess number {n} of many")
    assert "Too many tries" in answer.content.decode()

    passkey_of(amina, monkeypatch)
    hers = browser(REMOTE_ADDR="192.0.2.7")
    hers.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    hers.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "hers"}'})

    tally(sum([len(reached) <= 10, is_in(known), is_in(hers)]), of=3)


@pytest.mark.goal("G10")
@pytest.mark.slow
def test_of_a_thousand_names_from_one_address_twenty_nine_reach_the_hasher(db, reached, tally):
    slowed = [
        "Too many tries"
        in types_password(browser(), f"name{n}@harbour.example", WRONG).content.decode()
        for n in range(THOUSAND)
    ]

    tally(sum([len(reached) < 30, all(slowed[29:])]), of=2)


def bare(answer: Any, *names: str) -> tuple[int, str]:
    """A page without what differs each time: the token, the nonce, the name that was typed."""
    page = answer.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value|nonce|value)="[^"]*"', "", page)
    for name in names:
        page = page.replace(name, "")
    differ = {"Content-Security-Policy", "Content-Length"}  # the nonce; the name says how long
    headers = {k: v for k, v in answer.headers.items() if k not in differ}
    return answer.status_code, f"{sorted(headers.items())} {page}"


type Try = Callable[[], Any]


@pytest.fixture
def pairs(amina, cast, amina_with_app: App) -> dict[str, tuple[Try, Try]]:
    """Every place that asks who one is: a try at somebody who is there, and at nobody."""
    set_resident_pin(cast.mill_house, by=amina, resident=cast.tomasz.resident, pin="2468")
    give_address(cast.tomasz, by=amina)
    door = address_of(cast.tomasz)
    assert door
    close_address(door, by=amina)
    get = browser().get

    def password(name: str) -> Try:
        return lambda: types_password(browser(), name, WRONG)

    return {
        "signing in": (password(amina.email), password(NOBODY)),
        "a user name": (password(amina.email.upper()), password("no.body")),
        "an invitation that was used or never was": (
            lambda: get(reverse("signin:invited", args=["a" * 43])),
            lambda: get(reverse("signin:invited", args=["b" * 43])),
        ),
        "a resident’s address that was closed": (
            lambda: get(reverse("portal:phone", args=[door.code])),
            lambda: get(reverse("portal:phone", args=["nobodys-address-at-all"])),
        ),
    }


@pytest.mark.goal("G13")
def test_every_byte_is_the_same_for_a_name_that_is_there_and_one_that_is_not(
    amina, pairs, reached, tally
):
    """And the same work is done for it: as many passwords are hashed."""
    same = 0
    for there, nowhere in pairs.values():
        cache.clear()
        found = []
        for ask in (there, nowhere):
            reached.clear()
            said = bare(ask(), amina.email, amina.email.upper(), NOBODY, "no.body")
            found.append((said, len(reached)))
        same += found[0] == found[1]
    tally(same, of=len(pairs))


@pytest.mark.goal("G13")
@pytest.mark.slow
def test_the_time_of_an_answer_tells_no_name(amina, pairs, settings, tally):
    """Medians of two hundred pairs, taken in turn, with the hasher of every day.

    What a busy machine tells once it does not tell again; a name that can be told is told each
    time.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with_password(amina)
    told = {name: both for name, both in pairs.items() if all(_apart(both) for _ in range(TIMES))}
    assert not told, f"The time it takes tells the name: {', '.join(told)}"
    tally(len(pairs), of=len(pairs))


def _apart(both: tuple[Try, Try]) -> bool:
    """Whether the one takes noticeably longer than the other."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(PAIRS):
        cache.clear()
        for ask, kept in zip(both, took, strict=True):
            began = time.perf_counter()  # which runs on while the clock of the tests stands
            ask()
            kept.append(time.perf_counter() - began)
    return abs(statistics.median(took[0]) - statistics.median(took[1])) >= MOST_APART
