"""Plants the fault that `ALONGSIDE_PLANTED` names once the house has started."""

from __future__ import annotations

import os

from django.apps import AppConfig

from tests.house.planted import TWELVE


class Planting(AppConfig):
    name = "tests"
    label = "planting"

    def ready(self) -> None:
        _, plant = TWELVE[os.environ["ALONGSIDE_PLANTED"]]
        plant(setattr)
