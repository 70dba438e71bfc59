"""Whatever was done, in whatever order: what is kept in step agrees with what is made again."""

from __future__ import annotations

import random
from datetime import date

import pytest

from alongside.allocations.operations import allocate
from alongside.assessments.operations import start_assessment
from alongside.audit.actors import System
from alongside.duties.models import Duty
from alongside.duties.operations import excuse, work_out
from alongside.duties.recalculation import rebuild
from alongside.stays.operations import correct_moved_in
from alongside.testing.builders import a_referral, an_assessment
from alongside.testing.cast import Cast
from alongside.time_away.operations import record_away

NIGHT = System("the night")
ROWS = (
    "subject_kind", "subject_id", "key", "period_from", "ref", "opens_on", "due_on",
    "first_due_on", "met_on", "state", "why", "practice",
)  # fmt: skip


def assess(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    an_assessment(begun, by=cast.amina)


def one_is_excused(cast: Cast) -> None:
    duty = Duty.objects.filter(stay=cast.tomasz, key="first-plan").first()
    if duty:
        excuse(duty, by=cast.grace, reason="In hospital")


STEPS = [
    lambda cast: allocate(cast.tomasz, by=cast.grace, worker=cast.amina),
    assess,
    one_is_excused,
    lambda cast: a_referral(cast.mill_house, by=cast.grace),
    lambda cast: record_away(
        cast.tomasz, by=cast.amina, kind="hospital", left_on=date(2026, 3, 12),
        back_on=date(2026, 3, 20),
    ),
    lambda cast: correct_moved_in(
        cast.tomasz, by=cast.grace, moved_in_on=date(2026, 3, 5), because="The register"
    ),
    lambda cast: work_out(cast.mill_house, by=NIGHT),
]  # fmt: skip


def all_of_it() -> list[str]:
    return sorted(map(str, Duty.objects.values_list(*ROWS)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_in_step_is_what_is_made_again(cast: Cast, seed: int) -> None:
    for step in random.Random(seed).sample(STEPS, len(STEPS)):
        step(cast)
    work_out(cast.mill_house, by=NIGHT)
    kept = all_of_it()

    rebuild()

    assert all_of_it() == kept
