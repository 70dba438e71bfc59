"""Where a page sends what is being typed, and asks for it after a loss; and what one began."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.drafts import forms, keeping, lasting, operations
from alongside.drafts.answering import answer
from alongside.drafts.naming import in_words
from alongside.organisation.models import Scheme, Staff
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: StaffRequest, form: str) -> HttpResponse:
    """GET gives the kept words (204 when there are none), POST keeps them, DELETE forgets."""
    return answer(request, request.user, form)


def _begun(me: Staff, scheme: Scheme | None) -> list[dict[str, Any]]:
    """Each draft: of what, its page, until when it is kept, and whether that is soon."""
    soon = lasting.soon_before(me, scheme) if scheme else None
    return [
        {
            "what": in_words(one.form), "saved_at": one.saved_at, "at": one.at,
            "until": lasting.goes_after(me, one.saved_at.date()),
            "soon": bool(soon and one.saved_at < soon),
        }
        for one in keeping.all_kept(me)
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """What one has begun and not finished, until when it is kept, and what went since."""
    me = request.user
    gone = keeping.gone(me)
    unread = [one for one in gone if one.read_at is None]
    form = forms.ReadForm.from_request(request)
    if request.method == "POST" and not unread:
        return go(request, "drafts:mine")
    read = form.carry_out(operations.read_of_all, unread[0], by=me) if unread else None
    if read:
        return go(request, "drafts:mine", says="Thank you for reading it.")
    shown = {
        "page_title": "Begun and not finished", "begun": _begun(me, request.chosen_scheme),
        "gone": gone, "unread": unread, "rule": lasting.rule_for(me), "form": form,
    }  # fmt: skip
    return page(request, "drafts/mine.html", shown)
