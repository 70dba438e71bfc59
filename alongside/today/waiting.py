"""What waits for a decision of somebody who may decide it, and since when they were away.

One query for all of it, and one more for whoever leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    IntegerField,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from alongside.absence.queries import (
    away_on,
    covers_asked_of,
    covers_returned,
    waiting_for_decision,
)
from alongside.aftercare.queries import extensions_waiting
from alongside.allocations.queries import unanswered_changes
from alongside.audit.models import Entry
from alongside.casefile.people import nobody_for
from alongside.conversations.queries import unread_here
from alongside.cover.queries import offers_to, unanswered_requests
from alongside.data_breaches.queries import owed_elsewhere, settled_by_nobody
from alongside.drafts.lasting import soon_before
from alongside.drafts.models import Draft
from alongside.duties.models import Duty
from alongside.exports.models import Export
from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import Plan
from alongside.practice.actions import Action
from alongside.referrals.queries import duplicates_to_decide, referrals_shown
from alongside.retention.leavers import leavers_to_answer
from alongside.retention.queries import to_answer
from alongside.rights.lifting import waiting_for
from alongside.rights.queries import led_by_one_shut_out, openings_to_review
from alongside.today.questions import together

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
    asked = together(
        _of_everybody, scheme=scheme.pk, staff=staff.pk, on=scheme.today(),
        earlier=clock.now() - pause, soon=soon_before(staff, scheme),
    )  # fmt: skip
    read(asked)
    counted: dict[str, Any] = asked[0]
    kinds = [*_everybodys(scheme, counted), *_counted(scheme, list(_leaders(staff, scheme)))]
    return AtAGlance(counted["since"] or clock.now() - DAY, [one for one in kinds if one.count])


@prepared(
    scheme=UUIDField(), staff=UUIDField(), on=DateField(), earlier=DateTimeField(),
    soon=DateTimeField(),
)  # fmt: skip
def _of_everybody(scheme: Any, staff: Any, on: Any, earlier: Any, soon: Any) -> QuerySet[Any, Any]:
    """What may wait for anybody, and when they were last here; the same question for all."""
    before = Entry.objects.filter(actor_id=staff, at__lt=earlier)
    return Scheme.objects.filter(pk=scheme).values(
        since=Subquery(before.order_by("-at").values("at")[:1]),
        covers=_count(covers_asked_of(staff, on=on)),
        offers=_count(offers_to(staff)),
        asked=_count(unanswered_requests(scheme, staff)),
        away=_count(away_on(scheme, on)),
        messages=_count(unread_here(scheme, staff)),
        breaches=_count(owed_elsewhere(staff, scheme)),
        drafts=_count(Draft.objects.filter(staff=staff, saved_at__lt=soon)),
        passed_up=_count(Duty.objects.filter(scheme=scheme).passed_up_to(staff, on)),
    )


def _everybodys(scheme: Scheme, counted: Mapping[str, Any]) -> Iterator[Waiting]:
    team, mine = reverse("cover:team", args=[scheme.slug]), reverse("cover:my-leave")
    yield Waiting("I am asked to stand in", counted["covers"], mine, "bad")
    yield Waiting("Sessions I am asked to hold", counted["offers"], mine, "bad")
    yield Waiting("Asked for a session", counted["asked"], team, "warn")
    unread = f"{reverse('conversations:here', args=[scheme.slug])}?show=unread"
    yield Waiting("Unread messages", counted["messages"], unread, "info")
    yield Waiting("Away today", counted["away"], team, "info")
    begun = f"{reverse('drafts:mine')}#begun"
    yield Waiting("Begun, not finished, and soon to go", counted["drafts"], begun, "info")
    breaches = f"{reverse('data_breaches:report', args=[scheme.slug])}#elsewhere"
    yield Waiting("Data breaches elsewhere that fall to me", counted["breaches"], breaches, "bad")
    yield Waiting(
        "Overdue and passed up to me", counted["passed_up"], "?whose=passed-up#owed", "bad"
    )


def _counted(scheme: Scheme, kinds: Sequence[_Kind]) -> Iterator[Waiting]:
    """What only waits for whoever leads here, in one query; none for everybody else."""
    if not kinds:
        return
    named: dict[str, Any] = {f"n{n}": _count(kind.rows) for n, kind in enumerate(kinds)}
    row: dict[str, Any] = dict(Scheme.objects.filter(pk=scheme.pk).values(**named).get())
    for n, kind in enumerate(kinds):
        yield Waiting(kind.says, row[f"n{n}"], kind.url, kind.tone)


@dataclass(frozen=True, slots=True)
class _Kind:
    says: str
    rows: QuerySet[Any, Any]
    url: str
    tone: str = "warn"


def _leaders(staff: Staff, scheme: Scheme) -> Iterator[_Kind]:
    slug = [scheme.slug]
    if staff.may(Action.DECIDE_LEAVE, scheme):
        team = reverse("cover:team", args=slug)
        yield _Kind("Leave to decide", waiting_for_decision(scheme).exclude(worker=staff), team)
        yield _Kind("Asked to cover, no yes", covers_returned(scheme), team, "bad")
    if staff.may(Action.REVIEW_BREAK_GLASS, scheme):
        opened = openings_to_review(staff, scheme)
        yield _Kind("Files opened in an emergency", opened, reverse("rights:reviews"), "bad")
    if staff.may(Action.RELEASE_EXPORT, scheme):
        waits = Export.objects.waiting(clock.now()).filter(scheme=scheme).exclude(made_by=staff)
        yield _Kind("Files to release", waits, reverse("exports:left", args=slug))
    if staff.may(Action.SEAL_DETAILS, scheme):
        seals = waiting_for(staff, scheme)
        yield _Kind("Seals to lift", seals, reverse("rights:to-lift", args=slug))
    if staff.may(Action.DECIDE_ERASURE, scheme):
        keeping = reverse("retention:queue", args=slug)
        yield _Kind(
            "Records to erase or keep", to_answer(staff, scheme), f"{keeping}?show=files#asked"
        )
        left = leavers_to_answer(staff, scheme)
        says = "Records of those who left the team, to erase or keep"
        yield _Kind(says, left, f"{keeping}?show=staff-due#asked")
    if staff.may(Action.MANAGE_STAFF, scheme):
        says = "Data breaches nobody may settle: give a role that keeps the register"
        alone = settled_by_nobody(scheme, staff)
        yield _Kind(says, alone, reverse("team:team", args=slug), "bad")
    yield from _about_people(staff, scheme)


def _about_people(staff: Staff, scheme: Scheme) -> Iterator[_Kind]:
    """What waits about somebody who is to come, lives here or has moved on."""
    words, slug = scheme.pack.terms, [scheme.slug]
    key_workers = reverse("allocations:key-workers", args=slug)
    if scheme.pack.has_key_working and staff.may(Action.ALLOCATE_KEY_WORKER, scheme):
        says = f"Without a {words['key_worker'].singular}"
        yield _Kind(says, nobody_for(scheme), key_workers, "bad")
        says = f"Whose {words['key_worker'].singular} may not open their file"
        shut = led_by_one_shut_out(scheme, staff)
        yield _Kind(says, shut, reverse("overview:unowned", args=slug), "bad")
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
    if scheme.pack.has("aftercare") and staff.may(Action.APPROVE_AFTERCARE, scheme):
        longer = extensions_waiting(scheme).exclude(recorded_by=staff)
        url = f"{reverse('aftercare:aftercare-here', args=slug)}?show=to-approve"
        yield _Kind("Longer support to approve", longer, url)
    if staff.may(Action.HOLD_MANAGER_REVIEW, scheme):
        unsettled = Plan.objects.unsettled().filter(
            stay__scheme=scheme, stay__moved_out_on=None, withdrawn_at=None
        )
        url = f"{reverse('plans:plans-here', args=slug)}?show=unsigned"
        yield _Kind(f"{_capital(words['plan'].plural)} not signed by all", unsettled, url)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    one = rows.order_by().annotate(of_scheme=Value(1)).values("of_scheme")
    many = one.annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(many, output_field=IntegerField()), Value(0))
