"""Who answers for a service by law, what they owe and which law is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from alongside.organisation.models import Membership, Scheme

MANAGER = "registered_manager"
PARTS = (
    ("manager_duties", "What they answer for"),
    ("manager_notifications", "Of what they tell the regulator"),
    ("manager_law", "The law we keep"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the clause it comes from."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole of it, as it stands today."""

    title: str
    managers: list[Membership]
    parts: list[tuple[str, list[Line]]]

    @property
    def digest(self) -> str:
        """The same for as long as the same people hold the post and every line is the same."""
        said = [[str(one.pk) for one in self.managers], self._lines()]
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    @property
    def content(self) -> dict[str, Any]:
        """What is kept of it with whoever acknowledges it."""
        return {
            "managers": [[one.staff.name, one.role_says] for one in self.managers],
            "parts": self._lines(),
        }

    def _lines(self) -> list[Any]:
        return [
            [title, [[line.says, line.source] for line in lines]] for title, lines in self.parts
        ]


def statement_of(scheme: Scheme) -> Statement:
    """The statement of this service today. One query."""
    pack = scheme.pack
    posts = Membership.objects.current(scheme.today()).filter(
        scheme=scheme, role__in=pack.choices(MANAGER).keys()
    )
    title = next((one.says for one in pack.choices(MANAGER)), "")
    return Statement(
        title=title,
        managers=list(
            posts.select_related("staff", "scheme__organisation").order_by("from_on", "pk")
        ),
        parts=[
            (title, [Line(one.says, one.source) for one in pack.choices(key)])
            for key, title in PARTS
        ],
    )


def since(scheme: Scheme) -> date:
    """The day since which it stands as it does: somebody took the post or left it, or the practice
    came to say it otherwise. One query."""
    today = scheme.today()
    posts = Membership.objects.filter(
        scheme=scheme, role__in=scheme.pack.choices(MANAGER).keys(), from_on__lte=today
    )
    days = [date.min]
    for from_on, until_on in posts.values_list("from_on", "until_on"):
        days.append(from_on)
        if until_on and until_on < today:
            days.append(until_on + timedelta(days=1))
    lists = {MANAGER, *(key for key, _ in PARTS)}
    own = [one["from"] for one in scheme.own_values if lists & set(one["at"])]
    adopted = [one["from"] for one in scheme.versions]
    said = [date.fromisoformat(one) for one in (*own, *adopted)]
    return max([*days, *(day for day in said if day <= today)])
