"""`alongside wall admit ROLE`: let a role of PostgreSQL serve people, behind the wall."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from alongside.config.wall.raising import raise_wall
from alongside.config.wall.roles import admit, role_called, role_here


class Command(BaseCommand):
    help = "Put every table behind the wall, and let a role serve people there (PostgreSQL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        tasks = parser.add_subparsers(dest="task", required=True)
        asked = tasks.add_parser("admit", help="let a role change rows, and nothing else")
        asked.add_argument("role", help="its name in the database, such as alongside")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("There are roles on PostgreSQL only. SQLite has one file for each.")
        if not role_here(connection).owns:
            raise CommandError("Only who owns the tables may say so. Come as that role.")
        known = role_called(connection, role)
        if known is None:
            raise CommandError(
                f"There is no role “{role}”. Make one first, in psql:\n"
                f"  CREATE ROLE {connection.ops.quote_name(role)} LOGIN PASSWORD '...';"
            )
        if known.passes or known.owns:
            raise CommandError(
                f"“{role}” is a superuser, passes every wall or owns the tables. Make another."
            )
        with transaction.atomic():
            raise_wall(connection)
            admit(connection, role)
        self.stdout.write(f"{role} serves people from now on. Put it into ALONGSIDE_DATABASE.")
