"""How many actions somebody has engaged in for each item, told by the room that keeps actions.

The scale's last level is a number of actions, and actions live on a higher floor; so that room
registers its counter here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from alongside.stays.models import Stay

type Counter = Callable[[Stay], Mapping[str, int]]
_counters: list[Counter] = []


def counts_engaged_actions(counter: Counter) -> Counter:
    """Register the counter: a stay to its engaged actions, item by item, in one query."""
    _counters[:] = [counter]
    return counter


def engaged_actions(stay: Stay) -> Mapping[str, int]:
    """Actions engaged in since this stay began, by item; empty while nobody counts."""
    return _counters[0](stay) if _counters else {}
