"""Preparing a review: the day, the people, the agenda."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.organisation.queries import staff_at
from alongside.reviews import operations
from alongside.reviews.forms import (
    AgendaItemForm,
    CancelReviewForm,
    InviteAgencyForm,
    InviteStaffForm,
    MeetingForm,
    ReplyForm,
    WishForm,
)
from alongside.reviews.queries.reviews import agenda_line_for, invitation_for, review_for
from alongside.reviews.views.acting import at_once, step
from alongside.ui.pages import StaffRequest


@require_http_methods(["GET", "POST"])
def move_review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Another day, place or leader."""
    review = review_for(request.user, review_id)
    form = MeetingForm.from_request(
        request,
        people=staff_at(review.scheme),
        initial={
            "planned_on": review.planned_on,
            "planned_time": review.planned_time,
            "place": review.place,
            "led_by": str(review.led_by_id),
            "facilitator": review.facilitator,
        },
    )
    return step(
        request, review, form, operations.move_review,
        title="Change the day, the place or who leads",
        lead="When the day changes, everybody is asked again.",
        says="Changed.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def cancel_review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Cancel it, with the reason."""
    review = review_for(request.user, review_id)
    form = CancelReviewForm.from_request(request)
    return step(
        request, review, form, operations.cancel_review,
        title="Cancel this review",
        lead="What is owed stays owed. To hold it on another day, move it instead.",
        button="Cancel the review", says="The review is cancelled.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def say_whom_they_want(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Whom the person wants there, or does not want."""
    review = review_for(request.user, review_id)
    form = WishForm.from_request(request, initial={"wanted": "yes"})
    first = review.stay.resident.first_name
    return step(
        request, review, form, operations.say_whom_they_want,
        title=f"Whom does {first} want there?",
        lead=f"Ask {first} first. It holds for later reviews too, until they say otherwise.",
        says="Kept.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def invite_staff(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Put a member of staff on the list."""
    review = review_for(request.user, review_id)
    form = InviteStaffForm.from_request(request, people=staff_at(review.scheme))
    return step(
        request, review, form, operations.invite,
        title="Invite a member of staff", button="Invite", says="They are on the list.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def invite_agency(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Put somebody from another agency on the list."""
    review = review_for(request.user, review_id)
    form = InviteAgencyForm.from_request(request)
    return step(
        request, review, form, operations.invite,
        title="Invite somebody from another agency", button="Invite", says="They are on the list.",
    )  # fmt: skip


@require_POST
def send_invitations(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Everybody on the list was asked, and has the agenda."""
    review = review_for(request.user, review_id)
    says = "Everybody on the list is invited."
    return at_once(request, review, operations.send_invitations, says=says, subject=review)


@require_http_methods(["GET", "POST"])
def add_agenda_item(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Put something on the agenda."""
    review = review_for(request.user, review_id)
    form = AgendaItemForm.from_request(request)
    first = review.stay.resident.first_name
    form.fields["from_resident"].label = f"{first} brings this"
    return step(
        request, review, form, operations.add_agenda_item,
        title="Add to the agenda",
        lead=f"What {first} brings stands first.",
        button="Add", says="It is on the agenda.",
    )  # fmt: skip


@require_POST
def take_off(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    line = agenda_line_for(request.user, line_id)
    act = operations.take_agenda_item_off
    return at_once(request, line.review, act, says="It is off the agenda.", subject=line)


@require_http_methods(["GET", "POST"])
def record_reply(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """What somebody replied."""
    invitation = invitation_for(request.user, invitation_id)
    now = {"reply": invitation.reply, "reply_words": invitation.reply_words}
    form = ReplyForm.from_request(request, initial=now)
    return step(
        request, invitation.review, form, operations.record_reply,
        subject=invitation, title=f"What did {invitation.name} reply?", says="Reply kept.",
    )  # fmt: skip


@require_POST
def withdraw(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    invitation = invitation_for(request.user, invitation_id)
    return at_once(
        request, invitation.review, operations.withdraw_invitation,
        says=f"{invitation.name} is off the list.", subject=invitation,
    )  # fmt: skip
