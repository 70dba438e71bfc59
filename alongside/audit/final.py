"""What the database itself never changes: triggers, the same on both engines.

A `Final` names a table and what of it is final: every column, or some; from the beginning, or once
a condition holds; never, or unless the change is one of the kind that is foreseen. What is final is
not deleted either. The one way through is an erasure that two people decided (`Permit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

MESSAGE = "is final and is not changed"
PERMITTED = "EXISTS (SELECT 1 FROM audit_permit)"


@dataclass(frozen=True, slots=True)
class Final:
    """One table of final records.

    `columns` is what may not change; empty, every column. `once` says from when, of the row as it
    was (`OLD`). `unless` is the foreseen change, of `OLD` and `NEW`. `erasable` is whether an
    erasure may take rows away. Conditions are SQL that both engines read alike; `differs` writes
    the comparison of two columns for the engine at hand.
    """

    table: str
    columns: tuple[str, ...] = ()
    once: str = ""
    unless: str = ""
    erasable: bool = True
    part: str = ""
    """Tells two rules for one table apart."""


# A link of a chain stays for ever. What an entry said may be emptied, and only that, and only by an
# erasure that the journal tells of; verifying asks for it.
AT_FIRST = (
    Final("audit_entry", erasable=False),
    Final("audit_reading", erasable=False),
    Final(
        "audit_payload",
        unless=(
            "OLD.erased_by IS NULL AND NEW.erased_by IS NOT NULL AND NEW.salt = ''"
            " AND {NEW.values} = '{{}}' AND NEW.entry_id = OLD.entry_id"
            f" AND {PERMITTED}"
        ),
        erasable=False,
    ),
)
# How far the readings have come only grows.
JOURNAL = (
    *AT_FIRST,
    Final("audit_lastreading", unless="NEW.number > OLD.number", erasable=False),
)
# With every reading the database writes down how far they have come. Two statements that both
# engines read alike; what restores a backup finds the row there already.
COUNTING = "audit_reading_counted"
_COUNTED = (
    "UPDATE audit_lastreading SET number = NEW.number, digest = NEW.digest"
    " WHERE organisation_id = NEW.organisation_id AND number < NEW.number;"
    " INSERT INTO audit_lastreading (organisation_id, number, digest)"
    " SELECT NEW.organisation_id, NEW.number, NEW.digest WHERE NOT EXISTS"
    " (SELECT 1 FROM audit_lastreading WHERE organisation_id = NEW.organisation_id);"
)


def counting(vendor: str) -> Iterator[str]:
    """The SQL that lets the database count the readings by itself."""
    if vendor == "sqlite":
        yield f"DROP TRIGGER IF EXISTS {COUNTING}"
        yield f"CREATE TRIGGER {COUNTING} AFTER INSERT ON audit_reading BEGIN {_COUNTED} END"
        return
    yield f"DROP TRIGGER IF EXISTS {COUNTING} ON audit_reading"
    yield (
        f"CREATE OR REPLACE FUNCTION {COUNTING}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {_COUNTED} RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {COUNTING} AFTER INSERT ON audit_reading"
        f" FOR EACH ROW EXECUTE FUNCTION {COUNTING}()"
    )


def install(finals: Iterable[Final], editor: Any) -> None:
    """Put the triggers of these tables into the database; those that are there are made anew."""
    for statement in statements(finals, editor.connection.vendor):
        editor.execute(statement)


def remove(finals: Iterable[Final], editor: Any) -> None:
    """Take the triggers of these tables away, for a migration backwards."""
    for final in finals:
        for name in names_of(final):
            editor.execute(_drop(final, name, editor.connection.vendor))


def statements(finals: Iterable[Final], vendor: str) -> Iterator[str]:
    """The SQL that protects these tables."""
    for final in finals:
        for name in names_of(final):
            yield _drop(final, name, vendor)
        if vendor == "sqlite":
            yield from _for_sqlite(final)
        else:
            yield from _for_postgresql(final)


def names_of(final: Final) -> tuple[str, str]:
    start = f"{final.table}_{final.part}" if final.part else final.table
    return f"{start}_no_update", f"{start}_no_delete"


def missing(finals: Iterable[Final]) -> list[str]:
    """The triggers that should be in the database and are not: somebody took them away."""
    wanted = [name for final in finals for name in names_of(final)]
    there = _triggers()
    return [name for name in wanted if name not in there]


def counts_no_more() -> bool:
    """Whether somebody took away what counts the readings."""
    return COUNTING not in _triggers()


def _triggers() -> set[str]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {str(row[0]) for row in cursor.fetchall()}


def _drop(final: Final, name: str, vendor: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {final.table}" if vendor != "sqlite" else "")


def _refused(final: Final, vendor: str) -> tuple[str, str]:
    """When an update is refused, and when a delete is."""
    permitted = f"NOT {PERMITTED}" if final.erasable else ""
    columns = [_differs(column, vendor) for column in final.columns]
    changed = f"({' OR '.join(columns)})" if columns else ""
    unless = f"NOT ({_written(final.unless, vendor)})" if final.unless else ""
    once = f"({_written(final.once, vendor)})" if final.once else ""
    update = [part for part in (once, changed, unless, permitted) if part]
    delete = [part for part in (once, permitted) if part]
    return " AND ".join(update) or "1 = 1", " AND ".join(delete) or "1 = 1"


def _written(condition: str, vendor: str) -> str:
    """The condition, with the one column that PostgreSQL keeps as JSON read as text."""
    cast = {"NEW.values": 'NEW."values"' if vendor == "sqlite" else 'NEW."values"::text'}
    for name, text in cast.items():
        condition = condition.replace("{" + name + "}", text)
    return condition.replace("{{", "{").replace("}}", "}")


def _differs(column: str, vendor: str) -> str:
    compare = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return f'NEW."{column}" {compare} OLD."{column}"'


def _for_sqlite(final: Final) -> Iterator[str]:
    update, delete = _refused(final, "sqlite")
    on_update, on_delete = names_of(final)
    refuse = f"SELECT RAISE(ABORT, '{final.table} {MESSAGE}')"
    yield (
        f"CREATE TRIGGER {on_update} BEFORE UPDATE ON {final.table}"
        f" WHEN {update} BEGIN {refuse}; END"
    )
    yield (
        f"CREATE TRIGGER {on_delete} BEFORE DELETE ON {final.table}"
        f" WHEN {delete} BEGIN {refuse}; END"
    )


def _for_postgresql(final: Final) -> Iterator[str]:
    # WHEN of a trigger may not ask another table, so that the function does.
    for kind, name, when in zip(
        ("UPDATE", "DELETE"), names_of(final), _refused(final, "postgresql"), strict=True
    ):
        goes_on = "NEW" if kind == "UPDATE" else "OLD"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {when} THEN RAISE EXCEPTION '{final.table} {MESSAGE}'"
            f" USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {goes_on}; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {kind} ON {final.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
