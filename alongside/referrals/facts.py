"""What duties can count on: when a referral came, and when it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.duties.facts import provides
from alongside.referrals.models import Decision, Referral
from alongside.stays.models import Stay


@provides("referral.received", reads=[Referral])
def received(stay: Stay, of: str) -> Sequence[date]:
    """The day the referral that led to this stay came."""
    return list(Referral.objects.filter(stay=stay).values_list("received_on", flat=True))


@provides("referral.decided", reads=[Decision])
def decided(stay: Stay, of: str) -> Sequence[date]:
    """The days on which the referral that led to this stay was decided on."""
    return list(
        Decision.objects.filter(referral__stay=stay)
        .order_by("decided_on")
        .values_list("decided_on", flat=True)
    )
