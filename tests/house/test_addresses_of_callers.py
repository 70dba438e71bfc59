"""Where a caller says they call from is believed only of the proxy in front of the house."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache
from django.urls import reverse

from alongside.signin.tests.conftest import browser, types_password

WRONG = "a wrong one of some length"


@pytest.mark.goal("G10")
def test_a_caller_who_names_another_address_is_counted_as_the_same(db, settings):
    """No proxy, so nothing that a browser says of its address counts."""
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for n in range(32):
        client = browser(HTTP_X_FORWARDED_FOR=f"192.0.2.{n}", HTTP_X_REAL_IP=f"192.0.2.{n}")
        answer = types_password(client, f"name{n}@harbour.example", WRONG)

    assert "Too many tries" in answer.content.decode()


@pytest.mark.goal("G31")
def test_no_line_of_a_log_can_be_forged(client, cast, caplog):
    """An address with the end of a line in it is one line, with the end written out."""
    caplog.set_level(logging.DEBUG)
    client.force_login(cast.amina)
    client.get("/nobody/%0aERROR%20forged/", headers={"user-agent": "x\nERROR forged"})
    client.get(reverse("casefile:search"), {"q": "\nERROR forged"})

    assert caplog.messages
    assert not any("\n" in one and "forged" in one for one in caplog.messages)
