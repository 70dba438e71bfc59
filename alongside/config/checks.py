"""What must be true before the house opens its doors; otherwise it stays shut and says why."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks

from alongside.config.doors import faults
from alongside.config.sqlite_engine.shim import FIXED

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
LONG_ENOUGH, VARIED_ENOUGH = 50, 10


@register(Tags.security)
def sqlite_is_a_fixed_engine(**kwargs: Any) -> list[CheckMessage]:
    """SQLite before 3.51.3 can lose a committed write when its log is reset."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if "sqlite" not in engine or sqlite3.sqlite_version_info >= FIXED:
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} can lose a committed write.",
            hint="Install the pysqlite3 package, or a Python with SQLite 3.51.3 or newer.",
            id="alongside.E001",
        )
    ]


@register(Tags.security)
def demo_stays_out_of_production(**kwargs: Any) -> list[CheckMessage]:
    """One-click sign-in is for a demo on one's own machine."""
    if settings.DEMO_ASKED_FOR and settings.TLS:
        return [
            Error(
                "Demo mode lets anybody sign in as anybody, and this is a production site.",
                hint="Remove ALONGSIDE_DEMO.",
                id="alongside.E002",
            )
        ]
    return []


@register(Tags.security)
def faults_stay_out_of_production(**kwargs: Any) -> list[CheckMessage]:
    """What debugging shows is the record of whoever was being looked at."""
    if settings.DEBUG and settings.TLS:
        return [
            Error(
                "Debugging shows people’s records to whoever meets a fault, and this is a "
                "production site.",
                hint="Remove ALONGSIDE_DEBUG.",
                id="alongside.E003",
            )
        ]
    return []


@register(Tags.security)
def the_secret_is_one(**kwargs: Any) -> list[CheckMessage]:
    """Sessions and forms are signed with it."""
    key = settings.SECRET_KEY
    if settings.TLS and (len(key) < LONG_ENOUGH or len(set(key)) < VARIED_ENOUGH):
        return [
            Error(
                "The secret key is too short or too plain to sign sessions with.",
                hint="Remove ALONGSIDE_SECRET_KEY: the command makes a good one and keeps it.",
                id="alongside.E004",
            )
        ]
    return []


@register(Tags.security)
def others_are_answered_over_https(**kwargs: Any) -> list[CheckMessage]:
    """A name that others can reach, without HTTPS, sends records over the wire in the clear."""
    beyond = set(settings.ALLOWED_HOSTS) - THIS_MACHINE
    if beyond and not (settings.TLS or settings.DEMO or settings.DEBUG):
        return [
            Error(
                f"This site answers to {', '.join(sorted(beyond))} without HTTPS.",
                hint="Put it behind a proxy that speaks HTTPS, and set ALONGSIDE_TLS=yes.",
                id="alongside.E005",
            )
        ]
    return []


def refuse_to_open() -> None:
    """Leave with what is wrong when a check finds an error. A web server asks this first."""
    wrong = [one for one in run_checks() if one.is_serious()]
    if wrong:
        raise SystemExit("\n".join(["Alongside stays shut:", *map(str, wrong)]))


@register(Tags.urls)
def every_door_has_its_rule(**kwargs: Any) -> list[CheckMessage]:
    """An address without a rule answers nobody; that is found here, before somebody knocks."""
    hint = "Write its line into alongside/config/rules.toml; the head of the file says how."
    return [Error(fault, hint=hint, id="alongside.E010") for fault in faults()]
