"""What the service is there for, and how goals relate to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.reports.aims import aims_of
from alongside.reports.views.monthly import month_asked
from alongside.ui.pages import StaffRequest, page


@require_safe
def aims(request: StaffRequest, scheme: str) -> HttpResponse:
    """Aims and objectives, the goals that serve each, and what became of them in a month."""
    here = scheme_for(request.user, scheme)
    month = month_asked(request, here)
    context = {
        "scheme": here,
        "pack": here.pack,
        "words": here.pack.terms,
        "month": month,
        "later": month.after() if month.days[1] < here.today() else None,
        "found": aims_of(here, month),
        "may_change": request.user.may(Action.MANAGE_SCHEME, here),
        "figures": request.user.may(Action.READ_REPORTS, here),
    }
    return page(request, "reports/aims.html", context)
