"""After migrating the database protects what is final, whatever became of its tables."""

from __future__ import annotations

from django.core.management import load_command_class
from django.core.management.commands import migrate
from django.db import connection

from alongside.audit.final import JOURNAL, missing, names_of
from alongside.retention.final import FINAL


def test_triggers_that_a_migration_lost_are_there_again(cast, monkeypatch) -> None:
    on = "" if connection.vendor == "sqlite" else " ON plans_plan"
    with connection.cursor() as cursor:
        for name in names_of(next(one for one in FINAL if one.table == "plans_plan")):
            cursor.execute(f"DROP TRIGGER {name}{on}")
    assert len(missing([*JOURNAL, *FINAL])) == 2

    monkeypatch.setattr(migrate.Command, "handle", lambda *_, **__: None)
    load_command_class("alongside.config", "migrate").handle(database="default")

    assert missing([*JOURNAL, *FINAL]) == []
