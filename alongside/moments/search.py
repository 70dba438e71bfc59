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

# The ids are taken first, at the viewer's schemes, the latest ones: with only an ORDER BY over
# the whole, PostgreSQL walks the date index and tries every line against the words.
FOUND_IN_SQLITE = (
    "SELECT m.id FROM moments_text t JOIN moments_moment m ON m.id = t.rowid"
    " WHERE moments_text MATCH %s AND m.scheme_id IN ({schemes}){within}"
    " ORDER BY m.happened_at DESC LIMIT %s"
)
FOUND_IN_POSTGRESQL = (
    "WITH found AS MATERIALIZED (SELECT id, happened_at FROM moments_moment"
    " WHERE words @@ websearch_to_tsquery('alongside', %s) AND scheme_id IN ({schemes}){within})"
    " SELECT id FROM found ORDER BY happened_at DESC LIMIT %s"
)


def search(query: str, *, viewer: Staff, within: Resident | None = None) -> MomentQuerySet:
    """Moments that hold every word of the query, latest first; none for an empty query."""
    words = WORDS.findall(query)
    if not words:
        return Moment.objects.none()
    moments = Moment.objects.visible_to(viewer)
    if within:
        moments = moments.filter(resident=within)
    return moments.filter(id__in=_found(words, viewer, within)).latest_first()


def _found(words: list[str], viewer: Staff, within: Resident | None) -> RawSQL:
    # Also where only a few people are open to them: what else is found there is left out above.
    schemes = sorted({post.scheme_id for post in viewer.posts})
    mark = "%s" if connection.vendor == "sqlite" else "%s::uuid"
    marks = ", ".join([mark] * len(schemes)) or "NULL"
    if connection.vendor == "sqlite":
        asked = " ".join('"' + word.replace('"', "") + '"' for word in words)
        sql = FOUND_IN_SQLITE
        ids: list[str] = [scheme.hex for scheme in schemes]
        whose = [within.pk.hex] if within else []
    else:
        asked, sql = " ".join(words), FOUND_IN_POSTGRESQL
        ids = [str(scheme) for scheme in schemes]
        whose = [str(within.pk)] if within else []
    only = f" AND resident_id = {mark}" if within else ""
    # Only the number of marks is put into the text; every value goes beside it.
    return RawSQL(sql.format(schemes=marks, within=only), (asked, *ids, *whose, MOST_FOUND))  # noqa: S611
