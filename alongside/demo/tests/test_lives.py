"""A life of the demo is told as a decent house would have lived it, slips and all."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from alongside.allocations.models import ChangeRequest
from alongside.demo.house import TELLER, House, found
from alongside.demo.lives import Life
from alongside.demo.operations import tell_a_life
from alongside.demo.people import RESIDENTS
from alongside.duties.models import Duty, State
from alongside.keywork.models import Booking, Note
from alongside.kit import clock

DAYS_HERE = timedelta(days=70)
TURNS = frozenset(
    {"refuses", "substitute", "late_note", "corrected", "confidential", "another_worker"}
)


@pytest.fixture
def mill(db: None) -> House:
    with clock.standing_at(clock.now() - DAYS_HERE - timedelta(days=60)):
        mill, _ = found(clock.today())
    return mill


def told(house: House, *, turns: frozenset[str] = frozenset(), left: bool = False) -> Life:
    today = clock.today()
    life = Life(
        house, RESIDENTS[0], house.beds[0], house.first("key_worker"), (4, 9), today - DAYS_HERE,
        today - timedelta(days=5) if left else None, drive=0.6, rng=Random(3), turns=turns,
    )  # fmt: skip
    tell_a_life(house.scheme, by=TELLER, life=life, until=clock.now())
    return life


def test_a_life_with_its_turns_is_lawful_and_leaves_its_traces(mill: House) -> None:
    life = told(mill, turns=TURNS)

    notes = Note.objects.filter(stay=life.stay)
    assert notes.filter(version__gt=1).exists()
    assert notes.filter(restricted=True).exists()
    assert notes.exclude(late_reason="").exists()
    assert ChangeRequest.objects.get(stay=life.stay).successor == life.worker
    assert life.refused


def test_the_reviews_were_held_and_the_coming_week_is_booked(mill: House) -> None:
    life = told(mill)

    kept = Duty.objects.filter(stay=life.stay, state__in=[State.MET, State.MET_LATE])
    assert {"monthly-review", "manager-review", "weekly-session"} <= set(
        kept.values_list("key", flat=True)
    )
    late = Duty.objects.overdue(clock.today()).filter(stay=life.stay)
    assert not late.filter(key__in=["manager-review", "first-plan", "initial-assessment"]).exists()


def test_who_has_moved_on_is_owed_nothing(mill: House) -> None:
    life = told(mill, left=True)

    assert not Duty.objects.filter(stay=life.stay, state=State.OPEN).exists()
    assert not Booking.objects.open().filter(stay=life.stay).exists()
