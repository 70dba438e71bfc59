"""Signing what a review came to, or refusing to."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.reviews.models import Review
from alongside.reviews.operations.checks import not_ready_to_sign, require_may_hold
from alongside.reviews.queries.content import content_of
from alongside.signatures.models import Party, Signature
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_resident,
    sign_for_worker,
)


@operation("review.signed_by_resident", needs=Action.HOLD_REVIEW, unless=not_ready_to_sign)
def sign_review_as_resident(review: Review, *, by: Staff, mark: Mark) -> Review:
    """The resident's yes to exactly what the review came to. From then on it stays as it is.

    Refused when it has not been held or says nothing of their view; when they have signed;
    when nothing was drawn or the PIN is wrong.
    """
    _require_unsigned(review, Party.RESIDENT)
    seal(review)
    sign_for_resident(review, review.stay, review.content, mark=mark, taken_by=by)
    return review


@operation("review.refused_by_resident", needs=Action.HOLD_REVIEW, unless=not_ready_to_sign)
def refuse_review(review: Review, *, by: Staff, no: No) -> Review:
    """The resident's no, with its reason. The review can be completed with it."""
    seal(review)
    refuse_to_sign(review, review.stay, review.content, no=no, taken_by=by)
    return review


@operation("review.signed_by_worker", needs=Action.HOLD_REVIEW, unless=not_ready_to_sign)
def sign_review_as_worker(review: Review, *, by: Staff, mark: Mark) -> Review:
    """The yes of whoever led it, or holds the role that signs this kind of review.

    Refused for anybody else.
    """
    require_may_hold(review, by)
    roles = set(by.roles_at(review.scheme_id))
    if by.pk != review.led_by_id and not roles & set(review.type.signed_by):
        raise Refused(
            f"This review is signed by {review.led_by}, who led it.",
            instead="Ask them to sign.",
        )
    _require_unsigned(review, Party.WORKER)
    seal(review)
    sign_for_worker(review, review.stay, review.content, mark=mark, staff=by)
    return review


def seal(review: Review) -> None:
    """Keep everything that is shown, as it is now: what is signed, and what stays."""
    if not review.content:
        review.content = content_of(review)
        review.save(update_fields=["content"])


def _require_unsigned(review: Review, party: Party) -> None:
    if Signature.objects.filter(record_id=review.pk, party=party, refused=False).exists():
        raise Refused("This has been signed already.", instead="Nothing is left to do.")
