"""Production settings, with the floor's own pages; `BENCH_FLOOR` leaves only Django around them."""

from __future__ import annotations

import os
from pathlib import Path

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import MIDDLEWARE, TEMPLATES

TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
if os.environ.get("BENCH_FLOOR"):
    ROOT_URLCONF = "bench.urls"
    SILENCED_SYSTEM_CHECKS = ["alongside.E010"]  # the floor has no doors, and so no rules for them
    MIDDLEWARE = [one for one in MIDDLEWARE if one.startswith("django.")]
    TEMPLATES[0]["OPTIONS"] = {}
