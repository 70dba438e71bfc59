"""What changes a stay itself. Moving in is the business of `admissions`."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from alongside.accommodation.models import Bed
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.stays.models import Correction, Stay


def already_ended(stay: Stay) -> Refused | None:
    """A stay ends once."""
    if stay.is_current():
        return None
    return Refused(
        f"{stay.resident} left on {stay.moved_out_on:%-d %B %Y}.",
        instead="If that is wrong, correct the date they moved on.",
    )


def case_is_closed(stay: Stay) -> Refused | None:
    """Somebody works with them until the stay has ended, or the support after it has."""
    return None if stay.is_open_case() else already_ended(stay)


@operation("stay.begun", needs=Action.ADMIT)
def begin_stay(
    scheme: Scheme,
    *,
    by: Staff,
    resident: Resident,
    moved_in_on: date,
    bed: Bed | None = None,
    moved_in_at: time | None = None,
    service_charge: Decimal | None = None,
) -> Stay:
    """Record that a resident has moved in. `service_charge` is what they pay each week.

    Refused when the day has not come yet, the bed is not free or not in use here, or the
    person already has an open stay.
    """
    if moved_in_on > scheme.today():
        raise Refused(
            "They have not moved in yet.",
            instead=f"Reserve the {scheme.word('bed')}, and record the move on the day.",
            field="moved_in_on",
        )
    if bed:
        require_usable(bed, scheme, on=moved_in_on)
    return Stay.objects.create(
        resident=resident,
        scheme=scheme,
        bed=bed,
        moved_in_on=moved_in_on,
        moved_in_at=moved_in_at,
        service_charge=service_charge,
        practice=scheme.practice_name,
        recorded_by=by,
    )


def require_usable(bed: Bed, scheme: Scheme, *, on: date) -> None:
    """Refuse a bed of another scheme, one out of use, and one that is somebody's."""
    usable = Bed.objects.in_use(on).filter(pk=bed.pk, scheme=scheme).exists()
    if usable and not bed.stays.current().exists():
        return
    raise Refused(
        f"{scheme.word('bed').capitalize()} {bed} is not free here.",
        instead="Choose one that is free on the board.",
        field="bed",
    )


@operation("stay.ended", needs=Action.END_STAY, unless=already_ended)
def end_stay(
    stay: Stay,
    *,
    by: Staff,
    moved_out_on: date,
    left_because: str = "",
    left_words: str = "",
    destination: str = "",
) -> Stay:
    """Record that a resident has moved on. Nothing more is owed to them here.

    Refused when the date is in the future or before they moved in.
    """
    stay.require_current(on=moved_out_on, field="moved_out_on")
    stay.moved_out_on, stay.ended_by = moved_out_on, by
    stay.left_because, stay.left_words, stay.destination = left_because, left_words, destination
    stay.save(
        update_fields=[
            "moved_out_on",
            "ended_by",
            "left_because",
            "left_words",
            "destination",
        ]
    )
    return stay


@operation("stay.moved_in_corrected", needs=Action.ADMIT)
def correct_moved_in(stay: Stay, *, by: Staff, moved_in_on: date, because: str) -> Correction:
    """Put right the day somebody moved in. What is owed from that day on moves with it.

    What was done, missed or excused by then stays as it was; the journal and a row of its own
    keep the day that stood there before.

    Refused for a day to come, the same day, a day after they left, and without saying why.
    """
    if moved_in_on > stay.scheme.today():
        raise Refused("They have not moved in yet.", instead="Check the date.", field="moved_in_on")
    if moved_in_on == stay.moved_in_on:
        raise Refused(
            "That is the day that stands there.", instead="Write the right one.",
            field="moved_in_on",
        )  # fmt: skip
    if stay.moved_out_on and moved_in_on > stay.moved_out_on:
        raise Refused(
            "Nobody can move out before they have moved in.",
            instead="Check the date.",
            field="moved_in_on",
        )
    if not because.strip():
        raise Refused("It is not said what was wrong.", instead="Write it.", field="because")
    made = Correction.objects.create(
        stay=stay, was_on=stay.moved_in_on, moved_in_on=moved_in_on, because=because.strip(),
        recorded_by=by,
    )  # fmt: skip
    stay.moved_in_on = moved_in_on
    stay.save(update_fields=["moved_in_on"])
    return made


@operation("stay.expected_to_end", needs=Action.PLAN_MOVE_ON, unless=already_ended)
def expect_to_leave(stay: Stay, *, by: Staff, leaving_on: date | None) -> Stay:
    """Record the day a move is set for, from which the bed is free; None when it fell through.

    Refused for a day before they moved in.
    """
    stay.leaving_on = leaving_on
    stay.save(update_fields=["leaving_on"])
    return stay


@operation("case.kept_open", needs=Action.PROVIDE_AFTERCARE)
def keep_case_open(stay: Stay, *, by: Staff) -> Stay:
    """Let the case go on beyond the stay, with the same workers."""
    stay.case_kept_open = True
    stay.save(update_fields=["case_kept_open"])
    return stay


@operation("case.closed", needs=Action.PROVIDE_AFTERCARE)
def close_case(stay: Stay, *, by: Staff) -> Stay:
    """End the case with the stay, or now if the stay has ended."""
    stay.case_kept_open = False
    stay.save(update_fields=["case_kept_open"])
    return stay


@operation("stay.bed_changed", needs=Action.MANAGE_BEDS, unless=already_ended)
def change_bed(stay: Stay, *, by: Staff, bed: Bed) -> Stay:
    """Move a resident to another bed of the same scheme.

    Refused when the bed belongs to another scheme, is out of use, or is somebody's.
    """
    require_usable(bed, stay.scheme, on=stay.scheme.today())
    stay.bed = bed
    stay.save(update_fields=["bed"])
    return stay


@operation("stay.imported", needs=Action.IMPORT_RECORDS)
def import_stay(
    scheme: Scheme,
    *,
    by: Actor,
    resident: Resident,
    moved_in_on: date,
    moved_out_on: date | None = None,
    ended_by: Staff | None = None,
    left_words: str = "",
    bed: Bed | None = None,
    service_charge: Decimal | None = None,
) -> Stay:
    """Take over a stay from older records, whether it has ended or not.

    `service_charge` is what they pay each week; `ended_by` is who answers for the day it ended.

    Refused when they have not moved in yet, moved out before they moved in, or a stay of theirs
    is open already.
    """
    if moved_in_on > scheme.today():
        raise Refused("They have not moved in yet.", instead="Check the date.", field="moved_in_on")
    if moved_out_on and moved_out_on < moved_in_on:
        raise Refused(
            "Nobody can move out before they have moved in.",
            instead="Check both dates.",
            field="moved_out_on",
        )
    if moved_out_on is None and resident.stays.current().exists():
        raise Refused(
            f"{resident} has an open stay already.",
            instead="Write the day they moved out of the other one, or leave this row out.",
        )
    return Stay.objects.create(
        resident=resident,
        scheme=scheme,
        bed=bed,
        moved_in_on=moved_in_on,
        moved_out_on=moved_out_on,
        ended_by=ended_by if moved_out_on else None,
        left_words=left_words if moved_out_on else "",
        service_charge=service_charge,
        brought_in_on=scheme.today(),
        practice=scheme.practice_name,
        recorded_by=by if isinstance(by, Staff) else None,
    )


@operation("stay.import_amended", needs=Action.IMPORT_RECORDS)
def amend_imported_stay(
    stay: Stay,
    *,
    by: Actor,
    moved_in_on: date | None = None,
    moved_out_on: date | None = None,
    ended_by: Staff | None = None,
    left_words: str = "",
    bed: Bed | None = None,
    service_charge: Decimal | None = None,
) -> Stay:
    """Bring a stay up to date with older records that have changed since they were taken over.

    What the records no longer say is left as it is.

    Refused when the day they moved out lies before the day they moved in.
    """
    stay.moved_in_on = moved_in_on or stay.moved_in_on
    stay.bed = bed or stay.bed
    stay.service_charge = stay.service_charge if service_charge is None else service_charge
    if moved_out_on:
        stay.moved_out_on, stay.ended_by = moved_out_on, stay.ended_by or ended_by
        stay.left_words = left_words or stay.left_words
    if stay.moved_out_on and stay.moved_out_on < stay.moved_in_on:
        raise Refused(
            "Nobody can move out before they have moved in.",
            instead="Check both dates.",
            field="moved_out_on",
        )
    stay.save(
        update_fields=[
            "moved_in_on", "bed", "service_charge", "moved_out_on", "ended_by", "left_words",
        ]
    )  # fmt: skip
    return stay
