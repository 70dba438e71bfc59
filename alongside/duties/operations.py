"""What people do about duties: excuse one, and let the calendar move them on."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.duties.models import Duty, Excuse, WorkedOut
from alongside.duties.recalculation import work_out_all
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("duties.worked_out", needs=None)
def work_out(scheme: Scheme, *, by: Actor) -> WorkedOut:
    """Work out every duty of the scheme for today. Time is a cause: a week begins, one is over.

    Doing it twice on one day changes nothing.
    """
    today = scheme.today()
    work_out_all(scheme, today=today)
    done, _ = WorkedOut.objects.update_or_create(
        scheme=scheme, defaults={"on": today, "at": clock.now()}
    )
    return done


@operation("duty.excused", needs=Action.EXCUSE_DUTY)
def excuse(duty: Duty, *, by: Staff, reason: str) -> Excuse:
    """Excuse a duty, with the reason. It counts as excused, which is neither met nor missed.

    Refused when it was met already.
    """
    if duty.met_on:
        raise Refused("This has been done already.", instead="There is nothing to excuse.")
    return Excuse.objects.create(
        subject_kind=duty.subject_kind,
        subject_id=duty.subject_id,
        scheme=duty.scheme,
        stay=duty.stay,
        key=duty.key,
        period_from=duty.period_from,
        ref=duty.ref,
        reason=reason,
        approved_by=by,
    )
