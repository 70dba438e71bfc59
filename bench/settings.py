"""Production settings, with the floor's own pages; `BENCH_FLOOR` leaves only Django around them."""

from __future__ import annotations

import os
from pathlib import Path

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import DATABASES, MIDDLEWARE, TEMPLATES

TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
if os.environ.get("BENCH_FLOOR"):
    ROOT_URLCONF = "bench.urls"
    # allauth does not start without its own, which does next to nothing to a page.
    MIDDLEWARE = [one for one in MIDDLEWARE if one.startswith(("django.", "allauth.account."))]
    TEMPLATES[0]["OPTIONS"] = {}
    if DATABASES["default"]["ENGINE"] == "alongside.config.postgresql_engine":
        # Nothing says there whose records are reached: the floor has no second wall, and does not
        # pay for one. The server of the bench has this superuser.
        DATABASES["default"] |= {"ENGINE": "django.db.backends.postgresql", "USER": "postgres"}
