"""Where somebody stands today besides their roles; asked together with them, in one query.

Rooms above add what they know (which files are closed to this person, say) by registering a
question here. The policy reads the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, QuerySet, UUIDField

from alongside.kit import clock
from alongside.kit.prepared import Prepared, prepared
from alongside.kit.together import read
from alongside.organisation.models import StandIn

type Asks = Callable[..., QuerySet[Any, Any]]
ASKED: dict[str, Prepared] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """The posts somebody stands in for, the people whose files are closed to them, and the one
    whose file they have opened in an emergency.

    `lent` are the roles that were given them for a time and for a few people only: the key of the
    membership, and the residents it opens. Such a role opens nothing else of its scheme.

    `unread` are the conversations with something they have not read: the scheme of each, and the
    resident it is about, if any.
    """

    stands_in: list[StandIn] = field(default_factory=list)
    closed: frozenset[UUID] = frozenset()
    opened: UUID | None = None
    lent: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    unread: list[tuple[UUID, UUID | None]] = field(default_factory=list)


def standing_asks(name: str) -> Callable[[Asks], Asks]:
    """Register a question about a member of staff: `closed` or `opened`, each of residents' keys,
    `lent`, of pairs: a membership, and a resident whom it opens; or `unread`, of pairs as well.

    The function builds a queryset of `values_list("resident_id", flat=True)` or of the pairs from
    `staff`, `now` and `on`. It is called once; the three are blanks.
    """

    def register(asks: Asks) -> Asks:
        ASKED[name] = _prepared(asks)
        return asks

    return register


def _prepared(asks: Asks) -> Prepared:
    return prepared(staff=UUIDField(), now=DateTimeField(), on=DateField())(asks)


@_prepared
def _stands_in(staff: Any, now: Any, on: Any) -> QuerySet[StandIn]:
    return StandIn.objects.in_force(now, on).at_hand().filter(staff_id=staff)


def standing_questions(staff: UUID | str) -> dict[str, Any]:
    """What is to be read of somebody's standing, by name; give it to `standing_from` once read."""
    values = {"staff": staff, "now": clock.now(), "on": clock.today()}
    asked = {name: ask(**values) for name, ask in ASKED.items()}
    return {"stands_in": _stands_in(**values), **asked}


def standing_from(answers: dict[str, Iterable[Any]]) -> Standing:
    # Whoever is never to open a file is no answer to the second question: never wins.
    opened = list(answers.get("opened", ()))
    lent: dict[UUID, frozenset[UUID]] = {}
    for membership, resident in answers.get("lent", ()):
        lent[membership] = lent.get(membership, frozenset()) | {resident}
    return Standing(
        stands_in=list(answers["stands_in"]),
        closed=frozenset(answers.get("closed", ())) - set(opened[:1]),
        opened=opened[0] if opened else None,
        lent=lent,
        unread=list(answers.get("unread", ())),
    )


def standing_of(staff: UUID | str) -> Standing:
    """Where somebody stands just now, in one query."""
    answers = standing_questions(staff)
    read(*answers.values())
    return standing_from(answers)
