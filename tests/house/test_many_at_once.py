"""Many at the same moment: the same save is one record, and one bed has one person in it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from alongside.audit.models import Entry
from alongside.audit.verifying import verify
from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.cast import Cast, a_resident
from tests.house.test_two_at_once import TODAY, at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS, TIMES, WORKERS = 10, 10, 50


@pytest.mark.goal("G49")
def test_the_same_save_ten_times_at_once_is_one_record(cast: Cast, tally) -> None:
    held = 0
    for number in range(ROUNDS):
        token, text = uuid4(), f"Round {number}."

        def send(token: Any = token, text: str = text) -> Any:
            write: Any = write_note
            return write(cast.tomasz, by=cast.amina, kind="informal", text=text, once=token)

        answers = at_once(*[send] * TIMES)
        held += (
            len({one.pk for one in answers}) == 1 and Note.objects.filter(text=text).count() == 1
        )

    assert Entry.objects.filter(event="note.written").count() == ROUNDS
    assert not verify().faults
    tally(held, of=ROUNDS)


@pytest.mark.goal("G50")
def test_fifty_workers_and_one_bed_put_one_person_in_it(cast: Cast, tally) -> None:
    bed = cast.beds[1]
    people = [a_resident(cast.mill_house, f"Number{n}", "Test") for n in range(WORKERS)]

    def admit(person: Any) -> Any:
        return begin_stay(
            cast.mill_house, by=cast.grace, resident=person, bed=bed, moved_in_on=TODAY
        )

    answers = at_once(*(lambda one=one: admit(one) for one in people))

    assert Stay.objects.filter(bed=bed).count() == 1
    assert not verify().faults
    tally(len(refusals(answers)) + 1, of=WORKERS)
