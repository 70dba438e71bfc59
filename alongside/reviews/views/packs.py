"""The information for a meeting: collated, edited, made ready, printed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.kit.refusal import Refused
from alongside.reviews import operations
from alongside.reviews.forms import CollateForm, PackForm
from alongside.reviews.models import InformationPack
from alongside.reviews.printing import pack_paper
from alongside.reviews.queries.reviews import pack_of, period_before, review_for
from alongside.stays.header import person_page
from alongside.ui.pages import StaffRequest, go, page, refused


@require_http_methods(["GET", "POST"])
def collate(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Collate the information for a meeting; open it when that is done."""
    review = review_for(request.user, review_id)
    if pack_of(review):
        return go(request, "reviews:pack", review.pk)
    first, last = period_before(review)
    form = CollateForm.from_request(request, initial={"from_on": first, "until_on": last})
    if form.carry_out(operations.collate_pack, review, by=request.user):
        return go(request, "reviews:pack", review.pk, says="It is collated. Read it through.")
    shown = {
        **person_page(review.stay, section="reviews"),
        "page_title": "Information for the meeting",
        "review": review,
        "form": form,
        "button": "Collate it",
    }
    return page(request, "reviews/collate.html", shown)


@require_http_methods(["GET", "POST"])
def pack(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Read it through, and put parts into other words; what stood there is kept."""
    found = _pack(request, review_id)
    form = PackForm.from_request(request, pack=found)
    if form.carry_out(operations.edit_pack, found, by=request.user):
        return go(request, "reviews:pack", review_id, says="Saved. What stood there is kept.")
    shown = {
        **person_page(found.stay, section="reviews"),
        "page_title": "Information for the meeting",
        "review": found.review,
        "pack": found,
        "form": form,
        "edits": found.edits.select_related("edited_by").order_by("-edited_at")[:20],
        "cannot": operations.edit_pack.refusal(found, by=request.user),
    }
    return page(request, "reviews/pack.html", shown)


@require_POST
def make_ready(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Say that it is ready and was sent round."""
    found = _pack(request, review_id)
    try:
        operations.make_pack_ready(found, by=request.user)
    except Refused as no:
        return refused(request, no)
    return go(request, "reviews:pack", review_id, says="It is ready.")


@require_safe
def pack_pdf(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """The same on paper."""
    found = _pack(request, review_id)
    opened(found.stay, DOCUMENT, "information-pack")
    return HttpResponse(
        pack_paper(found),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="information.pdf"'},
    )


def _pack(request: StaffRequest, review_id: UUID) -> InformationPack:
    found = pack_of(review_for(request.user, review_id))
    if found is None:
        raise Http404
    return found
