"""`alongside backup FILE`: everything in one encrypted file, while people work."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.config.backup.making import make_backup

KEY = "ALONGSIDE_BACKUP_KEY"


def passphrase(options: dict[str, Any]) -> str:
    """From a file that only its owner reads, or from the environment. Never from the command."""
    found = (
        Path(options["key_file"]).read_text(encoding="utf-8").strip()
        if options["key_file"]
        else os.environ.get(KEY, "")
    )
    if not found:
        raise CommandError(f"No passphrase. Give --key-file FILE, or set {KEY}.")
    return found


class Command(BaseCommand):
    help = "Write everything (rows and files) into one encrypted file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key-file", type=Path, help=f"the passphrase ({KEY})")

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_backup(options["file"], passphrase(options))
        rows = sum(one["rows"] for one in made["rows"].values())
        size = options["file"].stat().st_size / 1_000_000
        self.stdout.write(
            f"{options['file']}: {rows:,} rows and {len(made['files']):,} files, {size:.1f} MB."
        )
