from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import models
from django.db.models import Count, F
from django.db.models.functions import TruncDate

from alongside.allocations.models import Allocation
from alongside.allocations.operations import allocate
from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.kit.together import read
from alongside.organisation.models import Membership, Staff
from alongside.reviews.models import Review
from alongside.stages.models import StageMove
from alongside.stays.models import Stay
from alongside.testing.builders import a_booked_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def some_notes(tomasz, amina) -> list[str]:
    said = ["Kia ora whānau", 'She said "no" \\ twice', "שלום", "Line\nbreak", "🙂"]
    for words in said:
        write_note(tomasz, by=amina, kind="informal", text=words)
    return said


def test_several_lists_come_in_one_query(
    tomasz, amina, grace, some_notes, django_assert_num_queries
):
    allocate(tomasz, by=grace, worker=amina)
    notes = Note.objects.for_page().filter(stay=tomasz).order_by("-pk")
    held = Allocation.objects.for_page().filter(stay=tomasz)
    stays = Stay.objects.for_page().filter(pk=tomasz.pk)

    with django_assert_num_queries(1):
        read(notes, held, stays)
        assert [note.text for note in notes] == some_notes[::-1]
        assert [one.worker.name for one in held] == ["Amina Yusuf"]
        assert [stay.resident.name for stay in stays] == ["Tomasz Nowak"]


def test_a_list_is_what_it_would_have_been_alone(tomasz, amina, grace, some_notes):
    a_booked_review(tomasz, by=grace)
    for rows in (Note.objects.for_page(), Review.objects.for_page(), StageMove.objects.for_page(),
                 Stay.objects.for_page(), Membership.objects.at_hand()):  # fmt: skip
        alone, together = list(rows.order_by("pk")), rows.order_by("pk")
        read(together, Staff.objects.all())

        assert [_values(one) for one in together] == [_values(one) for one in alone]


def _values(row: models.Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_columns_annotations_and_a_cut_are_kept(tomasz, amina, some_notes):
    days = Note.objects.filter(stay=tomasz).annotate(
        on=TruncDate("happened_at", tzinfo=tomasz.scheme.zone)
    )
    flat = days.order_by("pk").values_list("on", flat=True)[:2]
    counted = Stay.objects.annotate(many=Count("notes")).filter(pk=tomasz.pk)
    pairs = Note.objects.filter(stay=tomasz).order_by("-pk").values_list("text", F("minutes"))[1:3]
    read(flat, counted, pairs)

    assert list(flat) == [date(2026, 4, 20)] * 2
    assert [getattr(stay, "many", None) for stay in counted] == [5]
    assert [text for text, _ in pairs] == some_notes[-2:-4:-1]


def test_money_stays_exact(tomasz):
    Stay.objects.filter(pk=tomasz.pk).update(service_charge=Decimal("1234.10"))
    stays = Stay.objects.filter(pk=tomasz.pk)
    read(stays, Staff.objects.none())

    assert [stay.service_charge for stay in stays] == [Decimal("1234.10")]


def test_what_cannot_fit_anything_is_not_asked(tomasz, django_assert_num_queries):
    nobody, nothing = Stay.objects.filter(pk__in=[]), Note.objects.none()

    with django_assert_num_queries(0):
        read(nobody, nothing)
        assert [*nobody, *nothing] == []


def test_an_empty_list_is_empty(tomasz, django_assert_num_queries):
    notes = Note.objects.filter(happened_at__lt=tomasz.recorded_at - timedelta(days=999))

    with django_assert_num_queries(1):
        read(notes)
        assert list(notes) == []


def test_what_is_not_at_hand_still_fails_loudly(tomasz, amina, some_notes):
    notes = Note.objects.filter(stay=tomasz).fetch_mode(models.FETCH_RAISE)
    read(notes)

    with pytest.raises(FieldFetchBlocked):
        assert notes[0].stay
