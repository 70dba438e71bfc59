"""The tables of a test database, straight from the models: migrating takes far longer.

That models and migrations agree is a check of its own, and the demo of the wheel really migrates.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings


def add_what_only_migrations_make() -> None:
    """Indexes of words, triggers and the like, which migrations write in SQL."""
    now = ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        for migration in _in_order():
            for step in migration.operations:
                if isinstance(step, RunPython | RunSQL):
                    step.database_forwards(migration.app_label, editor, now, now)


def _in_order() -> list[Migration]:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("alongside.")}
    with override_settings(MIGRATION_MODULES={}):
        graph = MigrationLoader(None).graph
    nodes = [node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf)]
    return [graph.nodes[node] for node in dict.fromkeys(nodes) if node[0] in ours]
