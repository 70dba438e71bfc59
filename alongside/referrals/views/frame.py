"""What the pages about one referral share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from alongside.referrals.models import Referral
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, go, page


def small_form(
    request: StaffRequest,
    found: Referral,
    form: OperationForm,
    act: Any,
    *,
    says: str,
    **shown: str,
) -> HttpResponse:
    """A page with one short form about a referral."""
    if form.carry_out(act, found, by=request.user):
        return go(request, "referrals:referral", found.pk, says=says)
    return page(
        request, "referrals/small_form.html", {**referral_page(found), "form": form, **shown}
    )


def referral_page(found: Referral) -> dict[str, Any]:
    """What every page about one referral gives its template."""
    return {
        "referral": found,
        "scheme": found.scheme,
        "words": found.scheme.pack.terms,
        "resident": found.resident,
        "back": reverse("referrals:referral", args=[found.pk]),
    }
