"""My plan: what I do, what was proposed, my own words, the weekly form."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.drafts import keeping
from alongside.plans import operations
from alongside.plans.content import content_of_plan, content_of_week
from alongside.plans.forms.weekly import ResultForm, WriteWeekForm, days_before, held_in_week
from alongside.plans.models.weekly import WEEK
from alongside.plans.queries import plan_in_force, unsettled_plan
from alongside.plans.queries.pages import carried_over, week_form
from alongside.portal import queries
from alongside.portal.forms import AnswerForm, DoneForm, OwnWordsForm, ProposeForm
from alongside.portal.views.guests import own, show
from alongside.portal.views.keeping import asked, begin_with_kept, words_of
from alongside.stays.models import Stay
from alongside.ui.pages import go
from alongside.ui.paging import paged_list


@own
@require_safe
def plan(request: HttpRequest, stay: Stay) -> HttpResponse:
    """What they do, what was proposed to them, and the plan that holds."""
    holds = plan_in_force(stay)
    return show(
        request,
        stay,
        "portal/plan.html",
        f"My {stay.pack.term('plan').singular}",
        here="plan",
        actions=paged_list(request, queries.actions_to_do(stay), size=8),
        answers=queries.to_answer(stay),
        proposed=queries.own_proposals(stay),
        own=queries.own_goals(stay),
        holds=holds,
        content=content_of_plan(holds) if holds else None,
        signing=[one for one in queries.to_sign(stay) if one.kind == "plan"],
        gone=keeping.gone(stay.resident, unread=True),
    )


@own
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, stay: Stay, action_id: UUID) -> HttpResponse:
    """I have done it: reported, until a member of staff has looked."""
    action = queries.own_action(stay, action_id)
    form = DoneForm.from_request(request)
    form.draft_key = f"own-done-{action.pk}"
    return asked(
        request, stay, form, operations.report_action, subject=action, title="I have done it",
        intro=action.text, then=("portal:plan",), back="portal:plan", button="I have done it",
        says="Well done. A member of staff looks at it with you.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Something they would like to do, to be talked about."""
    form = ProposeForm.from_request(request)
    form.draft_key = f"own-idea-{stay.pk}"
    return asked(
        request, stay, form, operations.propose_action, title="Something I would like to do",
        then=("portal:plan",), back="portal:plan", button="Put it forward",
        says="It is on the list for the next talk.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def respond(request: HttpRequest, stay: Stay, action_id: UUID) -> HttpResponse:
    """Take on what was proposed, or leave it."""
    action = queries.own_action(stay, action_id)
    form = AnswerForm.from_request(request)
    form.draft_key = f"own-answer-{action.pk}"
    return asked(
        request, stay, form, operations.answer_proposal, subject=action,
        title="Would you like to do this?", intro=action.text, then=("portal:plan",),
        back="portal:plan", button="Save", says="Your answer is saved.",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def own_words(request: HttpRequest, stay: Stay) -> HttpResponse:
    """What they want, need and hope for. Kept for them until a plan is being written."""
    found = unsettled_plan(stay)
    written = found if found and not found.is_sealed() else None
    voice = written or plan_in_force(stay) or found
    initial = {f"voice_{key}": text for key, text in (voice.voice if voice else {}).items()}
    if written:
        initial["version"] = written.version
    form = OwnWordsForm.from_request(request, stay=stay, plan=written, initial=initial)
    if written:
        return asked(
            request, stay, form, operations.write_plan, subject=written, title="My own words",
            intro="These words go into the plan that is being written now.",
            then=("portal:plan",), back="portal:plan", says="Your words are in the plan.",
        )  # fmt: skip
    if request.method == "POST":
        keeping.keep(stay.resident, form.draft_key, words_of(request))
        return go(request, "portal:plan", says="Your words are kept. Nobody else sees them.")
    begin_with_kept(form, stay)
    return show(
        request, stay, "portal/ask.html", "My own words", writing=True, form=form,
        intro="They are kept for you until the next plan is written. Nobody else sees them.",
        button="Keep my words", back_url=reverse("portal:plan"), only_kept=True,
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def week(request: HttpRequest, stay: Stay) -> HttpResponse:
    """This week's form: written by the person, then signed; afterwards how each line went."""
    starts_on = operations.week_of(stay.scheme.today(), stay.scheme.pack)
    if "next" in request.GET:
        starts_on = starts_on + WEEK
    held = week_form(stay, starts_on)
    if held and (held.is_sealed() or ("write" not in request.GET and request.method == "GET")):
        return show(
            request, stay, "portal/week.html", "This week", here="week", week_form=held,
            content=content_of_week(held), motto=stay.scheme.pack.form("weekly-action").motto,
        )  # fmt: skip
    carried = [] if held else carried_over(stay, starts_on)
    form = WriteWeekForm.from_request(
        request, stay=stay, starts_on=starts_on, was=days_before(carried, starts_on),
        initial={**held_in_week(held, carried, starts_on), "completed_by": "resident"},
    )  # fmt: skip
    return asked(
        request, stay, form, operations.write_week, title="This week",
        template="portal/write_week.html", then=("portal:week",), back="portal:home",
        says="Your week is saved. You can sign it now.", starts_on=starts_on, here="week",
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, stay: Stay, line_id: UUID) -> HttpResponse:
    """How one line of the week went."""
    line = queries.own_line(stay, line_id)
    form = ResultForm.from_request(request, stay=stay)
    form.draft_key = f"own-result-{line.pk}"
    return asked(
        request, stay, form, operations.tell_result, subject=line, title="How did it go?",
        intro=line.action.text, then=("portal:week",), back="portal:week", says="It is saved.",
    )  # fmt: skip
