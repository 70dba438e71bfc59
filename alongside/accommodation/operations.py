"""What changes bed spaces."""

from __future__ import annotations

from datetime import date

from alongside.accommodation.models import Bed, OutOfUse
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("bed.added", needs=Action.MANAGE_BEDS)
def add_bed(
    scheme: Scheme, *, by: Actor, name: str, floor: str = "", features: str = "", order: int = 0
) -> Bed:
    """Add a bed space to a scheme. Refused when there is one of that name."""
    return Bed.objects.create(scheme=scheme, name=name, floor=floor, features=features, order=order)


@operation("bed.taken_out_of_use", needs=Action.MANAGE_BEDS)
def take_out_of_use(
    bed: Bed, *, by: Staff, from_on: date, reason: str, until_on: date | None = None
) -> OutOfUse:
    """Close a bed for repairs or another reason, from a day, until a day or until further notice.

    Refused when the last day is before the first, or somebody is in it.
    """
    if bed.stays.filter(moved_out_on=None).exists():
        raise Refused(
            f"Somebody is living in {bed}.",
            instead="Move them to another bed first.",
            field="from_on",
        )
    return OutOfUse.objects.create(
        bed=bed, from_on=from_on, until_on=until_on, reason=reason, recorded_by=by
    )


@operation("bed.returned_to_use", needs=Action.MANAGE_BEDS)
def return_to_use(bed: Bed, *, by: Staff, on: date) -> Bed:
    """Offer a bed again from a day on. Whatever kept it out of use ended the day before."""
    for closure in OutOfUse.objects.on(on).filter(bed=bed):
        closure.until_on = max(closure.from_on, on)
        closure.save(update_fields=["until_on"])
    return bed
