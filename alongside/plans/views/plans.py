"""A person's plan, its versions, and writing one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.organisation.queries import scheme_for
from alongside.plans import operations, queries
from alongside.plans.content import content_of_plan, difference, draft_goals, lines_of
from alongside.plans.forms.plans import (
    DecisionForm,
    GoalForm,
    GoalResultForm,
    OpenVersionForm,
    PlanForm,
    held_in_goal,
)
from alongside.plans.models import Goal, GoalResult, Plan
from alongside.plans.queries import overview, pages
from alongside.plans.queries.signing import who_signs
from alongside.plans.views.asking import ask
from alongside.practice.actions import Action
from alongside.signatures.queries import signatures_on
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import choices, paged_list


@require_safe
def plan(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Where somebody's plan stands, and everything that is being done."""
    stay = stay_for(request.user, stay_id)
    today = stay.scheme.today()
    week = operations.week_of(today, stay.scheme.pack)
    found = pages.plan_page(stay)
    shown = {
        **person_page(stay, section="plan"),
        "page_title": stay.pack.term("plan").singular.capitalize(),
        "found": found,
        "going_on": paged_list(request, found.going_on, size=10),
        "content": content_of_plan(found.in_use) if found.in_use else None,
        "week": week,
        "week_form": pages.week_form(stay, week),
        "cannot_open": operations.open_version.refusal(stay, by=request.user),
        "today": today,
    }
    return page(request, "plans/plan.html", shown)


@require_safe
def version(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """One version: its words, who signed or did not, and what changed since the one before."""
    found = queries.plan_for(request.user, plan_id)
    before = pages.version_before(found)
    lines = None if found.is_sealed() else lines_of(found)
    content = content_of_plan(found, lines)
    beside, given = pages.beside(found), list(signatures_on(found))
    shown = {
        **person_page(found.stay, section="plan"),
        "page_title": f"{found.stay.pack.term('plan').singular.capitalize()}, {found}",
        "plan": found,
        "content": content,
        "changes": difference(before.content or {}, content) if before else [],
        "before": before,
        "signatures": given,
        "who_signs": who_signs(found, given, request.user),
        "cannot_further": operations.agree_as_further.refusal(found, by=request.user),
        "readings": beside.readings,
        "has_read": request.user.pk in {reading.staff_id for reading in beside.readings},
        "disagreements": beside.disagreements,
        "may_decide": request.user.may(Action.HOLD_MANAGER_REVIEW, found),
        "copies": beside.copies,
        "cannot_resident": operations.agree_as_resident.refusal(found, by=request.user),
        "cannot_worker": operations.agree_as_worker.refusal(found, by=request.user),
        "cannot_withdraw": operations.withdraw_agreement.refusal(found, by=request.user),
        "cannot_reconsider": operations.reconsider_plan.refusal(found, by=request.user),
        "cannot_keep": operations.look_at_plan.refusal(found, by=request.user),
        "looks": beside.looks,
        "today": found.scheme.today(),
        "in_place_of": operations.stands_for(found.stay, request.user),
    }
    if lines:
        goals, loose = draft_goals(lines)
        shown |= {"goals": goals, "loose": loose}
        return page(request, "plans/draft.html", shown)
    shown["goal_results"] = _goals_with_results(found)
    return page(request, "plans/version.html", shown)


@require_http_methods(["GET", "POST"])
def open_version(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Begin the first version at once; a later one needs its reason."""
    stay = stay_for(request.user, stay_id)
    back = reverse("plans:plan", args=[stay.pk])
    form = OpenVersionForm.from_request(request)
    if queries.latest_plan(stay) is None and request.method == "POST":
        try:
            made = operations.open_version(stay, by=request.user)
        except Refused as no:
            return refused(request, no)
        return go(request, "plans:version", made.pk)
    if opened := form.carry_out(operations.open_version, stay, by=request.user):
        return go(request, "plans:version", opened.pk)
    intro = "What holds now stays in force until everybody has signed the new version."
    return ask(request, stay, form, title="Change the plan", back=back, intro=intro)


@require_http_methods(["GET", "POST"])
def write_plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Write the words of a draft together."""
    found = queries.plan_for(request.user, plan_id)
    back = reverse("plans:version", args=[found.pk])
    form = PlanForm.from_request(request, plan=found)
    if form.carry_out(operations.write_plan, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The words are saved.")
    name = found.stay.resident.first_name
    title = f"In {name}’s own words"
    return ask(request, found.stay, form, title=title, back=back, template="plans/write.html")


@require_http_methods(["GET", "POST"])
def add_goal(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Write a goal into a draft."""
    found = queries.plan_for(request.user, plan_id)
    back = reverse("plans:version", args=[found.pk])
    form = GoalForm.from_request(request, pack=found.scheme.pack)
    if form.carry_out(operations.add_goal, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The goal is in the plan.")
    return ask(request, found.stay, form, title="Add a goal", back=back)


@require_http_methods(["GET", "POST"])
def change_goal(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """Put a goal of a draft into other words."""
    goal = pages.goal_for(request.user, goal_id)
    back = reverse("plans:version", args=[goal.plan_id])
    form = GoalForm.from_request(request, pack=goal.scheme.pack, initial=held_in_goal(goal))
    if form.carry_out(operations.change_goal, goal, by=request.user):
        return go(request, "plans:version", goal.plan_id, says="The goal is saved.")
    return ask(request, goal.plan.stay, form, title="Change a goal", back=back)


@require_POST
def remove_goal(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """Take a goal out of a draft."""
    goal = pages.goal_for(request.user, goal_id)
    try:
        operations.remove_goal(goal.plan, by=request.user, goal=goal)
    except Refused as no:
        return refused(request, no)
    return go(request, "plans:version", goal.plan_id, says="The goal is out of the plan.")


@require_http_methods(["GET", "POST"])
def goal_result(request: StaffRequest, goal_id: UUID) -> HttpResponse:
    """Say what became of a goal."""
    goal = pages.goal_for(request.user, goal_id)
    back = reverse("plans:version", args=[goal.plan_id])
    form = GoalResultForm.from_request(request, pack=goal.scheme.pack)
    if form.carry_out(operations.record_goal_result, goal.plan, by=request.user, goal=goal):
        return go(request, "plans:version", goal.plan_id, says="What became of it is recorded.")
    title = "What became of this goal?"
    return ask(request, goal.plan.stay, form, title=title, back=back, intro=goal.words)


@require_POST
def read_plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Say that one has read this version."""
    found = queries.plan_for(request.user, plan_id)
    operations.read_plan(found, by=request.user)
    return go(request, "plans:version", found.pk, says="You have read this version.")


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, disagreement_id: UUID) -> HttpResponse:
    """Decide about a disagreement."""
    found = pages.disagreement_for(request.user, disagreement_id)
    back = reverse("plans:version", args=[found.plan_id])
    form = DecisionForm.from_request(request)
    if form.carry_out(operations.decide_disagreement, found, by=request.user):
        return go(request, "plans:version", found.plan_id, says="The decision is recorded.")
    intro = f"{found.who}: {found.words}"
    return ask(request, found.plan.stay, form, title="Decide", back=back, intro=intro)


@require_safe
def plans_here(request: StaffRequest, scheme: str) -> HttpResponse:
    """The plans of everybody staying at a scheme, and what is missing from each."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    flag = request.GET.get("show", "")
    flag = flag if flag in overview.FLAGS else ""
    everybody = overview.plan_rows(here)
    rows = [row for row in everybody if not flag or flag in row.flags]
    shown = {
        "scheme": here,
        "rows": paged_list(request, rows, size=15),
        "share": overview.share_of(everybody),
        "filters": choices(
            request, "show", overview.flags_of(everybody, chosen=flag), everything="Everybody"
        ),
        "words": here.pack.terms,
    }
    return page(request, "plans/plans_here.html", shown)


def _goals_with_results(found: Plan) -> list[tuple[Goal, GoalResult | None]]:
    results = pages.goal_results(found.stay)
    return [(goal, results.get(goal.line)) for goal in found.goals.all()]
