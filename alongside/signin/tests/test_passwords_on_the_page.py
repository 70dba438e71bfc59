"""What a page of signing in looks like to a browser, a password manager and a thief."""

from __future__ import annotations

import stat

import pytest
from django.urls import reverse

from alongside.organisation.models import Staff
from alongside.signin.seeds import seal
from alongside.signin.tests.conftest import browser


def test_a_password_is_typed_unseen_and_may_be_pasted(db):
    page = browser().get(reverse("account_login")).content.decode()
    field = next(tag for tag in page.split("<input")[1:] if 'name="password"' in tag)

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_an_empty_house_has_no_account(db):
    assert not Staff.objects.exists()


def test_the_key_of_a_session_is_long_and_new_each_time(cast):
    keys = set()
    for _ in range(20):
        client = browser()
        client.force_login(cast.amina)
        keys.add(str(client.session.session_key))

    assert len(keys) == 20
    assert all(len(key) >= 32 for key in keys)  # of 36 letters: 165 bits


def test_signing_out_is_on_every_page(client, cast):
    client.force_login(cast.amina)
    for address in ("/", reverse("mfa_index"), reverse("keywork:notes", args=[cast.tomasz.pk])):
        assert reverse("signin:sign-out") in client.get(address).content.decode()


def test_the_key_that_seals_seeds_is_for_the_house_alone(settings, tmp_path):
    settings.SEED_KEY, settings.VAR = "", tmp_path
    seal("JBSWY3DPEHPK3PXP")
    kept = [file for file in tmp_path.iterdir() if file.is_file()]
    if not kept:
        pytest.skip("The key stands in the environment.")

    assert [stat.S_IMODE(file.stat().st_mode) for file in kept] == [0o600] * len(kept)
