"""An action's way: proposed, agreed, started, reported, verified; or parked, or let go."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import Ending, Plan, PlanAction, PlanStep, Who
from alongside.plans.models.actions import Answer
from alongside.plans.operations.checks import (
    require_choice,
    require_known,
    require_words,
    stay_has_ended,
)
from alongside.practice.actions import Action
from alongside.residents.models import Resident, made_by
from alongside.stays.models import Stay


def not_waiting(action: PlanAction) -> Refused | None:
    """A proposal is answered once; what was parked or refused can be taken up later."""
    if action.answer != Answer.ACCEPT:
        return None
    return Refused(
        "This is in the plan already.", instead="Let it go instead, if it is no longer wanted."
    )


def not_open(action: PlanAction) -> Refused | None:
    """Only what was agreed, and has not ended, can move on."""
    if action.answer != Answer.ACCEPT:
        return Refused(
            "This action has not been agreed.",
            instead="Ask first whether they want to take it on.",
        )
    if action.ended_on:
        return Refused(
            f"This action ended on {action.ended_on:%-d %B %Y}.",
            instead="Add another action if there is more to do.",
        )
    return None


def not_agreed(action: PlanAction) -> Refused | None:
    """What an action was for can be reached long after it was done, but it was agreed."""
    return not_open(action) if action.answer != Answer.ACCEPT else None


@operation("action.proposed", needs=Action.REPORT_ACTION, unless=stay_has_ended)
def propose_action(
    stay: Stay, *, by: Actor, text: str, need: str = "", source: Record | None = None
) -> PlanAction:
    """Propose an action, for the resident to accept, park or refuse.

    `need` is the number of an assessment item; `source` is the record it came from, such as a
    session or a review.

    Refused when nothing is written, the need is not known here, or the stay has ended.
    Source: Key Working, step 5.
    """
    require_known(stay, need=need)
    return PlanAction.objects.create(
        stay=stay,
        text=require_words(text, field="text", instead="Write what somebody would do."),
        need=need,
        source_type=source._meta.label if source else "",
        source_id=source.pk if source else None,
        **made_by(by),
    )


@operation("action.answered", needs=Action.REPORT_ACTION, unless=not_waiting)
def answer_proposal(
    action: PlanAction, *, by: Actor, answer: str, answer_words: str = ""
) -> PlanAction:
    """Record the resident's answer to a proposed action: "accept", "park" or "refuse".

    What was parked or refused can be accepted later. Staff record it for the resident.

    Refused when it is in the plan already, or the answer is none of the three.
    Source: Key Working, step 5.
    """
    if answer not in Answer.values:
        raise Refused(
            "That is not an answer.", instead="Accept it, park it or refuse it.", field="answer"
        )
    action.answer, action.answered_at, action.answer_words = answer, clock.now(), answer_words
    action.save(update_fields=["answer", "answered_at", "answer_words"])
    if answer == Answer.ACCEPT:
        _into_the_draft(action)
    return action


@operation("action.added", needs=Action.WRITE_PLAN, unless=stay_has_ended)
def add_action(
    stay: Stay,
    *,
    by: Actor,
    text: str,
    need: str = "",
    outcome: str = "",
    when_on: date | None = None,
    when_time: time | None = None,
    when_words: str = "",
    who: str = Who.RESIDENT,
    staff: Staff | None = None,
    support_level: str = "",
    task: str = "",
    agency: str = "",
    completed_by: str = "",
) -> PlanAction:
    """Write down an action together with the resident: agreed from the start.

    `when_words` keeps what they said ("after my appointment") beside, or instead of, the day.
    `support_level` and `completed_by` are keys of the pack's lists.

    Refused when nothing is written, or something chosen is not on the pack's lists.
    Source: Key Working, step 2 and Appendix 1.
    """
    check_action(stay, need=need, task=task, support_level=support_level, who=who, staff=staff)
    return PlanAction.objects.create(
        stay=stay,
        text=require_words(text, field="text", instead="Write what you will do."),
        need=need,
        outcome=outcome,
        when_on=when_on,
        when_time=when_time,
        when_words=when_words,
        who=who,
        staff=staff if who == Who.STAFF else None,
        support_level=support_level,
        task=task,
        agency=agency,
        completed_by=completed_by or _written_by(by),
        answer=Answer.ACCEPT,
        answered_at=clock.now(),
        **made_by(by),
    )


@operation("action.started", needs=Action.REPORT_ACTION, unless=not_open)
def start_action(action: PlanAction, *, by: Actor, on: date | None = None) -> PlanAction:
    """Record that they have begun. It counts from then on as an action engaged in.

    Refused when it was not agreed, has ended, or the day is not one of their stay.
    """
    day = on or action.scheme.today()
    action.stay.require_current(on=day, field="on")
    action.started_on = action.started_on or day
    action.save(update_fields=["started_on"])
    return action


@operation("action.reported", needs=Action.REPORT_ACTION, unless=not_open)
def report_action(
    action: PlanAction, *, by: Actor, words: str = "", on: date | None = None
) -> PlanAction:
    """Report an action as done. It stays "reported" until a member of staff has checked it.

    Refused when it was not agreed or has ended.
    Source: Key Working, step 6.
    """
    day = on or action.scheme.today()
    action.stay.require_current(on=day, field="on")
    action.started_on = action.started_on or day
    action.reported_at, action.reported_words = clock.now(), words
    action.reported_by_resident = isinstance(by, Resident)
    action.save(
        update_fields=["started_on", "reported_at", "reported_words", "reported_by_resident"]
    )
    return action


@operation("action.verified", needs=Action.VERIFY_ACTION, unless=not_open)
def verify_action(
    action: PlanAction,
    *,
    by: Staff,
    ending: str = Ending.ACHIEVED,
    comment: str = "",
    on: date | None = None,
) -> PlanAction:
    """Check what came of an action, and end it: achieved, partly, not, or no longer wanted.

    `comment` is the person's own. Whether what it was for was reached is recorded apart.

    Refused when it was not agreed, has ended, or the day is not one of their stay.
    Source: Key Working, steps 6 and 8.
    """
    day = on or action.scheme.today()
    action.stay.require_current(on=day, field="on")
    if ending in (Ending.ACHIEVED, Ending.PARTLY):
        action.started_on = action.started_on or day
    action.verified_at, action.verified_by = clock.now(), by
    return _end(action, ending, comment, day, "started_on", "verified_at", "verified_by")


@operation("action.stopped", needs=Action.REPORT_ACTION, unless=not_open)
def stop_action(action: PlanAction, *, by: Actor, comment: str = "") -> PlanAction:
    """Let an action go, because the person no longer wants it. That is no failure.

    Refused when it was not agreed or has ended.
    """
    return _end(action, Ending.NO_LONGER_WANTED, comment, action.scheme.today())


@operation("action.outcome_reached", needs=Action.VERIFY_ACTION, unless=not_agreed)
def reach_outcome(
    action: PlanAction, *, by: Staff, words: str = "", on: date | None = None
) -> PlanAction:
    """Record that what the action was for was reached, whether or not the action was done.

    Refused when the action was not agreed, names no outcome and none is told, or the day is not
    one of their stay.
    """
    day = on or action.scheme.today()
    action.stay.require_current(on=day, field="on")
    if not (action.outcome or words.strip()):
        raise Refused(
            "This action does not say what it is for.",
            instead="Write what was reached.",
            field="words",
        )
    action.outcome_reached_on, action.outcome_words = day, words
    action.save(update_fields=["outcome_reached_on", "outcome_words"])
    return action


def check_action(
    stay: Stay,
    *,
    need: str = "",
    task: str = "",
    support_level: str = "",
    who: str = Who.RESIDENT,
    staff: Staff | None = None,
) -> None:
    """Refuse what is not on the pack's lists, and a member of staff's action without a name."""
    require_known(stay, need=need, task=task)
    require_choice(stay, "support_levels", support_level, field="support_level")
    if who == Who.STAFF and staff is None:
        raise Refused(
            "It does not say which member of staff will do it.",
            instead="Choose who.",
            field="staff",
        )
    if staff and stay.scheme_id not in staff.scheme_ids():
        raise Refused(
            f"{staff} does not work here.", instead="Choose somebody who does.", field="staff"
        )


def _into_the_draft(action: PlanAction) -> None:
    """What is accepted while a version is being written belongs into it."""
    draft = Plan.objects.filter(stay=action.stay, sealed_at=None).unsettled().first()
    if draft:
        PlanStep.objects.get_or_create(plan=draft, action=action)


def _end(action: PlanAction, ending: str, comment: str, day: date, *also: str) -> PlanAction:
    if ending not in Ending.values:
        raise Refused("That is not an ending.", instead="Choose one of the list.", field="ending")
    action.ending, action.comment, action.ended_on = ending, comment, day
    action.save(update_fields=["ending", "comment", "ended_on", *also])
    return action


def _written_by(by: Any) -> str:
    return "resident" if isinstance(by, Resident) else "staff"
