"""Sickness: told, expected to end, ended."""

from __future__ import annotations

from datetime import date

from alongside.absence.models import DAY, Absence, Cover, Kind
from alongside.absence.operations.checks import (
    over_or_not_in_force,
    require_not_away,
    require_own_or_may,
    require_works_here,
)
from alongside.absence.operations.cover import close_cover
from alongside.absence.operations.long import open_changes_if_long
from alongside.absence.operations.telling import tell_everybody
from alongside.absence.queries import held_during
from alongside.audit.operation import operation
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("sickness.reported", needs=None)
def report_sick(
    scheme: Scheme,
    *,
    by: Staff,
    worker: Staff,
    from_on: date | None = None,
    expected_on: date | None = None,
) -> Absence:
    """Note that somebody is off sick, from a day on (today). What they have is not asked.

    `expected_on` is the day they think to be back, when anybody knows. What they owe goes to
    others in the same moment.

    Leave that lies ahead stands beside it. Refused when it lies ahead, or over another absence up
    to today, or they do not work here.
    Source: Key Working, step 3.
    """
    today = scheme.today()
    from_on = from_on or today
    require_works_here(scheme, worker)
    require_own_or_may(scheme, worker, by, Action.REPORT_ABSENCE)
    if from_on > today:
        raise Refused(
            "Nobody can be sick ahead of time.",
            instead="Enter it on the day, or ask for leave.",
            field="from_on",
        )
    _require_ahead(expected_on, today, from_on)
    require_not_away(worker, from_on, today)
    absence = Absence.objects.create(
        worker=worker,
        scheme=scheme,
        kind=Kind.SICK,
        from_on=from_on,
        expected_on=expected_on,
        recorded_by=by,
    )
    tell_everybody(absence, by=by)
    open_changes_if_long(absence, by=by)
    return absence


def _require_ahead(expected_on: date | None, today: date, from_on: date) -> None:
    if expected_on and (expected_on <= today or expected_on <= from_on):
        raise Refused(
            "That day is not ahead.",
            instead="Choose a later day, or leave it empty while nobody knows.",
            field="expected_on",
        )


def not_open_sickness(absence: Absence) -> Refused | None:
    if absence.kind != Kind.SICK:
        return Refused("Leave has its last day.", instead="Cancel it and ask for other days.")
    return over_or_not_in_force(absence)


@operation("sickness.expected", needs=None, unless=not_open_sickness)
def expect_back(absence: Absence, *, by: Staff, expected_on: date) -> Absence:
    """Note on which day somebody who is sick thinks to be back."""
    _require_may(absence, by)
    _require_ahead(expected_on, absence.scheme.today(), absence.from_on)
    touched = held_during(absence)
    absence.expected_on = expected_on
    absence.save(update_fields=["expected_on"])
    tell_everybody(absence, by=by, also=touched)
    open_changes_if_long(absence, by=by)
    return absence


def cannot_come_back(absence: Absence) -> Refused | None:
    if absence.from_on > absence.scheme.today():
        return Refused("They have not been away yet.", instead="Cancel it instead.")
    return over_or_not_in_force(absence)


@operation("absence.ended", needs=None, unless=cannot_come_back)
def come_back(absence: Absence, *, by: Staff, back_on: date) -> Absence:
    """Note that somebody is back, from a day on. Cover ends the day before, by itself.

    Refused when that day lies ahead, or is not after the first day away.
    """
    _require_may(absence, by)
    if back_on > absence.scheme.today():
        raise Refused(
            "That day has not come yet.",
            instead="Note it as the day they are expected.",
            field="back_on",
        )
    if back_on <= absence.from_on:
        raise Refused(
            f"They were away from {absence.from_on:%-d %B %Y}.",
            instead="Choose a later day, or cancel the absence.",
            field="back_on",
        )
    touched = held_during(absence)
    absence.until_on, absence.expected_on = back_on - DAY, None
    absence.save(update_fields=["until_on", "expected_on"])
    for cover in Cover.objects.open().filter(absence=absence).select_related(*Cover.LOCK_WITH):
        close_cover(cover, by=by, last_day=absence.until_on)
    tell_everybody(absence, by=by, also=touched)
    return absence


def _require_may(absence: Absence, by: Staff) -> None:
    if by.pk != absence.worker_id and not by.may(Action.REPORT_ABSENCE, absence):
        leader = absence.scheme.one("manager")
        raise NotPermitted("This is somebody else’s.", instead=f"Ask them, or {leader}.")
