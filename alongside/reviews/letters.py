"""The letter that invites somebody to a review: when and where, and no more than may be said.

An e-mail is read by whoever holds the telephone. Whether it names the person, and whether it
carries the agenda, is a switch of the practice; both are off where a pack says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.reviews.models import Invitation, Kind, Review
from alongside.reviews.queries.reviews import agenda_of

NAMES, AGENDA = "letters_name_the_person", "letters_carry_the_agenda"


@dataclass(frozen=True, slots=True)
class Words:
    """What is sent to one address."""

    to: str
    subject: str
    text: str


def address_of(invitation: Invitation) -> str:
    """Where an e-mail reaches them: the colleague's, the resident's own, or what was written."""
    if invitation.staff:
        return invitation.staff.email
    contact = invitation.contact
    if invitation.kind == Kind.RESIDENT:
        contact = invitation.review.stay.resident.email
    try:
        validate_email(contact.strip())
    except ValidationError:
        return ""
    return contact.strip()


def letter_to(review: Review, invitation: Invitation) -> Words | None:
    """The letter to one of those who are invited; None when no e-mail reaches them."""
    to = address_of(invitation)
    if not to:
        return None
    pack, own = review.scheme.pack, invitation.kind == Kind.RESIDENT
    about = f" about {review.stay.resident.name}" if pack.has(NAMES) and not own else ""
    word = pack.term("review").singular
    when = f"{review.planned_on:%A} {review.planned_on:%-d %B %Y}"
    when += f", {review.planned_time:%H:%M}" if review.planned_time else ""
    lines = [
        f"Hello {invitation.name},",
        f"You are invited to {'your own' if own else 'a'} {word}{about} at {review.scheme.name}.",
        f"When: {when}",
        *([f"Where: {review.place}"] if review.place else []),
        f"{review.facilitator or review.led_by.name} leads it.",
        *_agenda(review),
        f"Please tell {review.led_by.name} whether you are coming.",
        "Do not answer with anything that is for few to know.",
    ]
    subject = f"A {word} on {review.planned_on:%-d %B %Y}, {review.scheme.name}"
    return Words(to, subject, "\n\n".join(lines))


def _agenda(review: Review) -> list[str]:
    """What is talked about, as the practice allows; never what the person brings themselves."""
    if not review.scheme.pack.has(AGENDA):
        return []
    lines = [line.words for line in agenda_of(review) if not line.from_resident]
    return ["What we talk about:\n" + "\n".join(f"- {words}" for words in lines)]
