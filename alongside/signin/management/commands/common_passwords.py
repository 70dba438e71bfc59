"""`alongside common_passwords LIST`: makes the filter of common passwords from a public list."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from alongside.signin.bloom import Bloom
from alongside.signin.passwords import COMMON

MOST_COMMON = 100_000
WRONG_ONCE_IN = 1_000_000


class Command(BaseCommand):
    """The list has one password a line, the most common first.

    The first hundred thousand are taken, and of the rest those that are long enough to be
    chosen here.
    """

    help = "Make the filter of common passwords from a list, the most common first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        lines = options["list"].read_text(encoding="utf-8", errors="replace").splitlines()
        long = [one for one in lines[MOST_COMMON:] if len(one) >= settings.SHORTEST_PASSWORD]
        words = {*lines[:MOST_COMMON], *long}
        made = Bloom.of(words | {word.lower() for word in words}, wrong_once_in=WRONG_ONCE_IN)
        made.write(COMMON)
        self.stdout.write(
            f"{len(lines[:MOST_COMMON])} of the most common and {len(long)} long ones: "
            f"{made.count} words in {len(made.bits)} bytes."
        )
