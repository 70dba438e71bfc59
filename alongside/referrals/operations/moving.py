"""The end of a referral that went well: the stay it led to."""

from __future__ import annotations

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.practice.actions import Action
from alongside.referrals.models import Offer, OfferEnd, Referral, State
from alongside.referrals.operations.checks import has_moved_in, move_to
from alongside.referrals.operations.offering import close_offer
from alongside.stays.models import Stay


@operation("referral.moved_in", needs=Action.ADMIT, unless=has_moved_in)
def record_move_in(referral: Referral, *, by: Actor, stay: Stay) -> Referral:
    """Join a referral to the stay it led to. Whatever bed was kept is no longer kept.

    Refused when the stay is somebody else's or at another scheme.
    """
    if stay.resident_id != referral.resident_id or stay.scheme_id != referral.scheme_id:
        raise Refused(
            "That stay does not belong to this referral.",
            instead="Choose the stay of the same person at the same scheme.",
        )
    for offer in Offer.objects.open().filter(referral=referral):
        close_offer(offer, by=by, because=OfferEnd.MOVED_IN, on=stay.moved_in_on)
    referral.stay = stay
    move_to(referral, State.MOVED_IN, since=stay.moved_in_on)
    return referral
