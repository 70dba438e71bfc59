"""Coming in: a passkey, or a name and a password and then a code; and going out."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST

from alongside.organisation.models import Staff
from alongside.organisation.queries import people_to_try
from alongside.signin import operations, queries, sessions
from alongside.signin.entering import DEMO, entered
from alongside.signin.providers import providers
from alongside.signin.stepping import suspended, wanted

ENDED = {
    "idle": "You were signed out because nobody had used this page for a while.",
    "absolute": "You were signed out at the end of a working day. Sign in again to go on.",
}
methods = require_http_methods(["GET", "POST"])


@method_decorator([login_not_required, methods], name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """A passkey first; else a name and a password. In demo mode also anybody, in one click."""

    template_name = "signin/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        guests = import_string(settings.DEMO_GUESTS)() if settings.DEMO else []
        return shown | {
            "next": wanted(self.request),
            "providers": providers(),
            "people": people_to_try() if settings.DEMO else [],
            "guests": guests,
            "ended": ENDED.get(self.request.GET.get("ended", ""), ""),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


@method_decorator(methods, name="dispatch")
class Code(AuthenticateView):  # type: ignore[misc]
    """The second step: a code, or the passkey."""

    template_name = "signin/code.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


@method_decorator([login_not_required, methods], name="dispatch")
class Passkey(LoginWebAuthnView):  # type: ignore[misc]
    """What the browser asks for a passkey with, and what it answers."""


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: become anybody in one click. Anywhere else there is no such page."""
    if not settings.DEMO:
        raise Http404
    staff = get_object_or_404(Staff, pk=request.POST.get("staff"), is_active=True)
    login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    entered(request, staff, how=DEMO, second=True)
    return redirect("signin:go-on" if suspended(request) else wanted(request))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, on the server too: the session is deleted, and the browser told to keep nothing."""
    held = sessions.held(request.session)
    sign_in = queries.sign_in_of(held.sign_in) if held else None
    if sign_in and isinstance(request.user, Staff):
        operations.end_session(sign_in, by=request.user)
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
