"""What duties can count on: when a referral came, and when it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from alongside.duties.facts import provides
from alongside.duties.subjects import About, subject_kind
from alongside.referrals.models import UNDECIDED, Decision, Referral
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


KIND = "referral"


@subject_kind(
    KIND,
    model=Referral,
    named=["referral"],
    reads=[Referral],
    rows=lambda: Referral.objects.select_related("scheme__organisation", "resident"),
    current=lambda scheme: Q(scheme=scheme, state__in=UNDECIDED),
)
def about_a_referral(referral: Referral) -> About:
    """Somebody who asks to live here: from the day the referral came."""
    return About(
        row=referral,
        scheme=referral.scheme,
        starts_on=referral.received_on,
        says=referral.resident.name,
        url=reverse("referrals:referral", args=[referral.pk]),
    )


@provides(
    "referral.received",
    subject=KIND,
    reads=[Referral],
    many=lambda rows, _: {row.pk: [row.received_on] for row in rows},
)
def this_was_received(referral: Referral, of: str) -> Sequence[date]:
    """The day this referral came."""
    return [referral.received_on]


@provides("referral.decided", subject=KIND, reads=[Decision])
def this_was_decided(referral: Referral, of: str) -> Sequence[date]:
    """The days on which this referral was decided on."""
    days = Decision.objects.filter(referral=referral).order_by("decided_on")
    return list(days.values_list("decided_on", flat=True))
