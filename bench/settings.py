"""Production settings, with the floor's own pages; `BENCH_FLOOR` leaves only Django around them."""

from __future__ import annotations

import os
from pathlib import Path

from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "bench.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
if os.environ.get("BENCH_FLOOR"):
    MIDDLEWARE = [one for one in MIDDLEWARE if one.startswith("django.")]
    TEMPLATES[0]["OPTIONS"] = {}
