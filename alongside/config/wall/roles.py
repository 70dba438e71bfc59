"""The database roles: one owns the tables and migrates, another works behind the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# What is only ever added to. An entry's text may be emptied, by an erasure, in a table of its own.
ONLY_ADDED = ("audit_entry", "audit_reading")
ONLY_READ = "django_migrations"
ASKED = """
    SELECT r.rolname, r.rolsuper OR r.rolbypassrls,
           EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
                   AND c.relname IN ('django_migrations', 'audit_entry')
                   AND pg_has_role(r.oid, c.relowner, 'USAGE'))
    FROM pg_roles r WHERE r.rolname = {role}
"""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the database: whether the wall lets it pass, and whether it could take it down."""

    name: str
    passes: bool
    owns: bool


def role_here(connection: Any) -> Role:
    """The role that this connection works as."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(role="current_user"))
        return Role(*cursor.fetchone())


def role_called(connection: Any, name: str) -> Role | None:
    """A role by its name, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(role="%s"), [name])
        found = cursor.fetchone()
    return Role(*found) if found else None


def admit(connection: Any, role: str) -> None:
    """Let a role do what the house does all day, and nothing more; run by who owns the tables."""
    with connection.cursor() as cursor:
        for statement in _grants(connection.ops.quote_name(role)):
            cursor.execute(statement)


def _grants(role: str) -> Iterator[str]:
    """It changes rows, and neither tables nor triggers; of the journal it only adds to the end."""
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    rows = "SELECT, INSERT, UPDATE, DELETE"
    yield f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    # Tables that a later migration makes.
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} ON TABLES TO {role}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}"
    for table in ONLY_ADDED:
        yield f"REVOKE UPDATE, DELETE ON {table} FROM {role}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {ONLY_READ} FROM {role}"
