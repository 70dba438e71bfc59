"""Makes the tables, brings the cast in and signs Amina in: run as a process of its own.

Says on its last line, as JSON, the key of her session, the address where she writes notes, and
Tomasz's stay.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import django
import time_machine

from alongside.kit import wall

NOON = datetime(2026, 4, 20, 11, tzinfo=UTC)


class _None:
    """No migrations: the tables come straight from the models, as in every test."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def main() -> None:
    with time_machine.travel(NOON), wall.everybody("a house is set up"):
        django.setup()
        _fill()


def _fill() -> None:
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command
    from django.test import Client, override_settings
    from django.urls import reverse

    from alongside.testing.cast import assemble
    from alongside.testing.signed_in import fully_signed_in
    from tests.tables import add_what_only_migrations_make

    with override_settings(MIGRATION_MODULES=_None()):
        call_command(Command(), verbosity=0, run_syncdb=True, interactive=False)
    add_what_only_migrations_make()
    cast = assemble()
    client = Client()
    client.force_login(cast.amina)
    fully_signed_in(client.session, cast.amina)
    told = {
        "session": client.cookies["sessionid"].value,
        "write": reverse("keywork:write-note", args=[cast.tomasz.pk]),
        "stay": str(cast.tomasz.pk),
        "staff": str(cast.amina.pk),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
