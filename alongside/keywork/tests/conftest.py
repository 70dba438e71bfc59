"""What the tests of key working begin with."""

from __future__ import annotations

from datetime import date, time

import pytest

from alongside.keywork.operations import offer_slots
from alongside.plans.operations import answer_proposal, propose_action

HEADINGS = {"progress": "Rang the college.", "problems": "", "achievements": "Cooked for four."}


@pytest.fixture
def college(tomasz, amina):
    """An action that Tomasz has taken on."""
    action = propose_action(tomasz, by=amina, text="Ring the college")
    return answer_proposal(action, by=amina, answer="accept")


@pytest.fixture
def slot(mill_house, amina):
    """Tuesday at two, offered by Amina."""
    return offer_slots(
        mill_house,
        by=amina,
        worker=amina,
        on=date(2026, 4, 21),
        starts=time(14),
        ends=time(15, 30),
        venue="office",
    )


@pytest.fixture
def signed_in(client):
    def become(staff):
        client.force_login(staff)
        return client

    return become
