"""Where the page sends what is being typed, and asks for it again after a loss."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from alongside.drafts import keeping
from alongside.ui.pages import StaffRequest


@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: StaffRequest, form: str) -> HttpResponse:
    """GET gives the kept words (204 when there are none), POST keeps them, DELETE forgets."""
    if request.method == "POST":
        return _keep(request, form)
    if request.method == "DELETE":
        keeping.let_go(request.user, form)
        return HttpResponse(status=204)
    found = keeping.kept(request.user, form)
    if found is None:
        return HttpResponse(status=204)
    return JsonResponse({"words": found.words, "saved_at": found.saved_at.isoformat()})


def _keep(request: StaffRequest, form: str) -> HttpResponse:
    words = _words(request)
    if words is None:
        return JsonResponse({"error": "These words could not be read."}, status=400)
    kept = keeping.keep(request.user, form, words)
    return JsonResponse({"saved_at": kept.saved_at.isoformat()})


def _words(request: HttpRequest) -> dict[str, object] | None:
    if len(request.body) > keeping.MOST_WORDS:
        return None
    try:
        words = json.loads(request.body)
    except ValueError:
        return None
    return words if isinstance(words, dict) else None
