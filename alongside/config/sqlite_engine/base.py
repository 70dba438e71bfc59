"""The database backend named in the settings: Django's own, with two things pysqlite3 lacks."""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base, features, operations

# What SQLite is compiled with unless somebody changed it; the wheel cannot be asked.
MOST_PARAMETERS = 32_766


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST_PARAMETERS


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """What was asked, for tests that count queries; pysqlite3 cannot tell its own limits."""
        return f"{sql} with {params!r}" if params else sql


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
