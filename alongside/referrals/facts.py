"""What duties can count on: when a referral came, and when it was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from alongside.duties.facts import from_rows, provides
from alongside.duties.subjects import About, subject_kind
from alongside.referrals.models import UNDECIDED, Decision, Referral
from alongside.stays.models import Stay


@from_rows(
    "referral.received",
    reads=[Referral],
    rows=lambda _: Referral.objects.all(),
    columns=["received_on"],
)
def received(stay: Stay, day: date) -> date:
    """The day the referral that led to this stay came."""
    return day


@from_rows(
    "referral.decided",
    reads=[Decision],
    rows=lambda _: Decision.objects.all(),
    columns=["decided_on"],
    path="referral__stay",
)
def decided(stay: Stay, day: date) -> date:
    """The days on which the referral that led to this stay was decided on."""
    return day


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


@from_rows(
    "referral.decided",
    subject=KIND,
    reads=[Decision],
    rows=lambda _: Decision.objects.all(),
    columns=["decided_on"],
    path="referral",
)
def this_was_decided(referral: Referral, day: date) -> date:
    """The days on which this referral was decided on."""
    return day
