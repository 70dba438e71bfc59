"""Sign-ins for real: passwords, apps that count, browsers, and the limits of every day."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.organisation.models import Staff
from alongside.signin.operations import set_password

SECRET = "four otters under the quiet stairs"
LIMITS = {"phone": 15, "desk": 30, "desk_in_all": 720, "phone_in_all": 720, "proof": 5}
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def _limits_of_every_day(settings: Any, db: None) -> None:
    settings.SIGN_IN_LIMITS = LIMITS
    cache.clear()


class App:
    """An authenticator app on somebody's phone."""

    def __init__(self, staff: Staff) -> None:
        self.seed = generate_totp_secret()
        TOTP.activate(staff, self.seed)

    def shows(self, steps_ago: int = 0) -> str:
        return str(format_hotp_value(hotp_value(self.seed, int(time.time()) // 30 - steps_ago)))


def with_password(staff: Staff, password: str = SECRET) -> Staff:
    set_password(staff, by=staff, password=password)
    staff.refresh_from_db()
    return staff


def browser(agent: str = FIREFOX, **more: Any) -> Client:
    return Client(headers={"user-agent": agent}, **more)


def types_password(client: Client, name: str, password: str = SECRET, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})


def types_code(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client: Client) -> bool:
    """Whether the first page opens."""
    return bool(client.get("/").status_code == 200)


@pytest.fixture
def amina_with_app(amina: Staff) -> App:
    with_password(amina)
    return App(amina)


def factors(staff: Staff) -> set[str]:
    return set(Authenticator.objects.filter(user_id=staff.pk).values_list("type", flat=True))
