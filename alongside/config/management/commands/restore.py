"""`alongside restore FILE`: fill an empty database, of either engine, from a backup."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.config.backup.restoring import NotRestored, restore
from alongside.config.backup.sealed import WrongKey
from alongside.config.management.commands.backup import KEY, passphrase
from alongside.retention.repeating import repeat_erasures


class Command(BaseCommand):
    help = "Fill an empty database from a backup, check every row, and repeat erasures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key-file", type=Path, help=f"the passphrase ({KEY})")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            manifest = restore(options["file"], passphrase(options))
        except (NotRestored, WrongKey) as why:
            raise CommandError(str(why)) from why
        again = repeat_erasures()
        rows = sum(one["rows"] for one in manifest["rows"].values())
        took = time.monotonic() - started
        self.stdout.write(
            f"{rows:,} rows and {len(manifest['files']):,} files of {manifest['at']} are back and"
            f" are what the backup says; {again} erasures repeated. It took {took:.0f} s."
        )
