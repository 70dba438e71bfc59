"""Writes the pages of the reference that come from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.config.reference import PAGES

FOLDER = Path("docs") / "reference"


class Command(BaseCommand):
    help = "Write docs/reference/operations.md, actions-and-roles.md and facts.md again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--into", type=Path, default=FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        for name, write in PAGES.items():
            page: Path = options["into"] / name
            page.write_text(write(), encoding="utf-8")
            self.stdout.write(f"Written: {page}")
