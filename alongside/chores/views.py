"""The duties of the house: the week, giving them, and looking whether they were done."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.chores import facts, forms, operations, queries
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.queries import current_stays, stay_for
from alongside.ui.days import day_in
from alongside.ui.pages import StaffRequest, ask, go, page, refused

WEEK = timedelta(weeks=1)


@require_safe
def week(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who has which duty this week, whether it was done, and who looked."""
    house = scheme_for(request.user, scheme, needs=Action.KEEP_REGISTER)
    first = _week_asked(request, house)
    shown = {
        "at": house,
        "days": queries.week_of(house, first),
        "first": first,
        "before": first - WEEK,
        "after": first + WEEK,
        "today": house.today(),
        "reads": request.user.may(Action.READ_FILE, house),
    }
    return page(request, "chores/week.html", shown)


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, scheme: str) -> HttpResponse:
    """Give somebody a duty."""
    house = scheme_for(request.user, scheme, needs=Action.KEEP_REGISTER)
    form = forms.GiveForm.from_request(
        request, scheme=house, people=current_stays(house), initial={"first_on": house.today()}
    )
    subject = form.chosen() if request.method == "POST" else None
    return ask(
        request, form, operations.give_duty, subject,
        then=("chores:week", house.slug), says="Given.", template="workshops/ask.html",
        shown={"at": house, "page_title": "Give a duty of the house",
               "back_url": reverse("chores:week", args=[house.slug])},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, scheme: str) -> HttpResponse:
    """Look whether the duties of one day were done."""
    house = scheme_for(request.user, scheme, needs=Action.KEEP_REGISTER)
    day = _day_asked(request, house)
    found = next(one for one in queries.week_of(house, queries.monday_of(day)) if one.on == day)
    form = forms.CheckForm.from_request(request, duties=found.duties)
    shown = {"at": house, "page_title": f"Duties of {day:%A %-d %B}",
             "back_url": reverse("chores:week", args=[house.slug])}  # fmt: skip
    return ask(
        request, form, operations.check_duties, house,
        then=("chores:week", house.slug), says="Written down.", template="workshops/ask.html",
        shown=shown,
    )  # fmt: skip


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back a duty that nobody has looked at."""
    duty = queries.duty_for(request.user, pk)
    try:
        operations.take_back_duty(duty, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "chores:week", duty.scheme.slug, says="Taken back.")


@require_safe
def of_one(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """One person's duties of the house, and how many of them were done."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    shown = {
        **person_page(stay, section="taking-part"),
        "page_title": "Duties of the house",
        "duties": queries.duties_of(stay),
        "measure": facts.house_duties_percent(stay, ""),
        "today": stay.scheme.today(),
    }
    return page(request, "chores/of_one.html", shown)


def _week_asked(request: StaffRequest, house: Scheme) -> date:
    return queries.monday_of(_day_asked(request, house))


def _day_asked(request: StaffRequest, house: Scheme) -> date:
    """The day in the address, or today; nonsense is today too."""
    return day_in(request.GET.get("on", "")) or house.today()
