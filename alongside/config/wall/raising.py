"""Puts the wall into the database, and finds out whether it stands. PostgreSQL only.

A policy keeps as its comment a digest of what it says, so that migrating touches only tables that
are new or reach their organisation in another way than before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from alongside.config.wall.ways import Model, behind_the_wall, may_be_seen, may_be_written

POLICY = "alongside_wall"
# Without it the index of words is of no use behind the wall: PostgreSQL asks a policy before any
# function that might tell what it saw. This one tells yes or no. Only a superuser may say so.
MATCHES = "ts_match_vq(tsvector, tsquery)"
STANDS = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, p.polname,
           obj_description(p.oid, 'pg_policy')
    FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
"""


def raise_wall(connection: Any) -> list[str]:
    """Put every table behind the wall that is there and is not; returns which they were."""
    if connection.vendor != "postgresql":
        return []
    there = set(connection.introspection.table_names())
    waiting = [model for model in _not_standing(connection) if model._meta.db_table in there]
    with connection.cursor() as cursor:
        for model in waiting:
            for statement in _statements(model):
                cursor.execute(statement)
        if waiting and _is_superuser(cursor):
            cursor.execute(f"ALTER FUNCTION {MATCHES} LEAKPROOF")
    return sorted(model._meta.db_table for model in waiting)


def gaps(connection: Any) -> list[str]:
    """The tables that should be behind the wall and are not, or behind another one."""
    if connection.vendor != "postgresql":
        return []
    return sorted(model._meta.db_table for model in _not_standing(connection))


def words_use_their_index(connection: Any) -> bool:
    """Whether the search may look into its index before it asks whose a line is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proleakproof FROM pg_proc WHERE oid = %s::regprocedure", [MATCHES])
        return bool(cursor.fetchone()[0])


def _not_standing(connection: Any) -> list[Model]:
    standing = _standing(connection)
    return [
        model
        for model in behind_the_wall()
        if standing.get(model._meta.db_table) != {POLICY: _digest(model)}
    ]


def _statements(model: Model) -> Iterator[str]:
    table = f'"{model._meta.db_table}"'
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"  # its owner is held by it, too
    yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
    yield (
        f"CREATE POLICY {POLICY} ON {table} USING ({may_be_seen(model)})"
        f" WITH CHECK ({may_be_written(model)})"
    )
    yield f"COMMENT ON POLICY {POLICY} ON {table} IS '{_digest(model)}'"


def _digest(model: Model) -> str:
    said = f"{may_be_seen(model)}\n{may_be_written(model)}"
    return hashlib.sha256(said.encode()).hexdigest()


def _standing(connection: Any) -> dict[str, dict[str, str]]:
    """Of each table that has a wall at all, the policies on it with what their comments say."""
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDS)
        for table, on, policy, says in cursor.fetchall():
            if on:
                found.setdefault(table, {})
                if policy:
                    found[table][policy] = says or ""
    return found


def _is_superuser(cursor: Any) -> bool:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return bool(cursor.fetchone()[0])
