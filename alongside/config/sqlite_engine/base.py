"""The database backend named in the settings: Django's own, with one thing pysqlite3 lacks."""

from __future__ import annotations

from django.db.backends.sqlite3 import base, features

# What SQLite is compiled with unless somebody changed it; the wheel cannot be asked.
MOST_PARAMETERS = 32_766


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST_PARAMETERS


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
