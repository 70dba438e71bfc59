"""Turns a template into a page, or into the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseLocation

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from alongside.kit.refusal import Refused
    from alongside.organisation.models import Scheme, Staff
    from alongside.ui.forms import OperationForm


class StaffRequest(HttpRequest):
    """A request from someone signed in, which `LoginRequiredMiddleware` has made sure of."""

    user: Staff
    htmx: HtmxDetails
    chosen_scheme: Scheme | None
    schemes: list[Scheme]


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partial: str = "",
    status: int | None = None,
) -> HttpResponse:
    """Render `template`, or just its `partial` when htmx asked for a piece of the page.

    A form in the context (as `form`) that has errors makes the answer a 422 by itself.
    """
    shown = dict(context or {})
    htmx = getattr(request, "htmx", None)
    wants_partial = partial and htmx is not None and htmx.request_type == "partial"
    name = f"{template}#{partial}" if wants_partial else template
    response = render(request, name, shown, status=status or _status(shown.get("form")))
    patch_vary_headers(response, ["HX-Request-Type"])
    return response


def go(request: HttpRequest, to: str, *args: object, says: str = "") -> HttpResponse:
    """Send the browser to a page; `says` is shown there once, in one sentence.

    htmx is told to go there, not to swap it into the form.
    """
    if says:
        messages.success(request, says)
    if getattr(request, "htmx", None):
        return HttpResponseLocation(resolve_url(to, *args))
    return redirect(to, *args)


def ask(
    request: StaffRequest,
    form: OperationForm,
    act: Callable[..., object],
    subject: object,
    *,
    then: Sequence[object],
    says: str,
    template: str,
    shown: Mapping[str, Any],
) -> HttpResponse:
    """One form on one page: do it and go to the page `then`, or show it with what is wrong.

    `then` is the name of the page and its arguments; `says` is shown there once.
    """
    if form.carry_out(act, subject, by=request.user):
        to, *args = then
        return go(request, str(to), *args, says=says)
    return page(request, template, {**shown, "form": form})


def refused(request: HttpRequest, refusal: Refused, *, status: int = 422) -> HttpResponse:
    """A page of its own for a refusal that has no form to stand in: 403 when `NotPermitted`."""
    shown = {"refusal": refusal, "came_from": came_from(request)}
    return page(request, "ui/refused.html", shown, status=status)


def came_from(request: HttpRequest) -> str:
    """The other page of this house that led here, as a path; "" when none did."""
    said = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure())
    if not said or not ours:
        return ""
    page_before = urlsplit(said)
    if page_before.path == request.path or page_before.path.startswith("//"):
        return ""
    return f"{page_before.path}?{page_before.query}".removesuffix("?")


def _status(form: Any) -> int:
    return 422 if getattr(form, "errors", None) else 200
