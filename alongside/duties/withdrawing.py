"""Lets go of what is no longer owed after the practice of a scheme changed; keeps what was."""

from __future__ import annotations

from datetime import date

from alongside.duties.models import Duty, State
from alongside.organisation.models import Scheme


def withdraw(scheme: Scheme, *, on: date) -> int:
    """Delete the duties still to come of rules that the scheme no longer has; how many.

    What was done, missed or excused stays as it was. One that is overdue by then was missed.
    """
    pack = scheme.pack
    owed = [rule.key for rule in pack.duties if not rule.feature or pack.has(rule.feature)]
    gone = Duty.objects.filter(scheme=scheme, state__in=[State.OPEN, State.PAUSED]).exclude(
        key__in=owed
    )
    gone.filter(due_on__lt=on, state=State.OPEN).update(state=State.MISSED)
    count, _ = gone.filter(due_on__gte=on).delete()
    return count
