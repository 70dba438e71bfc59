"""`alongside migrate`: Django's own, and then the database protects what is final again.

SQLite changes a table by making it anew, which takes its triggers away without a word. On
PostgreSQL new tables come behind the wall between organisations (`alongside.config.wall`).
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction

from alongside.audit.final import JOURNAL, counting, statements
from alongside.audit.models import LastReading
from alongside.config.wall.raising import raise_wall
from alongside.config.wall.roles import role_here
from alongside.retention.final import FINAL


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        connection = connections[options["database"]]
        if connection.vendor == "postgresql" and not role_here(connection).owns:
            return  # nothing was changed, and whoever owns the tables has done this
        there = set(connection.introspection.table_names())
        finals = [one for one in (*JOURNAL, *FINAL) if one.table in there]
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in statements(finals, connection.vendor):
                cursor.execute(statement)
            if LastReading._meta.db_table in there:
                for statement in counting(connection.vendor):
                    cursor.execute(statement)
            raise_wall(connection)
