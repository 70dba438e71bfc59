"""The living style page: every component, and how to ask for it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.ui import showcase
from alongside.ui.pages import page


@login_not_required
@require_http_methods(["GET", "POST"])
def style_page(request: HttpRequest) -> HttpResponse:
    """Only where everybody is invented, or where the house is being built."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    form = showcase.ShowForm.from_request(request)
    form.carry_out(showcase.refuse_politely, None, by=None)
    return page(request, "ui/style_page.html", {"form": form, **showcase.shown(request)})
