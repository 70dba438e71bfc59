"""The facts that duties and stages are worked out from.

Each app provides its own in its `facts.py`. A fact is asked of a stay, and answers with the
local dates on which a thing was so (every held session, the day the plan came into force),
oldest first. It names the kinds of record it reads, so that after a write only the rules that
read what changed are worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from alongside.stays.models import Stay

type Answer = Callable[[Stay], Sequence[date]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named question about a stay, and the kinds of record that can change its answer."""

    name: str
    ask: Answer
    reads: frozenset[type[models.Model]]


FACTS: dict[str, Fact] = {}


def provides(name: str, *, reads: Sequence[type[models.Model]]) -> Callable[[Answer], Answer]:
    """Register the answer to a fact, and what it reads."""

    def register(ask: Answer) -> Answer:
        FACTS[name] = Fact(name, ask, frozenset(reads))
        return ask

    return register


@provides("admission", reads=[Stay])
def admission(stay: Stay) -> Sequence[date]:
    """The day they moved in."""
    return [stay.moved_in_on]
