"""Where a member of staff's page sends what is being typed, and asks for it after a loss."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.drafts.answering import answer
from alongside.ui.pages import StaffRequest


@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: StaffRequest, form: str) -> HttpResponse:
    """GET gives the kept words (204 when there are none), POST keeps them, DELETE forgets."""
    return answer(request, request.user, form)
