"""How people come in: two steps, no third way, and nothing learned by trying."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.organisation.models import Staff
from alongside.signin.models import SignIn
from alongside.signin.tests.conftest import (
    SECRET,
    App,
    browser,
    factors,
    is_in,
    types_code,
    types_password,
    with_password,
)


def test_amina_signs_in_with_her_password_and_then_her_app(amina, amina_with_app):
    client = browser()
    answer = types_password(client, amina.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client), "A password alone opens nothing."

    answer = types_code(client, amina_with_app.shows())

    assert answer["Location"] == "/"
    assert is_in(client)
    entry = Entry.objects.filter(event="staff.signed_in").get()
    assert entry.actor_id == amina.pk
    assert SignIn.objects.get().how == "app"


def test_she_may_write_her_user_name_instead_of_her_address(amina, amina_with_app):
    Staff.objects.filter(pk=amina.pk).update(username="amina.y")
    for name in ("amina.y", "AMINA.Y", amina.email.upper()):
        assert types_password(browser(), name)["Location"] == reverse("mfa_authenticate"), name


@pytest.mark.goal("G25")
def test_she_comes_back_to_the_page_she_wanted_and_to_no_other_site(amina, amina_with_app):
    client = browser()
    types_password(client, amina.email, next="/residents/")
    assert types_code(client, amina_with_app.shows())["Location"] == "/residents/"

    client = browser()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        types_password(client, amina.email, next="https://elsewhere.example/")
        assert types_code(client, amina_with_app.shows())["Location"] == "/"


@pytest.mark.goal("G11")
def test_a_code_that_was_used_and_a_code_two_steps_old_are_refused(amina, amina_with_app):
    client = browser()
    types_password(client, amina.email)
    assert types_code(client, amina_with_app.shows(steps_ago=2)).status_code == 422
    code = amina_with_app.shows()
    assert types_code(client, code).status_code == 302

    thief = browser()
    types_password(thief, amina.email)
    answer = types_code(thief, code)
    assert answer.status_code == 422
    assert "used already" in answer.content.decode()
    assert not is_in(thief)


@pytest.mark.goal("G11")
def test_a_recovery_code_works_once_when_the_phone_is_lost(amina, amina_with_app):
    code = RecoveryCodes.activate(amina).get_unused_codes()[0]
    client = browser()
    types_password(client, amina.email)
    assert types_code(client, code).status_code == 302
    assert is_in(client)
    assert SignIn.objects.get().how == "recovery code"

    again = browser()
    types_password(again, amina.email)
    assert types_code(again, code).status_code == 422
    assert not is_in(again)


@pytest.mark.goal("G11")
def test_without_a_second_factor_nothing_but_making_one_answers(amina):
    with_password(amina)
    client = browser()
    types_password(client, amina.email)

    people = reverse("casefile:residents", args=["mill-house"])
    for address in ("/", people, reverse("account_change_password"), "/drafts/x/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), address
    page = client.get(reverse("mfa_index"))
    assert page.status_code == 200
    assert "One more step" in page.content.decode()


def test_amina_sets_up_her_app_and_is_given_codes_to_print(amina):
    with_password(amina)
    client = browser()
    types_password(client, amina.email)
    page = client.get(reverse("mfa_activate_totp"))
    seed = page.context["seed"]
    assert "<svg" in page.content.decode()
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 422

    app = App.__new__(App)
    app.seed = seed
    answer = client.post(reverse("mfa_activate_totp"), {"code": app.shows()})

    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(answer["Location"]).context["codes"]
    assert len(codes) == 10
    assert all(len(code.replace("-", "")) >= 12 for code in codes)
    assert is_in(client)
    assert factors(amina) == {"totp", "recovery_codes"}
    assert Entry.objects.filter(event="staff.second_factor_changed").count() == 1


def test_the_seed_lies_sealed_in_the_database(amina, amina_with_app):
    kept = str(Authenticator.objects.get(user=amina).data)

    assert amina_with_app.seed not in kept
    assert "s1:" in kept


@pytest.mark.goal("G11")
def test_the_last_second_factor_cannot_be_removed(amina, amina_with_app, client):
    client.force_login(amina)
    answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer.status_code == 422
    assert "only second factor" in answer.content.decode()
    assert factors(amina) == {"totp"}


@pytest.mark.goal("G13")
def test_an_unknown_name_a_wrong_password_and_a_leaver_look_the_same(amina, amina_with_app, grace):
    with_password(grace)
    Staff.objects.filter(pk=grace.pk).update(is_active=False)
    tries = {
        "nobody": ("nobody@harbour.example", SECRET),
        "wrong": (amina.email, "a wrong one of some length"),
        "gone": (grace.email, "a wrong one of some length"),
    }
    pages = {}
    for who, (name, password) in tries.items():
        answer = types_password(browser(), name, password)
        pages[who] = (answer.status_code, bare(answer.content.decode(), name))

    assert pages["nobody"][0] == 422
    assert "do not go together" in pages["nobody"][1]
    assert pages["nobody"] == pages["wrong"] == pages["gone"]


def bare(page: str, name: str) -> str:
    """A page without what differs each time: the token, the nonce, the name that was typed."""
    import re

    page = re.sub(r'(name="csrfmiddlewaretoken" value|nonce|value)="[^"]*"', "", page)
    return page.replace(name, "")


@pytest.mark.goal("G13")
def test_an_unknown_name_costs_a_hash_like_a_known_one(amina, amina_with_app, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    plain = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = set()
    for name in (amina.email, "nobody@harbour.example"):
        hashed.clear()
        types_password(browser(), name, "a wrong one of some length")
        counts.add(len(hashed))

    assert counts == {1}, "Otherwise the time of an answer tells who works here."


@pytest.mark.goal("G7")
def test_a_leaver_with_the_right_password_is_not_let_in(grace):
    with_password(grace)
    Staff.objects.filter(pk=grace.pk).update(is_active=False)
    client = browser()
    answer = types_password(client, grace.email)

    assert answer.status_code in {302, 422}
    assert "do not go together" in client.get(reverse("account_login")).content.decode() or (
        "do not go together" in answer.content.decode()
    )
    assert not is_in(client)


@pytest.fixture
def reached(monkeypatch) -> list[str]:
    """Every password that got as far as being compared."""
    tried: list[str] = []

    def counted(self, password):
        tried.append(password)
        return False

    monkeypatch.setattr(Staff, "check_password", counted)
    return tried


@pytest.mark.goal("G10")
def test_of_a_thousand_guesses_at_aminas_password_ten_reach_it(amina, reached):
    for n in range(60):  # the limit is the same for the next nine hundred and forty
        answer = types_password(browser(), amina.email, f"guess number {n} of many")

    assert len(reached) == 10
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


@pytest.mark.goal("G10")
def test_after_a_quarter_of_an_hour_she_may_try_again(amina, amina_with_app):
    for n in range(11):
        types_password(browser(), amina.email, f"guess number {n} of many")
    assert types_password(browser(), amina.email).status_code == 422

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert types_password(browser(), amina.email).status_code == 302


@pytest.mark.goal("G10")
def test_one_address_that_tries_every_name_is_stopped_by_the_thirtieth(reached):
    for n in range(40):
        answer = types_password(browser(), f"somebody{n}@harbour.example", "the same for all")

    assert "Too many tries" in answer.content.decode()
    from django.core.cache import cache

    kept = cache.get("allauth:rl:allauth.account:login_failed:29/900.0/ip:ip:127.0.0.1")
    assert kept is None or len(kept) <= 29


@pytest.mark.goal("G10")
def test_the_counting_is_done_in_the_database_that_all_workers_share(amina, reached):
    from alongside.signin.models import Counter

    types_password(browser(), amina.email, "a wrong one of some length")

    assert Counter.objects.filter(cache_key__contains="login_failed").exists()


@pytest.mark.goal("G31")
def test_nothing_secret_is_logged(amina, amina_with_app, caplog):
    caplog.set_level(logging.DEBUG)
    client = browser()
    types_password(client, amina.email, "a wrong one of some length")
    types_password(client, amina.email)
    types_code(client, code := amina_with_app.shows())

    assert "a wrong one of some length" not in caplog.text
    assert SECRET not in caplog.text
    assert code not in caplog.text.replace(str(timezone.now()), "")


JUNK = ["", "{}", "[]", "null", "7", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}', "no"]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_the_place_of_a_passkey_is_refused_and_is_no_fault(amina, amina_with_app, junk):
    client = browser()
    client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": junk})
    assert answer.status_code == 302
    assert not is_in(client)

    types_password(client, amina.email)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": junk}).status_code == 422
    types_code(client, amina_with_app.shows())
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": junk})
    assert answer.status_code == 422
    answer = client.post(reverse("account_reauthenticate"), {"credential": junk})
    assert answer.status_code == 422
