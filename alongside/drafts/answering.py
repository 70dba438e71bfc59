"""The answer to a page that keeps what is typed; the same for staff and for residents."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse  # noqa: TID251  # what it is for

from alongside.audit.actors import Actor
from alongside.drafts import keeping
from alongside.kit.refusal import Refused
from alongside.ui.pages import came_from


def answer(request: HttpRequest, writer: Actor, form: str) -> HttpResponse:
    """GET gives the kept words (204 when there are none), POST keeps them, DELETE forgets.

    A page that is still open says whose it is. When somebody else is signed in at the same screen
    by then, what is typed there is not theirs: 409, and the page keeps it on the device.
    """
    if request.headers.get("X-Written-By", me := str(writer.actor_id)) != me:
        return JsonResponse({"error": "Somebody else is signed in here now."}, status=409)
    if request.method == "POST":
        return _keep(request, writer, form)
    if request.method == "DELETE":
        keeping.let_go(writer, form)
        return HttpResponse(status=204)
    found = keeping.kept(writer, form)
    if found is None:
        return HttpResponse(status=204)
    return JsonResponse({"words": found.words, "saved_at": found.saved_at.isoformat()})


def _keep(request: HttpRequest, writer: Actor, form: str) -> HttpResponse:
    words = _words(request)
    if words is None:
        return JsonResponse({"error": "These words could not be read."}, status=400)
    try:
        kept = keeping.keep(writer, form, words, at=came_from(request))
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=422)
    return JsonResponse({"saved_at": kept.saved_at.isoformat()})


def _words(request: HttpRequest) -> dict[str, object] | None:
    """What a form sends: of each field a text, or several. Nothing else is words."""
    if len(request.body) > keeping.MOST_WORDS:
        return None
    try:
        words = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, dict) or not all(map(_is_text, words.values())):
        return None
    return {_as_text(name): _as_text(one) for name, one in words.items()}


def _is_text(found: object) -> bool:
    several = found if isinstance(found, list) else [found]
    return all(isinstance(one, str) for one in several)


def _as_text(found: Any) -> Any:
    """Without what no database holds as text: the null character, and half a letter."""
    if isinstance(found, list):
        return [_as_text(one) for one in found]
    return found.replace("\x00", "").encode("utf-8", "replace").decode()
