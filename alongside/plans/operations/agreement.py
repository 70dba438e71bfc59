"""After the signing: reading, copies, withdrawing, and disagreeing."""

from __future__ import annotations

from uuid import UUID

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import Disagreement, Plan, PlanCopy, PlanReading
from alongside.plans.operations.checks import require_choice, require_words
from alongside.practice.actions import Action
from alongside.residents.models import made_by


def not_agreed(plan: Plan) -> Refused | None:
    """Agreement is withdrawn by the one who gave it, once."""
    if plan.withdrawn_at:
        return Refused("The agreement was withdrawn already.", instead="Open a new version.")
    if plan.replaced_at:
        return Refused("A later version has replaced this one.", instead="Look at the later one.")
    if not plan.resident_agreed_at:
        return Refused(
            "They have not agreed to this.", instead="Record that they refuse to sign instead."
        )
    return None


def not_withdrawn(plan: Plan) -> Refused | None:
    """Only what was withdrawn is reconsidered, once."""
    if plan.withdrawn_at is None:
        return Refused("The agreement stands.", instead="Open a new version to change the plan.")
    if plan.reconsidered_at:
        return Refused("This has been talked about already.", instead="Open a new version.")
    return None


def is_decided(disagreement: Disagreement) -> Refused | None:
    if disagreement.decided_at is None:
        return None
    return Refused("This has been decided.", instead="Record a new disagreement.")


@operation("plan.agreement_withdrawn", needs=Action.SIGN_PLAN, unless=not_agreed)
def withdraw_agreement(plan: Plan, *, by: Actor, words: str = "") -> Plan:
    """Record that the resident no longer agrees. The plan is no longer in force.

    The coordinator is then asked to go through it with them. `words` are the person's own.
    """
    plan.withdrawn_at, plan.withdrawn_words = clock.now(), words
    plan.save(update_fields=["withdrawn_at", "withdrawn_words"])
    return plan


@operation("plan.reconsidered", needs=Action.WRITE_PLAN, unless=not_withdrawn)
def reconsider_plan(plan: Plan, *, by: Staff, words: str) -> Plan:
    """Record what came of going through a plan whose agreement was withdrawn."""
    plan.reconsidered_words = require_words(words, field="words", instead="Say what came of it.")
    plan.reconsidered_at, plan.reconsidered_by = clock.now(), by
    plan.save(update_fields=["reconsidered_at", "reconsidered_by", "reconsidered_words"])
    return plan


@operation("plan.read", needs=Action.READ_FILE)
def read_plan(plan: Plan, *, by: Staff) -> PlanReading:
    """Record that a member of the team has read this version; once is enough."""
    reading, _ = PlanReading.objects.get_or_create(plan=plan, staff=by)
    return reading


@operation("plan.copy_offered", needs=Action.WRITE_PLAN)
def offer_copy(plan: Plan, *, by: Actor, format: str, declined: bool = False) -> PlanCopy:  # noqa: A002
    """Record that a copy was given to the person, or offered and not wanted.

    `format` is a key of the pack's list `copy_formats`.
    """
    require_words(format, field="format", instead="Choose a format.")
    require_choice(plan.stay, "copy_formats", format, field="format")
    return PlanCopy.objects.create(
        plan=plan,
        format=format,
        declined=declined,
        offered_on=plan.scheme.today(),
        **made_by(by),
    )


@operation("plan.disputed", needs=Action.REPORT_ACTION)
def record_disagreement(
    plan: Plan,
    *,
    by: Actor,
    who: str,
    words: str,
    line: UUID | None = None,
    resident_view: str = "",
) -> Disagreement:
    """Record that somebody, often family, disagrees with the plan or with one goal (`line`).

    It is marked as disputed, and on the manager's list, until it is decided.
    """
    return Disagreement.objects.create(
        plan=plan,
        line=line,
        who=require_words(who, field="who", instead="Say who disagrees."),
        words=require_words(words, field="words", instead="Write what they say."),
        resident_view=resident_view,
        **made_by(by),
    )


@operation("plan.dispute_decided", needs=Action.HOLD_MANAGER_REVIEW, unless=is_decided)
def decide_disagreement(disagreement: Disagreement, *, by: Staff, decision: str) -> Disagreement:
    """Record what the manager decided about a disagreement, and what happens next."""
    disagreement.decision = require_words(
        decision, field="decision", instead="Write what was decided."
    )
    disagreement.decided_by, disagreement.decided_at = by, clock.now()
    disagreement.save(update_fields=["decision", "decided_by", "decided_at"])
    return disagreement
