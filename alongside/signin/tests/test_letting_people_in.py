"""Amina's first day, her forgotten password, her lost phone, and the day she leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings as house
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry, Payload
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.signin import operations, queries
from alongside.signin.codes import new_code
from alongside.signin.models import Alarm, Invitation, SignIn
from alongside.signin.passwords import common_passwords
from alongside.signin.seeds import seal, unseal
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
from alongside.testing.cast import a_member_of_staff

NEW = "a lantern for the second mate"


@pytest.fixture
def grace_at_work(client, grace):
    client.force_login(grace)
    return client


def invitation_for(client, staff, act="invite") -> str:
    """The address Grace is shown, to hand over."""
    page = client.post(reverse(f"signin:{act}", args=[staff.pk]))
    assert page.status_code == 200
    return str(page.context["address"])


def test_aminas_first_day(grace_at_work, amina):
    address = invitation_for(grace_at_work, amina)
    hers = browser()
    assert "Amina Yusuf" in hers.get(address).content.decode()

    answer = hers.post(address, {"password": NEW})

    assert answer["Location"] == reverse("account_login")
    assert not is_in(hers), "An invitation signs nobody in."
    types_password(hers, amina.email, NEW)
    assert hers.get("/")["Location"] == reverse("mfa_index"), "A second factor comes first."
    said = [e.event for e in Entry.objects.filter(subject_id=amina.pk).order_by("at", "pk")]
    assert {"staff.invited", "staff.password_set", "staff.signed_in"} <= set(said)


@pytest.mark.goal("G11")
def test_a_forgotten_password_does_not_cost_her_the_second_factor(
    grace_at_work, amina, amina_with_app
):
    address = invitation_for(grace_at_work, amina)
    hers = browser()
    hers.post(address, {"password": NEW})

    assert types_password(hers, amina.email, SECRET).status_code == 422
    assert types_password(hers, amina.email, NEW)["Location"] == reverse("mfa_authenticate")
    assert not is_in(hers)
    types_code(hers, amina_with_app.shows())
    assert is_in(hers)


@pytest.mark.goal("G11")
def test_aminas_phone_is_lost_and_she_starts_again(grace_at_work, amina, amina_with_app):
    finder = browser()
    types_password(finder, amina.email)
    types_code(finder, amina_with_app.shows())
    assert is_in(finder)

    address = invitation_for(grace_at_work, amina, "start-again")

    assert not is_in(finder), "What is signed in on the lost phone is out at once."
    assert factors(amina) == set()
    assert types_password(browser(), amina.email).status_code == 422, "The old password is gone."
    hers = browser()
    hers.post(address, {"password": NEW})
    types_password(hers, amina.email, NEW)
    assert hers.get("/")["Location"] == reverse("mfa_index")


def test_an_invitation_works_once_and_for_a_day(grace_at_work, amina):
    address = invitation_for(grace_at_work, amina)
    assert browser().post(address, {"password": NEW}).status_code == 302
    assert browser().get(address).status_code == 404
    assert browser().post(address, {"password": NEW}).status_code == 404

    address = invitation_for(grace_at_work, amina)
    with time_machine.travel(timezone.now() + timedelta(hours=house.INVITATION_HOURS, minutes=1)):
        assert browser().post(address, {"password": NEW}).status_code == 404


def test_a_second_invitation_takes_the_place_of_the_first(grace_at_work, amina):
    first, second = invitation_for(grace_at_work, amina), invitation_for(grace_at_work, amina)

    assert browser().get(first).status_code == 404
    assert browser().get(second).status_code == 200


def test_of_an_invitation_only_a_fingerprint_is_kept(grace_at_work, amina):
    code = invitation_for(grace_at_work, amina).rstrip("/").rpartition("/")[2]
    kept = Invitation.objects.get()

    assert len(code) >= 27
    assert kept.fingerprint != code
    assert not [
        p
        for p in Payload.objects.all()
        if code in str(p.values) or kept.fingerprint in str(p.values)
    ]


def test_two_who_use_one_invitation_at_the_same_moment_set_one_password(amina, grace):
    code = new_code()
    invitation = operations.invite(amina, by=grace, code=code)
    operations.use_invitation(invitation, by=amina, password=NEW)

    with pytest.raises(Refused, match="used"):
        operations.use_invitation(invitation, by=amina, password="another one of some length")
    amina.refresh_from_db()
    assert amina.check_password(NEW)


def test_nobody_lets_themselves_in_and_a_key_worker_lets_nobody_in(amina, grace, owen, client):
    with pytest.raises(Refused, match="themselves"):
        operations.invite(grace, by=grace, code=new_code())
    with pytest.raises(NotPermitted):
        operations.invite(grace, by=amina, code=new_code())

    client.force_login(owen)
    for name in ("colleague", "invite", "start-again", "shut-out", "let-back-in"):
        to = reverse(f"signin:{name}", args=[amina.pk])
        assert client.post(to).status_code in {404, 405}, name
        assert client.get(to).status_code in {404, 405}, name
    client.force_login(amina)
    assert client.get(reverse("signin:team")).status_code == 403
    assert client.get(reverse("signin:colleague", args=[grace.pk])).status_code == 404


@pytest.mark.goal("G7")
def test_on_the_day_amina_leaves_her_session_is_out_at_its_next_page(
    grace_at_work, amina, amina_with_app
):
    hers = browser()
    types_password(hers, amina.email)
    types_code(hers, amina_with_app.shows())
    assert is_in(hers)

    grace_at_work.post(reverse("signin:shut-out", args=[amina.pk]))

    assert not is_in(hers)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        again = browser()
        types_password(again, amina.email)
        types_code(again, amina_with_app.shows())
        assert not is_in(again)
    grace_at_work.post(reverse("signin:let-back-in", args=[amina.pk]))
    amina.refresh_from_db()
    assert amina.is_active


@pytest.mark.goal("G7")
def test_a_changed_password_ends_every_other_session(amina, amina_with_app):
    first = browser()
    types_password(first, amina.email)
    types_code(first, amina_with_app.shows())
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        second = browser()
        types_password(second, amina.email)
        types_code(second, amina_with_app.shows())
        wrong = second.post(
            reverse("account_change_password"), {"current": "not it at all", "password": NEW}
        )
        assert wrong.status_code == 422
        done = second.post(reverse("account_change_password"), {"current": SECRET, "password": NEW})
        assert done.status_code == 302
        assert is_in(second)
        assert not is_in(first)


@pytest.mark.goal("G12")
@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("eleven char", "at least 12"),
        ("1234567890123", "most common"),
        ("1QAZ2WSX3EDC", "most common"),
        ("Amina.Yusuf-2026", "name that others"),
        ("harbourtrust2026", "name that others"),
        ("MillHouse12345", "name that others"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(amina, password, says):
    with pytest.raises(ValidationError, match=says):
        validate_password(password, amina)


def test_grace_who_looks_after_the_team_needs_fifteen_characters(grace, amina):
    validate_password("lantern mate", amina)
    with pytest.raises(ValidationError, match="at least 15"):
        validate_password("lantern mate", grace)
    validate_password("lantern mate at", grace)


@pytest.mark.goal("G12")
@pytest.mark.parametrize("length", [64, 128, 1000])
def test_a_long_password_works_whole(grace_at_work, amina, length):
    password = ("seven herons on the slipway, " * 40)[:length]
    address = invitation_for(grace_at_work, amina)
    browser().post(address, {"password": password})
    amina.refresh_from_db()

    assert amina.check_password(password)
    assert not amina.check_password(password[:-1]), "Nothing of it is cut off."


def test_spaces_and_other_alphabets_count_as_they_are(amina):
    for password in (
        "  two spaces before it",
        "ko te kōrero nā te tūī",
        "чотири видри під сходами",
    ):
        validate_password(password, amina)
        with_password(amina, password)
        assert amina.check_password(password)


@pytest.mark.goal("G12")
def test_the_hundred_thousand_most_common_are_known_without_asking_anybody(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", None)
    known = common_passwords()

    assert known.count >= 100_000
    for word in ("password", "123456", "qwerty", "letmein", "trustno1", "iloveyou", "liverpool"):
        assert word in known
    chance = [f"heron {n} slipway {n * 7919}" for n in range(20_000)]
    assert sum(word in known for word in chance) <= 1, "Good passwords are hardly ever refused."


@pytest.mark.goal("G12")
def test_passwords_are_hashed_with_argon2id(settings):
    from django.contrib.auth.hashers import make_password

    from tests.house.production import production_settings

    settings.PASSWORD_HASHERS = production_settings()["PASSWORD_HASHERS"]
    assert make_password(NEW).startswith("argon2$argon2id$")


def test_a_refused_password_stays_unsaid_and_the_page_says_why(grace_at_work, amina):
    address = invitation_for(grace_at_work, amina)
    answer = browser().post(address, {"password": "short"})

    assert answer.status_code == 422
    assert "at least 12 characters" in answer.content.decode()
    assert 'value="short"' not in answer.content.decode()


def test_what_is_sealed_opens_with_the_same_key_only(settings):
    settings.SEED_KEY = "ab" * 32
    sealed = seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"
    settings.SEED_KEY = "cd" * 32
    with pytest.raises(ValueError, match="another key"):
        unseal(sealed)


def test_a_session_list_of_somebody_costs_two_queries(
    amina, amina_with_app, django_assert_num_queries
):
    hers = browser()
    types_password(hers, amina.email)
    types_code(hers, amina_with_app.shows())
    with django_assert_num_queries(2):
        assert len(queries.open_sessions(amina)) == 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (SignIn, {"ended_at": "2026-04-20T12:00Z", "session_key": "k", "device": "d"}),
        (Alarm, {"seen_at": "2026-04-20T12:00Z", "people": 61, "kind": "reading"}),
        (Alarm, {"seen_at": "2026-04-20T12:00Z", "seen_by": "self", "people": 1, "kind": "r"}),
        (Invitation, {"fingerprint": "x", "given_by": "self", "until": "2026-04-21T12:00Z"}),
        (Invitation, {"fingerprint": "x", "given_by": "grace", "until": "2026-04-19T12:00Z"}),
    ],
)
def test_the_database_itself_refuses_half_a_fact(amina, grace, kind, values):
    people = {"self": amina, "grace": grace}
    given = {name: people.get(value, value) for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        kind.objects.create(staff=amina, **given)


def test_a_person_has_one_open_invitation_and_a_session_one_sign_in(amina, grace):
    until = timezone.now() + timedelta(days=1)
    Invitation.objects.create(staff=amina, given_by=grace, fingerprint="a", until=until)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(staff=amina, given_by=grace, fingerprint="b", until=until)
    SignIn.objects.create(staff=amina, session_key="k", how="app", device="d", kind="desk")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignIn.objects.create(staff=grace, session_key="k", how="app", device="d", kind="desk")


def test_a_user_name_is_no_address(amina):
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.filter(pk=amina.pk).update(username="grace@harbour.example")


def test_somebody_elses_passkey_cannot_be_removed(amina, grace, client):
    from allauth.mfa.models import Authenticator

    hers = Authenticator.objects.create(user=grace, type="webauthn", data={"name": "her key"})
    App(amina)
    client.force_login(amina)

    assert client.post(reverse("mfa_remove_webauthn", args=[hers.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=hers.pk).exists()


def test_of_whoever_left_no_second_factor_is_missed(client, cast):
    mo = a_member_of_staff(cast.mill_house, "Aaron Mo", "support_worker", cast.grace)
    Staff.objects.filter(pk=mo.pk).update(last_day=date(2026, 3, 1))
    client.force_login(cast.grace)
    shown = client.get(reverse("signin:team")).text
    line = shown[shown.index("Aaron Mo") :]
    assert "Left: last day" in " ".join(line.split())
    assert "No second factor yet" not in line
    assert shown.index("Aaron Mo") > shown.index("Grace Okafor")
