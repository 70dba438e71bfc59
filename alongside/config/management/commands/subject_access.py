"""`alongside subject-access REQUEST --to FOLDER`: the bundle of a request, as PDF and JSON."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.residents.models import Resident
from alongside.subject_access.gathering import as_zip
from alongside.subject_access.models import AccessRequest


class Command(BaseCommand):
    help = "Write the bundle of somebody's latest request into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="a name, as in the file")
        parser.add_argument("--to", type=Path, default=Path.cwd(), help="the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        people = list(Resident.objects.named(options["person"])[:2])
        if len(people) != 1:
            raise CommandError(f"{len(people) or 'No'} people of that name. Write the whole name.")
        found = AccessRequest.objects.filter(stay__resident=people[0]).select_related(
            "stay__resident", "stay__scheme__organisation"
        )
        request = found.order_by("-received_on", "-pk").first()
        if request is None:
            raise CommandError(f"{people[0].name} has not asked. Take the request on their file.")
        if request.made_at is None:
            waiting = request.mentions.filter(decision="").count()
            raise CommandError(f"The bundle is not made; {waiting} passages wait for a decision.")
        options["to"].mkdir(parents=True, exist_ok=True)
        path = options["to"] / f"own-data-{request.received_on}.zip"
        path.write_bytes(as_zip(request))
        self.stdout.write(str(path))
