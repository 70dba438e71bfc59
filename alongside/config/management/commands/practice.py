"""`alongside practice check FILE_OR_FOLDER`: is this practice pack sound?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.practice.pack import Fault, check, known_facts


class Command(BaseCommand):
    """Looks at practice packs. Nothing is written.

    Exit code 0 when all is well, 1 when there are faults, 2 when there is nothing to look at.
    """

    help = "Check a practice pack: every fault, with its file, its line and what to do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        checked = what.add_parser("check", help="tell every fault of a pack")
        checked.add_argument(
            "at", type=Path, help="a pack’s folder, a folder of packs, or a pack in one file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options["at"])

    def _check(self, at: Path) -> None:
        found = packs_in(at)
        if not found:
            raise CommandError(f"{at}: there is no practice pack here.", returncode=2)
        faults = [fault for each in found for fault in self._told(each)]
        if faults:
            raise CommandError(in_words(len(faults)), returncode=1)

    def _told(self, at: Path) -> list[Fault]:
        faults = check(at, facts=known_facts())
        for fault in faults:
            self.stdout.write(str(fault))
        if not faults:
            self.stdout.write(f"{at}: sound.")
        return faults


def packs_in(at: Path) -> list[Path]:
    """The packs at a path: itself, each version below it, or the one file.

    A file that belongs to a pack (a `pack.toml` stands beside it) stands for the whole of it.
    """
    at = at.resolve()
    if at.is_file():
        return [at.parent] if (at.parent / "pack.toml").is_file() else [at]
    if any(at.glob("*.toml")):
        return [at]
    return sorted({file.parent for file in at.rglob("*.toml")})


def in_words(count: int) -> str:
    if count == 1:
        return "1 fault. The pack in force stays as it is until it is mended."
    return f"{count} faults. The pack in force stays as it is until they are mended."
