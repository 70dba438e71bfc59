"""My goals: written, put in order and talked about by the person themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.plans import operations
from alongside.plans.forms.handing_on import RankForm
from alongside.plans.queries import unsettled_plan
from alongside.plans.queries.order import in_own_order
from alongside.portal import queries
from alongside.portal.forms import GoalSaidForm, OwnGoalForm
from alongside.portal.views.guests import own
from alongside.portal.views.keeping import asked
from alongside.stays.models import Stay


@own
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Something they want to reach."""
    form = OwnGoalForm.from_request(request)
    form.draft_key = f"own-goal-{stay.pk}"
    return asked(
        request, stay, form, operations.write_own_goal, title="A goal of my own",
        then=("portal:plan",), back="portal:plan",
        says="Your goal is written down. It holds once you have both signed.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, stay: Stay, goal_id: UUID) -> HttpResponse:
    """Put one of their goals into other words."""
    found = queries.own_goal(stay, goal_id)
    initial = {"words": found.words, "matters": found.matters}
    form = OwnGoalForm.from_request(request, initial=initial)
    form.draft_key = f"own-goal-{found.pk}"
    return asked(
        request, stay, form, operations.rewrite_own_goal, subject=found,
        title="Change my goal", then=("portal:plan",), back="portal:plan",
        says="Your goal is changed. It holds once you have both signed.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, stay: Stay, goal_id: UUID) -> HttpResponse:
    """How far they are with a goal, in their own words."""
    found = queries.own_goal(stay, goal_id)
    form = GoalSaidForm.from_request(request, pack=stay.pack)
    form.draft_key = f"own-said-{found.pk}"

    def record(plan: object, *, by: object, **said: object) -> object:
        return operations.record_goal_result(plan, by=by, goal=found, **said)  # type: ignore[arg-type]

    return asked(
        request, stay, form, record, subject=found.plan, title="How far am I?",
        intro=found.words, then=("portal:plan",), back="portal:plan", says="It is saved.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Which goal matters most to them."""
    draft = unsettled_plan(stay)
    if draft is None or draft.is_sealed():
        raise Http404
    form = RankForm.from_request(request, goals=list(in_own_order(draft)))
    return asked(
        request, stay, form, operations.rank_goals, subject=draft, title="What matters most to me?",
        intro="1 comes first.", then=("portal:plan",), back="portal:plan",
        says="Your goals stand in that order.",
    )  # fmt: skip
