"""Signing in and out, and choosing which scheme to look at."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from alongside.organisation import operations, queries
from alongside.organisation.forms import SignInForm
from alongside.organisation.middleware import CHOSEN
from alongside.organisation.models import Staff


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password; in demo mode also as anybody, in one click."""
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        staff = authenticate(request, **form.cleaned_data)
        if isinstance(staff, Staff):
            return _enter(request, staff)
        form.add_error(
            None, "That e-mail address and password do not go together. Check both and try again."
        )
    people = queries.people_to_try() if settings.DEMO else []
    context = {"form": form, "people": people, "next": _next(request)}
    return render(request, "ui/sign_in.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Demo mode only: become anybody in one click. Anywhere else there is no such page."""
    if not settings.DEMO:
        raise Http404
    return _enter(request, get_object_or_404(Staff, pk=request.POST.get("staff")))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Look at another of my schemes from now on."""
    scheme = queries.scheme_for(request.user, request.POST.get("scheme", ""))  # type: ignore[arg-type]
    request.session[CHOSEN] = scheme.slug
    return redirect(_next(request))


def _enter(request: HttpRequest, staff: Staff) -> HttpResponse:
    login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    operations.sign_in(staff, by=staff)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/"
