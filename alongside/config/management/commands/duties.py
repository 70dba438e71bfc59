"""`alongside duties work-out`: the duties of every scheme, worked out for today."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.absence.operations import open_long_absences
from alongside.audit.actors import System
from alongside.audit.guard import guarded
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.organisation.models import Scheme
from alongside.retention.messages import expire_messages
from alongside.retention.unfinished import expire_drafts

NIGHTLY = System("the night")


class Command(BaseCommand):
    """To be run each night, by cron or a timer. Running it again on one day changes nothing."""

    help = "Work out what is owed today at every scheme, or at one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        asked = what.add_parser("work-out", help="work out what is owed today")
        asked.add_argument("--scheme", default="", help="the short name of one scheme")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Scheme.objects.select_related("organisation").order_by("slug")
        if options["scheme"]:
            found = found.filter(slug=options["scheme"])
        schemes = list(found)
        if not schemes:
            raise CommandError("There is no such scheme. Write its short name, as in its address.")
        with guarded():
            for scheme in schemes:
                work_out(scheme, by=NIGHTLY)
                open_long_absences(scheme, by=NIGHTLY)
                expire_drafts(scheme, by=NIGHTLY)
                expire_messages(scheme, by=NIGHTLY)
                owed = Duty.objects.outstanding(scheme.today()).filter(scheme=scheme).count()
                self.stdout.write(f"{scheme.name}: {owed} owed on {scheme.today():%-d %B %Y}.")
