"""The house's own settings, in which a session outlasts the trial, whatever the clock says."""

from __future__ import annotations

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import SIGN_IN_LIMITS, STORAGES

SIGN_IN_LIMITS = dict.fromkeys(SIGN_IN_LIMITS, 60 * 24 * 3650)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 3650
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
