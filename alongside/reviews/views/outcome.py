"""What came of a review: who came, the outcome, decisions, signatures, and what follows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.organisation.queries import staff_at
from alongside.reviews import operations
from alongside.reviews.forms import (
    AddendumForm,
    CompleteReviewForm,
    DecisionForm,
    FeedbackForm,
    HoldReviewForm,
    OutcomeForm,
)
from alongside.reviews.queries.content import agenda_rows
from alongside.reviews.queries.people import invitations_of
from alongside.reviews.queries.reviews import decision_for, review_for
from alongside.reviews.queries.windows import proposed_day
from alongside.reviews.views.acting import at_once, step
from alongside.signatures.forms import RefuseToSignForm, SignForm
from alongside.ui.pages import StaffRequest


@require_http_methods(["GET", "POST"])
def hold_review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """On which day it was held, and who came."""
    review = review_for(request.user, review_id)
    form = HoldReviewForm.from_request(
        request,
        pack=review.scheme.pack,
        invitations=invitations_of(review),
        initial={"held_on": min(review.planned_on, review.scheme.today())},
    )
    first = review.stay.resident.first_name
    form.fields["absence_reason"].label = f"If {first} was not there: why?"
    return step(
        request, review, form, operations.hold_review,
        title="Who came?",
        lead=f"It can be held without {first}. They are then told what it decided.",
        says="Now write down what came of it.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def write_outcome(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """What was said under each item, the person's own view, and the next day."""
    review = review_for(request.user, review_id)
    rows = agenda_rows(review)
    agenda = [row["line"] for row in rows]
    proposed = proposed_day(review.stay, review.type, after=review.on)
    form = OutcomeForm.from_request(request, review=review, agenda=agenda, next_on=proposed)
    first = review.stay.resident.first_name
    form.fields["view_words"].label = f"What {first} says about it, in their own words"
    form.fields["did_not_wish"].label = f"{first} did not wish to say anything"
    return step(
        request, review, form, operations.write_outcome,
        title="What came of it",
        says="Saved.",
        template="reviews/outcome.html",
        rows=[(form[f"said-{row['line'].pk}"], row) for row in rows],
        rest=[form[name] for name in ("view_words", "did_not_wish", "summary", "next_on")],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """A decision: what, who by name, by when. It becomes an action of the plan."""
    review = review_for(request.user, review_id)
    form = DecisionForm.from_request(request, people=staff_at(review.scheme))
    return step(
        request, review, form, operations.decide,
        title="Add a decision",
        lead="It becomes an action in the plan at once, and is shown until it is closed.",
        button="Add the decision", says="It is decided, and in the plan.",
    )  # fmt: skip


@require_POST
def take_back(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision back that was written down wrongly."""
    decision = decision_for(request.user, decision_id)
    act = operations.take_decision_back
    return at_once(request, decision.review, act, says="Taken back.", subject=decision)


@require_http_methods(["GET", "POST"])
def sign_as_resident(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """The resident signs what the review came to."""
    review = review_for(request.user, review_id)
    form = SignForm.from_request(request, says=review.stay.resident.name)
    return step(
        request, review, form, operations.sign_review_as_resident,
        title="Sign the review", button="Sign", says="Signed.",
        template="reviews/sign.html", handed=review.stay.resident.first_name,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sign_as_worker(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Whoever led it signs."""
    review = review_for(request.user, review_id)
    form = SignForm.from_request(request, says=request.user.name)
    return step(
        request, review, form, operations.sign_review_as_worker,
        title="Sign the review", button="Sign", says="Signed.", template="reviews/sign.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """The resident does not want to sign."""
    review = review_for(request.user, review_id)
    scheme = review.scheme
    form = RefuseToSignForm.from_request(request, pack=scheme.pack, today=scheme.today())
    return step(
        request, review, form, operations.refuse_review,
        title="They do not want to sign", says="Kept. The review can be completed.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def complete_review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Complete it: from then on it only takes addenda."""
    review = review_for(request.user, review_id)
    form = CompleteReviewForm.from_request(request)
    return step(
        request, review, form, operations.complete_review,
        title="Complete this review",
        lead="It then stays as it is. What is found later is added with its date.",
        button="Complete the review", says="The review is completed.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_addendum(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Put something right, dated, beside a review that stays as it is."""
    review = review_for(request.user, review_id)
    form = AddendumForm.from_request(request)
    return step(
        request, review, form, operations.add_addendum,
        title="Add an addendum", button="Add", says="Added.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def give_feedback(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """They were told what was decided without them."""
    review = review_for(request.user, review_id)
    form = FeedbackForm.from_request(request, initial={"on": review.scheme.today()})
    first = review.stay.resident.first_name
    return step(
        request, review, form, operations.give_feedback,
        title=f"Tell {first} what was decided", says="Kept.",
    )  # fmt: skip
