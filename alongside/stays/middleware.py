"""Pages of a part that a practice has switched off have no address there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404

from alongside.organisation.models import Scheme
from alongside.practice.parts import switched_off

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PartsInUse:
    """Answers 404 to pages about a scheme, or about a stay at one, that does not use the part.

    It asks one question more, and only of a page that can be switched off at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        found = request.resolver_match
        name = found.view_name if found else ""
        if not settings.PARTS.get(name, settings.PARTS.get(name.partition(":")[0])):
            return
        scheme = _scheme_of(kwargs)
        if scheme and switched_off(name, scheme.pack):
            raise Http404


def _scheme_of(kwargs: dict[str, Any]) -> Scheme | None:
    schemes = Scheme.objects.select_related("organisation")
    if slug := kwargs.get("scheme") or kwargs.get("slug"):
        return schemes.filter(slug=slug).first()
    if stay_id := kwargs.get("stay_id"):
        return schemes.filter(stays__pk=stay_id).first()
    return None
