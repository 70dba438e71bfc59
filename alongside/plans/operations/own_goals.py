"""What a person writes of their own goals, without waiting for anybody to open the plan."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.plans.models import Goal, Plan, WhoseIdea
from alongside.plans.operations.checks import require_words, stay_has_ended
from alongside.plans.operations.versions import add_goal, change_goal, open_version
from alongside.plans.queries.plans import unsettled_plan
from alongside.practice.actions import Action
from alongside.stays.models import Stay

OWN_WORDS = "In their own words."


@operation("goal.written_by_them", needs=Action.WRITE_PLAN, unless=stay_has_ended)
def write_own_goal(stay: Stay, *, by: Actor, words: str, matters: str = "") -> Goal:
    """Write down a goal of one's own, in the version that is being written or in a new one.

    What is in force stays so until both have signed the version with it.

    Refused when nothing is written, or a version waits for a signature.
    Source: job description, Responsive (empowering customers).
    """
    require_words(words, field="words", instead="Write what you would like to reach.")
    draft = _draft(stay, by)
    return add_goal(
        draft, by=by, words=words, whose_idea=WhoseIdea.RESIDENT, matters=matters.strip()
    )


@operation("goal.rewritten_by_them", needs=Action.WRITE_PLAN)
def rewrite_own_goal(goal: Goal, *, by: Actor, words: str, matters: str = "") -> Goal:
    """Put a goal into other words; one that was signed is rewritten in the next version.

    Refused as `write_own_goal` is, and when it has ended.
    """
    require_words(words, field="words", instead="Write what you would like to reach.")
    draft = _draft(goal.plan.stay, by)
    held = Goal.objects.filter(plan=draft, line=goal.line).first()
    if held is None:
        raise Refused("This goal has ended.", instead="Write it as a new one.", field="words")
    return change_goal(
        held, by=by, words=words, whose_idea=held.whose_idea, need=held.need,
        strength=held.strength, outcome=held.outcome, measure=held.measure,
        matters=matters.strip(), by_on=held.by_on, readiness=held.readiness,
        agencies=held.agencies,
    )  # fmt: skip


def _draft(stay: Stay, by: Actor) -> Plan:
    waiting = unsettled_plan(stay)
    if waiting and waiting.is_sealed():
        raise Refused(
            "A version of the plan waits for a signature.",
            instead="Sign it or say no to it first, then write.",
            field="words",
        )
    return waiting or open_version(stay, by=by, why=OWN_WORDS)
