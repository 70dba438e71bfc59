"""`alongside move-database ADDRESS`: everything from this database into an empty one elsewhere."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.config.backup.making import make_backup
from alongside.config.management.commands.backup import KEY


class Command(BaseCommand):
    """From SQLite to PostgreSQL or back. Nothing is taken away here: switch when it is checked."""

    help = "Copy everything into an empty database of either engine, and check every row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="such as postgres://user:password@host:5432/name")

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="alongside-move-") as folder:
            kept, key = Path(folder) / "move.backup", secrets.token_urlsafe(32)
            make_backup(kept, key)
            env = {**os.environ, "ALONGSIDE_DATABASE": options["address"], KEY: key}
            command = [sys.executable, "-m", "alongside.config.command", "restore", str(kept)]
            done = subprocess.run(command, env=env, check=False)  # noqa: S603
        if done.returncode:
            raise CommandError("It was not moved. This database is as it was.")
        self.stdout.write("Moved. Set ALONGSIDE_DATABASE to the new address and start again.")
