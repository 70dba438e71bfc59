"""What has to hold for an admission, asked by more than one of its operations."""

from __future__ import annotations

from datetime import date

from alongside.accommodation.models import Bed
from alongside.admissions.models import Admission
from alongside.kit.refusal import Refused
from alongside.referrals.queries import offer_keeping
from alongside.stays.operations import require_usable


def not_open(admission: Admission) -> Refused | None:
    """An admission is finished or abandoned once."""
    if admission.is_open():
        return None
    return Refused("This admission is closed.", instead="Open their file instead.")


def require_free(admission: Admission, bed: Bed, *, on: date) -> None:
    require_usable(bed, admission.scheme, on=on)
    kept, word = offer_keeping(bed, on), admission.scheme.word("bed")
    if kept and kept.referral_id != admission.referral_id:
        raise Refused(
            f"{word.capitalize()} {bed} is kept for {kept.referral.resident}.",
            instead=f"Choose another {word}, or end that offer first.",
            field="bed",
        )
