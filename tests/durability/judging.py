"""Looks at what is left, as a process of its own: every note, its entry, its line, the chain.

Says on its last line, as JSON, the words of every note, how often each is there, and every fault.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import django

from alongside.kit import wall


def main() -> None:
    django.setup()
    with wall.everybody("what is left of a house"):
        sys.stdout.write(json.dumps(judge()) + "\n")


def judge() -> dict[str, Any]:
    """The words of the notes with their number, and what is wrong, in sentences."""
    from alongside.audit.verifying import verify
    from alongside.keywork.models import Note

    texts = Counter(Note.objects.values_list("text", flat=True))
    faults = [str(one) for one in verify().faults] + broken_file() + half_acts()
    return {"texts": dict(texts), "faults": faults}


def broken_file() -> list[str]:
    """What SQLite says of its own file."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        (whole,) = cursor.fetchone()
        cursor.execute("PRAGMA foreign_key_check")
        strays = cursor.fetchall()
    return ([f"integrity: {whole}"] if whole != "ok" else []) + [f"stray {one}" for one in strays]


def half_acts() -> list[str]:
    """A note without its entry, an entry without its note or what it said, a line missing."""
    from alongside.audit.models import Entry, Payload
    from alongside.keywork.models import Note
    from alongside.moments.models import Moment

    notes = set(Note.objects.values_list("pk", flat=True))
    written = Entry.objects.filter(event="note.written")
    entries = Counter(written.values_list("record_id", flat=True))
    lines = Counter(Moment.objects.filter(record_id__in=notes).values_list("record_id", flat=True))
    mute = written.exclude(pk__in=Payload.objects.values("entry_id")).count()
    wrong = [f"note {one} has {entries[one]} entries" for one in notes if entries[one] != 1]
    wrong += [f"note {one} has {lines[one]} lines" for one in notes if lines[one] != 1]
    wrong += [f"entry of {one}, which is nowhere" for one in entries if one not in notes]
    return wrong + [f"{mute} entries say nothing"] * bool(mute)


if __name__ == "__main__":
    main()
