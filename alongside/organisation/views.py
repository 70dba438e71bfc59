"""Choosing which scheme to look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from alongside.organisation import queries
from alongside.organisation.middleware import CHOSEN


@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Look at another of my schemes from now on."""
    scheme = queries.scheme_for(request.user, request.POST.get("scheme", ""))  # type: ignore[arg-type]
    request.session[CHOSEN] = scheme.slug
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else "/"
