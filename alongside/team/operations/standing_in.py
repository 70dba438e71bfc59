"""Acting up, deputising and delegating: for whom, from when until when, with which powers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Q

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Capacity, Membership, Staff, StandIn
from alongside.practice.actions import Action

# A form filled in just before the hour may be sent just after it.
GRACE = timedelta(minutes=15)


@operation("stand_in.arranged", needs=Action.ARRANGE_STAND_IN)
def arrange_stand_in(
    post: Membership,
    *,
    by: Actor,
    staff: Staff,
    capacity: str,
    from_at: datetime,
    until_at: datetime,
    because: str,
    powers: Sequence[str] = (),
) -> StandIn:
    """Let somebody act with the powers of a post for a time; both ends come by themselves.

    `powers` names the only ones that are lent; none named lends all. Refused for oneself, for
    whoever holds the post or works elsewhere, backwards in time, for longer than the practice
    allows, and when they stand in for it already.
    """
    scheme = post.scheme
    _refuse_if_unfit(post, staff)
    if by == staff:
        raise Refused(
            "Nobody lends a post to themselves.",
            instead="Ask whoever holds it, or a colleague, to arrange it.",
            field="staff",
        )
    _refuse_if_untimely(post, from_at, until_at)
    lent = set(powers)
    if unknown := lent - {str(action) for action in scheme.pack.role(post.role).may}:
        raise Refused(
            f"This post does not have all of these powers: {', '.join(sorted(unknown))}.",
            instead="Choose from those that it has.",
            field="powers",
        )
    if _overlapping(post, staff, from_at, until_at):
        raise Refused(
            f"{staff.name} stands in for {post.staff.name} at that time already.",
            instead="End that first, or choose another time.",
            field="from_at",
        )
    return StandIn.objects.create(
        post=post, staff=staff, capacity=capacity, powers=sorted(lent), from_at=from_at,
        until_at=until_at, because=because, arranged_by=_staff(by),
    )  # fmt: skip


@operation("stand_in.delegated", needs=Action.DELEGATE)
def delegate(
    post: Membership,
    *,
    by: Actor,
    staff: Staff,
    responsibilities: Sequence[str],
    from_at: datetime,
    until_at: datetime | None = None,
    because: str = "",
) -> StandIn:
    """Hand listed responsibilities of one’s post to somebody, who accepts or declines them.

    The holder of the post stays accountable, and no power changes hands. Refused for a post one
    does not hold, without any responsibility, or with one the practice does not list.
    """
    if by != post.staff and by.ACTOR_KIND != "system":
        raise Refused(
            "Only the holder of a post delegates what belongs to it.",
            instead=f"Ask {post.staff.name} to do it.",
        )
    _refuse_if_unfit(post, staff)
    known = post.scheme.pack.choices("responsibilities")
    if not responsibilities or not set(responsibilities) <= set(known.keys()):
        raise Refused(
            "Nothing was chosen that the practice lists.",
            instead="Tick what you delegate.",
            field="responsibilities",
        )
    if until_at and until_at <= max(from_at, clock.now()):
        raise Refused(
            "It would end before it begins, or is over already.",
            instead="Choose a later day, or leave it empty.",
            field="until_at",
        )
    return StandIn.objects.create(
        post=post, staff=staff, capacity=Capacity.DELEGATE,
        responsibilities=list(responsibilities), from_at=from_at, until_at=until_at,
        because=because, arranged_by=_staff(by),
    )  # fmt: skip


def _cannot_be_answered(stand_in: StandIn) -> Refused | None:
    if stand_in.capacity != Capacity.DELEGATE or stand_in.accepted_at or stand_in.declined_at:
        return Refused("This is answered already.", instead="Look at what was answered.")
    if stand_in.is_over(clock.now()):
        return Refused("This is over.", instead="Ask for it anew.")
    return None


@operation("stand_in.answered", needs=None, unless=_cannot_be_answered)
def answer_delegation(stand_in: StandIn, *, by: Actor, accept: bool) -> StandIn:
    """Accept or decline what is delegated to oneself."""
    if by != stand_in.staff:
        raise Refused("It is delegated to somebody else.", instead="They answer it themselves.")
    if accept:
        stand_in.accepted_at = clock.now()
    else:
        stand_in.declined_at = clock.now()
    stand_in.save(update_fields=["accepted_at", "declined_at"])
    return stand_in


def _is_over(stand_in: StandIn) -> Refused | None:
    if stand_in.is_over(clock.now()):
        return Refused("This is over already.", instead="There is nothing left to end.")
    return None


@operation("stand_in.ended", needs=None, unless=_is_over)
def end_stand_in(stand_in: StandIn, *, by: Actor) -> StandIn:
    """End it before its time: by either of the two, or by whoever arranges such things there."""
    if by not in (stand_in.staff, stand_in.instead_of) and not by.may(
        Action.ARRANGE_STAND_IN, stand_in
    ):
        leader = stand_in.scheme.one("manager")
        raise Refused("This is not yours to end.", instead=f"Ask one of the two, or {leader}.")
    stand_in.ended_at, stand_in.ended_by = clock.now(), _staff(by)
    stand_in.save(update_fields=["ended_at", "ended_by"])
    return stand_in


def _staff(by: Actor) -> Staff | None:
    return cast("Staff", by) if by.ACTOR_KIND == "staff" else None


def _refuse_if_unfit(post: Membership, staff: Staff) -> None:
    if staff == post.staff:
        raise Refused(
            f"{staff.name} holds this post.", instead="Choose somebody else.", field="staff"
        )
    today = post.scheme.today()
    works = Membership.objects.current(today).filter(staff=staff)
    if not works.filter(scheme__organisation=post.scheme.organisation).exists():
        raise Refused(
            f"{staff.name} does not work for us at the moment.",
            instead="Choose somebody who does.",
            field="staff",
        )


def _refuse_if_untimely(post: Membership, from_at: datetime, until_at: datetime) -> None:
    now, longest = clock.now(), post.scheme.pack.limit("stand_in_most").number
    if from_at < now - GRACE:
        raise Refused(
            "It would begin in the past: what was done then was done without these powers.",
            instead="Let it begin now or later.",
            field="from_at",
        )
    if until_at <= from_at:
        raise Refused(
            "It would end before it begins.", instead="Choose a later end.", field="until_at"
        )
    if until_at - from_at > timedelta(days=longest):
        raise Refused(
            f"The powers of a post are lent for {longest} days at most.",
            instead="Choose an earlier end, or give them the role itself.",
            field="until_at",
        )


def _overlapping(post: Membership, staff: Staff, from_at: datetime, until_at: datetime) -> bool:
    still = Q(ended_at=None) | Q(ended_at__gt=from_at)
    lent = StandIn.objects.filter(still, post=post, staff=staff, from_at__lt=until_at)
    return lent.filter(until_at__gt=from_at).exclude(capacity=Capacity.DELEGATE).exists()
