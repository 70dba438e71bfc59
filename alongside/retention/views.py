"""Whose time is over, and what is decided about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.referrals.queries import referral_for
from alongside.retention import forms, operations, queries
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import choices, paged


@require_safe
def queue(request: StaffRequest, scheme: str) -> HttpResponse:
    """Files whose time is over, and every erasure that was asked for."""
    here = scheme_for(request.user, scheme, needs=Action.PROPOSE_ERASURE)
    referred = request.GET.get("show") == "referrals"
    shown = {
        "page_title": "Keeping records",
        "scheme": here,
        "show": choices(
            request, "show", {"referrals": "Referred and never came"}, everything="Moved out"
        ),
        "referred": referred,
        "due": paged(
            request,
            queries.referrals_due(here) if referred else queries.due_for_review(here),
            size=20,
        ),
        "erasures": list(queries.erasures_at(here)[:30]),
        "rules": list(here.pack.retention),
    }
    return page(request, "retention/queue.html", shown)


@require_safe
def keeping(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """How long one person's file is kept, and what stands in the way of erasing it."""
    stay = stay_for(request.user, stay_id, needs=Action.PROPOSE_ERASURE)
    shown = {
        **person_page(stay, section="keeping"),
        "page_title": "Keeping",
        "kept": queries.kept(stay),
        "over": queries.kept(stay).is_over(stay.scheme.today()),
        "cannot_hold": operations.set_hold.refusal(stay, by=request.user),
    }
    return page(request, "retention/keeping.html", shown)


@require_safe
def referral_keeping(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """How long what is known of somebody who was referred is kept."""
    referral = _referral(request, referral_id, Action.PROPOSE_ERASURE)
    state = queries.kept_referral(referral)
    shown = {
        "page_title": f"{referral.resident.name}: keeping",
        "referral": referral,
        "kept": state,
        "over": state.is_over(referral.scheme.today()),
        "cannot_hold": operations.hold_referral.refusal(referral, by=request.user),
    }
    return page(request, "retention/referral.html", shown)


@require_http_methods(["GET", "POST"])
def hold_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Hold what is known of somebody who was referred."""
    referral = _referral(request, referral_id, Action.DECIDE_ERASURE)
    form = forms.ReasonForm.from_request(request)
    return _ask_of_referral(request, referral, form, operations.hold_referral, referral,
                            title="Hold this file")  # fmt: skip


@require_http_methods(["GET", "POST"])
def propose_of_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Ask that everything about somebody who never came be erased."""
    referral = _referral(request, referral_id, Action.PROPOSE_ERASURE)
    form = forms.SureForm.from_request(request)
    return _ask_of_referral(
        request, referral, form, operations.propose_erasure_of_referral, referral,
        title="Ask that this is erased", button="Ask",
        intro="Somebody else decides. Everything written about this person would go, for good.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Hold a file."""
    stay = stay_for(request.user, stay_id, needs=Action.DECIDE_ERASURE)
    form = forms.ReasonForm.from_request(request)
    return _ask(request, stay, form, operations.set_hold, stay, title="Hold this file")


@require_http_methods(["GET", "POST"])
def end_hold(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a hold."""
    found = queries.hold_for(request.user, pk)
    stay = queries.last_stay_of(found.resident_id)
    form = forms.ReasonForm.from_request(request)
    if stay is None and (referral := queries.last_referral_of(found.resident_id)):
        return _ask_of_referral(request, referral, form, operations.end_hold, found,
                                title="End the hold")  # fmt: skip
    return _ask(request, stay, form, operations.end_hold, found, title="End the hold")


@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask that a file be erased."""
    stay = stay_for(request.user, stay_id, needs=Action.PROPOSE_ERASURE)
    form = forms.SureForm.from_request(request)
    return _ask(
        request, stay, form, operations.propose_erasure, stay, title="Ask that this file be erased",
        intro="Somebody else decides. Everything written about this person would go, for good.",
        button="Ask",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person erases the file, for good."""
    found = queries.erasure_for(request.user, pk)
    _may_decide(request, found)
    form = forms.SureForm.from_request(request)
    return _answer(
        request, found, form, operations.erase, title="Erase this file",
        intro="Everything written about this person goes from every table, for good. Backups made"
        " before run out; if one is put back, the erasure is repeated.",
        button="Erase it", grave=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person keeps the file, with the reason."""
    found = queries.erasure_for(request.user, pk)
    _may_decide(request, found)
    form = forms.KeepForm.from_request(request)
    return _answer(request, found, form, operations.keep_longer, title="Keep it longer")


def _referral(request: StaffRequest, referral_id: UUID, needs: Action) -> Referral:
    found = referral_for(request.user, referral_id)
    if not request.user.may(needs, found):
        raise PermissionDenied
    return found


def _ask_of_referral(
    request: StaffRequest, referral: Referral, form: Any, act: Any, subject: Any, *, title: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    then = ("retention:referral-keeping", referral.pk)
    shown = {
        "page_title": title, "back_url": reverse(then[0], args=then[1:]),
        "name": referral.resident.name, **more,
    }  # fmt: skip
    return ask(
        request, form, act, subject, then=then, says="Recorded.",
        template="retention/ask_of_referral.html", shown=shown,
    )  # fmt: skip


def _may_decide(request: StaffRequest, found: Any) -> None:
    if not request.user.may(Action.DECIDE_ERASURE, found):
        raise PermissionDenied


def _answer(
    request: StaffRequest, found: Any, form: Any, act: Any, *, title: str, **more: Any
) -> HttpResponse:
    back = reverse("retention:queue", args=[found.scheme.slug])
    shown = {
        "page_title": title, "back_url": back, "erasure": found,
        "name": queries.name_of(found.resident_id), **more,
    }  # fmt: skip
    return ask(
        request, form, act, found, then=("retention:queue", found.scheme.slug), says="Decided.",
        template="retention/answer.html", shown=shown,
    )  # fmt: skip


def _ask(
    request: StaffRequest, stay: Any, form: Any, act: Any, subject: Any, *, title: str, **more: Any
) -> HttpResponse:
    shown = {
        **person_page(stay, section="keeping"),
        "page_title": title,
        "back_url": reverse("retention:keeping", args=[stay.pk]),
        **more,
    }
    return ask(
        request, form, act, subject, then=("retention:keeping", stay.pk), says="Recorded.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip
