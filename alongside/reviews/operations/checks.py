"""What operations on reviews refuse, in one place each."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.practice.reviews import ReviewType
from alongside.reviews.models import Invitation, Review
from alongside.stays.models import Stay


def not_booked(review: Review) -> Refused | None:
    """Only a review that is still to come can be prepared, moved or cancelled."""
    if review.cancelled_at:
        return Refused("This review was cancelled.", instead="Set up another one.")
    if review.held_on:
        return Refused(
            f"This review was held on {review.held_on:%-d %B %Y}.",
            instead="Write down what came of it, or add an addendum.",
        )
    return None


def not_being_written(review: Review) -> Refused | None:
    """The outcome is written once it was held, and until somebody has signed it."""
    if review.held_on is None:
        return Refused(
            "This review has not been held yet.", instead="First say who came, and on which day."
        )
    if review.content:
        return Refused(
            "This has been signed and stays as it is.",
            instead="Add a dated addendum once the review is completed.",
        )
    return None


def not_open(review: Review) -> Refused | None:
    """A review that is completed or cancelled is closed."""
    if review.completed_at:
        return Refused(
            "This review is completed and stays as it is.", instead="Add a dated addendum."
        )
    if review.cancelled_at:
        return Refused("This review was cancelled.", instead="Set up another one.")
    return None


def not_ready_to_sign(review: Review) -> Refused | None:
    """What is signed was held, and has the person's view, or that they did not wish to give it."""
    if closed := not_open(review):
        return closed
    if review.held_on is None:
        return not_being_written(review)
    if review.type.view_required and not has_their_view(review):
        return Refused(
            f"It does not say yet what {review.stay.resident.first_name} thinks.",
            instead="Write it in their own words, or that they did not wish to say.",
        )
    return None


def has_their_view(review: Review) -> bool:
    """Their own words, or that they did not wish to, or that they were not there."""
    return bool(review.view_words or review.did_not_wish or review.was_without_them())


def invitation_is_settled(invitation: Invitation) -> Refused | None:
    if invitation.withdrawn_at:
        return Refused("They are not on the list any more.", instead="Invite them again.")
    return not_booked(invitation.review)


def is_the_managers(kind: ReviewType, pack: Pack) -> bool:
    """Whether only managers lead this kind of review."""
    return all(Action.HOLD_MANAGER_REVIEW in pack.role(role).may for role in kind.led_by)


def require_may_hold(review: Review, by: Staff) -> None:
    """A manager's review is held by a manager."""
    if is_the_managers(review.type, review.scheme.pack) and not by.may(
        Action.HOLD_MANAGER_REVIEW, review
    ):
        leader = review.scheme.one("manager")
        raise NotPermitted(
            f"A {review.says.lower()} is held by {leader}.",
            instead=f"Ask {leader} to hold it, or set up another kind of review.",
        )


def require_leader(stay: Stay, kind: ReviewType, led_by: Staff, *, facilitator: str) -> None:
    """Who leads works here, in one of the roles that lead this kind, unless they only support."""
    roles = set(led_by.roles_at(stay.scheme_id))
    if not roles:
        raise Refused(
            f"{led_by} does not work here.", instead="Choose somebody who does.", field="led_by"
        )
    if not facilitator and not roles & set(kind.led_by):
        pack = stay.pack
        named = " or ".join(pack.role(role).says for role in kind.led_by)
        raise Refused(
            f"{led_by} cannot lead this review: it is led by {named}.",
            instead="Choose somebody else, or name who leads it from outside.",
            field="led_by",
        )


def require_kind(stay: Stay, kind: str) -> ReviewType:
    found = stay.scheme.pack.reviews.get(kind)
    if found is None:
        raise Refused("There is no such kind of review here.", instead="Choose one.", field="kind")
    return found


def require_words(text: str, *, field: str, instead: str) -> str:
    """The words without the space around them; refused when there are none."""
    if words := text.strip():
        return words
    raise Refused("Nothing has been written yet.", instead=instead, field=field)


def require_choice(review: Review, name: str, key: str, words: str, *, field: str) -> None:
    """Refuse a reason that is not on the pack's list, or that means nothing without words."""
    choice: Any = review.scheme.pack.reasons(name).get(key)
    if choice is None:
        raise Refused("That is not on the list.", instead="Choose a reason.", field=field)
    if choice.needs_text and not words.strip():
        raise Refused(
            f"“{choice.says}” does not say enough.", instead="Say more.", field="absence_words"
        )


def require_still_to_come(stay: Stay, planned_on: date) -> None:
    """A review is booked for today or later, on a day of the stay."""
    if planned_on < stay.scheme.today():
        raise Refused(
            "That day is over.",
            instead="Choose a day from today on; a review that was held is recorded afterwards.",
            field="planned_on",
        )
