"""What pages ask about beds."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.accommodation.models import Bed, Fault, OutOfUse
from alongside.organisation.models import Staff


def bed_for(staff: Staff, bed_id: UUID) -> Bed:
    """That bed, if it is at a scheme where this person works; otherwise it does not exist."""
    found = Bed.objects.visible_to(staff).select_related("scheme__organisation")
    return get_object_or_404(found, pk=bed_id)


def fault_for(staff: Staff, fault_id: UUID) -> Fault:
    """That fault, if it is at a scheme where this person works; otherwise it does not exist."""
    found = Fault.objects.filter(bed__scheme_id__in=staff.scheme_ids())
    return get_object_or_404(found.select_related("bed__scheme__organisation"), pk=fault_id)


def faults_of(bed: Bed) -> list[Fault]:
    """What is wrong with a bed and was wrong with it, the open ones first."""
    faults = bed.faults.select_related("recorded_by", "mended_by").order_by("-seen_on", "-pk")
    return sorted(faults, key=lambda fault: fault.mended_on is not None)


def closures_of(bed: Bed) -> list[OutOfUse]:
    """When a bed was out of use, latest first."""
    return list(bed.out_of_use.select_related("recorded_by").order_by("-from_on", "-pk"))


def closure_today(bed: Bed) -> OutOfUse | None:
    """What keeps the bed out of use today, if anything does."""
    return OutOfUse.objects.on(bed.scheme.today()).filter(bed=bed).first()
