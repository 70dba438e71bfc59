"""What every signature on a plan or a weekly form comes to: words locked, and who is still to sign.

The words are sealed with the list of those who sign, so that a practice that later asks for another
signature asks for it on the next version only.
"""

from __future__ import annotations

from typing import Any

from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.content import content_of_plan, content_of_week
from alongside.plans.models import Plan, PlanAction, WeeklyForm
from alongside.plans.queries.signing import signers_of
from alongside.signatures.models import digest_of
from alongside.signatures.queries import signatures_on

type Paper = Plan | WeeklyForm


def is_settled(paper: Paper) -> Refused | None:
    """A version is signed while it waits; not once it is in force or given up."""
    if isinstance(paper, Plan) and paper.replaced_at:
        return Refused("A later version has replaced this one.", instead="Sign the later one.")
    if paper.in_force_at:
        return Refused(
            "Everybody who has to has signed this already.",
            instead="Open a new version if it has to change.",
        )
    return None


def seal(paper: Paper) -> dict[str, Any]:
    """Lock the words, if this is the first signature, and return what is signed."""
    if paper.content is not None:
        return dict(paper.content)
    if isinstance(paper, Plan):
        _require_whole(paper)
        content = content_of_plan(paper)
    else:
        content = content_of_week(paper)
    paper.content, paper.digest, paper.sealed_at = content, digest_of(content), clock.now()
    return content


def save_signed[P: Paper](paper: P) -> P:
    """Count who still has to sign; with nobody left the words are in force."""
    signed = set(signatures_on(paper).filter(refused=False).values_list("party", flat=True))
    waits = [one for one in signers_of(paper) if one.required and one.key not in signed]
    paper.still_to_sign = len(waits)
    if not waits and paper.in_force_at is None:
        paper.in_force_at = clock.now()
        if isinstance(paper, Plan):
            _take_over(paper)
        else:
            _take_over_days(paper)
    paper.save()
    return paper


def require_another_hand(paper: Paper, staff: Staff) -> None:
    """Nobody signs the same words twice, as two different people."""
    if signatures_on(paper).filter(refused=False, staff=staff).exists():
        raise Refused(
            "You have signed this already, as somebody else.", instead="Ask a colleague to sign."
        )


def _require_whole(plan: Plan) -> None:
    """Refuse what cannot be signed yet: unanswered proposals, no action with a time, no voice."""
    waiting = PlanAction.objects.filter(stay=plan.stay).proposed().count()
    if waiting:
        raise Refused(
            f"{waiting} proposed {'action waits' if waiting == 1 else 'actions wait'} for an"
            f" answer from {plan.stay.resident.first_name}.",
            instead="Accept, park or refuse each of them first.",
        )
    if not plan.steps.filter(action__when_on__isnull=False).exists():
        raise Refused(
            "No action in this plan says by when.",
            instead="Write at least one action with a day.",
        )
    if plan.scheme.pack.has("plan_needs_review_day") and plan.review_on is None:
        raise Refused(
            "It does not say when the plan is looked at again.",
            instead="Write a day on the page of the plan’s words.",
        )
    if not plan.has_voice() and not plan.no_voice_because.strip():
        raise Refused(
            f"There is nothing in {plan.stay.resident.first_name}’s own words yet.",
            instead="Write what they want, or say why there is nothing.",
        )


def _take_over(plan: Plan) -> None:
    """The version before, and words that were put differently, no longer hold."""
    now = clock.now()
    before = Plan.objects.filter(stay=plan.stay, in_force_at__isnull=False, replaced_at=None)
    before.exclude(pk=plan.pk).update(replaced_at=now)
    PlanAction.objects.filter(
        replaced_by__steps__plan=plan, stay=plan.stay, replaced_at=None
    ).update(replaced_at=now)


def _take_over_days(form: WeeklyForm) -> None:
    """What was carried over to another day no longer holds for the day it had before."""
    PlanAction.objects.filter(
        replaced_by__weekly_lines__form=form, stay=form.stay, replaced_at=None
    ).update(replaced_at=clock.now())
