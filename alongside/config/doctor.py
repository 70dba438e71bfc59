"""What is looked at before and after opening: each finding in one line, with what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside import __file__ as made_from
from alongside.config.wall.raising import gaps, words_use_their_index
from alongside.config.wall.roles import Role, role_here
from alongside.kit import clock
from alongside.ui.pdf import has_letters

LEAST_FREE = 1024**3
"""Bytes. A database that meets a full disk stops in the middle of somebody's sentence."""
NAMED = 5
SCRIPTS = {"emoji": "🙂", "Chinese": "王", "Japanese": "か", "Korean": "김", "Thai": "ไ"}
TWO_ROLES = "Serve people as another role: see docs/how-to/run-on-postgresql.md."
MOST_APART = 60
"""Seconds between this machine's clock and the database's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `do` says what to do when it is not well."""

    what: str
    well: bool
    says: str
    do: str = ""


def findings() -> Iterator[Finding]:
    """Everything, in the order in which to put it right."""
    yield engine()
    yield from checks()
    yield https()
    yield clock_agrees()
    yield disk()
    yield migrated()
    yield from second_wall()
    yield assets()
    yield papers()


def engine() -> Finding:
    if connection.vendor == "sqlite":
        return Finding("engine", well=True, says=f"SQLite {sqlite3.sqlite_version}")
    connection.ensure_connection()
    version = getattr(connection, "pg_version", 0)
    return Finding("engine", bool(version), f"{connection.display_name} {version}")


def checks() -> Iterator[Finding]:
    """The start-up checks: a fixed engine, no debugging, no demo, a good secret, HTTPS."""
    wrong = [one for one in run_checks() if one.is_serious()]
    for one in wrong:
        yield Finding(str(one.id), well=False, says=one.msg, do=one.hint or "")
    if not wrong:
        yield Finding("start-up checks", well=True, says="none of them finds anything")
    mode = "debugging" if settings.DEBUG else "demonstration" if settings.DEMO else ""
    yield Finding("mode", not mode, mode or "for real records", "Not for real people’s records.")


def https() -> Finding:
    says = "HTTPS only, for a year ahead" if settings.TLS else "plain HTTP"
    return Finding("HTTPS", settings.TLS, says, "Set ALONGSIDE_TLS=yes behind a proxy with HTTPS.")


def clock_agrees() -> Finding:
    """Later than this release was made, and no minute apart from the database server's clock."""
    now, made = clock.now(), datetime.fromtimestamp(Path(made_from).stat().st_mtime, UTC)
    apart = abs((now - _database_time(now)).total_seconds())
    well = now >= made and apart <= MOST_APART
    says = f"{now:%Y-%m-%d %H:%M} UTC, {apart:.0f} s from the database’s"
    return Finding("clock", well, says, "Switch on time synchronisation (chrony, timesyncd).")


def _database_time(now: datetime) -> datetime:
    if connection.vendor == "sqlite":
        return now  # the same machine, the same clock
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (there,) = cursor.fetchone()
    return there if isinstance(there, datetime) else now


def disk() -> Finding:
    free = shutil.disk_usage(settings.VAR).free
    says = f"{free / 1024**3:.1f} GB free in {settings.VAR}"
    return Finding("disk", free >= LEAST_FREE, says, "Make room, or give it a larger disk.")


def migrated() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    says = f"{len(plan)} migrations wait" if plan else "up to date"
    return Finding("tables", not plan, says, "Run: alongside migrate")


def second_wall() -> Iterator[Finding]:
    """On PostgreSQL: that the database itself keeps each organisation to its own records."""
    if connection.vendor != "postgresql":
        return
    open_ = gaps(connection)
    more = f" and {len(open_) - NAMED} more" if len(open_) > NAMED else ""
    says = f"is open at {', '.join(open_[:NAMED])}{more}" if open_ else "stands everywhere"
    yield Finding("second wall", not open_, says, "Run as who owns the tables: alongside migrate")
    role = role_here(connection)
    yield Finding("database role", not (role.passes or role.owns), _held(role), TWO_ROLES)
    # No fault: where nobody may be superuser it stays so.
    says = "uses its index" if words_use_their_index(connection) else "works without its index"
    yield Finding("search", well=True, says=f"{says} (see docs/how-to/run-on-postgresql.md)")


def _held(role: Role) -> str:
    if role.passes:
        return f"“{role.name}” passes the second wall"
    if role.owns:
        return f"“{role.name}” is held by the second wall, and owns it"
    return f"“{role.name}” changes rows and nothing else"


def assets() -> Finding:
    there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    says = "collected" if there else "not collected"
    return Finding("assets", there, says, "Run: alongside collectstatic --noinput")


def papers() -> Finding:
    """Which letters a paper could not show; nobody need have them who never writes them."""
    missing = ", ".join(script for script, sample in SCRIPTS.items() if not has_letters(sample))
    says = f"show no {missing} (see docs/how-to/print-other-scripts.md)" if missing else ""
    return Finding("papers", well=True, says=says or "show every script")
