"""`alongside practice check`, `explain` and `rehearse`: is it sound, why is it owed, what if?"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from alongside.duties.explanation import explain
from alongside.organisation.models import Scheme
from alongside.practice import own
from alongside.practice.pack import (
    Fault,
    Layer,
    NotInPack,
    Pack,
    PackFault,
    check,
    known_facts,
    pack,
    read,
)
from alongside.residents.names import name_key
from alongside.schemes.leaving import as_csv
from alongside.schemes.rehearsing import Pair, Rehearsal, rehearse
from alongside.stays.models import Stay

NAMED = 8  # so many of the people who could be meant are named


class Command(BaseCommand):
    """Looks at practice packs. Nothing is written.

    Exit code 0 when all is well, 1 when there are faults, 2 when there is nothing to look at.
    """

    help = "Check a practice pack, explain what is owed, or rehearse a pack over what happened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        checked = what.add_parser("check", help="tell every fault of a pack")
        checked.add_argument(
            "at", type=Path, help="a pack’s folder, a folder of packs, or a pack in one file"
        )

        explained = what.add_parser("explain", help="why each duty about a person is owed")
        explained.add_argument("scheme", help="the short name of the scheme")
        explained.add_argument(
            "person",
            help="their reference, the number of their stay, or their name if only one has it",
        )

        tried = what.add_parser(
            "rehearse", help="what would have been due, met, late and missed; writes nothing"
        )
        tried.add_argument("pack", help="a pack (staged-hostel/1.1.0), or its folder")
        tried.add_argument(
            "--scheme", help="the short name of the scheme; else every one that follows this pack"
        )
        tried.add_argument("--from", dest="since", type=a_day, required=True)
        tried.add_argument("--to", dest="until", type=a_day, required=True)
        tried.add_argument("--csv", type=Path, help="write every duty into this file")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "explain":
            self._explain(stay_of(options["scheme"], options["person"]))
        elif options["what"] == "check":
            self._check(options["at"])
        else:
            self._rehearse(options)

    def _explain(self, stay: Stay) -> None:
        self.stdout.write(f"{stay}, under {stay.scheme.practice_name}\n")
        for one in explain(stay):
            self.stdout.write("\n".join([*one.lines(), ""]))

    def _rehearse(self, options: dict[str, Any]) -> None:
        if options["until"] < options["since"]:
            raise CommandError("The last day is before the first.", returncode=2)
        schemes = schemes_for(options["pack"], options["scheme"])
        if options["csv"] and len(schemes) > 1:
            raise CommandError("A file is of one scheme. Name it with --scheme.", returncode=2)
        for scheme in schemes:
            if len(schemes) > 1:
                self.stdout.write(f"== {scheme.name} ({scheme.slug})")
            wanted = usable(options["pack"], own.layers(scheme.own_values, scheme.today()))
            found = rehearse(scheme, wanted, from_on=options["since"], until_on=options["until"])
            self._say(found)
            if options["csv"]:
                options["csv"].write_text(as_csv(found), encoding="utf-8")

    def _say(self, found: Rehearsal) -> None:
        self.stdout.write(f"{found.rehearsed.name}, beside {found.in_force.name} in force.")
        self.stdout.write(f"{found.from_on} to {found.until_on}, people: {found.people}.")
        self.stdout.write("Due, met, late, missed: in force, then rehearsed.")
        for pair in found.by_duty:
            self.stdout.write(f"  {in_a_line(pair)}")
        self.stdout.write("Otherwise, or missed, for:")
        for pair in found.by_person:
            days = ", ".join(f"{day}" for day in pair.misses)
            missed = f" (would be missed: {days})" if days else ""
            self.stdout.write(
                f"  {pair.stay.resident if pair.stay else ''}, {in_a_line(pair)}{missed}"
            )
        if not found.by_person:
            self.stdout.write("  nobody")

    def _check(self, at: Path) -> None:
        found = packs_in(at)
        if not found:
            raise CommandError(
                f"{at}: there is no practice pack here. A pack is one .toml file, or a folder"
                " NAME/VERSION of them; YAML is not read.",
                returncode=2,
            )
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
    exactly = Q(resident__reference=person)
    if number := parsed_id(person):
        exactly |= Q(pk=number)
    found = list(stays.filter(exactly)) if person else []
    if not found:
        for word in name_key(person).split():
            stays = stays.filter(resident__name_key__contains=word)
        found = list(stays)
    if not found:
        raise CommandError(f'Nobody called "{person}" has stayed at {scheme}.', returncode=2)
    latest = {stay.resident_id: stay for stay in reversed(found)}.values()
    if len(latest) > 1:
        them = "; ".join(
            f"{each.resident.reference or each.pk} {each.resident.name}"
            for each in [*latest][-NAMED:]
        )
        others = "; and others." if len(latest) > NAMED else "."
        raise CommandError(
            f"Two or more people could be meant. Write what stands before the name: {them}{others}",
            returncode=2,
        )
    return found[0]


def parsed_id(text: str) -> UUID | None:
    """The number of a record, as it stands in its address."""
    try:
        return UUID(text)
    except ValueError:
        return None


def a_day(text: str) -> date:
    """A day as it is written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f'"{text}" is not a day. Write it like 2026-04-20.') from None


def schemes_for(named: str, slug: str | None) -> list[Scheme]:
    """The scheme of that short name; else every scheme that follows the pack, by name."""
    schemes = Scheme.objects.select_related("organisation").order_by("name", "pk")
    if slug:
        found = list(schemes.filter(slug=slug))
        if not found:
            raise CommandError(f"There is no scheme {slug}.", returncode=2)
        return found
    wanted = usable(named, ())
    keys = {wanted.key, wanted.about.stacks_on.partition(" ")[0]} - {""}
    found = list(schemes.filter(pack_key=wanted.key)) or list(schemes.filter(pack_key__in=keys))
    if not found:
        raise CommandError(
            f'No scheme follows "{wanted.key}". Name one with --scheme.', returncode=2
        )
    return found


def usable(named: str, over: tuple[Layer, ...]) -> Pack:
    """The pack that is asked for; every fault of it when it cannot be used."""
    try:
        return asked_for(named, over)
    except (PackFault, NotInPack) as fault:
        raise CommandError(str(fault), returncode=1) from fault


def asked_for(named: str, over: tuple[Layer, ...]) -> Pack:
    """The pack in a folder, or an installed one: "staged-hostel", "staged-hostel/1.1.0"."""
    if Path(named).exists():
        return read(Path(named).resolve(), over=over)
    key, _, version = named.replace("@", "/").partition("/")
    return pack(key, version, over=over)


def in_a_line(pair: Pair) -> str:
    row = [str(number) for number in pair.row()]
    return f"{pair.says}: {', '.join(row[:4])} → {', '.join(row[4:])}"


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
