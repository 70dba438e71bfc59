"""Bilal is a project worker at Mill House, who decides on referrals and offers beds."""

from __future__ import annotations

import pytest

from alongside.organisation.operations import open_scheme
from alongside.testing.builders import a_referral
from alongside.testing.cast import SETTING_UP, a_member_of_staff


@pytest.fixture
def bilal(mill_house):
    return a_member_of_staff(mill_house, "Bilal Hussain", "project_worker")


@pytest.fixture
def rosa(mill_house, amina):
    """Rosa Lindqvist, whom an agency referred a week ago."""
    return a_referral(mill_house, by=amina)


@pytest.fixture
def willow_house(cast):
    """A house of the same provider that is for women."""
    return open_scheme(
        cast.organisation,
        by=SETTING_UP,
        name="Willow House",
        slug="willow-house",
        pack_key="staged-hostel",
        women_only=True,
    )
