"""Roles with dates, and exactly one line manager at each scheme."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.allocations.models import Allocation
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.operations import end_role, give_role
from alongside.practice.actions import Action

DAY = timedelta(days=1)


@operation("team.role_given", needs=Action.MANAGE_STAFF)
def give_role_here(
    scheme: Scheme,
    *,
    by: Actor,
    staff: Staff,
    role: str,
    from_on: date,
    until_on: date | None = None,
    line_manager: Staff | None = None,
) -> Membership:
    """Let somebody work here in a role, from a day, until a day or still, under a line manager.

    Refused for oneself; without a line manager where the role answers to somebody; with another
    line manager than they have here already; in a circle; with days that do not fit.
    """
    if by == staff:
        raise Refused(
            "Nobody gives a role to themselves.", instead="Ask a colleague to do it.", field="staff"
        )
    if until_on and until_on < max(from_on, scheme.today()):
        raise Refused(
            "The last day lies before the first, or is over already.",
            instead="Choose a later one, or leave it empty.",
            field="until_on",
        )
    own = _line_manager_here(staff, scheme)
    if own and line_manager and own != line_manager:
        raise Refused(
            f"{staff.name} answers to {own.name} here, and to one person only.",
            instead="Give the role with the same line manager, or change that one first.",
            field="line_manager",
        )
    line_manager = line_manager or own
    known = scheme.pack.roles.get(role)
    if line_manager is None and known and known.reports_to:
        raise Refused(
            f"{known.says} answers to somebody here.",
            instead="Choose their line manager.",
            field="line_manager",
        )
    _no_circle(scheme, staff, line_manager)
    return give_role(
        scheme, by=by, staff=staff, role=role, from_on=from_on, until_on=until_on,
        line_manager=line_manager,
    )  # fmt: skip


@operation("team.role_ended", needs=Action.MANAGE_STAFF)
def let_role_end(membership: Membership, *, by: Actor, until_on: date) -> Membership:
    """Let a role end on a day, its last. From the next morning on it gives no right.

    Refused when it is over already, or when people would be left without their worker.
    """
    scheme, today = membership.scheme, membership.scheme.today()
    if membership.until_on and membership.until_on < today:
        raise Refused("This role is over already.", instead="Look at who works here now.")
    if until_on < today - DAY:
        raise Refused(
            "A role cannot end in the past: what was done in it was done with the right to.",
            instead="Choose yesterday or a later day.",
            field="until_on",
        )
    if until_on <= today and scheme.pack.role(membership.role).holds_cases:
        refuse_while_holding(membership.staff, scheme, except_for=membership)
    return end_role(membership, by=by, until_on=until_on)


@operation("team.line_manager_changed", needs=Action.MANAGE_STAFF)
def change_line_manager(
    membership: Membership, *, by: Actor, line_manager: Staff, from_on: date
) -> Membership:
    """Let somebody answer to somebody else here from a day on, in all their roles.

    What was before is kept: each role ends the day before and goes on as a new row.
    Refused in a circle, for a day before the role began, or when nothing would change.
    """
    scheme, staff = membership.scheme, membership.staff
    if membership.line_manager_id == line_manager.pk:
        raise Refused(
            f"{staff.name} answers to {line_manager.name} already.",
            instead="Choose somebody else.",
            field="line_manager",
        )
    _no_circle(scheme, staff, line_manager)
    made = membership
    here = Membership.objects.current(scheme.today()).filter(staff=staff, scheme=scheme)
    for one in here.select_related(*("staff", "scheme__organisation")):
        if from_on < scheme.today() or from_on <= one.from_on:
            raise Refused(
                "That day is over, or lies before the role began.",
                instead="Choose today or a later day.",
                field="from_on",
            )
        until_on, role = one.until_on, one.role
        end_role(one, by=by, until_on=from_on - DAY)
        anew = give_role(
            scheme, by=by, staff=staff, role=role, from_on=from_on, until_on=until_on,
            line_manager=line_manager,
        )  # fmt: skip
        made = anew if one.pk == membership.pk else made
    return made


def refuse_while_holding(
    staff: Staff, scheme: Scheme | None = None, *, except_for: Membership | None = None
) -> None:
    """Refuse while somebody is the worker of named people, unless another role lets them be."""
    held = Allocation.objects.current().filter(worker=staff)
    if scheme:
        held = held.filter(stay__scheme=scheme)
    if except_for and _may_hold_otherwise(except_for):
        return
    names = [one.stay.resident.name for one in held.select_related("stay__resident")[:4]]
    if not names:
        return
    shown = ", ".join(names[:3]) + (" and others" if len(names) > len(names[:3]) else "")
    raise Refused(
        f"{staff.name} is still the worker of {shown}.",
        instead="Name somebody else for each of them first.",
        field="until_on" if except_for else "last_day",
    )


def _may_hold_otherwise(membership: Membership) -> bool:
    scheme = membership.scheme
    others = Membership.objects.current(scheme.today()).filter(
        staff=membership.staff_id, scheme=scheme, until_on=None
    )
    return any(scheme.pack.role(one.role).holds_cases for one in others if one.pk != membership.pk)


def _line_manager_here(staff: Staff, scheme: Scheme) -> Staff | None:
    here = Membership.objects.current(scheme.today()).filter(staff=staff, scheme=scheme)
    found = here.exclude(line_manager=None).select_related("line_manager").first()
    return found.line_manager if found else None


def _no_circle(scheme: Scheme, staff: Staff, line_manager: Staff | None) -> None:
    """Refuse when whoever is to be above answers, in the end, to whoever is to be below."""
    if line_manager is None:
        return
    above: dict[object, object] = dict(
        Membership.objects.current(scheme.today())
        .filter(scheme=scheme)
        .exclude(line_manager=None)
        .values_list("staff_id", "line_manager_id")
    )
    here: object = line_manager.pk
    seen: set[object] = set()
    while here and here not in seen:
        if here == staff.pk:
            raise Refused(
                f"{line_manager.name} answers to {staff.name}, so that would be a circle.",
                instead="Choose somebody who does not answer to them.",
                field="line_manager",
            )
        seen.add(here)
        here = above.get(here)
