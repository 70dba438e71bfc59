"""Offering a bed, and what comes of the offer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from alongside.referrals import forms, operations, queries
from alongside.referrals.views.frame import referral_page, small_form
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST"])
def offer_bed(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Choose a free bed and until when it is kept."""
    found = queries.referral_for(request.user, referral_id)
    today = found.scheme.today()
    beds = queries.free_beds(found.scheme, today)
    kept = today + timedelta(days=found.scheme.pack.limit("bed_offer_open").number)
    form = forms.OfferBedForm.from_request(request, beds=beds, initial={"kept_until": kept})
    if form.carry_out(operations.offer_bed, found, by=request.user):
        return go(request, "referrals:referral", found.pk, says="The bed is kept for them.")
    cannot = operations.offer_bed.refusal(found, by=request.user)
    context = {**referral_page(found), "form": form, "beds": beds, "cannot": cannot}
    return page(request, "referrals/offer_bed.html", context)


@require_http_methods(["GET", "POST"])
def accept_offer(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.AcceptOfferForm.from_request(request, initial={"on": found.scheme.today()})
    return small_form(
        request, found, form, operations.accept_offer, title="They said yes",
        lead="The bed stays kept until its day, or until they move in.",
        button="Save", says="It is noted that they said yes.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def keep_longer(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.KeepLongerForm.from_request(request)
    return small_form(
        request, found, form, operations.keep_longer, title="Keep the bed longer",
        lead="Nobody else can have it until then.",
        button="Keep it", says="The bed is kept longer.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_offer(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    found = queries.referral_for(request.user, referral_id)
    form = forms.EndOfferForm.from_request(request, initial={"on": found.scheme.today()})
    return small_form(
        request, found, form, operations.end_offer, title="End the offer",
        lead="The bed is free again. They stay accepted, and another bed can be offered.",
        button="End the offer", says="The offer has ended and the bed is free.",
    )  # fmt: skip
