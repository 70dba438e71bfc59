"""Those who worked here: until when what is personal of them is kept, held, and who decides.

The rule is `[retention.staff]` of the practice where they worked last, counted from their last day;
where they worked at several services at the end, the one that keeps longest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.kit.two_people import require_another
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.policy import visible
from alongside.practice.actions import Action
from alongside.practice.rules import Retention
from alongside.retention.forgetting import forget_colleague
from alongside.retention.models import Answer, StaffErasure, StaffHold
from alongside.retention.operations import (
    already_answered,
    already_over,
    ended,
    kept_longer,
    require,
)

HELD = Refused(
    "There is a legal hold on what is kept of this colleague.",
    instead="Nothing of it is erased until the hold has ended.",
)
COLLEAGUE = "staff"
"""The rule for what is kept of those who worked here, in every pack."""


@dataclass(frozen=True, slots=True)
class KeptOfThem:
    """How long what is personal of one colleague is kept, and why."""

    rule: Retention
    left_on: date
    due_on: date
    hold: StaffHold | None
    asked: StaffErasure | None
    erased: StaffErasure | None

    def is_over(self, on: date) -> bool:
        return self.due_on <= on and self.hold is None and self.erased is None


def leavers_of(scheme: Scheme) -> QuerySet[Staff]:
    """Those who worked here, left the organisation, and of whom something is still kept."""
    today = scheme.today()
    last = Membership.objects.filter(staff=OuterRef("pk")).order_by(
        F("until_on").desc(nulls_first=True), "scheme__name", "pk"
    )
    erased = StaffErasure.objects.filter(staff=OuterRef("pk"), answer=Answer.ERASE)
    gone = Q(last_day__lt=today) | Q(is_active=False)
    found: Any = Staff.objects.filter(gone, organisation=scheme.organisation_id)
    found = found.exclude(Exists(erased)).annotate(
        left_on=Coalesce("last_day", Max("memberships__until_on")),
        last_at=last.values("scheme")[:1],
    )
    here: QuerySet[Staff] = found.filter(last_at=scheme.pk, left_on__isnull=False).order_by(
        "left_on", "name", "pk"
    )
    return here


def leavers_due(scheme: Scheme) -> QuerySet[Staff]:
    """Those of them whose time is over and whom nobody holds, the longest first."""
    who = OuterRef("pk")
    held = StaffHold.objects.filter(staff=who, ended_at=None)
    longer = StaffErasure.objects.filter(
        staff=who, answer=Answer.KEEP, look_again_on__gt=scheme.today()
    )
    limit = scheme.pack.retention[COLLEAGUE].keep.before(scheme.today())
    found: Any = leavers_of(scheme)
    found = found.filter(left_on__lte=limit)
    for other in _others(scheme):
        theirs = other.pack.retention[COLLEAGUE].keep.before(other.today())
        if theirs < limit:
            there = Membership.objects.filter(staff=who, scheme=other)
            found = found.exclude(Exists(there), left_on__gt=theirs)
    due: QuerySet[Staff] = found.exclude(Exists(held)).exclude(Exists(longer))
    return due


def leaver_for(scheme: Scheme, pk: UUID) -> Staff:
    """That colleague, if they have left, worked here last, and something of them is kept."""
    return get_object_or_404(leavers_of(scheme), pk=pk)


def kept_of(scheme: Scheme, staff: Staff) -> KeptOfThem:
    """How it stands with somebody who worked here last. Refused where they did not, or are back."""
    found = leavers_of(scheme).filter(pk=staff.pk).first()
    if found is None:
        raise Refused(
            "Nobody who left has a record of that kind here.",
            instead="They work here still or again, or worked elsewhere last.",
        )
    worked = Membership.objects.filter(staff=staff).values("scheme")
    schemes = [scheme, *(one for one in _others(scheme).filter(pk__in=worked))]
    left_on: date = found.left_on  # type: ignore[attr-defined]
    rules = [one.pack.retention[COLLEAGUE] for one in schemes]
    rule = max(rules, key=lambda one: one.keep.after(left_on))
    told = StaffErasure.objects.filter(staff=staff)
    return KeptOfThem(
        rule, left_on, rule.keep.after(left_on),
        StaffHold.objects.filter(staff=staff, ended_at=None).first(),
        told.filter(answer="").first(), told.filter(answer=Answer.ERASE).first(),
    )  # fmt: skip


def erasures_of_leavers(scheme: Scheme) -> QuerySet[StaffErasure]:
    """Every one that was asked for here, the latest first."""
    found = StaffErasure.objects.filter(scheme=scheme)
    return found.select_related("staff", "asked_by", "answered_by")


def leavers_to_answer(staff: Staff, scheme: Scheme) -> QuerySet[StaffErasure]:
    """Erasures of those who left that wait for this person as the second of two."""
    waiting = StaffErasure.objects.filter(scheme=scheme, answer="")
    return waiting.exclude(asked_by=staff).exclude(staff=staff)


def leaver_erasure_for(staff: Staff, pk: UUID) -> StaffErasure:
    """That erasure, if this person may ask for one there."""
    found = visible(staff, StaffErasure.objects.all())
    related = ("scheme__organisation", "asked_by", "answered_by", "staff")
    return get_object_or_404(found.select_related(*related), pk=pk)


def leaver_hold_for(staff: Staff, pk: UUID) -> StaffHold:
    """That hold, if this person may ask for an erasure where it was set."""
    found = visible(staff, StaffHold.objects.all())
    return get_object_or_404(found.select_related("scheme__organisation", "staff"), pk=pk)


def _others(scheme: Scheme) -> QuerySet[Scheme]:
    others = Scheme.objects.filter(organisation=scheme.organisation_id).exclude(pk=scheme.pk)
    return others.select_related("organisation")


@operation("hold.set_on_colleague", needs=Action.DECIDE_ERASURE)
def hold_leaver(scheme: Scheme, *, by: Staff, staff: Staff, because: str) -> StaffHold:
    """Hold what is kept of somebody who worked here: nothing goes until the hold ends."""
    require(because, "because", "A hold needs its reason.", "Say what it is for.")
    if kept_of(scheme, staff).hold:
        raise Refused("There is a hold on this record already.", instead="End that one first.")
    return StaffHold.objects.create(staff=staff, scheme=scheme, because=because.strip(), set_by=by)


@operation("hold.ended_on_colleague", needs=Action.DECIDE_ERASURE, unless=already_over)
def end_leaver_hold(hold: StaffHold, *, by: Staff, because: str) -> StaffHold:
    """End a hold on what is kept of a colleague, with the reason."""
    return ended(hold, by, because)


@operation("erasure.proposed_of_colleague", needs=Action.PROPOSE_ERASURE)
def propose_of_leaver(scheme: Scheme, *, by: Staff, staff: Staff) -> StaffErasure:
    """Ask that what is personal of somebody who worked here be erased. Somebody else answers.

    Their name stays on what they wrote and signed. Refused while they work here, before the time of
    the practice's rule is over, and while a hold stands.

    Source: UK GDPR Article 5(1)(e); Privacy Act 2020, IPP 9; the rule names how long.
    """
    state = kept_of(scheme, staff)
    if state.hold:
        raise HELD
    if state.due_on > scheme.today():
        raise Refused(
            f"This record is kept until {state.due_on:%-d %B %Y}.", instead="Look again after that."
        )
    if state.asked:
        raise Refused("Somebody has already asked for this.", instead="It waits for an answer.")
    return StaffErasure.objects.create(
        scheme=scheme, staff=staff, rule=state.rule.key, rule_says=state.rule.says,
        source=state.rule.source, due_on=state.due_on, asked_by=by,
    )  # fmt: skip


@operation("erasure.declined_of_colleague", needs=Action.DECIDE_ERASURE, unless=already_answered)
def keep_leaver_longer(
    erasure: StaffErasure, *, by: Staff, answer_words: str, look_again_on: date
) -> StaffErasure:
    """Keep it nonetheless: why, and when it is looked at again."""
    return kept_longer(erasure, by, answer_words, look_again_on)


@operation("colleague.erased", needs=Action.DECIDE_ERASURE, unless=already_answered)
def erase_leaver(erasure: StaffErasure, *, by: Staff) -> StaffErasure:
    """Erase what is personal of them, for good. What they signed keeps their name.

    Refused to whoever asked for it, while a hold stands, and when they have come back meanwhile.
    """
    require_another(erasure.asked_by_id, by.pk)
    state = kept_of(erasure.scheme, erasure.staff)
    if state.hold:
        raise HELD
    if not state.is_over(erasure.scheme.today()):
        raise Refused("Their time is not over.", instead="Keep it, with the reason.")
    erasure.answer, erasure.answered_by, erasure.answered_at = Answer.ERASE, by, clock.now()
    erasure.erased_at = clock.now()
    erasure.counts = forget_colleague(erasure, approved_by=by.pk)
    erasure.save(update_fields=["answer", "answered_by", "answered_at", "erased_at", "counts"])
    return erasure
