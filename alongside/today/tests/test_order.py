"""In which order what is owed stands on today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from typing import Any

from alongside.today.order import STAND, by_urgency

SUNDAY = date(2026, 4, 26)


def owed(says: str, whom: str, days: int) -> Any:
    duty = SimpleNamespace(says=says, whom=whom, due_on=date(2026, 5, 4))
    return SimpleNamespace(duty=duty, days=days, urgency="later")


def lines(found: Iterable[Any]) -> list[tuple[str, str]]:
    person: Any = SimpleNamespace(owed=list(found))
    [band] = by_urgency([person], SUNDAY)
    return [(one.duty.says, one.duty.whom) for kind in band.alike for one in kind.owed]


def test_what_stands_by_itself_stands_in_the_order_of_its_days_whatever_kind_it_is():
    found = lines([owed("Review", "Rosa", 40), owed("Audit", "Ida", 20), owed("Review", "Ida", 9)])
    assert found == [("Review", "Ida"), ("Audit", "Ida"), ("Review", "Rosa")]


def test_many_of_one_kind_are_folded_and_come_after_what_stands_by_itself():
    many = [owed("Review", f"Person {number}", number) for number in range(STAND + 1)]
    found = lines([*many, owed("Audit", "Ida", 50)])
    assert found[0] == ("Audit", "Ida")
    assert found[1:] == [("Review", f"Person {number}") for number in range(STAND + 1)]
