"""The page a worker leaves open all day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.absence.operations import open_long_absences
from alongside.audit.actors import System
from alongside.data_breaches.queries import settled_by_nobody
from alongside.drafts.lasting import drafts_going
from alongside.duties.operations import work_out
from alongside.duties.queries import is_worked_out
from alongside.keywork.queries.week import WEEKDAYS, begins_on
from alongside.organisation.models import Scheme
from alongside.practice.actions import Action
from alongside.today import order, queries
from alongside.today.waiting import at_a_glance
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import choices, paged_list, with_

CALENDAR = System("a new day")
PEOPLE_SHOWN = 12
PEOPLE_ON_A_PAGE = 15
NEWS_SHOWN = 6
WHOSE = {queries.EVERYBODY: "Everybody’s", queries.PASSED_UP: "Passed up to me"}
WEEK = len(WEEKDAYS)


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """What needs me first, my people, my diary, what changed. The first look of a day moves
    the duties on to it, for time is a cause too."""
    scheme = request.chosen_scheme
    if scheme is None:
        return page(request, "today/nowhere.html")
    if not scheme.pack.permits(request.user.roles_at(scheme.pk), Action.READ_FILE):
        return page(request, "today/no_files.html", _without_files(request, scheme))
    if not is_worked_out(scheme):
        work_out(scheme, by=CALENDAR)
        open_long_absences(scheme, by=CALENDAR)
    return page(request, "today/today.html", _shown(request, scheme))


def _without_files(request: StaffRequest, scheme: Scheme) -> dict[str, Any]:
    """What is asked of whoever opens no files, and that a breach waits for a role they give."""
    gives = request.user.may(Action.MANAGE_STAFF, scheme)
    alone = gives and settled_by_nobody(scheme, request.user).exists()
    return {
        "scheme": scheme,
        "unsettled_breach": alone,
        "drafts_soon": drafts_going(request.user, scheme),
        "owed": queries.asked_of_me(request.user, scheme),
    }


def _shown(request: StaffRequest, scheme: Scheme) -> dict[str, Any]:
    staff, on = request.user, scheme.today()
    whose = request.GET.get("whose", "")
    everybody = whose == queries.EVERYBODY
    people = queries.my_people(staff, scheme)
    week_from = begins_on(scheme, on)
    # Whoever holds nobody looks at the whole house.
    whole = everybody or not people
    glance = at_a_glance(staff, scheme)
    news = order.news_of(queries.changes(staff, scheme, since=glance.since, mine=not whole))
    return {
        "scheme": scheme,
        "words": scheme.pack.terms,
        "today": on,
        "everybody": everybody,
        "whole_house": whole,
        "whose": choices(request, "whose", WHOSE, everything="Mine"),
        "by": choices(request, "by", {"person": "By person"}, everything="By urgency"),
        **_owed(request, scheme, week_from + timedelta(days=WEEK - 1), whose=whose),
        **_diary(request, scheme, whole=whole),
        **_people(people, scheme),
        "settled": queries.settled(staff, scheme, week_from=week_from, whole_house=whole),
        "since": glance.since,
        "waiting": [line for line in glance.waiting if line.is_to_decide],
        "good_to_know": [line for line in glance.waiting if not line.is_to_decide],
        "news": news[:NEWS_SHOWN],
        "older_news": news[NEWS_SHOWN:],
    }


def _owed(request: StaffRequest, scheme: Scheme, week_ends: date, *, whose: str) -> dict[str, Any]:
    owed = queries.owed_by(request.user, scheme, whose=whose)
    bands = order.by_urgency(owed, week_ends)
    by_person = request.GET.get("by") == "person"
    says = request.GET.get("kind", "")
    return {
        "bands": [] if by_person or says else bands,
        "people_owed": paged_list(request, owed, size=PEOPLE_ON_A_PAGE) if by_person else None,
        "only": says,
        "owed_only": paged_list(request, order.only(says, owed)) if says else None,
        "not_only": with_(request.GET, kind=None, page=None),
        "counts": dict.fromkeys(order.BANDS, 0) | {band.key: band.count for band in bands},
    }


def _diary(request: StaffRequest, scheme: Scheme, *, whole: bool) -> dict[str, Any]:
    found = queries.diary(request.user, scheme, whole_house=whole, days=WEEK)
    booked = found.sessions
    on = scheme.today()
    now = [one for one in booked if one.starts_at.astimezone(scheme.zone).date() == on]
    return {
        "sessions": now,
        "given": found.given,
        "handed": found.handed,
        "by_others": found.by_others,
        "next_sessions": [one for one in booked if one not in now][:3],
        "at_the_door": found.nights,
        "may_write": request.user.may(Action.WRITE_NOTE, scheme),
        "may_open_door": request.user.may(Action.BOOK_NIGHT_OUT, scheme),
    }


def _people(people: list[Any], scheme: Scheme) -> dict[str, Any]:
    stages = scheme.pack.stages
    shown = [(stay, stages.get(getattr(stay, "stage_key", "") or "")) for stay in people]
    return {
        "people": shown[:PEOPLE_SHOWN],
        "people_count": len(people),
        "most": scheme.pack.limit("caseload_most").number,
    }
