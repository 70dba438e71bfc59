"""A right that is taken away is gone at the next request, whichever of the ways it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.calendars.operations import close_calendar, open_calendar
from alongside.kit import clock
from alongside.organisation.models import Membership, Staff
from alongside.organisation.operations import end_role
from alongside.portal.operations import close_address, give_address
from alongside.portal.queries import address_of
from alongside.residents.operations import set_resident_pin
from alongside.rights.operations import limit_file
from alongside.signin import operations as signin
from alongside.signin.entering import entered
from alongside.signin.models import SignIn
from alongside.testing.cast import Cast

PIN = "2468"
YESTERDAY = timedelta(days=1)


class Someone:
    """A browser of Amina's, signed in for real, and what she opens in it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.client = cast, signed_in(cast.amina)
        self.opens = reverse("casefile:casefile", args=[cast.tomasz.pk])

    def may(self) -> bool:
        return bool(self.client.get(self.opens).status_code == 200)


def signed_in(staff: Staff) -> Client:
    """With a sign-in that the house knows of, so that it can be ended."""
    from django.contrib.auth import login
    from django.test import RequestFactory

    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    entered(request, staff, how="test", second=True)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client


def role_ends(one: Someone) -> None:
    for post in Membership.objects.filter(staff=one.cast.amina):
        end_role(post, by=one.cast.grace, until_on=clock.today() - YESTERDAY)


def service_ends(one: Someone) -> None:
    """Nobody works there from today on."""
    for post in Membership.objects.filter(scheme=one.cast.mill_house):
        end_role(post, by=one.cast.grace, until_on=clock.today() - YESTERDAY)


def leaver(one: Someone) -> None:
    Staff.objects.filter(pk=one.cast.amina.pk).update(last_day=clock.today() - YESTERDAY)


def exclusion_added(one: Someone) -> None:
    limit_file(
        one.cast.tomasz, by=one.cast.grace, kind="never", staff=[one.cast.amina], because="Kin."
    )


def token_revoked(one: Someone) -> Callable[[], object]:
    open_calendar(one.cast.amina, by=one.cast.amina, secret="s" * 40)
    one.client = Client()
    one.opens = reverse("calendars:feed", args=["s" * 40])
    return lambda: close_calendar(one.cast.amina, by=one.cast.amina)


def device_revoked(one: Someone) -> Callable[[], object]:
    """Another device of hers was lost: she removes it, sitting at this one."""
    here, there = signed_in(one.cast.amina), one.client
    for name in ("lost", "kept"):
        Authenticator.objects.create(user=one.cast.amina, type="webauthn", data={"name": name})
    lost = Authenticator.objects.get(user=one.cast.amina, data__name="lost")
    one.client = there

    def remove() -> None:
        answer = here.post(reverse("mfa_remove_webauthn", args=[lost.pk]))
        assert answer.status_code == 302
        assert here.get(one.opens).status_code == 200, "Where she sits she stays."

    return remove


def address_closed(one: Someone) -> Callable[[], object]:
    """A resident's own phone opens by its address no longer, although the PIN is right."""
    tomasz, amina = one.cast.tomasz, one.cast.amina
    set_resident_pin(one.cast.mill_house, by=amina, resident=tomasz.resident, pin=PIN)
    give_address(tomasz, by=amina)
    door = address_of(tomasz)
    assert door
    one.client, one.opens = Client(), reverse("portal:phone", args=[door.code])
    return lambda: close_address(door, by=amina)


def password_changed(one: Someone) -> None:
    signin.set_password(one.cast.amina, by=one.cast.amina, password="four otters on the stairs")


def started_again(one: Someone) -> None:
    signin.start_again(one.cast.amina, by=one.cast.grace, code="c" * 40)


def panic_lock(one: Someone) -> None:
    signin.shut_out(one.cast.amina, by=one.cast.grace)


def session_ended(one: Someone) -> None:
    signin.end_session(SignIn.objects.get(staff=one.cast.amina), by=one.cast.grace)


WAYS: dict[str, Callable[[Someone], Any]] = {
    "a role ends": role_ends,
    "a service ends": service_ends,
    "somebody leaves": leaver,
    "an exclusion is added": exclusion_added,
    "a token is revoked": token_revoked,
    "a device is revoked": device_revoked,
    "a resident’s own address is closed": address_closed,
    "a password is changed": password_changed,
    "the second factor is started again": started_again,
    "somebody is shut out": panic_lock,
    "a session is ended": session_ended,
}


@pytest.mark.goal("G7")
@pytest.mark.parametrize("way", WAYS)
def test_what_is_taken_away_is_gone_at_the_next_request(cast: Cast, way: str):
    one = Someone(cast)
    prepared = WAYS[way] if way in LATER else None
    take_away = prepared(one) if prepared else lambda: WAYS[way](one)
    assert one.may(), "It was there before."

    take_away()

    assert not one.may()


LATER = {"a token is revoked", "a device is revoked", "a resident’s own address is closed"}
