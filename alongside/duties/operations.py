"""What people do about duties: excuse one, and let the calendar move them on."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.duties.models import Duty, Excuse, WorkedOut
from alongside.duties.recalculation import recalculate, rules_for
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("duties.worked_out", needs=None)
def work_out(scheme: Scheme, *, by: Actor) -> WorkedOut:
    """Work out every duty of the scheme for today. Time is a cause: a week begins, one is over.

    Doing it twice on one day changes nothing.
    """
    today = scheme.today()
    for stay in Stay.objects.filter(scheme=scheme).select_related(*Stay.LOCK_WITH).current():
        recalculate(stay, rules_for(stay), today=today)
    done, _ = WorkedOut.objects.update_or_create(
        scheme=scheme, defaults={"on": today, "at": clock.now()}
    )
    return done


@operation("duty.excused", needs=Action.EXCUSE_DUTY)
def excuse(stay: Stay, *, by: Staff, duty: Duty, reason: str) -> Excuse:
    """Excuse a duty, with the reason. It counts as excused, which is neither met nor missed.

    Refused when it was met already, or is somebody else's.
    """
    if duty.stay_id != stay.pk:
        raise Refused("This duty is about somebody else.", instead="Open it from their file.")
    if duty.met_on:
        raise Refused("This has been done already.", instead="There is nothing to excuse.")
    return Excuse.objects.create(
        stay=stay,
        key=duty.key,
        period_from=duty.period_from,
        ref=duty.ref,
        reason=reason,
        approved_by=by,
    )
