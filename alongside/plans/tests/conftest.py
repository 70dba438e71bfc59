"""A plan of Tomasz's, and what is needed to sign it."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.allocations.operations import allocate
from alongside.plans.operations import (
    add_goal,
    agree_as_resident,
    agree_as_worker,
    open_version,
    write_action,
    write_plan,
)
from alongside.signatures.signing import Mark

DRAWN = Mark(strokes="M10 10 L20 20")


@pytest.fixture
def key_worker(tomasz, amina, grace):
    """Amina is Tomasz's key worker."""
    allocate(tomasz, by=grace, worker=amina, role="key_worker", reason="continuity")
    return amina


@pytest.fixture
def draft(tomasz, key_worker):
    """A version ready to be signed: his words, a goal, and an action with a day."""
    plan = open_version(tomasz, by=key_worker)
    write_plan(plan, by=key_worker, voice={"wants": "A place of my own"}, took_part="Tomasz, Amina")
    goal = add_goal(
        plan,
        by=key_worker,
        words="Save for a deposit",
        whose_idea="resident",
        need="4.7",
        strength="Good with numbers",
    )
    write_action(plan, by=key_worker, goal=goal, text="Open an account", when_on=date(2026, 4, 24))
    return plan


@pytest.fixture
def in_force(draft, tomasz, amina):
    """The same version, signed by both."""
    agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)
    return agree_as_worker(draft, by=amina, mark=DRAWN)
