"""What colleagues owe besides what is owed to people: how much is open, overdue and done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from alongside.duties.models import Duty, State
from alongside.organisation.models import Scheme, Staff
from alongside.other_duties.models import KIND as ASKED
from alongside.other_duties.queries import owed_here
from alongside.practice.actions import Action
from alongside.practice.duties import DutyRule
from alongside.team.facts import KIND as READ

DONE = (State.MET, State.MET_LATE)
NEEDS = {ASKED: Action.GIVE_OTHER_DUTY, READ: Action.MANAGE_STAFF}


@dataclass(frozen=True, slots=True)
class OfColleagues:
    """One thing that colleagues owe: how many are open and overdue now, and how many were done
    in the time looked at; with the address of the list behind each number."""

    rule: DutyRule
    open: int
    overdue: int
    done: int
    lists: dict[str, str]

    @property
    def says(self) -> str:
        return "Other duties" if self.rule.subject == ASKED else self.rule.says


def owed_by_colleagues(
    reader: Staff, scheme: Scheme, *, first: date, last: date
) -> list[OfColleagues]:
    """Each of them that this person may see, and no more of it than they may; one query."""
    rules = [
        rule for rule in scheme.pack.duties
        if rule.subject in NEEDS and reader.may(NEEDS[rule.subject], scheme)
        if not rule.feature or scheme.pack.has(rule.feature)
    ]  # fmt: skip
    counts = dict(_counts(reader, scheme, rules, first, last)) if rules else {}
    return [
        OfColleagues(
            rule, *counts.get(rule.key, (0, 0, 0)), _lists(rule.subject, scheme, first, last)
        )
        for rule in rules
    ]


def _counts(
    reader: Staff, scheme: Scheme, rules: Iterable[DutyRule], first: date, last: date
) -> Iterable[tuple[str, tuple[int, int, int]]]:
    seen = ~Q(subject_kind=ASKED) | Q(pk__in=owed_here(reader, scheme).values("pk"))
    found = Duty.objects.filter(seen, scheme=scheme, key__in=[rule.key for rule in rules])
    still = Q(state__in=[State.OPEN, State.PAUSED])
    rows = (
        found.order_by()
        .values_list("key")
        .annotate(
            open=Count("pk", filter=still),
            overdue=Count("pk", filter=Q(state=State.OPEN, due_on__lt=scheme.today())),
            done=Count("pk", filter=Q(state__in=DONE, met_on__range=(first, last))),
        )
    )
    return ((key, (still_open, overdue, done)) for key, still_open, overdue, done in rows)


def _lists(kind: str, scheme: Scheme, first: date, last: date) -> dict[str, str]:
    """Where each of the numbers opens."""
    if kind == READ:
        page = reverse("team:service", args=[scheme.slug]) + "#read"
        return dict.fromkeys(("open", "overdue", "done"), page)
    page = reverse("other_duties:here", args=[scheme.slug])
    time = {"show": "settled", "first": first.isoformat(), "last": last.isoformat()}
    asked = {"open": {}, "overdue": {"late": "yes"}, "done": time}
    return {name: f"{page}?{urlencode({'whose': 'all', **more})}" for name, more in asked.items()}
