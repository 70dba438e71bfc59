"""What every test finds: the cast, and the clock at noon on Monday 20 April 2026 in London."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "for tests only, and never anywhere else at all")


# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from tests.tables import add_what_only_migrations_make, let_tests_empty_the_tables

    with django_db_blocker.unblock():
        add_what_only_migrations_make()
        let_tests_empty_the_tables()


@pytest.fixture(scope="session", autouse=True)
def _behind_no_wall_between_tests() -> Iterator[None]:
    from alongside.kit import wall

    with wall.everybody("tables are made, and emptied again"):
        yield


@pytest.fixture(autouse=True)
def _a_test_sees_every_organisation() -> Iterator[None]:
    """What a test sets up and looks at; what it asks of a page stands behind the wall."""
    from alongside.kit import wall

    with wall.everybody("a test"):
        yield


@pytest.fixture(autouse=True)
def _monday_20_april_2026() -> Iterator[None]:
    noon = datetime(2026, 4, 20, 12, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(noon, tick=False):
        yield


@pytest.fixture(autouse=True)
def _quick_to_hash_and_plain_to_serve(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.IMPORTS_IN_BACKGROUND = False  # a thread would not see what a test has written
    settings.READ_APART = False  # a process for each file is tried by tests of their own
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _nobody_has_read_anything() -> None:
    from alongside.audit.reading import forget_what_was_told

    forget_what_was_told()


@pytest.fixture(autouse=True)
def _signed_in_with_a_second_factor_and_for_long(settings, monkeypatch) -> None:
    """`force_login` stands for a whole sign-in, and tests travel through weeks in one session."""
    from django.test import Client

    from alongside.testing.signed_in import fully_signed_in

    settings.SIGN_IN_LIMITS = dict.fromkeys(settings.SIGN_IN_LIMITS, 60 * 24 * 3650)
    plain = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        plain(self, user, backend)
        fully_signed_in(self.session, user)

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def cast(db: None):
    from alongside.testing.cast import assemble

    return assemble()


@pytest.fixture
def mill_house(cast):
    return cast.mill_house


@pytest.fixture
def amina(cast):
    return cast.amina


@pytest.fixture
def grace(cast):
    return cast.grace


@pytest.fixture
def owen(cast):
    return cast.owen


@pytest.fixture
def tomasz(cast):
    return cast.tomasz


@pytest.fixture
def beds(cast):
    return cast.beds
