"""`alongside practice check FILE_OR_FOLDER` and `alongside practice explain SCHEME PERSON`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.duties.explanation import explain
from alongside.organisation.models import Scheme
from alongside.practice.pack import Fault, check, known_facts
from alongside.residents.names import name_key
from alongside.stays.models import Stay


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

        explained = what.add_parser("explain", help="why each duty about a person is owed")
        explained.add_argument("scheme", help="the short name of the scheme")
        explained.add_argument("person", help="their reference, or their name if only one has it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "explain":
            self._explain(stay_of(options["scheme"], options["person"]))
        else:
            self._check(options["at"])

    def _explain(self, stay: Stay) -> None:
        self.stdout.write(f"{stay}, under {stay.scheme.practice_name}\n")
        for one in explain(stay):
            self.stdout.write("\n".join([*one.lines(), ""]))

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


def stay_of(slug: str, person: str) -> Stay:
    """The latest stay there of whoever is meant; an error when nobody or several could be."""
    scheme = Scheme.objects.filter(slug=slug).first()
    if scheme is None:
        raise CommandError(f'There is no scheme "{slug}". Write its short name.', returncode=2)
    stays = Stay.objects.for_page().filter(scheme=scheme).order_by("-moved_in_on", "-pk")
    found = list(stays.filter(resident__reference=person)) if person else []
    if not found:
        for word in name_key(person).split():
            stays = stays.filter(resident__name_key__contains=word)
        found = list(stays)
    if not found:
        raise CommandError(f'Nobody called "{person}" has stayed at {scheme}.', returncode=2)
    if len({stay.resident_id for stay in found}) > 1:
        raise CommandError("Two or more people have that name. Use the reference.", returncode=2)
    return found[0]


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
