"""What changes a referral: taking it, talking, deciding, offering a bed, moving in."""

from __future__ import annotations

from alongside.referrals.operations.deciding import (
    communicate_decision,
    decide_referral,
    redirect_referral,
)
from alongside.referrals.operations.moving import record_move_in
from alongside.referrals.operations.offering import (
    accept_offer,
    end_offer,
    keep_longer,
    offer_bed,
)
from alongside.referrals.operations.taking import (
    add_referral_note,
    hold_interview,
    register_referral,
    screen_referral,
    take_referral,
)

__all__ = [
    "accept_offer",
    "add_referral_note",
    "communicate_decision",
    "decide_referral",
    "end_offer",
    "hold_interview",
    "keep_longer",
    "offer_bed",
    "record_move_in",
    "redirect_referral",
    "register_referral",
    "screen_referral",
    "take_referral",
]
