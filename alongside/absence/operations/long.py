"""An absence that has become long opens the decision about the key worker, for each person."""

from __future__ import annotations

from alongside.absence.models import Absence
from alongside.absence.queries import held_during
from alongside.allocations.operations import open_for_absence
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.organisation.models import Scheme


def is_long(absence: Absence) -> bool:
    """Whether it lasts, or has lasted, longer than the pack's limit."""
    scheme = absence.scheme
    return absence.days(scheme.today()) > int(scheme.pack.limit("long_absence"))


@operation("absence.opened_changes", needs=None)
def open_changes_for(absence: Absence, *, by: Actor) -> Absence:
    """Open a change of key worker for everybody an absent worker holds.

    Those for whom one is open already are passed over. The manager decides on each.
    Source: key worker guidance (source 003), reason b.
    """
    if absence.change_opened_at:
        return absence
    for stay in held_during(absence):
        if stay.is_current() and stay.scheme.pack.has_key_working:
            open_for_absence(
                stay, by=by, about=absence.worker, recorder=absence.recorded_by,
                since=absence.from_on,
            )  # fmt: skip
    absence.change_opened_at = clock.now()
    absence.save(update_fields=["change_opened_at"])
    return absence


def open_changes_if_long(absence: Absence, *, by: Actor) -> None:
    """Do it when the absence is that long already."""
    if is_long(absence) and not absence.change_opened_at:
        open_changes_for(absence, by=by)


@operation("absences.looked_at", needs=None)
def open_long_absences(scheme: Scheme, *, by: Actor) -> Scheme:
    """Look at every absence of the scheme that goes on: time alone makes one long.

    Doing it twice on one day changes nothing.
    """
    going_on = Absence.objects.in_force().on(scheme.today())
    for absence in going_on.filter(scheme=scheme, change_opened_at=None).select_related(
        *Absence.LOCK_WITH, "recorded_by"
    ):
        open_changes_if_long(absence, by=by)
    return scheme
