"""Many rows in one statement: new ones come with a key of their own, known ones are changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.duties.models import Duty
from alongside.kit.upsert import upsert
from alongside.testing.cast import Cast

UNIQUE = ["subject_kind", "subject_id", "scheme", "key", "period_from", "ref"]
BESIDE = {"says": "Water the plants", "owner": ["manager"], "opens_on": date(2026, 4, 20),
          "due_on": date(2026, 4, 21), "support": False, "owed_as": "", "owed_how": "",
          "about": "", "url": "", "source": "", "done_by": "", "state": "open", "why": "",
          "practice": "p"}  # fmt: skip
NAMES = [*UNIQUE, *BESIDE]


def a_row(cast: Cast, key: str, **other: Any) -> list[Any]:
    about = ["stay", cast.tomasz.pk, cast.mill_house.pk, key, date(2026, 4, 20), ""]
    return [*about, *(BESIDE | other).values()]


def test_new_rows_are_added_and_known_ones_changed_in_one_statement(cast: Cast) -> None:
    upsert(Duty, NAMES, [a_row(cast, "plants")], unique=UNIQUE)
    before = Duty.objects.get(key="plants")

    with CaptureQueriesContext(connection) as captured:
        changed = a_row(cast, "plants", says="Water them well", owner=["key_worker", "manager"])
        upsert(Duty, NAMES, [changed, a_row(cast, "cat")], unique=UNIQUE)

    after = Duty.objects.get(key="plants")
    assert len(captured) == 1
    assert (after.pk, after.says, after.owner) == (
        before.pk, "Water them well", ["key_worker", "manager"],
    )  # fmt: skip
    assert Duty.objects.get(key="cat").due_on == date(2026, 4, 21)


def test_nothing_to_write_asks_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        upsert(Duty, NAMES, [], unique=UNIQUE)

    assert len(captured) == 0
