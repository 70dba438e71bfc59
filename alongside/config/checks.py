"""What must be true before the house opens its doors; otherwise it stays shut and says why."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from alongside.config.sqlite_engine.shim import FIXED


@register(Tags.database)
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
    if settings.DEMO and settings.TLS:
        return [
            Error(
                "Demo mode lets anybody sign in as anybody, and this is a production site.",
                hint="Remove ALONGSIDE_DEMO.",
                id="alongside.E002",
            )
        ]
    return []
