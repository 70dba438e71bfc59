"""One round of reminding: the day is worked out first, then everybody who is due is reminded."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.duties.operations import work_out
from alongside.duties.queries import is_worked_out
from alongside.kit.refusal import Refused
from alongside.organisation.models import Organisation, Scheme
from alongside.reminders.operations import remind
from alongside.reminders.queries import reminders_due


def remind_everybody(*, by: Actor) -> int:
    """Queue each reminder that is due, once for each person and day. Returns how many."""
    for scheme in Scheme.objects.select_related("organisation").order_by("slug"):
        if not is_worked_out(scheme):
            work_out(scheme, by=by)
    queued = 0
    for organisation in Organisation.objects.order_by("slug"):
        for due in reminders_due(organisation):
            try:
                remind(due.staff, by=by, of=due)
            except Refused:
                continue  # another round was quicker
            queued += 1
    return queued
