"""What people do about duties: excuse one, and let the calendar move them on."""

from __future__ import annotations

from datetime import date

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.duties.models import (
    ClosedDuty,
    ClosedMonth,
    Duty,
    Excuse,
    MissReason,
    State,
    WorkedOut,
)
from alongside.duties.recalculation import work_out_all
from alongside.duties.withdrawing import withdraw
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("duties.worked_out", needs=None)
def work_out(scheme: Scheme, *, by: Actor) -> WorkedOut:
    """Work out every duty of the scheme for today. Time is a cause: a week begins, one is over.

    What the practice no longer asks for since a day that has come is withdrawn with it.

    Doing it twice on one day changes nothing.
    """
    today = scheme.today()
    before = WorkedOut.objects.filter(scheme=scheme, practice=scheme.practice_name).first()
    work_out_all(scheme, today=today, since=before.on if before else date.min)
    withdraw(scheme, on=today)
    done, _ = WorkedOut.objects.update_or_create(
        scheme=scheme,
        defaults={"on": today, "at": clock.now(), "practice": scheme.practice_name},
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


def was_not_missed(duty: Duty) -> Refused | None:
    """Only of a week or month that is over and was missed it is asked why."""
    if duty.state == State.MISSED:
        return None
    return Refused("This was not missed.", instead="There is nothing to explain.")


@operation("duty.miss_explained", needs=Action.WRITE_NOTE, unless=was_not_missed)
def explain_miss(duty: Duty, *, by: Staff, reason: str, words: str = "") -> MissReason:
    """Say why a week was missed, from the pack's list. It stays missed; what is said last holds.

    Refused for a reason that this duty does not know, and for one that says too little alone.
    """
    known = reasons_for(duty)
    if reason not in known:
        raise Refused("That is not on the list.", instead="Choose one that is.", field="reason")
    listed = duty.scheme.pack.reasons("session_missed").get(reason)
    if listed and listed.needs_text and not words.strip():
        raise Refused("That says too little by itself.", instead="Add a few words.", field="words")
    return MissReason.objects.create(
        subject_kind=duty.subject_kind,
        subject_id=duty.subject_id,
        scheme=duty.scheme,
        stay=duty.stay,
        key=duty.key,
        ref=duty.ref,
        period_from=duty.period_from,
        reason=reason,
        words=words.strip(),
        said_by=by,
    )


def reasons_for(duty: Duty) -> dict[str, str]:
    """The reasons that may be given for a missed period of this duty, as the pack says them."""
    pack = duty.scheme.pack
    rule = pack.duties.get(duty.key)
    listed = pack.reasons("session_missed")
    keys = (rule.breach_reasons if rule else ()) or listed.keys()
    return {key: listed[key].says for key in keys if key in listed}


@operation("month.closed", needs=Action.EXCUSE_DUTY)
def close_month(scheme: Scheme, *, by: Staff, month: date) -> ClosedMonth:
    """Close a month: every duty that was due in it is kept as it stands now.

    What is corrected later shows beside these figures and does not change them.

    Refused before the month is over, and when it is closed already. Source: requirements, rule
    12 of the duty engine.
    """
    first = month.replace(day=1)
    after = Duration(months=1).after(first)
    if scheme.today() < after:
        raise Refused(
            f"{first:%B %Y} is not over yet.",
            instead=f"Close it from {after:%-d %B %Y}.",
            field="month",
        )
    if ClosedMonth.objects.filter(scheme=scheme, month=first).exists():
        raise Refused(
            f"{first:%B %Y} is closed already.", instead="Look at its figures.", field="month"
        )
    work_out_all(scheme, today=scheme.today())
    rows = list(
        Duty.objects.for_page()
        .filter(scheme=scheme, due_on__gte=first, due_on__lt=after)
        .exclude(state=State.VOID)
    )
    closed = ClosedMonth.objects.create(
        scheme=scheme, month=first, duties=len(rows), practice=scheme.practice_name, closed_by=by
    )
    ClosedDuty.objects.bulk_create(_as_it_stands(closed, duty) for duty in rows)
    return closed


def _as_it_stands(month: ClosedMonth, duty: Duty) -> ClosedDuty:
    return ClosedDuty(
        month=month,
        subject_kind=duty.subject_kind,
        subject_id=duty.subject_id,
        stay_id=duty.stay_id,
        owed_by_id=duty.owed_by_id,
        whom=duty.whom,
        key=duty.key,
        period_from=duty.period_from,
        ref=duty.ref,
        says=duty.says,
        due_on=duty.due_on,
        met_on=duty.met_on,
        state=duty.state,
        overdue=duty.state == State.OPEN,
    )
