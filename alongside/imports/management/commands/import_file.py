"""`alongside import FILE --scheme SLUG`: what the pages of an import do, in words on a terminal."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.audit.actors import Actor, System
from alongside.audit.guard import guarded
from alongside.imports.models import ImportRun
from alongside.imports.notices import CHECK
from alongside.imports.operations import answer_names, apply_import, start_import
from alongside.imports.operations.bringing import Said
from alongside.imports.queries import verdicts
from alongside.imports.verdicts import SAYS, Verdict
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff

SAID_AT_MOST = 40
SAID_OF_SHEETS = CHECK | {"sheet left out", "hidden sheet", "no rows"}


class Command(BaseCommand):
    """Looks through the file and says what would happen; with `--apply` it happens.

    Exit code 0 when every row could be or was brought in, 1 when some were rejected, 2 when
    nothing could be done at all.
    """

    help = "Bring in a spreadsheet. Without --apply nothing is brought in: you see every verdict."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a workbook (.xlsx) or a delimited file")
        parser.add_argument("--scheme", required=True, help="the short name of the scheme")
        parser.add_argument("--sheet", action="append", default=[], help="only this sheet")
        parser.add_argument(
            "--answers", type=Path, help="who names are: a CSV with the columns text, name, born"
        )
        parser.add_argument("--as", dest="email", help="the member of staff who brings it")
        parser.add_argument("--rejected", type=Path, help="write the rejected rows to this file")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="only say it (as without --apply)")
        how.add_argument("--apply", action="store_true", help="bring in what can be brought in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with guarded():
                run = self._carry_out(options)
        except (Refused, OSError) as refused:
            raise CommandError(str(refused), returncode=2) from refused
        if options["rejected"] and run.rejected:
            with run.rejected.open("rb") as kept:
                options["rejected"].write_bytes(kept.read())
        if run.refused:
            rows = "1 row was" if run.refused == 1 else f"{run.refused} rows were"
            raise CommandError(f"{rows} rejected.", returncode=1)

    def _carry_out(self, options: dict[str, Any]) -> ImportRun:
        scheme = _scheme(options["scheme"])
        by = _actor(options["email"])
        file: Path = options["file"]
        run = start_import(
            scheme, by=by, name=file.name, content=file.read_bytes(), sheets=options["sheet"]
        )
        if options["answers"]:
            run = answer_names(run, by=by, answers=answers_in(options["answers"]))
        if options["apply"] and not _is_all_here(run):
            run = apply_import(run, by=by)
        self._say(run)
        return run

    def _say(self, run: ImportRun) -> None:
        done = _done(run)
        self.stdout.write(f"{done}: {run.file_name} for {run.scheme}.")
        for sheet, counts in run.counts.items():
            said = ", ".join(f"{SAYS_OF[key]} {number}" for key, number in counts.items())
            self.stdout.write(f"  {sheet}: {said or 'left out'}")
        for notice in run.notices:
            if notice["what"] in SAID_OF_SHEETS:
                said = f"{notice['what']}. {notice['words']}".strip()
                self.stdout.write(f"  {notice['sheet']}: {said}")
        if not run.counts:
            self.stdout.write("  Nothing in it was taken for a list: open it on screen and say so.")
        for question in run.questions.get("names", []):
            self.stdout.write(f"  Who is “{question['text']}”? ({', '.join(question['rows'][:3])})")
        for pair in run.duplicates:
            self.stdout.write(
                f"  Perhaps one person: {pair['one']}, {pair['other']}: {pair['why']}"
            )
        for row in verdicts(run, "rejected")[:SAID_AT_MOST]:
            for reason in row.reasons:
                place = reason["cell"] or f"row {row.number}"
                why = f"{reason['because']} {reason['instead']}"
                self.stdout.write(f"  {row.sheet}, {place}: {why}")
        if run.refused > SAID_AT_MOST:
            self.stdout.write(f"  and {run.refused - SAID_AT_MOST} more rows were rejected.")


def _done(run: ImportRun) -> str:
    if run.is_applied():
        return "Brought in"
    if _is_all_here(run):
        return "Everything is here already"
    return "Looked through, nothing brought in"


def _is_all_here(run: ImportRun) -> bool:
    """Whether this very file was brought in before and nothing of it is left to bring."""
    return bool(run.count(Verdict.UNCHANGED)) and not run.to_bring and not run.refused


SAYS_OF = {str(key): words.says.lower() for key, words in SAYS.items()}


def _scheme(slug: str) -> Scheme:
    if scheme := Scheme.objects.filter(slug=slug).select_related("organisation").first():
        return scheme
    there = ", ".join(Scheme.objects.values_list("slug", flat=True))
    raise Refused(f"There is no scheme “{slug}”.", instead=f"Choose from: {there}.")


def _actor(email: str | None) -> Actor:
    if not email:
        return System("import on the command line")
    if staff := Staff.objects.filter(email__iexact=email, is_active=True).first():
        return staff
    raise Refused(f"Nobody here has the address {email}.", instead="Check how it is written.")


def answers_in(file: Path) -> list[Said]:
    """The answers of a CSV: what stands in files, the full name, the birthday (2007-05-11)."""
    with file.open(encoding="utf-8-sig", newline="") as kept:
        lines = list(csv.DictReader(kept))
    try:
        return [
            Said(
                text=line["text"],
                name=line["name"],
                born=date.fromisoformat(line["born"]) if line.get("born") else None,
            )
            for line in lines
        ]
    except (KeyError, ValueError) as wrong:
        raise Refused(
            "The file of answers cannot be read.",
            instead="Give it the columns text, name and born, with days as 2007-05-11.",
        ) from wrong
