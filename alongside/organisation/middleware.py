"""Tells each request which schemes its person works at, and which one they are looking at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.organisation.models import Staff
from alongside.organisation.policy import looked_at_by

CHOSEN = "scheme"


class SchemesOfThisPerson:
    """Sets `request.schemes`, `request.chosen_scheme` and `request.words`.

    (`request.scheme` is Django's own: http or https.)

    The scheme is the one in the address when the page belongs to one, else the one chosen
    last, else the first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        schemes = request.user.schemes() if isinstance(request.user, Staff) else []
        request.schemes = schemes  # type: ignore[attr-defined]
        _look_at(request, request.session.get(CHOSEN))
        try:
            if not isinstance(request.user, Staff):
                return self.get_response(request)
            with looked_at_by(request.user):
                return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        if isinstance(slug := kwargs.get("scheme"), str):
            _look_at(request, slug)


def _look_at(request: Any, slug: str | None) -> None:
    schemes = request.schemes
    fallback = getattr(request, "chosen_scheme", None) or (schemes[0] if schemes else None)
    scheme = next((one for one in schemes if one.slug == slug), fallback)
    request.chosen_scheme = scheme
    request.words = scheme.pack.terms if scheme else None
    # Times are read and written as the clock on the wall shows them where the scheme is.
    if scheme:
        timezone.activate(scheme.zone)
