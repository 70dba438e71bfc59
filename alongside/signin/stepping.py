"""Asks somebody to show again that it is them, and lets them go on with what they were doing.

Put `@step_up` on the view of a dangerous act: an export, an erasure, a change of rights, breaking
the glass. It carries the mark `step_up`, so that a test finds them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate
from urllib.parse import urlencode

from django.core import signing
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.signin import sessions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

SUSPENDED = "suspended"
COVERED, AT = "signin.covered", "at"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "pin", "password", "code", "credential"})
MOST_KEPT = 200_000
"""Characters. More is not typed by hand in one form."""


def step_up[**P](
    view: Callable[Concatenate[Any, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """A page that opens only to somebody who showed in the last minutes that it is them.

    What was typed is kept and comes back; a file has to be chosen again.
    """

    @wraps(view)
    def asked(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        signed_in = sessions.held(request.session)
        if signed_in is None or not signed_in.fresh(sessions.now()):
            return ask_again(request)
        return view(request, *args, **kwargs)

    asked.step_up = True  # type: ignore[attr-defined]
    return asked


def ask_again(request: HttpRequest) -> HttpResponse:
    """Keep what was being done, and ask."""
    suspend(request, str(request.user.pk))
    return redirect("account_reauthenticate")


def suspend(request: HttpRequest, staff: str) -> None:
    """Keep where somebody was going, and what they sent, for them alone."""
    sent = {
        name: [str(one) for one in values]
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
    }
    too_much = sum(len(one) for values in sent.values() for one in values) > MOST_KEPT
    request.session[SUSPENDED] = {
        "staff": staff,
        "to": request.get_full_path(),
        "posted": request.method == "POST" and not too_much,
        "sent": {} if too_much else sent,
        "files": bool(request.FILES),
    }


def covered_at(staff: str, to: str) -> str:
    """The address of the page that covers a window which shows `to`, of which it says nothing that
    can be read over a shoulder. Each window has its own, so each comes back to where it was."""
    page = resolve_url("account_reauthenticate")
    if to.partition("?")[0] == page:
        return to  # it is asked there already who they are
    place = signing.dumps([staff, to], salt=COVERED, compress=True)
    return f"{page}?{urlencode({AT: place})}"


def was_at(request: HttpRequest) -> str | None:
    """Where this window was when it was covered: a page of this house, and of this person."""
    try:
        staff, to = signing.loads(request.GET.get(AT, ""), salt=COVERED)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return to if staff == str(request.user.pk) and _is_ours(request, to) else None


def suspended(request: HttpRequest) -> dict[str, Any] | None:
    """What this person was doing when they were asked; nobody else's."""
    kept: dict[str, Any] | None = request.session.get(SUSPENDED)
    return kept if kept and kept["staff"] == str(request.user.pk) else None


def let_go(request: HttpRequest) -> None:
    request.session.pop(SUSPENDED, None)


def wanted(request: HttpRequest) -> str:
    """Where they wanted to go, if that is a page of this house."""
    to = request.POST.get("next") or request.GET.get("next") or "/"
    return to if _is_ours(request, to) else "/"


def _is_ours(request: HttpRequest, to: str) -> bool:
    return url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
