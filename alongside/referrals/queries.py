"""What pages and other rooms ask about referrals, offers and beds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.accommodation.models import Bed
from alongside.organisation.models import Scheme, Staff
from alongside.referrals.models import Offer, OfferQuerySet, Referral, ReferralQuerySet
from alongside.referrals.rules import Asker, BrokenRule, broken_rules
from alongside.stays.models import Stay


def referral_for(staff: Staff, referral_id: UUID) -> Referral:
    """That referral, if it is at a scheme where this person works; otherwise it does not exist."""
    return get_object_or_404(Referral.objects.visible_to(staff).for_page(), pk=referral_id)


def referrals_at(scheme: Scheme) -> ReferralQuerySet:
    """Every referral to the scheme."""
    return Referral.objects.for_page().filter(scheme=scheme)


def accepted_referrals(scheme: Scheme) -> ReferralQuerySet:
    """Those accepted or offered a bed, who can move in; by name."""
    return (
        referrals_at(scheme)
        .filter(state__in=["accepted", "offered"])
        .order_by("resident__name_key")
    )


def reserved_beds(scheme: Scheme) -> OfferQuerySet:
    """Open offers that keep a bed of the scheme today, with bed and person at hand."""
    return (
        Offer.objects.reserving(scheme.today())
        .filter(bed__scheme=scheme)
        .select_related("bed", "referral__resident")
    )


def offer_keeping(bed: Bed, on: date) -> Offer | None:
    """The offer that keeps this bed on that day, if there is one."""
    return Offer.objects.reserving(on).filter(bed=bed).select_related("referral__resident").first()


def free_beds(scheme: Scheme, on: date) -> list[Bed]:
    """Beds in use that nobody occupies and that are kept for nobody."""
    taken = Stay.objects.current().filter(bed__isnull=False).values("bed_id")
    kept = Offer.objects.reserving(on).values("bed_id")
    return list(
        Bed.objects.in_use(on)
        .filter(scheme=scheme)
        .exclude(pk__in=taken)
        .exclude(pk__in=kept)
        .order_by("order", "name")
    )


def open_rules(referral: Referral) -> list[BrokenRule]:
    """Rules of the scheme that this referral breaks and that no manager has set aside."""
    set_aside = set(referral.ruleoverrides.values_list("rule", flat=True))
    asker = Asker(referral.resident, referral.homelessness)
    return [rule for rule in broken_rules(referral.scheme, asker) if rule.key not in set_aside]
