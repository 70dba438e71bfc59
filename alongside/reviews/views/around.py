"""The reviews of one person, setting one up, one review, and its agenda on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.kit.together import read
from alongside.organisation.queries import staff_at
from alongside.practice.actions import Action
from alongside.reviews import operations
from alongside.reviews.forms import SetUpReviewForm
from alongside.reviews.models import Review
from alongside.reviews.operations.checks import not_being_written, not_booked, not_ready_to_sign
from alongside.reviews.printing import paper_of
from alongside.reviews.queries.content import agenda_rows
from alongside.reviews.queries.decisions import unfinished_decisions
from alongside.reviews.queries.people import by_rank, invited_to, latest_words, wishes_said
from alongside.reviews.queries.reviews import (
    decisions_of,
    review_for,
    reviews_of,
    signatures_missing,
)
from alongside.reviews.queries.windows import late_ids, windows_of
from alongside.signatures.models import Signature
from alongside.signatures.queries import signatures_on
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page


@require_safe
def reviews(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """When each kind of review is owed, what was decided and is open, and every review."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    found = list(reviews_of(stay))
    context = {
        **person_page(stay, section="reviews"),
        "page_title": "Reviews",
        "windows": windows_of(stay, found),
        "reviews": found,
        "late": late_ids(found),
        "unfinished": unfinished_decisions(stay),
        "today": stay.scheme.today(),
        "cannot_set_up": operations.set_up_review.refusal(stay, by=request.user),
    }
    return page(request, "reviews/reviews.html", context)


@require_http_methods(["GET", "POST"])
def set_up_review(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Set a review up: what kind, when, where, who leads it."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    form = SetUpReviewForm.from_request(
        request,
        pack=stay.pack,
        people=staff_at(stay.scheme),
        initial={
            "kind": request.GET.get("kind", ""),
            "planned_on": parse_date_kindly(request.GET.get("on", "")),
            "led_by": str(request.user.pk),
        },
    )
    if made := form.carry_out(operations.set_up_review, stay, by=request.user):
        return go(request, "reviews:review", made.pk, says="The review is set up.")
    context = {**person_page(stay, section="reviews"), "form": form}
    return page(request, "reviews/set_up.html", {**context, "page_title": "Set up a review"})


def parse_date_kindly(text: str) -> Any:
    """The day of a link, or nothing when it is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_safe
def review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """One review: who comes, what is talked about, what the file says, what came of it."""
    found = review_for(request.user, review_id)
    invited, wishes, signed = invited_to(found), wishes_said(found.stay), signatures_on(found)
    addenda, decided = found.addenda.select_related("written_by"), decisions_of(found)
    read(invited, *([signed, addenda, decided] if found.held_on else [wishes]))
    context = {
        **person_page(found.stay, section="reviews"),
        "page_title": str(found),
        "review": found,
        "invitations": by_rank(invited),
        "rows": found.content["agenda"] if found.content else agenda_rows(found),
        "today": found.scheme.today(),
        "booking": not_booked(found) is None,
        "writing": not_being_written(found) is None,
        "cannot_prepare": operations.send_invitations.refusal(found, by=request.user),
        "cannot_hold": operations.hold_review.refusal(found, by=request.user),
        **(
            {**_held(found, signed), "addenda": addenda, "decisions": decided}
            if found.held_on
            else {"wishes": latest_words(wishes)}
        ),
    }
    return page(request, "reviews/review.html", context)


def _held(found: Review, signed: Iterable[Signature]) -> dict[str, Any]:
    reasons = found.scheme.pack.reasons("review_in_absence")
    signing = not_ready_to_sign(found)
    return {
        "signatures": list(signed),
        "cannot_sign": signing,
        "missing": signatures_missing(found, signed) if signing is None else [],
        "late": found.pk in late_ids([found]),
        "absence": reasons.get(found.absence_reason),
    }


@require_safe
def review_paper(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """The invitation with its agenda, or the record once it is signed, as PDF."""
    found = review_for(request.user, review_id)
    opened(found.stay, DOCUMENT, found.pk)
    name = f"{found.kind}-review-{found.on.isoformat()}.pdf"
    return HttpResponse(
        paper_of(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
