"""What a review decides: each decision is an action with a name and a day."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import Who
from alongside.plans.operations import add_action, propose_action, stop_action
from alongside.practice.actions import Action
from alongside.reviews.models import Decision, Review
from alongside.reviews.operations.checks import not_being_written, require_words


@operation("review.decided", needs=Action.HOLD_REVIEW, unless=not_being_written)
def decide(
    review: Review,
    *,
    by: Staff,
    words: str,
    who: str,
    due_on: date,
    staff: Staff | None = None,
    name: str = "",
    need: str = "",
) -> Decision:
    """Write down a decision: what is done, by whom by name, by which day.

    It becomes an action of the plan at once. What the resident shall do, and was decided without
    them, is only proposed: they accept, park or refuse it.

    Refused without words, a name and a day that comes after the review.
    """
    words = require_words(words, field="words", instead="Write what is to be done.")
    if review.held_on and due_on < review.held_on:
        raise Refused(
            "That day is before the review.", instead="Choose a later day.", field="due_on"
        )
    named = _name(review, by, who, staff, name.strip())
    if review.was_without_them() and who in {Who.RESIDENT, Who.TOGETHER}:
        action = propose_action(review.stay, by=by, text=words, need=need, source=review)
    else:
        action = add_action(
            review.stay,
            by=by,
            text=words,
            need=need,
            who=who,
            staff=staff if who == Who.STAFF else None,
            when_on=due_on,
            agency=named if who == Who.OTHER else "",
        )
    return Decision.objects.create(
        review=review,
        action=action,
        words=words,
        who=who,
        staff=staff if who == Who.STAFF else None,
        name=named,
        due_on=due_on,
        decided_by=by,
    )


def already_signed(decision: Decision) -> Refused | None:
    return not_being_written(decision.review)


@operation("review.decision_taken_back", needs=Action.HOLD_REVIEW, unless=already_signed)
def take_decision_back(decision: Decision, *, by: Staff) -> Decision:
    """Take a decision back that was written down wrongly, before anybody has signed.

    The action it became is let go, and stays readable in the plan.
    """
    action = decision.action
    Decision.objects.filter(pk=decision.pk).delete()
    if not action.ended_on and action.answer == "accept":
        stop_action(action, by=by, comment="Taken back at the review.")
    return decision


def _name(review: Review, by: Staff, who: str, staff: Staff | None, name: str) -> str:
    """The name of whoever does it. Nobody can be asked about what "we" will do."""
    resident = review.stay.resident.name
    if who == Who.RESIDENT:
        return resident
    if who == Who.TOGETHER:
        return f"{resident} and {staff.name if staff else by.name}"
    if who == Who.STAFF and staff:
        return staff.name
    if who == Who.OTHER and name:
        return name
    raise Refused(
        "It does not say by name who does it.",
        instead="Choose a member of staff, or write a name.",
        field="staff" if who == Who.STAFF else "name",
    )
