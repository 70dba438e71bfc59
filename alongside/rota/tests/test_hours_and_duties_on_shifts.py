"""Hours of support contracted and delivered; and what is owed, on the shift it is done on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.keywork.operations import write_note
from alongside.kit.refusal import Refused
from alongside.rota.delivered import delivered
from alongside.rota.models import ContractedHours
from alongside.rota.operations import contract_hours, put_down
from alongside.rota.queries import turns_ahead
from alongside.rota.todo import on_shifts
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP

LONDON = ZoneInfo("Europe/London")
MONDAY, SUNDAY = date(2026, 4, 20), date(2026, 4, 26)


def contracted(stay, grace, hours="7", from_on=date(2026, 3, 2), source="Council, lot 3"):
    return contract_hours(stay, by=grace, hours=Decimal(hours), from_on=from_on, source=source)


@pytest.mark.req("S4-61")
def test_contracted_hours_stand_beside_what_was_given(mill_house, tomasz, amina, grace):
    contracted(tomasz, grace)
    write_note(tomasz, by=amina, kind="informal", text="Cooked together.", minutes=90)

    with time_machine.travel(datetime(2026, 4, 27, 9, tzinfo=LONDON), tick=False):
        [row] = delivered(mill_house, MONDAY, SUNDAY)

    assert (row.contracted, row.delivered, row.short) == (7 * 60, 90, 5 * 60 + 30)
    assert row.row == ("7 h", "1 h 30")


def test_each_day_counts_what_was_contracted_then(mill_house, tomasz, grace):
    contracted(tomasz, grace, hours="7")
    contracted(tomasz, grace, hours="14", from_on=date(2026, 4, 24), source="Lot 3, amended")

    [row] = delivered(mill_house, MONDAY, SUNDAY)

    assert row.contracted == 4 * 60 + 3 * 120
    assert row.source == "Lot 3, amended"


def test_who_has_no_contract_is_not_listed_as_none(mill_house, tomasz, beds, grace):
    a_stay(beds[1], by=grace)
    contracted(tomasz, grace)

    assert [row.stay for row in delivered(mill_house, MONDAY, SUNDAY)] == [tomasz]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hours": "169"}, "hours"),
        ({"from_on": date(2026, 1, 1)}, "from_on"),
        ({"source": " "}, "source"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_the_field(tomasz, grace, wrong, field):
    with pytest.raises(Refused) as refusal:
        contracted(tomasz, grace, **wrong)

    assert refusal.value.field == field


def test_the_database_refuses_hours_without_source_and_twice_from_a_day(tomasz, grace):
    kept = contracted(tomasz, grace)
    with pytest.raises(IntegrityError, match="have_their_source"), transaction.atomic():
        ContractedHours.objects.filter(pk=kept.pk).update(source="")
    with pytest.raises(Refused, match="already"):
        contracted(tomasz, grace)


def test_a_leader_writes_them_in_the_file_and_reads_them_with_the_hours(
    client, mill_house, tomasz, grace
):
    client.force_login(grace)
    page = reverse("rota:contract", args=[tomasz.pk])
    wrong = client.post(page, {"hours": "200", "from_on": "2026-04-20", "source": "Lot 3"})
    assert wrong.status_code == 422
    assert 'value="200"' in wrong.text

    client.post(page, {"hours": "3.5", "from_on": "2026-04-20", "source": "Lot 3"})

    shown = client.get(
        reverse("rota:contracted", args=[mill_house.slug]),
        {"first": "2026-04-20", "last": "2026-04-26"},
    )
    assert "3 h 30" in shown.text
    assert "Lot 3" in shown.text


def test_only_whoever_keeps_the_rota_reads_and_writes_them(client, mill_house, tomasz, amina):
    client.force_login(amina)

    for page in (
        reverse("rota:contracted", args=[mill_house.slug]),
        reverse("rota:contract", args=[tomasz.pk]),
    ):
        assert client.get(page).status_code == 403


@pytest.fixture
def shifts(mill_house, tomasz, amina, grace):
    """Amina works on Tuesday and on Friday, and owes what she owes."""
    allocate(tomasz, by=grace, worker=amina)
    work_out(mill_house, by=SETTING_UP)
    return [
        put_down(mill_house, by=grace, on=date(2026, 4, day), shift="early", worker=amina)
        for day in (21, 24)
    ]


@pytest.mark.req("S0-103")
def test_everything_owed_stands_on_the_last_shift_before_it_is_due(shifts, amina):
    tuesday, friday = shifts
    placed, left = on_shifts(amina, list(turns_ahead(amina)), seen_by=amina)

    assert not left
    for duty in placed[friday.pk]:
        assert duty.due_on >= friday.on
    for duty in placed[tuesday.pk]:
        assert duty.due_on < friday.on
    owed = Duty.objects.outstanding(MONDAY).filter(owed_by=amina)
    assert sum(map(len, placed.values())) <= owed.count()
    weekly = owed.get(key="weekly-session", period_from=MONDAY)
    assert weekly in placed[friday.pk]


def test_what_is_owed_by_somebody_without_a_shift_is_not_lost(mill_house, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    work_out(mill_house, by=SETTING_UP)

    placed, left = on_shifts(amina, [], seen_by=amina)

    assert (placed, left) == ({}, [])


def test_amina_sees_what_to_do_on_her_shift(client, shifts, tomasz, amina):
    client.force_login(amina)
    weekly = tomasz.scheme.pack.duty("weekly-session").says

    assert weekly in client.get(reverse("rota:my-shifts")).text
    assert weekly in client.get(reverse("rota:turn", args=[shifts[1].pk])).text
    assert weekly not in client.get(reverse("rota:turn", args=[shifts[0].pk])).text
