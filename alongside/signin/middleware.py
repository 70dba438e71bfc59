"""Lets a session go on while it may: in time, with a second factor, and not reading in bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from alongside.audit.reading import SHOWN, Opened, shown_in
from alongside.organisation.models import Staff
from alongside.signin import counting, operations, sessions
from alongside.signin.stepping import ask_again, covered_at, suspend

# Parts of an address that name one person's file.
FILES = ("stay_id", "resident_id")


PASS_COVERED = frozenset({"account_reauthenticate", "signin:sign-out", "signin:cover"})

WHO = "who"
"""The cookie that says whose browser this was last: signed, for the browser alone to send back."""


class AsksWhoItIs(LoginRequiredMiddleware):
    """Sends a stranger to the door; what was sent after a session ended is kept on the way.

    The session may be gone altogether, so that nothing but the browser knows who was at it. It is
    kept for that person alone, until they have signed in or the browser is closed.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        staff = request.get_signed_cookie(_name(), default="", salt=WHO)
        if request.method == "POST" and staff:
            suspend(request, staff)
        return super().handle_no_permission(request, view_func)


def _name() -> str:
    return f"__Host-{WHO}" if settings.SESSION_COOKIE_SECURE else WHO


def _remember(request: HttpRequest, response: HttpResponse, staff: str) -> None:
    """Let the browser say later whose it was, for as long as a sign-in may last at most."""
    if request.get_signed_cookie(_name(), default="", salt=WHO) != staff:
        response.set_signed_cookie(
            _name(), staff, salt=WHO, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
            samesite="Lax",
        )  # fmt: skip


class SessionsMayGoOn:
    """After `LoginRequiredMiddleware`: says no to a signed-in person, for a reason, or nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Staff):
            signed_in = sessions.held(request.session)
            if signed_in is None or signed_in.staff != str(request.user.pk):
                logout(request)
            elif why := signed_in.over(sessions.now()):
                return _over(request, why)
            else:
                sessions.touch(request.session, signed_in)
                response = self._answer(request, request.user)
                _remember(request, response, signed_in.staff)
                return response
        return self.get_response(request)

    def _answer(self, request: HttpRequest, staff: Staff) -> HttpResponse:
        """What was asked for, unless it shows more files than work asks for."""
        response = self.get_response(request)
        signed_in = sessions.held(request.session)
        shown = shown_in(request) if response.status_code == SHOWN else []
        if not shown or signed_in is None or _may_show(request, staff, signed_in, shown):
            return response
        if file := getattr(response, "file_to_stream", None):
            file.close()
        return ask_again(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not isinstance(request.user, Staff):
            return None
        signed_in = sessions.held(request.session)
        if signed_in is None:
            return None
        if signed_in.covered and not _may_pass_covered(request):
            return _still_covered(request)
        if not signed_in.second and not getattr(view, "before_second_factor", False):
            return redirect("mfa_index")
        if _is_dangerous(request) and not signed_in.fresh(sessions.now()):
            return ask_again(request)
        file = next((kwargs[name] for name in FILES if isinstance(kwargs.get(name), UUID)), None)
        return ask_again(request) if file and signed_in.braked else None


def _may_pass_covered(request: HttpRequest) -> bool:
    """Only what takes the cover off, or signs out."""
    match = request.resolver_match
    return match is not None and match.view_name in PASS_COVERED


def _still_covered(request: HttpRequest) -> HttpResponse:
    """What was sent from another page is kept for this person; any other page is covered where it
    was."""
    if request.headers.get("HX-Request"):
        shows = urlsplit(request.headers.get("HX-Current-URL", ""))
        here = f"{shows.path or '/'}?{shows.query}".removesuffix("?")
        to = covered_at(str(request.user.pk), here)
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    if request.method == "POST" and request.content_type != "application/json":
        suspend(request, str(request.user.pk))
    if request.method != "GET":
        return redirect("account_reauthenticate")
    return redirect(covered_at(str(request.user.pk), request.get_full_path()))


def _is_dangerous(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.view_name in settings.ASKS_FOR_PROOF
    )


def _over(request: HttpRequest, why: str) -> HttpResponse:
    """Sign out, keep what was sent for this person alone, and say why."""
    staff = str(request.user.pk)
    logout(request)
    if request.method == "POST":
        suspend(request, staff)
    where = request.get_full_path() if request.method == "GET" else "/"
    to = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': where, 'ended': why})}"
    if getattr(request, "headers", {}).get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)


def _may_show(
    request: HttpRequest, staff: Staff, signed_in: sessions.SignedIn, shown: list[Opened]
) -> bool:
    """Whether these files still open: not while the brake is on."""
    if signed_in.braked:
        return False
    over = counting.too_many(UUID(signed_in.sign_in), shown, since=signed_in.proved)
    if over is None:
        return True
    what, number = over
    sessions.keep(request.session, replace(signed_in, braked=True))
    operations.raise_alarm(staff, by=staff, people=number, kind=what)
    return False
