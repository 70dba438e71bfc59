"""What is asked about agreements to share and disclosures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Min, QuerySet
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.referrals.models import Referral
from alongside.residents.names import name_key
from alongside.sharing.models import Consent, ConsentQuerySet, Disclosure
from alongside.stays.models import Stay


def agreement_for(
    stay: Stay, *, agency: str, purpose: str, scope: Sequence[str], on: date
) -> Consent | None:
    """The agreement that lets this agency be told all of this for this purpose on that day."""
    standing = Consent.objects.standing(on).filter(
        stay__resident_id=stay.resident_id, agency_key=name_key(agency), purpose=purpose
    )
    for consent in standing.order_by("-until_on"):
        if set(scope) <= set(consent.scope):
            return consent
    return None


def consents_of(stay: Stay) -> ConsentQuerySet:
    """Every agreement of this stay, the latest first."""
    return Consent.objects.filter(stay=stay).latest_first()


def disclosures_of(stay: Stay) -> QuerySet[Disclosure]:
    """Everything that was told of this person during this stay, the latest first."""
    told = Disclosure.objects.filter(stay=stay).select_related("told_by", "consent")
    return told.order_by("-told_on", "-pk")


def consent_for(staff: Staff, pk: UUID) -> Consent:
    """That agreement, if this person works where its giver stays."""
    found = Consent.objects.filter(seen_along(staff, "stay")).select_related(
        "stay__resident", "stay__scheme__organisation", "stay__bed"
    )
    return get_object_or_404(found, pk=pk)


def known_since(stay: Stay) -> date:
    """The first day on which this person was known to us: referred, or come to live here."""
    came = Stay.objects.filter(resident=stay.resident_id).aggregate(day=Min("moved_in_on"))["day"]
    asked = Referral.objects.filter(resident=stay.resident_id)
    heard = asked.aggregate(day=Min("received_on"))["day"]
    return min(day for day in (came, heard, stay.moved_in_on) if day)
