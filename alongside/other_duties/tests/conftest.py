from __future__ import annotations

from datetime import date

import pytest

from alongside.other_duties.models import OtherDuty
from alongside.other_duties.operations import give_other_duty
from alongside.testing.cast import a_member_of_staff

FRIDAY = date(2026, 4, 24)


@pytest.fixture
def sal(mill_house, grace):
    """Works nights, and answers to Grace."""
    return a_member_of_staff(mill_house, "Sal Turner", "night_worker", line_manager=grace)


@pytest.fixture
def kettle(mill_house, grace, amina) -> OtherDuty:
    """Grace asks Amina to order a kettle by Friday."""
    return give_other_duty(
        mill_house, by=grace, to=amina, what="Order a kettle", why="The old one leaks.",
        due_on=FRIDAY,
    )  # fmt: skip
