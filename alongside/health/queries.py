"""What the health page asks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.health.models import MedicalReason, Observation, Registration
from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def registrations_of(stay: Stay, *, staff: Staff) -> list[Registration]:
    """Every registration this reader may see; restricted kinds only with the right to."""
    may = staff.may(Action.READ_RESTRICTED, stay)
    found = list(Registration.objects.filter(stay=stay).select_related("recorded_by"))
    for registration in found:
        registration.stay = stay
    return [one for one in found if may or not one.is_restricted()]


def observations_of(stay: Stay) -> QuerySet[Observation]:
    """What was seen of this person, latest first."""
    seen = Observation.objects.filter(stay=stay).select_related("recorded_by")
    return seen.order_by("-seen_on", "-pk")


def medical_reasons_of(stay: Stay, *, staff: Staff) -> list[MedicalReason] | None:
    """The medical reasons, or None for those who may not read them."""
    if not staff.may(Action.READ_RESTRICTED, stay):
        return None
    return list(MedicalReason.objects.filter(stay=stay).select_related("recorded_by"))


def registration_for(staff: Staff, pk: UUID) -> Registration:
    """That registration, if this person works where its owner stays and may see its kind."""
    found = Registration.objects.filter(seen_along(staff, "stay")).select_related(
        "stay__resident", "stay__scheme__organisation", "stay__bed"
    )
    registration = get_object_or_404(found, pk=pk)
    if registration.is_restricted() and not staff.may(Action.READ_RESTRICTED, registration):
        return get_object_or_404(found.none())
    return registration
