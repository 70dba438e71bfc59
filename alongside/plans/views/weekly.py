"""The weekly action form: the weeks, one week, writing it, and how each line went."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.plans import operations
from alongside.plans.forms.weekly import ResultForm, WriteWeekForm, days_before, held_in_week
from alongside.plans.models.weekly import WEEK
from alongside.plans.queries import pages
from alongside.plans.queries.signing import who_signs
from alongside.plans.views.asking import ask
from alongside.signatures.queries import signatures_on
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.days import day_in
from alongside.ui.pages import StaffRequest, go, page


@require_safe
def weeks(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The latest weeks, with how each line went."""
    stay = stay_for(request.user, stay_id)
    this = operations.week_of(stay.scheme.today(), stay.scheme.pack)
    shown = {
        **person_page(stay, section="plan"),
        "page_title": stay.pack.term("weekly_form").plural.capitalize(),
        "forms": pages.weekly_forms(stay),
        "this": this,
        "next": this + WEEK,
    }
    return page(request, "plans/weeks.html", shown)


@require_safe
def week(request: StaffRequest, stay_id: UUID, week: str) -> HttpResponse:
    """One week's form."""
    stay = stay_for(request.user, stay_id)
    starts_on = _monday(stay, week)
    form = pages.week_form(stay, starts_on)
    if form is None:
        return go(request, "plans:write-week", stay.pk, starts_on.isoformat())
    given = list(signatures_on(form))
    shown = {
        **person_page(stay, section="plan"),
        "page_title": f"{stay.pack.term('weekly_form').singular.capitalize()}, {form}",
        "week_form": form,
        "signatures": given,
        "who_signs": who_signs(form, given, request.user),
        "cannot_further": operations.agree_week_as_further.refusal(form, by=request.user),
        "motto": stay.scheme.pack.form("weekly-action").motto,
        "cannot_resident": operations.agree_week_as_resident.refusal(form, by=request.user),
        "cannot_worker": operations.agree_week_as_worker.refusal(form, by=request.user),
        "in_place_of": operations.stands_for(stay, request.user),
        "next": starts_on + WEEK,
    }
    return page(request, "plans/week.html", shown)


@require_http_methods(["GET", "POST"])
def write_week(request: StaffRequest, stay_id: UUID, week: str) -> HttpResponse:
    """Write the form of one week, with what the week before left open."""
    stay = stay_for(request.user, stay_id)
    starts_on = _monday(stay, week)
    held = pages.week_form(stay, starts_on)
    carried = [] if held else pages.carried_over(stay, starts_on)
    form = WriteWeekForm.from_request(
        request, stay=stay, starts_on=starts_on, was=days_before(carried, starts_on),
        initial=held_in_week(held, carried, starts_on),
    )  # fmt: skip
    if form.carry_out(operations.write_week, stay, by=request.user):
        return go(request, "plans:week", stay.pk, starts_on.isoformat(), says="The form is saved.")
    return ask(
        request, stay, form, title=form.form.says, template="plans/write_week.html",
        back=reverse("plans:weeks", args=[stay.pk]), starts_on=starts_on, carried=carried,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def tell_result(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """Tell how one line of the week went."""
    line = pages.weekly_line_for(request.user, line_id)
    stay, starts_on = line.form.stay, line.form.starts_on.isoformat()
    form = ResultForm.from_request(request, stay=stay)
    if form.carry_out(operations.tell_result, line, by=request.user):
        return go(request, "plans:week", stay.pk, starts_on, says="How it went is recorded.")
    back = reverse("plans:week", args=[stay.pk, starts_on])
    return ask(request, stay, form, title="How did it go?", back=back, intro=line.action.text)


def _monday(stay: Stay, week: str) -> date:
    day = day_in(week)
    if day is None:
        raise Http404
    return operations.week_of(day, stay.scheme.pack)
