"""The database backend named in the settings: Django's own, with one thing pysqlite3 lacks."""

from __future__ import annotations

from sqlite3 import dbapi2 as Database  # noqa: N812
from typing import Any

from django.db.backends.sqlite3 import base

# What SQLite is compiled with unless somebody changed it; the wheel cannot be asked.
LIMITS = {2: 2_000, 9: 32_766}  # columns of a result, parameters of a statement


class Connection(Database.Connection):
    """A connection that answers `getlimit`, as Python's own does since 3.11."""

    def getlimit(self, category: int) -> int:
        if hasattr(super(), "getlimit"):
            return int(super().getlimit(category))
        return LIMITS[category]


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "factory": Connection}
