"""The settings as they are behind HTTPS, for tests of what a production site says and does."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from typing import Any
from unittest import mock

from tests.house.source import HOUSE, ROOT

GOOD_SECRET = "a production site signs with a long secret of its own: 8f3kQz!27"
ENVIRONMENT = {
    "ALONGSIDE_TLS": "yes",
    "ALONGSIDE_SECRET_KEY": GOOD_SECRET,
    "ALONGSIDE_MAIL": "smtps://post.example",
}
# What differs behind HTTPS and can be set while the house runs.
DIFFERS = (
    "TLS", "DEMO", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGES_COOKIE_NAME", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "SECURE_PROXY_SSL_HEADER",
)  # fmt: skip


def production_settings(**environment: str) -> dict[str, Any]:
    """What settings.py says behind HTTPS, with more of the environment if need be."""
    with mock.patch.dict(os.environ, {**ENVIRONMENT, **environment}):
        return runpy.run_path(str(HOUSE / "config" / "settings.py"))


def behind_https(settings: Any) -> None:
    """Let this test run with the settings of a production site."""
    for name, value in production_settings().items():
        if name in DIFFERS:
            setattr(settings, name, value)


def in_production(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these words in a process of its own that has production settings."""
    # The journeys let a browser's thread use the database; a production site must not say so.
    mine = {name: said for name, said in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT, env={**mine, **ENVIRONMENT, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
