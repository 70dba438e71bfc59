"""The house with one fault planted, for seeing which goal turns red. Never in production.

ALONGSIDE_PLANTED="CSRF exempt" DJANGO_SETTINGS_MODULE=tests.planted_settings ./run verify G17
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import INSTALLED_APPS, TLS

if TLS:
    raise ImproperlyConfigured("A fault is never planted in a production site.")
INSTALLED_APPS = [*INSTALLED_APPS, "tests.planting.Planting"]
