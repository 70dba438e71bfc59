"""One way to write: refused, done once, journalled, followed, all or nothing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from alongside.audit.guard import StrayWrite, guarded
from alongside.audit.models import Entry
from alongside.kit.refusal import NotPermitted, Refused
from alongside.residents.models import Resident
from alongside.residents.operations import register_resident
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay, end_stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast, a_resident


def test_what_was_done_is_in_the_journal_without_the_private_words(cast: Cast) -> None:
    entry = Entry.objects.select_related("payload").get(
        event="resident.registered", record_id=cast.tomasz.resident_id
    )

    assert entry.practice == "staged-hostel 1.0.0"
    assert entry.payload.values["family_name"] == "(private)"


def test_a_stay_ends_once(cast: Cast) -> None:
    end_stay(cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 18))

    with pytest.raises(Refused, match="left on 18 April 2026"):
        end_stay(cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 19))


def test_somebody_of_another_scheme_may_not_end_it(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        end_stay(cast.tomasz, by=cast.owen, moved_out_on=date(2026, 4, 18))

    assert Stay.objects.get().is_current()


def test_a_form_posted_twice_acts_once(cast: Cast) -> None:
    once = uuid4()
    first = register_resident(cast.mill_house, by=cast.grace, given_name="Rosa", once=once)
    second = register_resident(cast.mill_house, by=cast.grace, given_name="Rosa", once=once)

    assert first == second
    assert Resident.objects.filter(given_name="Rosa").count() == 1


def test_when_a_follower_fails_nothing_has_happened(cast: Cast, settings) -> None:
    settings.OPERATION_FOLLOWERS = ["alongside.audit.tests.test_operation.break_down"]
    entries = Entry.objects.count()

    with pytest.raises(RuntimeError):
        end_stay(cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 18))

    assert Stay.objects.get().is_current()
    assert Entry.objects.count() == entries


def break_down(done: object) -> None:
    raise RuntimeError("a follower broke down")


def test_the_second_person_in_a_bed_is_refused_in_words(cast: Cast) -> None:
    rosa = a_resident(cast.mill_house, "Rosa", "Lindqvist")

    with pytest.raises(Refused, match="Bed 1A is not free here"):
        begin_stay(
            cast.mill_house,
            by=cast.grace,
            resident=rosa,
            bed=cast.beds[0],
            moved_in_on=date(2026, 4, 1),
        )


def test_the_databases_own_no_comes_back_in_words(cast: Cast) -> None:
    with pytest.raises(Refused, match="already has an open stay"):
        begin_stay(
            cast.mill_house,
            by=cast.grace,
            resident=cast.tomasz.resident,
            bed=cast.beds[1],
            moved_in_on=date(2026, 4, 1),
        )


def test_a_write_outside_an_operation_is_refused(cast: Cast) -> None:
    with guarded(), pytest.raises(StrayWrite):
        Resident.objects.filter(pk=cast.tomasz.resident_id).update(phone="1")


def test_a_journal_entry_is_never_changed(cast: Cast) -> None:
    entry = Entry.objects.first()
    assert entry

    with pytest.raises(TypeError, match="never changed"):
        entry.save()


@pytest.mark.parametrize(
    "ends", [{"moved_out_on": date(2026, 4, 1)}, {"moved_out_on": date(2025, 1, 1)}]
)
def test_the_database_refuses_an_end_without_a_person(cast: Cast, ends: dict[str, date]) -> None:
    with pytest.raises(IntegrityError):
        Stay.objects.filter(pk=cast.tomasz.pk).update(**ends)


def test_the_guard_sees_bulk_and_raw_writes(cast: Cast) -> None:
    with guarded(), pytest.raises(StrayWrite), connection.cursor() as cursor:
        cursor.execute("DELETE FROM residents_resident")


def test_everyone_staying_today_is_found(cast: Cast) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace)

    assert set(Stay.objects.visible_to(cast.amina)) == {cast.tomasz, rosa}
    assert not Stay.objects.visible_to(cast.owen).exists()


def test_somebody_elses_token_finds_nothing_of_theirs(cast: Cast) -> None:
    """A token that got about, in a log or on a shared screen, is no key to what it made."""
    once = uuid4()
    theirs = register_resident(cast.quay_street, by=cast.owen, given_name="Rosa", once=once)
    with pytest.raises(Refused, match="was sent before"):
        register_resident(cast.mill_house, by=cast.grace, given_name="Ida", once=once)
    assert list(Resident.objects.filter(given_name__in=["Rosa", "Ida"])) == [theirs]


def test_a_token_of_another_form_does_not_pass_for_this_one(cast: Cast) -> None:
    once = uuid4()
    register_resident(cast.mill_house, by=cast.grace, given_name="Rosa", once=once)
    with pytest.raises(Refused, match="was sent before"):
        end_stay(
            cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 18),
            once=once,  # type: ignore[call-arg]  # every operation takes it
        )  # fmt: skip
    cast.tomasz.refresh_from_db()
    assert cast.tomasz.moved_out_on is None
