"""What tests of moving on begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.moving_on import models, operations
from alongside.organisation.models import Staff
from alongside.stays.models import Stay

TODAY = date(2026, 4, 20)


def a_move_on_plan(stay: Stay, *, by: Staff, **more: Any) -> models.MoveOnPlan:
    """A plan for a private home, or another version of it."""
    said = {"housing": "private", "goal": "A one-bedroom flat near the canal", **more}
    return operations.write_plan(stay, by=by, **said)


def a_step(stay: Stay, *, by: Staff, when_on: date = date(2026, 4, 24)) -> models.MoveOnTask:
    """Something Tomasz will do by a day."""
    return operations.add_task(stay, by=by, text="Ring two letting agents", when_on=when_on)


def a_move(stay: Stay, *, by: Staff, **more: Any) -> models.Move:
    """A move to a private home in three weeks."""
    said: dict[str, Any] = {
        "tenure": "private",
        "address": "4 Canal Street",
        "leaves_on": date(2026, 5, 11),
        "tenancy_starts_on": date(2026, 5, 11),
        "moves_in_on": date(2026, 5, 11),
    }
    return operations.set_move(stay, by=by, **{**said, **more})
