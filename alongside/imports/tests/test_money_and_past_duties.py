"""What a list says of money goes to the money page; what was due before it came is not owed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.imports.operations import apply_import, begin_applying
from alongside.imports.tests.houses import bring
from alongside.money.models import Arrears, Benefit, Saving
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay

LIST = """Name,DOB,Room,Moved in,Moved out,Arrears,Savings,HB live,HB ref
Rosa Lindqvist,12/01/1984,1B,02/09/2025,,£312.50,45,Yes,HB123
Idris Khan,31/01/1990,1C,03/02/2026,,0,,pending,
Mo Farrell,01/05/1991,,05/01/2025,31/03/2025,100,20,Yes,
"""


@pytest.fixture(autouse=True)
def _kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def brought(mill_house, grace):
    return bring_in(mill_house, grace)


def bring_in(scheme, by):
    run = bring(scheme, by, "list.csv", LIST.encode())
    begin_applying(run, by=by)
    return apply_import(run, by=by)


def stay_of(name: str) -> Stay:
    return Stay.objects.select_related("scheme__organisation", "resident").get(
        resident__family_name=name
    )


def test_what_is_owed_saved_and_live_stands_on_the_money_page(brought, client, grace):
    rosa, idris = stay_of("Lindqvist"), stay_of("Khan")

    assert Arrears.objects.get(stay=rosa).amount == Decimal("312.50")
    assert Saving.objects.get(stay=rosa).deposits.get().amount == Decimal(45)
    assert Benefit.objects.get(stay=rosa).reference == "HB123"
    assert Benefit.objects.get(stay=rosa).statuses.get().status == "live"
    assert Benefit.objects.get(stay=idris).statuses.get().status == "applied"
    assert not Arrears.objects.filter(stay=idris).exists()
    client.force_login(grace)
    shown = client.get(reverse("money:money", args=[rosa.pk])).text
    assert "312.50" in shown
    assert "What they aim for is not known yet." in shown


def test_of_somebody_who_left_the_words_are_enough(brought):
    assert not Arrears.objects.filter(stay=stay_of("Farrell")).exists()


def test_brought_in_twice_nothing_is_there_twice(brought, mill_house, grace):
    before = [model.objects.count() for model in (Arrears, Saving, Benefit)]

    bring(mill_house, grace, "list.csv", LIST.encode())

    assert [model.objects.count() for model in (Arrears, Saving, Benefit)] == before


def test_what_was_due_before_the_list_came_is_not_owed_and_says_why(brought, mill_house, grace):
    rosa = stay_of("Lindqvist")
    work_out(mill_house, by=grace)

    past = Duty.objects.filter(stay=rosa, due_on__lt=mill_house.today())
    assert past.exists()
    assert {duty.state for duty in past} == {State.VOID}
    assert "The records came here on 20 April 2026: before that, not owed here." in past[0].why
    assert not Duty.objects.overdue(mill_house.today()).filter(stay=rosa).exists()
    assert Duty.objects.filter(stay=rosa, state=State.OPEN).exists()


def test_somebody_who_was_admitted_here_owes_what_they_always_did(mill_house, grace, beds):
    stay = a_stay(beds[1], by=grace, moved_in_on=date(2026, 3, 2))
    work_out(mill_house, by=grace)

    assert Duty.objects.overdue(mill_house.today()).filter(stay=stay).exists()


def test_nothing_is_brought_in_before_it_began(tomasz):
    tomasz.brought_in_on = date(2026, 3, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.bulk_update([tomasz], ["brought_in_on"])
