"""What the tests of absence begin with: Amina holds Tomasz, and Ruth could stand in."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.absence.operations import approve_leave, ask_for_leave
from alongside.allocations.operations import allocate
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff


@pytest.fixture
def held(tomasz, amina, grace):
    """Tomasz is Amina's since he moved in."""
    allocate(tomasz, by=grace, worker=amina, from_on=tomasz.moved_in_on)
    return tomasz


@pytest.fixture
def ruth(mill_house, grace):
    return a_member_of_staff(mill_house, "Ruth Abara", "key_worker", line_manager=grace)


@pytest.fixture
def nine(held, beds, amina, grace, mill_house):
    """Nine people whom Amina holds, Tomasz first."""
    from alongside.accommodation.operations import add_bed
    from alongside.testing.cast import SETTING_UP

    people = [held]
    for number in range(8):
        bed = add_bed(mill_house, by=SETTING_UP, name=f"2{number}", floor="Second", order=number)
        stay = a_stay(bed, by=grace, name=f"Person Number{number}")
        allocate(stay, by=grace, worker=amina, from_on=stay.moved_in_on, reason="continuity")
        people.append(stay)
    return people


@pytest.fixture
def leave(held, mill_house, amina, grace):
    """Amina's leave from Monday 4 May to Friday 8 May, approved."""
    asked = ask_for_leave(
        mill_house, by=amina, worker=amina, from_on=date(2026, 5, 4), until_on=date(2026, 5, 8),
        reason="annual",
    )  # fmt: skip
    return approve_leave(asked, by=grace)


@pytest.fixture
def signed_in(client):
    def become(staff):
        client.force_login(staff)
        return client

    return become
