"""Duties of the house are given, checked by somebody, and taken back while nobody has looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from alongside.audit.operation import operation
from alongside.chores.models import HouseDuty, Result
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("house_duty.given", needs=Action.KEEP_REGISTER)
def give_duty(stay: Stay, *, by: Staff, kind: str, first_on: date, weeks: int = 1) -> Stay:
    """Give somebody a duty of the house on a day, and on the same day of the weeks after it.

    Refused outside the stay, for more weeks than the pack allows, or when they have it already.
    """
    most = int(stay.scheme.pack.limit("house_duty_weeks"))
    if not 1 <= weeks <= most:
        raise Refused(
            f"A duty is given for 1 to {most} weeks.", instead="Give it again then.", field="weeks"
        )
    days = [first_on + timedelta(weeks=number) for number in range(weeks)]
    stay.require_stay(on=first_on, field="first_on")
    for day in days:
        if stay.moved_out_on is None or day <= stay.moved_out_on:
            HouseDuty.objects.create(stay=stay, kind=kind, due_on=day, recorded_by=by)
    return stay


@operation("house_duty.checked", needs=Action.KEEP_REGISTER)
def check_duty(duty: HouseDuty, *, by: Staff, result: str) -> HouseDuty:
    """Write down that somebody looked, and what came of it. Refused before its day."""
    if duty.due_on > duty.scheme.today():
        raise Refused("This is still to come.", instead="Check it on its day.")
    duty.result, duty.checked_by, duty.checked_at = Result(result), by, clock.now()
    duty.save(update_fields=["result", "checked_by", "checked_at"])
    return duty


@operation("house_duties.checked", needs=Action.KEEP_REGISTER)
def check_duties(scheme: Scheme, *, by: Staff, results: Mapping[HouseDuty, str]) -> Scheme:
    """Check several at once; one that is said as before keeps who looked first."""
    for duty, result in results.items():
        if duty.result != result:
            check_duty(duty, by=by, result=result)
    return scheme


def looked_at(duty: HouseDuty) -> Refused | None:
    if not duty.result:
        return None
    return Refused("Somebody has looked at this already.", instead="Say “Excused” instead.")


@operation("house_duty.taken_back", needs=Action.KEEP_REGISTER, unless=looked_at)
def take_back_duty(duty: HouseDuty, *, by: Staff) -> HouseDuty:
    """Take back a duty that nobody has looked at: it was given by mistake, or swapped."""
    key = duty.pk
    duty.delete()
    duty.pk = key  # the journal still names it
    return duty
