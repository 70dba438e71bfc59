"""Who works here as what, and who answers to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import everybody_in, scheme_for, staff_at
from alongside.other_duties.queries import shown_of
from alongside.practice.actions import Action
from alongside.stays.header import Section
from alongside.team import forms, operations, queries
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import choices, paged

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from alongside.organisation.models import Membership, Scheme


def around(request: StaffRequest, here: Scheme, part: str, **shown: Any) -> dict[str, Any]:
    """What every page of the team shows: its parts, and what this person may do here."""
    manages = request.user.may(Action.MANAGE_STAFF, here)
    parts = [
        ("team", "Who works here", True),
        ("chart", "Who answers to whom", True),
        ("stand-ins", "Standing in", True),
        ("service", "Who answers for it", True),
        ("mine", "Who answers to me", True),
        ("access", "Who still needs it", manages),
    ]
    return {
        "here": here,
        "manages": manages,
        "delegates": request.user.may(Action.DELEGATE, here),
        "arranges": queries.may_arrange(request.user, here),
        "links": [
            Section(says, reverse(f"team:{name}", args=[here.slug]), name == part)
            for name, says, offered in parts
            if offered
        ],
        **shown,
    }


@require_safe
def team(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everybody who works here, in each of their roles, with its days and their line manager."""
    here = scheme_for(request.user, scheme)
    over = request.GET.get("show") == "over" and request.user.may(Action.MANAGE_STAFF, here)
    roles = paged(request, queries.roles_at(here, over=over))
    asked = shown_of(request.user, here, {one.staff_id for one in roles}) if not over else {}
    shown = around(
        request,
        here,
        "team",
        paged=roles,
        # Whoever has two roles has them counted once, beside the first.
        rows=[(one, asked.pop(one.staff_id, None)) for one in roles],
        show=choices(request, "show", {"over": "Over"}, everything="Now"),
        over=over,
    )
    return page(request, "team/team.html", shown)


@require_safe
def chart(request: StaffRequest, scheme: str) -> HttpResponse:
    """The line of accountability, from the top."""
    here = scheme_for(request.user, scheme)
    shown = around(request, here, "chart", posts=queries.chart_of(here))
    return page(request, "team/chart.html", shown)


@require_safe
def access(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every role, when it was last looked at and used; the longest unchecked first."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_STAFF)
    shown = around(
        request, here, "access", rows=queries.access_at(here),
        every=here.pack.limit("access_checked").number,
    )  # fmt: skip
    return page(request, "team/access.html", shown)


def asked(
    request: StaffRequest, here: Scheme, form: Any, act: Any, subject: Any, *,
    title: str, says: str, then: tuple[object, ...] = (), **shown: Any,
) -> HttpResponse:  # fmt: skip
    """One form on one page of the team."""
    then = then or ("team:team", here.slug)
    up = reverse(str(then[0]), args=then[1:])
    return ask(
        request, form, act, subject, then=then, says=says, template="team/ask.html",
        shown={"page_title": title, "back_url": up, "here": here, **shown},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, scheme: str) -> HttpResponse:
    """Give somebody who works for us a role here."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_STAFF)
    ours = everybody_in(here.organisation_id)
    form = forms.GiveRoleForm.from_request(
        request, scheme=here, colleagues=ours, here=staff_at(here),
        initial={"from_on": here.today(), "staff": request.GET.get("staff", "")},
    )  # fmt: skip
    return asked(request, here, form, operations.give_role_here, here,
                 title="Give a role", says="The role is given.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_on(request: StaffRequest, scheme: str) -> HttpResponse:
    """Add somebody new, with their first role."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_STAFF)
    form = forms.TakeOnForm.from_request(
        request, scheme=here, here=staff_at(here), initial={"from_on": here.today()}
    )
    return asked(request, here, form, operations.take_on, here,
                 title="Somebody new", says="They are added.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_role(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Let a role end on a day."""
    one = _managed(request, membership_id)
    form = forms.EndRoleForm.from_request(request, initial={"until_on": one.scheme.today()})
    return asked(request, one.scheme, form, operations.let_role_end, one,
                 title=f"{one.staff.name}, {one.role_says}: let the role end",
                 says="The role ends on that day.", grave=True, button="Let it end")  # fmt: skip


@require_http_methods(["GET", "POST"])
def line_manager(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Let somebody answer to somebody else."""
    one = _managed(request, membership_id)
    form = forms.LineManagerForm.from_request(
        request, here=staff_at(one.scheme).exclude(pk=one.staff_id),
        initial={"from_on": one.scheme.today()},
    )  # fmt: skip
    return asked(request, one.scheme, form, operations.change_line_manager, one,
                 title=f"Whom does {one.staff.name} answer to?",
                 says="The line manager is changed from that day on.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, membership_id: UUID) -> HttpResponse:
    """Say that a role is still needed."""
    one = _managed(request, membership_id)
    return asked(request, one.scheme, forms.CheckForm.from_request(request),
                 operations.check_access, one, title=f"{one.staff.name}, {one.role_says}",
                 intro="Do they still need this role for the work they do?",
                 button="It is still needed", says="Written down.",
                 then=("team:access", one.scheme.slug))  # fmt: skip


@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Let somebody’s work for the organisation end."""
    person = queries.colleague_for(request.user, staff_id)
    here = next(one for one in request.user.schemes() if request.user.may(Action.MANAGE_STAFF, one))
    form = forms.LeaveForm.from_request(request, initial={"last_day": here.today()})
    return asked(request, here, form, operations.leave, person,
                 title=f"{person.name} leaves us",
                 intro="After that day they cannot sign in, and every role of theirs is over.",
                 says="Their last day is set.", grave=True, button="Set the last day")  # fmt: skip


def _managed(request: StaffRequest, membership_id: UUID) -> Membership:
    return queries.membership_for(request.user, membership_id, needs=Action.MANAGE_STAFF)
