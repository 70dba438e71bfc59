"""Who looks after the team lets people in and out, and looks at alarms."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit import clock, wall
from alongside.kit.refusal import Refused
from alongside.practice.actions import Action
from alongside.signin import operations, queries
from alongside.signin.codes import new_code
from alongside.signin.forms import PasswordForm
from alongside.signin.stepping import step_up
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import paged_list

PER_PAGE = 30


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Everybody whose way in I look after, and the alarms about them."""
    if not request.user.may_anywhere(Action.MANAGE_STAFF):
        raise PermissionDenied
    there = list(queries.team_of(request.user))
    left = queries.left_of(there, clock.today())
    # Those who left stand last: nothing is missing of them, and a mistake can still be undone.
    people = paged_list(request, sorted(there, key=lambda one: one.pk in left), size=PER_PAGE)
    shown = {
        "people": people,
        "left": left,
        "with_second": queries.with_second_factor(list(people)),
        "alarms": queries.alarms_for(request.user),
    }
    return page(request, "signin/team.html", shown)


@require_safe
def colleague(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How one person signs in, where they are signed in now, and what can be done about it."""
    staff = queries.colleague(request.user, pk)
    shown = {
        "colleague": staff,
        "factors": queries.factors_of(staff),
        "sessions": queries.open_sessions(staff),
        "oneself": staff.pk == request.user.pk,
    }
    return page(request, "signin/colleague.html", shown)


@require_POST
@step_up
def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A first password, or one for whoever forgot theirs: shown once, to be handed over."""
    return _let_in(request, pk, operations.invite)


@require_POST
@step_up
def start_again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A lost phone: everything is taken away, and they begin as on the first day."""
    return _let_in(request, pk, operations.start_again)


def _let_in(request: StaffRequest, pk: UUID, act: operations.LetsIn) -> HttpResponse:
    staff, code = queries.colleague(request.user, pk), new_code()
    try:
        invitation = act(staff, by=request.user, code=code)
    except Refused as refusal:
        return refused(request, refusal)
    address = request.build_absolute_uri(reverse("signin:invited", args=[code]))
    shown = {"colleague": staff, "address": address, "until": invitation.until}
    return page(request, "signin/invitation.html", shown)


@require_POST
@step_up
def shut_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A leaver: no sign-in any more, and every session ends."""
    return _done(request, pk, operations.shut_out, "They can no longer sign in.")


@require_POST
@step_up
def let_back_in(request: StaffRequest, pk: UUID) -> HttpResponse:
    return _done(request, pk, operations.let_back_in, "They can sign in again.")


def _done(request: StaffRequest, pk: UUID, act: operations.Shuts, says: str) -> HttpResponse:
    staff = queries.colleague(request.user, pk)
    try:
        act(staff, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "signin:colleague", staff.pk, says=says)


@require_POST
def see_alarm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """I have looked at it."""
    operations.see_alarm(queries.alarm_for(request.user, pk), by=request.user)
    return go(request, "signin:team", says="It is noted that you looked at it.")


@login_not_required
@require_http_methods(["GET", "POST"])
def invited(request: StaffRequest, code: str) -> HttpResponse:
    """Set a password with an invitation. It signs nobody in: that takes the second factor."""
    invitation = queries.invitation_of(code)
    if invitation is None:
        return page(request, "signin/not_invited.html", status=404)
    wall.known(invitation.staff.organisation_id)
    form = PasswordForm.from_request(request, staff=invitation.staff)
    if form.carry_out(operations.use_invitation, invitation, by=invitation.staff):
        return go(request, "account_login", says="Your password is set. Sign in with it.")
    return page(request, "signin/invited.html", {"form": form, "invited": invitation.staff})
