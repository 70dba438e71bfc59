"""What waits for a decision of somebody who may decide it, and since when they were away.

One query for all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from alongside.absence.queries import (
    away_on,
    covers_asked_of,
    covers_returned,
    waiting_for_decision,
)
from alongside.allocations.queries import unanswered_changes
from alongside.audit.models import Entry
from alongside.casefile.people import nobody_for
from alongside.cover.queries import offers_to, unanswered_requests
from alongside.duties.models import Duty
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import Plan
from alongside.practice.actions import Action
from alongside.referrals.queries import duplicates_to_decide, referrals_shown
from alongside.rights.queries import openings_to_review

DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many of one kind wait, and where they are decided."""

    says: str
    count: int
    url: str
    tone: str

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody must decide it; the rest is only good to know."""
        return self.tone != "info"


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """When somebody was last here, and what waits for their decision."""

    since: datetime
    waiting: list[Waiting]


def at_a_glance(staff: Staff, scheme: Scheme) -> AtAGlance:
    """Nothing they may not decide, and nothing at zero.

    Last here is when they did anything on an earlier shift, a day ago if that is not known:
    between two shifts lies a longer pause than between two notes of one shift.
    """
    pause = timedelta(hours=scheme.pack.limit("between_shifts").number)
    earlier = Entry.objects.filter(actor_id=staff.pk, at__lt=clock.now() - pause)
    kinds = list(_kinds(staff, scheme))
    asked: dict[str, Any] = {
        f"n{number}": _count(kind.rows) for number, kind in enumerate(kinds)
    } | {"since": Subquery(earlier.order_by("-at").values("at")[:1])}
    row: dict[str, Any] = dict(Scheme.objects.filter(pk=scheme.pk).values(**asked).get())
    waiting = [
        Waiting(kind.says, row[f"n{number}"], kind.url, kind.tone)
        for number, kind in enumerate(kinds)
    ]
    return AtAGlance(row["since"] or clock.now() - DAY, [line for line in waiting if line.count])


@dataclass(frozen=True, slots=True)
class _Kind:
    says: str
    rows: QuerySet[Any, Any]
    url: str
    tone: str = "warn"


def _kinds(staff: Staff, scheme: Scheme) -> Iterator[_Kind]:
    words, slug = scheme.pack.terms, [scheme.slug]
    yield from _of_absence(staff, scheme)
    if staff.may(Action.REVIEW_BREAK_GLASS, scheme):
        opened = openings_to_review(staff, scheme)
        yield _Kind("Files opened in an emergency", opened, reverse("rights:reviews"), "bad")
    passed_up = Duty.objects.filter(scheme=scheme).passed_up_to(staff, scheme.today())
    yield _Kind("Overdue and passed up to me", passed_up, "?whose=passed-up#owed", "bad")
    key_workers = reverse("allocations:key-workers", args=slug)
    if staff.may(Action.ALLOCATE_KEY_WORKER, scheme):
        says = f"Without a {words['key_worker'].singular}"
        yield _Kind(says, nobody_for(scheme), key_workers, "bad")
    if staff.may(Action.DECIDE_CHANGE_OF_KEY_WORKER, scheme):
        says = f"Requests for another {words['key_worker'].singular}"
        yield _Kind(says, unanswered_changes(scheme, staff), key_workers)
    if staff.may(Action.DECIDE_REFERRAL, scheme):
        url = f"{reverse('referrals:referrals', args=slug)}?show=undecided"
        says = f"{_capital(words['referral'].plural)} to decide"
        yield _Kind(says, referrals_shown(scheme, show="undecided"), url)
        same = duplicates_to_decide(staff).filter(decision="")
        url = reverse("referrals:duplicates", args=slug)
        yield _Kind("Files that may be of one person", same, url)
    if staff.may(Action.HOLD_MANAGER_REVIEW, scheme):
        unsettled = Plan.objects.unsettled().filter(
            stay__scheme=scheme, stay__moved_out_on=None, withdrawn_at=None
        )
        url = f"{reverse('plans:plans-here', args=slug)}?show=unsigned"
        yield _Kind(f"{_capital(words['plan'].plural)} not signed by all", unsettled, url)


def _of_absence(staff: Staff, scheme: Scheme) -> Iterator[_Kind]:
    """What I am asked to take on; for whoever leads also leave, and people without cover."""
    team = reverse("cover:team", args=[scheme.slug])
    mine = reverse("cover:my-leave")
    yield _Kind("I am asked to stand in", covers_asked_of(staff), mine, "bad")
    yield _Kind("Sessions I am asked to hold", offers_to(staff), mine, "bad")
    if staff.may(Action.DECIDE_LEAVE, scheme):
        yield _Kind("Leave to decide", waiting_for_decision(scheme).exclude(worker=staff), team)
        yield _Kind("Asked to cover, no yes", covers_returned(scheme), team, "bad")
    yield _Kind("Asked for a session", unanswered_requests(scheme, staff), team)
    yield _Kind("Away today", away_on(scheme, scheme.today()), team, "info")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    one = rows.order_by().annotate(of_scheme=Value(1)).values("of_scheme")
    many = one.annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(many, output_field=IntegerField()), Value(0))
