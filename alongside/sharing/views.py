"""The sharing page of a file, and what is added to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.practice.actions import Action
from alongside.sharing import forms, operations, queries
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged


@require_safe
def sharing(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who may be told what, and who was."""
    stay = stay_for(request.user, stay_id)
    consents = list(queries.consents_of(stay)[:50])
    told = paged(request, queries.disclosures_of(stay), size=15)
    for one in [*consents, *told]:
        one.stay = stay
    today = stay.scheme.today()
    shown = {
        **person_page(stay, section="sharing"),
        "page_title": "Sharing",
        "consents": [(one, one.stands_on(today)) for one in consents],
        "told": told,
        "cannot": operations.record_consent.refusal(stay, by=request.user),
    }
    return page(request, "sharing/sharing.html", shown)


@require_http_methods(["GET", "POST"])
def consent(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Write down an agreement."""
    stay = stay_for(request.user, stay_id, needs=Action.SHARE_INFORMATION)
    form = forms.ConsentForm.from_request(
        request, stay=stay, initial={"given_on": stay.scheme.today()}
    )
    title = f"{stay.resident.first_name} agrees to sharing"
    return _ask(request, stay, form, operations.record_consent, stay, title=title)


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An agreement is taken back."""
    subject = queries.consent_for(request.user, pk)
    form = forms.WithdrawForm.from_request(
        request, stay=subject.stay, initial={"withdrawn_on": subject.scheme.today()}
    )
    title = f"Taken back: {subject}"
    return _ask(request, subject.stay, form, operations.withdraw_consent, subject, title=title)


@require_http_methods(["GET", "POST"])
def share(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Tell an agency something."""
    stay = stay_for(request.user, stay_id, needs=Action.SHARE_INFORMATION)
    form = forms.ShareForm.from_request(
        request, stay=stay, initial={"told_on": stay.scheme.today()}
    )
    title = "Tell an agency something"
    return _ask(request, stay, form, operations.share, stay, title=title)


def _ask(
    request: StaffRequest, stay: Stay, form: Any, act: Any, subject: Any, *, title: str
) -> HttpResponse:
    shown = {
        **person_page(stay, section="sharing"),
        "page_title": title,
        "back_url": reverse("sharing:sharing", args=[stay.pk]),
    }
    return ask(
        request, form, act, subject,
        then=("sharing:sharing", stay.pk), says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip
