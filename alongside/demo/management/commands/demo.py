"""`alongside demo`: an invented hostel with fourteen months of history, and five other services."""

from __future__ import annotations

import gc
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from alongside.audit.guard import guarded
from alongside.demo.house import PASSWORD
from alongside.demo.operations import tell_the_demo
from alongside.organisation.models import Organisation


class Command(BaseCommand):
    """Load the demo once; a second run leaves it as it is."""

    help = "Load an invented hostel with fourteen months of history."

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo is loaded only in demo mode. Set ALONGSIDE_DEMO=yes, or use ./run demo."
            )
        if Organisation.objects.exists():
            self.stdout.write("The demo is there already.")
        else:
            began = monotonic()
            # Looking for circles among so many records would take a tenth of the time.
            gc.set_threshold(200_000, 50, 100)
            # All of it or nothing: half a house would look like a whole one the next time.
            with guarded(), transaction.atomic():
                tell_the_demo(lambda next_: self._say(f"{next_} ({monotonic() - began:.0f} s)"))
            self._say(f"The demo was told in {monotonic() - began:.0f} seconds.")
        self.stdout.write(
            "Sign in with one click on the first page, or with grace.okafor@harbour.example"
            f" and the password: {PASSWORD}"
        )
