"""The tables of a test database, straight from the models: migrating takes far longer.

That models and migrations agree is a check of its own, and the demo of the wheel really migrates.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings

from alongside.audit.final import JOURNAL, names_of, statements
from alongside.retention.final import FINAL


def add_what_only_migrations_make() -> None:
    """Indexes of words, triggers and the like, which migrations write in SQL."""
    now = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        for migration in _in_order():
            for step in migration.operations:
                if isinstance(step, RunPython | RunSQL):
                    step.database_forwards(migration.app_label, editor, now, now)


def let_tests_empty_the_tables() -> None:
    """A test with transactions of its own ends by emptying SQLite's tables row by row.

    The triggers refuse that, as they should, so they step aside for it. PostgreSQL truncates.
    """
    if connection.vendor != "sqlite":
        return
    # Of every connection: a test that drives a browser has one of its own.
    kind = type(connection.ops)
    empty = kind.sql_flush

    def without_triggers(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        finals = [*JOURNAL, *FINAL]
        drops = [f"DROP TRIGGER IF EXISTS {name}" for one in finals for name in names_of(one)]
        return [*drops, *empty(self, *args, **kwargs), *statements(finals, "sqlite")]

    kind.sql_flush = without_triggers  # type: ignore[method-assign]


def _in_order() -> list[Migration]:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("alongside.")}
    with override_settings(MIGRATION_MODULES={}):
        graph = MigrationLoader(None).graph
    nodes = [node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)]
    return [graph.nodes[node] for node in dict.fromkeys(nodes) if node[0] in ours]
