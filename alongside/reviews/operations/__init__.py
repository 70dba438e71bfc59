"""Everything that changes a review, its people, its agenda, its outcome."""

from __future__ import annotations

from alongside.reviews.operations.agenda import add_agenda_item, take_agenda_item_off
from alongside.reviews.operations.completing import add_addendum, complete_review, give_feedback
from alongside.reviews.operations.decisions import decide, take_decision_back
from alongside.reviews.operations.holding import hold_review, write_outcome
from alongside.reviews.operations.inviting import (
    invite,
    record_reply,
    say_whom_they_want,
    send_invitations,
    withdraw_invitation,
)
from alongside.reviews.operations.packs import collate_pack, edit_pack, make_pack_ready
from alongside.reviews.operations.setting_up import cancel_review, move_review, set_up_review
from alongside.reviews.operations.signing import (
    refuse_review,
    sign_review_as_resident,
    sign_review_as_worker,
)

__all__ = [
    "add_addendum",
    "add_agenda_item",
    "cancel_review",
    "collate_pack",
    "complete_review",
    "decide",
    "edit_pack",
    "give_feedback",
    "hold_review",
    "invite",
    "make_pack_ready",
    "move_review",
    "record_reply",
    "refuse_review",
    "say_whom_they_want",
    "send_invitations",
    "set_up_review",
    "sign_review_as_resident",
    "sign_review_as_worker",
    "take_agenda_item_off",
    "take_decision_back",
    "withdraw_invitation",
    "write_outcome",
]
