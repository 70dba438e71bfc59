"""Coverage for leaders: everybody at a scheme, and one person time by time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.coverage import queries
from alongside.coverage.colleagues import owed_by_colleagues
from alongside.coverage.forms import CoverageForm
from alongside.coverage.limits import fillings
from alongside.coverage.models import Covered
from alongside.coverage.order import chosen, sort_of
from alongside.duties.queries import is_worked_out
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import Link, Paged, paged_list, with_

ON_A_PAGE = 25
KEPT = ("first", "last", "named", "show", "sort")
NAMED = 12


@require_safe
def coverage(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who had what they were owed, who had not, and who saw them."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    if not request.user.may(Action.READ_FILE, here):
        raise PermissionDenied  # it names people; whoever may see figures alone has the reports
    form = CoverageForm(request.GET, scheme=here, workers=queries.workers(here))
    context: dict[str, Any] = {
        "here": here, "form": form, "words": here.pack.terms, "schemes": _schemes(request, here),
        "asked": request.GET.urlencode(),
    }  # fmt: skip
    if not form.is_valid():
        return page(request, "coverage/coverage.html", context)
    given = form.cleaned_data
    found = queries.coverage(
        here, given["what"], first=given["first"], last=given["last"], worker=form.whose,
        named=given["named"],
    )  # fmt: skip
    shown = chosen(request.GET, found.people)
    show = request.GET.get("show", "")
    return page(request, "coverage/coverage.html", {
        **context,
        "rule": here.pack.duty(given["what"]),
        "found": found,
        "let_down": found.groups[0].people[:NAMED],
        "let_down_more": max(len(found.groups[0].people) - NAMED, 0),
        "tiles": [(one, with_(request.GET, page=None, show=one.standing)) for one in found.groups],
        "show": next((one for one in found.groups if one.standing == show), None),
        "everybody": with_(request.GET, page=None, show=None),
        "people": _paged(request, shown),
        "period": _period(given),
        "colleagues": owed_by_colleagues(
            request.user, here, first=given["first"], last=given["last"]
        ),
        "file": reverse("exports:take-out", args=[here.slug, "coverage"])
        + with_(request.GET, page=None),
        "whole": "whole" in request.GET,
        "whole_url": with_(request.GET, page=None, whole="yes"),
        "worked_out": is_worked_out(here),
    })  # fmt: skip


@require_safe
def limits(request: StaffRequest, scheme: str) -> HttpResponse:
    """How full each limit of the practice is today."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    if not request.user.may(Action.READ_FILE, here):
        raise PermissionDenied  # it names people; whoever may see figures alone has the reports
    return page(request, "coverage/limits.html", {"here": here, "fillings": fillings(here)})


@require_safe
def person(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """One person, time by time: what came of each, who saw them, and who excused it why."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_REPORTS)
    here = stay.scheme
    form = CoverageForm({**request.GET.dict(), "worker": ""}, scheme=here)
    context: dict[str, Any] = {
        "stay": stay, "here": here, "form": form, "words": here.pack.terms,
        "up": reverse("coverage:coverage", args=[here.slug]) + with_(request.GET, page=None),
    }  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        times = queries.periods(stay, given["what"], first=given["first"], last=given["last"])
        context |= {
            "rule": here.pack.duty(given["what"]),
            "times": paged_list(request, times, size=ON_A_PAGE),
        }
    return page(request, "coverage/person.html", context)


def _paged(request: StaffRequest, people: list[Covered]) -> Paged[Covered]:
    size = len(people) or 1 if "whole" in request.GET else ON_A_PAGE
    return replace(paged_list(request, people, size=size), sort=sort_of(request.GET))


def _period(given: dict[str, Any]) -> str:
    """What is asked of everybody, for the address of one person."""
    return f"?what={given['what']}&first={given['first']}&last={given['last']}"


def _schemes(request: StaffRequest, here: Scheme) -> list[Link]:
    """The other places whose figures this person may read, asked the same as far as they can be.

    The time, the name and how it stands go along; which duty only where it is owed too.
    """
    mine = [one for one in request.user.schemes() if request.user.may(Action.READ_REPORTS, one)]
    kept = {key: value for key, value in request.GET.items() if key in KEPT}
    what = request.GET.get("what", "")
    found = []
    for one in mine:
        asked = kept | ({"what": what} if what in {rule.key for rule in queries.rules(one)} else {})
        address = reverse("coverage:coverage", args=[one.slug])
        found.append(Link(one.name, f"{address}?{urlencode(asked)}", one == here))
    return found
