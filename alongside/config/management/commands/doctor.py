"""`alongside doctor`: is this installation fit for real records?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from alongside.config.doctor import findings


class Command(BaseCommand):
    """One line for each thing that was looked at; leaves with 1 when something is not well."""

    help = "Say whether this installation is fit for real records, and what to do about it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        unwell = 0
        for one in findings():
            unwell += not one.well
            self.stdout.write(f"{'well' if one.well else 'NOT WELL':9} {one.what}: {one.says}")
            if not one.well and one.do:
                self.stdout.write(f"{'':9} {one.do}")
        if unwell:
            sys.exit(1)
