"""What changes bed spaces."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.accommodation.models import Bed, Fault, OutOfUse
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
    if Bed.objects.filter(scheme=scheme, name__iexact=name.strip()).exists():
        raise Refused(
            f"There is a {scheme.word('bed')} {name} here already.",
            instead="Give it another name.",
            field="name",
        )
    return Bed.objects.create(
        scheme=scheme, name=name.strip(), floor=floor, features=features, order=order
    )


@operation("bed.taken_out_of_use", needs=Action.MANAGE_BEDS)
def take_out_of_use(
    bed: Bed, *, by: Staff, from_on: date, reason: str, until_on: date | None = None
) -> OutOfUse:
    """Close a bed for repairs or another reason, from a day, until a day or until further notice.

    Refused when the last day is before the first, somebody is in it, or it is kept for somebody.
    """
    _require_nobodys(bed, field="from_on")
    if until_on and until_on < from_on:
        raise Refused(
            "The last day cannot be before the first.",
            instead="Check both days, or leave the last one empty.",
            field="until_on",
        )
    return OutOfUse.objects.create(
        bed=bed, from_on=from_on, until_on=until_on, reason=reason, recorded_by=by
    )


@operation("bed.returned_to_use", needs=Action.MANAGE_BEDS)
def return_to_use(bed: Bed, *, by: Staff, on: date) -> Bed:
    """Offer a bed again from a day on. Whatever kept it out of use ended the day before."""
    for closure in OutOfUse.objects.on(on).filter(bed=bed):
        if closure.from_on >= on:
            closure.delete()  # It kept nobody out; the journal still tells of it.
        else:
            closure.until_on = on - timedelta(days=1)
            closure.save(update_fields=["until_on"])
    return bed


@operation("bed.closed", needs=Action.MANAGE_BEDS)
def close_bed(bed: Bed, *, by: Actor, on: date) -> Bed:
    """Take a bed off the board for good, from a day on. What happened in it stays on file.

    Refused when somebody is in it, it is kept for somebody, or the day has not come yet.
    """
    _require_nobodys(bed, field="on")
    if on > bed.scheme.today():
        raise Refused(
            "That day has not come yet.",
            instead="Take it out of use until then, and close it on the day.",
            field="on",
        )
    bed.closed_on = on
    bed.save(update_fields=["closed_on"])
    return bed


@operation("bed.fault_reported", needs=Action.REGISTER_REFERRAL)
def report_fault(bed: Bed, *, by: Actor, kind: str, words: str, seen_on: date) -> Fault:
    """Say what makes a bed unfit to offer. It is offered again once that is mended.

    Refused when the day has not come yet.
    Source: safe, warm rooms, S0-10.
    """
    if seen_on > bed.scheme.today():
        raise Refused(
            "That day has not come yet.", instead="Write the day you saw it.", field="seen_on"
        )
    return Fault.objects.create(
        bed=bed,
        kind=kind,
        words=words,
        seen_on=seen_on,
        recorded_by=by if isinstance(by, Staff) else None,
    )


@operation("bed.fault_mended", needs=Action.MANAGE_BEDS)
def mend_fault(fault: Fault, *, by: Staff, on: date) -> Fault:
    """Record that a fault is mended. Refused when it was mended before it was seen."""
    if on < fault.seen_on or on > fault.scheme.today():
        raise Refused(
            "It cannot have been mended on that day.", instead="Check the date.", field="on"
        )
    fault.mended_on, fault.mended_by = on, by
    fault.save(update_fields=["mended_on", "mended_by"])
    return fault


def _require_nobodys(bed: Bed, *, field: str) -> None:
    """Refuse while somebody lives in the bed or it is kept for somebody."""
    word = bed.scheme.word("bed")
    if bed.stays.filter(moved_out_on=None).exists():
        raise Refused(
            f"Somebody is living in {bed}.",
            instead=f"Move them to another {word} first.",
            field=field,
        )
    if bed.offers.filter(ended_on=None, kept_until__gte=bed.scheme.today()).exists():
        raise Refused(
            f"{word.capitalize()} {bed} is kept for somebody.",
            instead=f"End that offer first, or offer them another {word}.",
            field=field,
        )


@operation("bed.out_of_use_imported", needs=Action.IMPORT_RECORDS)
def import_out_of_use(
    bed: Bed, *, by: Actor, recorded_by: Staff, from_on: date, reason: str
) -> OutOfUse:
    """Take over from older records that a bed cannot be offered, from a day until further notice.

    Refused when somebody is in it.
    """
    if bed.stays.filter(moved_out_on=None).exists():
        raise Refused(
            f"Somebody is living in {bed}.",
            instead="Check the two lists: who has which place, and who is here.",
        )
    return OutOfUse.objects.create(
        bed=bed, from_on=from_on, reason=reason[:200], recorded_by=recorded_by
    )
