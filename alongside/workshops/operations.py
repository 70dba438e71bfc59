"""What is recorded about workshops and taking part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.privileges.queries import privileges
from alongside.stays.models import Stay
from alongside.workshops.models import (
    Activity,
    Attendance,
    Came,
    Course,
    HouseRole,
    NetworkContact,
    PartTaken,
    Programme,
    Volunteering,
    Workshop,
)


@operation("programme.begun", needs=Action.KEEP_REGISTER)
def begin_programme(scheme: Scheme, *, by: Staff, name: str) -> Programme:
    """Begin a programme of workshops. Refused when there is one of that name."""
    return Programme.objects.create(scheme=scheme, name=name, recorded_by=by)


@operation("workshop.planned", needs=Action.KEEP_REGISTER)
def plan_workshop(programme: Programme, *, by: Staff, title: str, held_on: date) -> Workshop:
    """Put a workshop into the programme, on its day."""
    return Workshop.objects.create(
        programme=programme, title=title, held_on=held_on, recorded_by=by
    )


def already_cancelled(workshop: Workshop) -> Refused | None:
    if workshop.cancelled_on is None:
        return None
    return Refused("This workshop was cancelled.", instead="Plan another one.")


@operation("workshop.cancelled", needs=Action.KEEP_REGISTER, unless=already_cancelled)
def cancel_workshop(workshop: Workshop, *, by: Staff, because: str) -> Workshop:
    """Cancel a workshop: it counts for nobody."""
    workshop.cancelled_on, workshop.cancelled_by = workshop.scheme.today(), by
    workshop.cancelled_because = because
    workshop.save(update_fields=["cancelled_on", "cancelled_by", "cancelled_because"])
    return workshop


@operation("workshop.register_kept", needs=Action.KEEP_REGISTER, unless=already_cancelled)
def keep_register(workshop: Workshop, *, by: Staff, came: Mapping[Stay, str]) -> Workshop:
    """Write who attended, was excused or absent; a person left out keeps what was written.

    Refused before its day, and for somebody who did not stay here that day.
    """
    if workshop.held_on > workshop.scheme.today():
        raise Refused("This workshop has not been held yet.", instead="Keep it on its day.")
    for stay, said in came.items():
        if stay.scheme_id != workshop.scheme_id:
            raise Refused("Somebody on this list stays elsewhere.", instead="Load the page again.")
        stay.require_stay(on=workshop.held_on)
        enter_attendance(stay, by=by, workshop=workshop, came=said)
    return workshop


@operation("workshop.attendance_entered", needs=Action.KEEP_REGISTER)
def enter_attendance(stay: Stay, *, by: Staff, workshop: Workshop, came: str) -> Attendance:
    """Write one line of the register."""
    line, _ = Attendance.objects.update_or_create(
        workshop=workshop, stay=stay, defaults={"came": Came(came), "recorded_by": by}
    )
    return line


@operation("activity.recorded", needs=Action.KEEP_REGISTER)
def record_activity(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    what: str,
    done_on: date,
    rating: int | None = None,
    words: str = "",
) -> Activity:
    """Record something they tried, with their own rating from 1 to 5."""
    stay.require_current(on=done_on, field="done_on")
    return Activity.objects.create(
        stay=stay, kind=kind, what=what, done_on=done_on, rating=rating, words=words, recorded_by=by
    )


@operation("volunteering.recorded", needs=Action.KEEP_REGISTER)
def record_volunteering(
    stay: Stay,
    *,
    by: Staff,
    organisation: str,
    from_on: date,
    what: str = "",
    hours_a_week: Decimal | None = None,
    until_on: date | None = None,
) -> Volunteering:
    """Record a placement, and how many hours a week."""
    return Volunteering.objects.create(
        stay=stay,
        organisation=organisation,
        what=what,
        hours_a_week=hours_a_week,
        from_on=from_on,
        until_on=until_on,
        recorded_by=by,
    )


@operation("course.recorded", needs=Action.KEEP_REGISTER)
def record_course(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    name: str,
    began_on: date,
    provider: str = "",
    cost: Decimal | None = None,
    completed_on: date | None = None,
    certificate: str = "",
) -> Course:
    """Record training outside the workshops; `cost` is what the provider paid for it."""
    return Course.objects.create(
        stay=stay,
        kind=kind,
        name=name,
        provider=provider,
        cost=cost,
        began_on=began_on,
        completed_on=completed_on,
        certificate=certificate,
        recorded_by=by,
    )


@operation("course.completed", needs=Action.KEEP_REGISTER)
def complete_course(
    course: Course, *, by: Staff, completed_on: date, certificate: str = ""
) -> Course:
    """Record that they completed it. Refused for a day to come or before it began."""
    if completed_on > course.scheme.today():
        raise Refused("This has not happened yet.", instead="Record it then.", field="completed_on")
    course.completed_on, course.certificate = completed_on, certificate
    course.save(update_fields=["completed_on", "certificate"])
    return course


@operation("house_role.begun", needs=Action.KEEP_REGISTER)
def begin_house_role(
    stay: Stay,
    *,
    by: Staff,
    role: str,
    from_on: date,
    partner: Stay | None = None,
    both_agreed_on: date | None = None,
) -> HouseRole:
    """Give somebody a role in the house; a buddy may have a partner, when both have agreed.

    Refused when the pack names the role among the benefits of a stage they have not reached.

    Source: Key Working, Appendix 2, Stages 3 to 5.
    """
    if needed := _stage_needed(stay, role):
        raise Refused(
            f"This role opens at {needed}.", instead="Wait for the promotion.", field="role"
        )
    return HouseRole.objects.create(
        stay=stay,
        role=role,
        from_on=from_on,
        partner=partner,
        both_agreed_on=both_agreed_on,
        recorded_by=by,
    )


def _stage_needed(stay: Stay, role: str, *, at: datetime | None = None) -> str:
    """The stage that opens this role for them, in words; nothing when it is open."""
    held = {privilege.kind for privilege in privileges(stay, at=at)}
    for stage in stay.scheme.pack.stages_in_order:
        if role in stage.privileges and role not in held:
            return stage.says
    return ""


@operation("house_role.ended", needs=Action.KEEP_REGISTER)
def end_house_role(role: HouseRole, *, by: Staff, until_on: date, because: str) -> HouseRole:
    """End a role: by their own wish, or because their stage no longer opens it."""
    role.until_on, role.ended_because = until_on, because
    role.save(update_fields=["until_on", "ended_because"])
    return role


def end_roles_closed(stay: Stay, *, by: Staff, on: date, because: str, at: datetime) -> int:
    """End the roles that the stage no longer opens from `at`; part of a move to a lower stage."""
    closed = HouseRole.objects.filter(stay=stay, until_on=None)
    ended = 0
    for role in closed:
        if _stage_needed(stay, role.role, at=at):
            end_house_role(role, by=by, until_on=max(on, role.from_on), because=because)
            ended += 1
    return ended


@operation("part_taken.recorded", needs=Action.KEEP_REGISTER)
def record_part_taken(
    stay: Stay, *, by: Staff, kind: str, done_on: date, words: str = ""
) -> PartTaken:
    """Record a meeting in their role, support to another resident, or a meal cooked for all."""
    stay.require_current(on=done_on, field="done_on")
    return PartTaken.objects.create(
        stay=stay, kind=kind, done_on=done_on, words=words, recorded_by=by
    )


@operation("network_contact.recorded", needs=Action.KEEP_REGISTER)
def add_contact(
    stay: Stay, *, by: Staff, kind: str, name: str, since_on: date, words: str = ""
) -> NetworkContact:
    """Add somebody outside the service to their network. It counts once it is confirmed.

    Source: Key Working, Appendix 2, Stage 5.
    """
    _not_to_come(stay, since_on, "since_on")
    return NetworkContact.objects.create(
        stay=stay, kind=kind, name=name, words=words, since_on=since_on, recorded_by=by
    )


def contact_has_ended(contact: NetworkContact) -> Refused | None:
    if contact.ended_on is None:
        return None
    return Refused("This contact has ended.", instead="Add the new one.")


@operation("network_contact.confirmed", needs=Action.KEEP_REGISTER, unless=contact_has_ended)
def confirm_contact(contact: NetworkContact, *, by: Staff, confirmed_on: date) -> NetworkContact:
    """Record that the contact is alive. Refused for a day to come or before it began."""
    _not_to_come(contact.stay, confirmed_on, "confirmed_on")
    contact.confirmed_on, contact.confirmed_by = confirmed_on, by
    contact.save(update_fields=["confirmed_on", "confirmed_by"])
    return contact


@operation("network_contact.ended", needs=Action.KEEP_REGISTER, unless=contact_has_ended)
def end_contact(contact: NetworkContact, *, by: Staff, ended_on: date) -> NetworkContact:
    """Record that the contact is no more. Refused for a day to come or before it began."""
    _not_to_come(contact.stay, ended_on, "ended_on")
    contact.ended_on = ended_on
    contact.save(update_fields=["ended_on"])
    return contact


def _not_to_come(stay: Stay, day: date, field: str) -> None:
    if day > stay.scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)
