"""Completing a review; what is added later; telling somebody what was decided without them."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.reviews.models import Addendum, Review
from alongside.reviews.operations.checks import (
    not_ready_to_sign,
    require_may_hold,
    require_words,
)
from alongside.reviews.operations.signing import seal
from alongside.reviews.queries.reviews import signatures_missing


@operation("review.completed", needs=Action.HOLD_REVIEW, unless=not_ready_to_sign)
def complete_review(review: Review, *, by: Staff) -> Review:
    """Complete a review: from then on it only takes addenda, and what was owed is done.

    It counts on the day it was held. Refused while the person's view, or a signature that the
    practice asks for, is missing; their refusal to sign stands in its place.
    """
    require_may_hold(review, by)
    if missing := signatures_missing(review):
        raise Refused(
            f"It is not signed yet by {' and '.join(missing)}.",
            instead="Sign it, or record that they did not want to.",
        )
    seal(review)
    review.completed_at, review.completed_by = clock.now(), by
    review.save(update_fields=["completed_at", "completed_by"])
    return review


def not_completed(review: Review) -> Refused | None:
    if review.completed_at:
        return None
    return Refused("This review is not completed yet.", instead="Write it into the outcome.")


@operation("review.addendum_written", needs=Action.HOLD_REVIEW, unless=not_completed)
def add_addendum(review: Review, *, by: Staff, words: str) -> Addendum:
    """Put something right or add it, dated, beside a completed review that stays as it is."""
    words = require_words(words, field="words", instead="Write what is added or put right.")
    return Addendum.objects.create(review=review, words=words, written_by=by)


def owes_no_feedback(review: Review) -> Refused | None:
    if review.owes_feedback():
        return None
    return Refused("They were there, or have been told already.", instead="Write a note instead.")


@operation("review.feedback_given", needs=Action.HOLD_REVIEW, unless=owes_no_feedback)
def give_feedback(review: Review, *, by: Staff, on: date, words: str) -> Review:
    """Record that the resident was told what was decided without them, and what they said.

    Refused when the day is before the review or still to come, or nothing is written.
    """
    review.stay.require_current(on=on, field="on")
    if review.held_on and on < review.held_on:
        raise Refused("That is before the review.", instead="Choose a later day.", field="on")
    review.feedback_words = require_words(
        words, field="words", instead="Write what they said, or that they said nothing."
    )
    review.feedback_on, review.feedback_by = on, by
    review.save(update_fields=["feedback_on", "feedback_by", "feedback_words"])
    return review
