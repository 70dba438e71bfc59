"""Taking a signature, as part of somebody else's operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.audit.actors import Actor
from alongside.kit.records import Record
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.signatures.models import Method, Party, Signature, digest_of
from alongside.signatures.pins import Holder, require_pin
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How somebody said yes: strokes drawn on the screen, their PIN, or ink on paper."""

    method: str = Method.DRAWN
    strokes: str = ""
    pin: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class No:
    """How somebody said no: why, to which parts, who was there, and when we ask again."""

    reason: str
    disagrees_with: str = ""
    witness: str = ""
    next_offer_on: date | None = None


def sign_for_resident(
    record: Record, stay: Stay, content: Any, *, mark: Mark, taken_by: Staff | None
) -> Signature:
    """The resident's own yes to exactly this content.

    Refused when nothing was drawn, the PIN is wrong, or paper has no witness.
    """
    _require_real(mark, stay.resident, stay, taken_by or stay.resident)
    return _take(
        record,
        stay,
        content,
        mark,
        party=Party.RESIDENT,
        name=stay.resident.name,
        taken_by=taken_by,
    )


def sign_for_worker(
    record: Record,
    stay: Stay,
    content: Any,
    *,
    mark: Mark,
    staff: Staff,
    in_absence_of: Staff | None = None,
    reason: str = "",
) -> Signature:
    """A worker's yes, on their own behalf or for a colleague who is away, with the reason."""
    _require_real(mark, staff, stay, staff)
    if in_absence_of and not reason:
        raise Refused(
            "Signing for a colleague needs the reason they are away.",
            instead="Say why, for example: on leave until Monday.",
            field="reason",
        )
    return _take(
        record,
        stay,
        content,
        mark,
        party=Party.WORKER,
        name=staff.name,
        staff=staff,
        in_absence_of=in_absence_of,
        reason=reason,
        taken_by=staff,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Somebody besides the resident and the worker: as whom they sign, and their name.

    `party` and `says` are the key and the words of the practice's list; `staff` is the colleague,
    or nobody when they are from outside.
    """

    party: str
    says: str
    name: str
    staff: Staff | None = None


def sign_for_further(
    record: Record,
    stay: Stay,
    content: Any,
    *,
    who: Further,
    mark: Mark,
    taken_by: Staff,
    in_absence_of: Staff | None = None,
    reason: str = "",
) -> Signature:
    """The yes of somebody further: a colleague for themselves, or a person from outside.

    Refused when nothing was drawn, the PIN is wrong, or paper has no witness. Who is from outside
    has no PIN.
    """
    if who.staff is None and mark.method == Method.PIN:
        raise Refused(
            "Somebody from outside has no PIN here.", instead="Let them draw.", field="pin"
        )
    _require_real(mark, who.staff or taken_by, stay, taken_by)
    return _take(
        record,
        stay,
        content,
        mark,
        party=who.party,
        party_says=who.says,
        name=who.name,
        staff=who.staff,
        in_absence_of=in_absence_of,
        reason=reason,
        taken_by=taken_by,
    )


def refuse_to_sign(
    record: Record,
    stay: Stay,
    content: Any,
    *,
    no: No,
    taken_by: Staff | None,
    who: Further | None = None,
) -> Signature:
    """A no, kept with its reason; the resident's, unless `who` says otherwise.

    It never counts as a signature.
    """
    return Signature.objects.create(
        stay=stay,
        record_type=record._meta.label,
        record_id=record.pk,
        content=content,
        digest=digest_of(content),
        party=who.party if who else Party.RESIDENT,
        party_says=who.says if who else "",
        name=who.name if who else stay.resident.name,
        staff=who.staff if who else None,
        refused=True,
        reason=no.reason,
        disagrees_with=no.disagrees_with,
        witness=no.witness,
        next_offer_on=no.next_offer_on,
        taken_by=taken_by,
    )


def _take(record: Record, stay: Stay, content: Any, mark: Mark, **who: Any) -> Signature:
    return Signature.objects.create(
        stay=stay,
        record_type=record._meta.label,
        record_id=record.pk,
        content=content,
        digest=digest_of(content),
        method=mark.method,
        strokes=mark.strokes,
        witness=mark.witness,
        **who,
    )


def _require_real(mark: Mark, person: Holder, stay: Stay, by: Actor) -> None:
    if mark.method == Method.DRAWN and not mark.strokes:
        raise Refused(
            "Nothing has been drawn yet.",
            instead="Sign in the box, or use a PIN instead.",
            field="strokes",
        )
    if mark.method == Method.PIN:
        instead = "Try again, or sign by drawing."
        require_pin(person, mark.pin, scheme=stay.scheme, by=by, instead=instead)
    if mark.method == Method.PAPER and not mark.witness:
        raise Refused(
            "A signature on paper needs the name of somebody who saw it.",
            instead="Write who was there.",
            field="witness",
        )
