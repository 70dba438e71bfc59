"""Whom the resident wants there; inviting, asking, replies, and taking somebody off the list."""

from __future__ import annotations

from datetime import date

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.post.operations import queue_letter
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.residents.names import name_key
from alongside.reviews.letters import letter_to
from alongside.reviews.models import Invitation, Kind, Reply, Review, Sharing, Wish
from alongside.reviews.operations.checks import invitation_is_settled, not_booked, require_words
from alongside.reviews.queries.people import invited_to, unwanted, wishes_of


@operation("review.wish_said", needs=Action.ADD_TO_AGENDA, unless=not_booked)
def say_whom_they_want(
    review: Review,
    *,
    by: Actor,
    name: str,
    wanted: bool,
    relation: str = "",
    contact: str = "",
    words: str = "",
) -> Wish:
    """Keep whom the resident wants at their reviews, or does not want, in their own words.

    Somebody wanted is put on the list; somebody not wanted is taken off it, unless a manager
    invited them with a reason. It holds for later reviews, until they say otherwise.

    Refused when no name is written.
    """
    name = require_words(name, field="name", instead="Write a name.")
    key = _key_of(name)
    staff = _staff_named(review, key)
    wish = Wish.objects.create(
        stay=review.stay,
        name=name,
        name_key=key,
        relation=relation.strip(),
        contact=contact.strip(),
        staff=staff,
        wanted=wanted,
        words=words.strip(),
        **made_by(by),
    )
    there = review.invitations.filter(withdrawn_at=None, name_key=key)
    if wanted and not there.exists():
        Invitation.objects.create(
            review=review,
            kind=Kind.NAMED,
            name=name,
            name_key=key,
            part=wish.relation,
            contact=wish.contact,
            staff=staff,
        )
    if not wanted:
        who = {"withdrawn_by": by} if isinstance(by, Staff) else {"withdrawn_by": review.led_by}
        there.exclude(kind=Kind.RESIDENT).filter(despite_reason="").update(
            withdrawn_at=clock.now(), **who
        )
    return wish


@operation("review.invited", needs=Action.SET_UP_REVIEW, unless=not_booked)
def invite(
    review: Review,
    *,
    by: Staff,
    kind: str,
    name: str = "",
    staff: Staff | None = None,
    part: str = "",
    agency: str = "",
    contact: str = "",
    sharing: str = "",
    sharing_on: date | None = None,
    sharing_words: str = "",
    despite_reason: str = "",
) -> Invitation:
    """Put somebody on the list: a member of staff, or somebody from another agency.

    `sharing` says on what ground something about the resident is shared with the agency.

    Refused when an agency has no ground for sharing; and when the resident does not want them
    there, unless a manager writes down why. Source: Key worker position description
    (multidisciplinary meetings).
    """
    name = staff.name if staff else require_words(name, field="name", instead="Write a name.")
    if kind == Kind.OUTSIDE:
        _require_ground(agency, sharing, sharing_on, sharing_words)
    if kind == Kind.STAFF and (staff is None or review.scheme_id not in staff.scheme_ids()):
        raise Refused(
            "It does not say which member of staff.",
            instead="Choose somebody who works here.",
            field="staff",
        )
    despite = _despite(review, by, name, staff, despite_reason.strip())
    return Invitation.objects.create(
        review=review,
        kind=kind,
        name=name,
        name_key=_key_of(name),
        staff=staff,
        part=part.strip(),
        agency=agency.strip(),
        contact=contact.strip(),
        sharing=sharing,
        sharing_on=sharing_on,
        sharing_words=sharing_words.strip(),
        despite_reason=despite,
        despite_by=by if despite else None,
        added_by=by,
    )


@operation("review.invitations_sent", needs=Action.SET_UP_REVIEW, unless=not_booked)
def send_invitations(review: Review, *, by: Staff, on: date | None = None) -> Review:
    """Invite everybody on the list who was not invited yet: by e-mail where one reaches them.

    A letter says when and where, and no more about the person than the practice allows; when
    each was sent stands beside the name. Who has no e-mail address was asked another way.
    """
    review.agenda_sent_at = clock.now()
    review.save(update_fields=["agenda_sent_at"])
    for invitation in invited_to(review).filter(invited_on=None):
        invitation.review = review
        if words := letter_to(review, invitation):
            queue_letter(
                review.scheme,
                by=by,
                to=words.to,
                subject=words.subject,
                text=words.text,
                about=invitation.pk,
            )
    waiting = review.invitations.filter(withdrawn_at=None, invited_on=None)
    waiting.update(invited_on=on or review.scheme.today())
    return review


@operation("review.replied", needs=Action.SET_UP_REVIEW, unless=invitation_is_settled)
def record_reply(
    invitation: Invitation, *, by: Staff, reply: str, reply_words: str = ""
) -> Invitation:
    """Write down what somebody who was invited replied."""
    if reply not in Reply.values:
        raise Refused("That is not a reply.", instead="Choose one of the list.", field="reply")
    invitation.reply, invitation.reply_words = reply, reply_words.strip()
    invitation.replied_on = invitation.scheme.today()
    invitation.invited_on = invitation.invited_on or invitation.replied_on
    invitation.save(update_fields=["reply", "reply_words", "replied_on", "invited_on"])
    return invitation


@operation("review.invitation_withdrawn", needs=Action.SET_UP_REVIEW, unless=invitation_is_settled)
def withdraw_invitation(invitation: Invitation, *, by: Staff) -> Invitation:
    """Take somebody off the list.

    Refused for the resident: it is their review.
    """
    if invitation.kind == Kind.RESIDENT:
        raise Refused(
            "It is their own review.",
            instead="If they do not come, say so when you record that it was held.",
        )
    invitation.withdrawn_at, invitation.withdrawn_by = clock.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return invitation


def _despite(review: Review, by: Staff, name: str, staff: Staff | None, reason: str) -> str:
    """The reason for inviting somebody whom the resident does not want; empty when they do."""
    if not unwanted(wishes_of(review.stay), name=name, staff=staff):
        return ""
    first, leader = review.stay.resident.first_name, review.scheme.one("manager")
    if not reason:
        raise Refused(
            f"{first} does not want {name} there.",
            instead=f"Leave them out, or let {leader} write down why they must come.",
            field="despite_reason",
        )
    if not by.may(Action.OVERRIDE_RULE, review):
        raise NotPermitted(
            f"{first} does not want {name} there, and only {leader} can invite them.",
            instead=f"Ask {leader}.",
            field="despite_reason",
        )
    return reason


def _require_ground(agency: str, sharing: str, on: date | None, words: str) -> None:
    if not agency.strip():
        raise Refused("No agency is named.", instead="Say where they work.", field="agency")
    if sharing not in Sharing.values:
        raise Refused(
            "It does not say whether we may share anything with this agency.",
            instead="Ask the person first, and choose.",
            field="sharing",
        )
    if sharing == Sharing.CONSENT and on is None:
        raise Refused(
            "It does not say when they agreed.", instead="Write the day.", field="sharing_on"
        )
    if sharing == Sharing.LAWFUL and not words.strip():
        raise Refused(
            "Sharing without their agreement needs its ground.",
            instead="Write why we may, or must.",
            field="sharing_words",
        )


def _staff_named(review: Review, key: str) -> Staff | None:
    here = Staff.objects.at(review.scheme)
    return next((worker for worker in here if name_key(worker.name) == key), None)


def _key_of(name: str) -> str:
    if key := name_key(name):
        return key
    raise Refused("That is not a name.", instead="Write it in letters.", field="name")
