"""One page for every small step of a review: a heading, a form, a button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from alongside.reviews.models import Review
from alongside.stays.header import person_page
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, go, page


def step(
    request: StaffRequest,
    review: Review,
    form: OperationForm,
    act: Callable[..., Any],
    *,
    title: str,
    button: str = "Save",
    says: str = "",
    subject: Any = None,
    lead: str = "",
    template: str = "reviews/step.html",
    **shown: Any,
) -> HttpResponse:
    """Carry one operation out and go back to the review, or show its form."""
    if form.carry_out(act, subject or review, by=request.user) is not None:
        return go(request, "reviews:review", review.pk, says=says)
    context = {
        **person_page(review.stay, section="reviews"),
        "page_title": title,
        "review": review,
        "form": form,
        "button": button,
        "lead": lead,
        "back_url": reverse("reviews:review", args=[review.pk]),
        **shown,
    }
    return page(request, template, context)


def at_once(
    request: StaffRequest, review: Review, act: Callable[..., Any], *, says: str, subject: Any
) -> HttpResponse:
    """Carry out something that asks nothing, from a button on the page."""
    form = OperationForm(request.POST)
    if form.carry_out(act, subject, by=request.user) is None:
        because = " ".join(map(str, form.non_field_errors())) or "That did not work. Try again."
        return page(
            request,
            "reviews/not_done.html",
            {
                **person_page(review.stay, section="reviews"),
                "page_title": "Not done",
                "because": because,
                "back_url": reverse("reviews:review", args=[review.pk]),
            },
            status=422,
        )
    return go(request, "reviews:review", review.pk, says=says)
