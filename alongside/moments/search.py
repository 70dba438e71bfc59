"""Finds words in everything that was written about the people I work with.

One door, two engines: FTS5 on SQLite, a stored text vector on PostgreSQL. Both ignore
capitals and accents (whanau finds whānau) and know English endings. What the viewer may see is
part of the query, so that nothing is found that may not be read.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models.expressions import RawSQL

from alongside.moments.models import Moment, MomentQuerySet
from alongside.organisation.models import Staff
from alongside.residents.models import Resident

WORDS = re.compile(r"[\w'’-]+")
MOST_FOUND = 500

# The ids are taken first: with only an ORDER BY, PostgreSQL walks the date index instead.
FOUND_IN_SQLITE = "SELECT rowid FROM moments_text WHERE moments_text MATCH %s LIMIT %s"
FOUND_IN_POSTGRESQL = (
    "WITH found AS MATERIALIZED (SELECT id FROM moments_moment"
    " WHERE words @@ websearch_to_tsquery('alongside', %s) LIMIT %s) SELECT id FROM found"
)


def search(query: str, *, viewer: Staff, within: Resident | None = None) -> MomentQuerySet:
    """Moments that hold every word of the query, latest first; none for an empty query."""
    words = WORDS.findall(query)
    if not words:
        return Moment.objects.none()
    moments = Moment.objects.visible_to(viewer)
    if within:
        moments = moments.filter(resident=within)
    return moments.filter(id__in=_found(words)).latest_first()


def _found(words: list[str]) -> RawSQL:
    if connection.vendor == "sqlite":
        quoted = " ".join('"' + word.replace('"', "") + '"' for word in words)
        return RawSQL(FOUND_IN_SQLITE, (quoted, MOST_FOUND))  # noqa: S611
    return RawSQL(FOUND_IN_POSTGRESQL, (" ".join(words), MOST_FOUND))  # noqa: S611
