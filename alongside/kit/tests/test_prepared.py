from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateTimeField, QuerySet, UUIDField
from django.test.utils import CaptureQueriesContext

from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.testing.builders import a_stay

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes_until():
    asked: list[str] = []

    @prepared(stay=UUIDField(), at=DateTimeField())
    def notes(stay: Any, at: Any) -> QuerySet[Note]:
        asked.append("put into SQL")
        found = Note.objects.select_related("written_by").filter(stay=stay, happened_at__lte=at)
        return found.order_by("pk")[:20]

    return notes, asked


def test_asked_for_another_person_it_tells_of_that_person(tomasz, beds, amina, grace, notes_until):
    notes, asked = notes_until
    write_note(tomasz, by=amina, kind="informal", text="About Tomasz")
    for stay, said in ((tomasz, ["About Tomasz"]), (a_stay(beds[1], by=grace), [])):
        found = notes(stay=stay.pk, at=clock.now())
        read(found)
        assert [note.text for note in found] == said
        assert all(note.written_by.name == "Amina Yusuf" for note in found)
    assert asked == ["put into SQL"]


def test_asked_at_another_time_it_tells_of_that_time(tomasz, amina, notes_until):
    notes, _ = notes_until
    write_note(tomasz, by=amina, kind="informal", text="Now")
    yesterday, today = (
        notes(stay=tomasz.pk, at=clock.now() - timedelta(days=1)),
        notes(stay=tomasz.pk, at=clock.now()),
    )
    with CaptureQueriesContext(connection) as asked:
        read(yesterday, today)
    assert [len(yesterday), len(today), len(asked)] == [0, 1, 1]


def test_what_was_written_since_is_told(tomasz, amina, notes_until):
    notes, _ = notes_until
    for many in (1, 2):
        write_note(tomasz, by=amina, kind="informal", text=f"Number {many}")
        found = notes(stay=tomasz.pk, at=clock.now())
        read(found)
        assert len(found) == many


def test_a_blank_left_empty_is_not_asked(tomasz, notes_until):
    notes, _ = notes_until
    with pytest.raises(KeyError):
        notes(stay=tomasz.pk)


def test_it_may_be_prepared_in_one_thread_and_asked_in_another(tomasz, notes_until):
    notes, _ = notes_until
    notes(stay=tomasz.pk, at=clock.now())
    used: list[Any] = []

    def elsewhere() -> None:
        used.append(notes(stay=tomasz.pk, at=clock.now()).ready.compiler().connection)

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    read(mine := notes(stay=tomasz.pk, at=clock.now()))
    assert list(mine) == []
    assert used
