"""Showing again that it is oneself, and going on with what one was doing."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.signin import queries, sessions
from alongside.signin.entering import proved
from alongside.signin.forms import CodeForm, PasskeyAgainForm
from alongside.signin.stepping import covered_at, let_go, suspended, wanted, was_at
from alongside.ui.pages import StaffRequest, page


@require_POST
def cover(request: StaffRequest) -> HttpResponse:
    """Cover the screen: nothing more is shown here until whoever is signed in has shown again that
    it is them, or has signed out. Where each window was stands in the address it is sent to."""
    sessions.cover(request.session)
    return redirect(covered_at(str(request.user.pk), wanted(request)))


@require_http_methods(["GET", "POST"])
def again(request: StaffRequest) -> HttpResponse:
    """Ask for the passkey, or for a code. A password alone does not do."""
    kinds = {one.type for one in queries.factors_of(request.user)}
    demo, back_to = settings.DEMO and not kinds, was_at(request)
    if back_to and request.method == "GET" and not is_covered(request):
        return redirect(back_to)  # the cover was taken off in another window
    form: Any = None
    if request.method == "POST":
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return page(request, "signin/rest.html", status=429)
        form = _form(request)
        if demo or form.is_valid():
            proved(request, request.user)
            return redirect(back_to or ("signin:go-on" if suspended(request) else "/"))
    by_passkey = Authenticator.Type.WEBAUTHN in kinds
    shown = {
        "form": form if form and "code" in form.fields else CodeForm(user=request.user),
        "passkey_form": form if form and "credential" in form.fields else None,
        "by_passkey": by_passkey,
        "by_code": bool(kinds - {Authenticator.Type.WEBAUTHN}),
        "demo": demo,
        "covered": is_covered(request),
        "js_data": {"request_options": begin_authentication(request.user)} if by_passkey else None,
    }
    return page(request, "signin/again.html", shown, status=422 if form else 200)


def is_covered(request: StaffRequest) -> bool:
    held = sessions.held(request.session)
    return held is not None and held.covered


def _form(request: StaffRequest) -> Any:
    if "credential" in request.POST:
        return PasskeyAgainForm(request.POST, user=request.user)
    return CodeForm(request.POST, user=request.user)


@require_safe
def go_on(request: StaffRequest) -> HttpResponse:
    """What was typed before one was asked, ready to be sent again with one press."""
    kept = suspended(request)
    if kept is None:
        return redirect("/")
    if not kept["posted"]:
        let_go(request)
        return redirect(kept["to"])
    sent = [(name, value) for name, values in kept["sent"].items() for value in values]
    return page(request, "signin/go_on.html", {"kept": kept, "sent": sent})
