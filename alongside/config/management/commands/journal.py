"""`alongside journal verify | anchor | show PERSON | key`."""

from __future__ import annotations

import syslog
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError

from alongside.audit import anchors
from alongside.audit.final import missing
from alongside.audit.verifying import describe, verify
from alongside.residents.models import Resident
from alongside.retention.final import FINAL
from alongside.retention.telling import journal_of

SHOWN = 20


class Command(BaseCommand):
    help = "Verify the journal, anchor it, or show what it says of one person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        check = tasks.add_parser("verify", help="read every chain and name the first bad entry")
        check.add_argument("--anchors", type=Path, help="the folder of anchors to check against")
        check.add_argument("--public-key", type=Path, help="the key that was kept with them")
        anchor = tasks.add_parser("anchor", help="sign how far the chains have come")
        anchor.add_argument("--to", type=Path, help="a folder (ALONGSIDE_ANCHORS)")
        anchor.add_argument("--email", help="send them to this address instead")
        anchor.add_argument("--syslog", action="store_true", help="give them to syslog instead")
        show = tasks.add_parser("show", help="what was done and read about one person")
        show.add_argument("person", help="a name, a reference or an id")
        tasks.add_parser("key", help="print the key that seals the journal")

    def handle(self, *args: Any, task: str, **options: Any) -> None:
        {"verify": self.verify, "anchor": self.anchor, "show": self.show, "key": self.key}[task](
            options
        )

    def verify(self, options: dict[str, Any]) -> None:
        folder = options["anchors"] or Path(settings.ANCHORS)
        key = anchors.public_key_in(options["public_key"]) if options["public_key"] else None
        try:
            known = list(anchors.found_in(folder, key)) if folder.is_dir() else []
        except anchors.FalseAnchor as false:
            raise CommandError(f"BROKEN  anchor {false}.") from false
        verdict = verify(known)
        for words in describe(verdict.faults):
            self.stdout.write(words)
        if gone := missing(FINAL):
            self.stdout.write(f"BROKEN  final records are no longer protected: {', '.join(gone)}")
        said = f"{verdict.entries:,} entries, {verdict.readings:,} readings"
        if verdict.faults or gone:
            raise CommandError(f"The journal does not verify ({said} before the first fault).")
        against = (
            f"{verdict.anchors:,} anchors" if known else "no anchors: a cut end would not show"
        )
        self.stdout.write(f"The journal verifies: {said}, {against}.")

    def anchor(self, options: dict[str, Any]) -> None:
        made = anchors.anchors_now()
        for one in made:
            if options["email"]:
                # The digests name nobody. Whoever keeps the mail keeps the proof.
                send_mail("Journal anchor", anchors.signed(one), None, [options["email"]])
            elif options["syslog"]:
                syslog.syslog(syslog.LOG_NOTICE, f"alongside anchor {anchors.signed(one)}")
            else:
                self.stdout.write(str(_kept(options["to"] or Path(settings.ANCHORS), one)))
        self.stdout.write(f"{len(made)} anchored.")

    def show(self, options: dict[str, Any]) -> None:
        person = _person(options["person"])
        self.stdout.write(f"{person} ({person.pk})")
        for line in journal_of(person.pk):
            self.stdout.write(str(line))

    def key(self, options: dict[str, Any]) -> None:
        self.stdout.write(settings.JOURNAL_KEY)


def _kept(folder: Path, anchor: anchors.Anchor) -> Path:
    """The file of an anchor; a folder that is full is said in words, and with exit code 1."""
    try:
        return anchors.put_in(folder, anchor)
    except anchors.NotKept as full:
        raise CommandError(str(full)) from full


def _person(asked: str) -> Resident:
    """The one person meant by an id, a reference or a name."""
    try:
        found = list(Resident.objects.filter(pk=UUID(asked)))
    except ValueError:
        found = list(Resident.objects.filter(reference=asked)) or list(
            Resident.objects.named(asked)[:SHOWN]
        )
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(f"Nobody here is called “{asked}”. Write a name, a reference or an id.")
    many = "\n".join(f"  {one.pk}  {one.name}" for one in found)
    raise CommandError(f"Several people are called “{asked}”. Write the id of one:\n{many}")
