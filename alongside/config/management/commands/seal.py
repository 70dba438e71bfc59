"""`alongside seal key | renew`: the key of what is sealed, and sealing all of it with a new one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from alongside.kit.sealed import fingerprint, sealed_fields


class Command(BaseCommand):
    """Put the new key before the old one in ALONGSIDE_SEAL_KEYS, renew, then drop the old one."""

    help = "Print the key that seals details, or seal all of them again with the first key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        tasks.add_parser("key", help="print the key that seals")
        tasks.add_parser("renew", help="seal everything again with the first key")

    def handle(self, *args: Any, task: str, **options: Any) -> None:
        if task == "key":
            self.stdout.write(settings.SEAL_KEYS[0])
            return
        many = renew()
        key = fingerprint(settings.SEAL_KEYS[0])
        self.stdout.write(f"{many} records are sealed with the key {key}.")


@transaction.atomic
def renew() -> int:
    """Seal every sealed field again with the first key, all or none; how many records. What they
    say does not change, so nothing is journalled."""
    many = 0
    for model, names in sealed_fields():
        for row in model._base_manager.only("pk", *names).iterator(chunk_size=500):
            values = {name: getattr(row, name) for name in names}
            many += model._base_manager.filter(pk=row.pk).update(**values)
    return many
