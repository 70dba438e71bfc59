"""People who come and go, and whether each still needs what they may."""

from __future__ import annotations

from datetime import date
from typing import cast

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Scheme, Staff, StandIn
from alongside.organisation.operations import employ, end_role
from alongside.practice.actions import Action
from alongside.team.models import AccessCheck
from alongside.team.operations.roles import give_role_here, refuse_while_holding
from alongside.team.operations.standing_in import end_stand_in


@operation("team.joined", needs=Action.MANAGE_STAFF)
def take_on(
    scheme: Scheme,
    *,
    by: Actor,
    name: str,
    email: str,
    role: str,
    from_on: date,
    until_on: date | None = None,
    line_manager: Staff | None = None,
) -> Membership:
    """Add somebody who begins to work here, in a role. How they sign in is arranged elsewhere.

    Refused when somebody has that e-mail address already.
    """
    if Staff.objects.filter(email__iexact=email).exists():
        raise Refused(
            "Somebody signs in with this e-mail address already.",
            instead="Give them a role instead of adding them again.",
            field="email",
        )
    initials = "".join(word[0] for word in name.split()[:3]).upper()
    staff = employ(scheme.organisation, by=by, name=name, email=email.lower(), initials=initials)
    return give_role_here(
        scheme, by=by, staff=staff, role=role, from_on=from_on, until_on=until_on,
        line_manager=line_manager,
    )  # fmt: skip


@operation("team.left", needs=Action.MANAGE_STAFF)
def leave(staff: Staff, *, by: Actor, last_day: date, because: str = "") -> Staff:
    """Let somebody’s work for the organisation end on a day. After it they cannot sign in.

    Every role and everything they stand in for ends that day. Refused for oneself, for a day
    that is over, and while they are the worker of named people.
    """
    if by == staff:
        raise Refused(
            "You cannot let your own work end.", instead="Ask a colleague who manages staff."
        )
    posts = Membership.objects.current(clock.today()).at_hand().filter(staff=staff)
    if not all(by.may(Action.MANAGE_STAFF, post) for post in posts):
        raise NotPermitted(
            "They work at another service too.",
            instead="Let their role here end, and ask there for the rest.",
        )
    if last_day < clock.today():
        raise Refused("That day is over.", instead="Choose today or a later day.", field="last_day")
    if last_day == clock.today():
        refuse_while_holding(staff)
    for post in posts:
        if post.until_on is None or post.until_on > last_day:
            end_role(post, by=by, until_on=last_day)
    if isinstance(by, Staff):
        for one in StandIn.objects.at_hand().filter(staff=staff, ended_at=None):
            if not one.is_over(clock.now()):
                end_stand_in(one, by=by)
    staff.last_day = last_day
    staff.left_because = because
    staff.save(update_fields=["last_day", "left_because"])
    return staff


@operation("team.access_checked", needs=Action.MANAGE_STAFF)
def check_access(membership: Membership, *, by: Actor, words: str = "") -> AccessCheck:
    """Say that a role was looked at and is still needed. Refused for one’s own."""
    if by == membership.staff:
        raise Refused("Nobody confirms their own access.", instead="Ask a colleague to look at it.")
    return AccessCheck.objects.create(
        membership=membership, checked_by=cast("Staff", by), words=words
    )
