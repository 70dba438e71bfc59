"""New records in one statement: stored as Django stores them, with the key the database gives."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from alongside.audit.models import Once
from alongside.keywork.models import Note
from alongside.kit import clock
from alongside.kit.insert import insert, insert_unless_there
from alongside.moments.models import Moment
from alongside.testing.cast import Cast


def a_note(cast: Cast, **other: Any) -> Note:
    about = {"stay": cast.tomasz, "kind": "informal", "happened_at": clock.now()}
    return Note(**about, written_by=cast.amina, **other)


def a_moment(cast: Cast, **other: Any) -> Moment:
    whose = {"scheme": cast.mill_house, "resident": cast.tomasz.resident, "stay": cast.tomasz}
    now = {"happened_at": clock.now(), "recorded_at": clock.now()}
    return Moment(**whose, **now, record_type="a.Record", kind="note", title="Said", **other)


def test_every_value_comes_back_as_it_was(cast: Cast) -> None:
    note = a_note(cast, text="Kia ora – 👋", minutes=5, help_kinds=["money"], headings={"a": "b"})

    with CaptureQueriesContext(connection) as captured:
        insert([note, a_note(cast, text="And another")])

    kept = Note.objects.get(pk=note.pk)
    assert len(captured) == 1
    assert not note._state.adding
    for field in Note._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(note, field.attname), field.name


def test_where_the_database_numbers_them_they_have_their_number(cast: Cast) -> None:
    lines = [a_moment(cast, record_id=uuid4(), text=f"Line {n}") for n in range(3)]

    insert(lines)

    assert [Moment.objects.get(pk=line.pk).text for line in lines] == ["Line 0", "Line 1", "Line 2"]


def test_many_are_stored_in_several_statements(cast: Cast) -> None:
    many = [Once(token=uuid4(), event="e", record_type="t", record_id=uuid4()) for _ in range(9000)]

    insert(many)

    assert Once.objects.filter(pk__in=[many[0].pk, many[-1].pk]).count() == 2


def test_nothing_to_store_asks_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        insert([])

    assert len(captured) == 0


def test_what_is_there_already_is_left_as_it_is(cast: Cast) -> None:
    first = a_moment(cast, record_id=uuid4(), text="First")
    twin = a_moment(cast, record_id=first.record_id, text="Twin")

    stored = [insert_unless_there(one, ["record_id", "part"]) for one in (first, twin)]

    assert stored == [True, False]
    assert [one.text for one in Moment.objects.filter(record_id=first.record_id)] == ["First"]
    assert twin.pk is None


def test_what_the_database_refuses_is_not_stored(cast: Cast) -> None:
    twice = uuid4()
    insert([Once(token=twice, event="e", record_type="t", record_id=uuid4())])

    with pytest.raises(IntegrityError):
        insert([Once(token=twice, event="e", record_type="t", record_id=uuid4())])
