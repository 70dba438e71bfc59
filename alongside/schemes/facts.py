"""What duties learn from what was decided for one person alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from alongside.duties.owners import knows_holders
from alongside.practice.own import given_to
from alongside.schemes.models import OwnValue
from alongside.stays.models import Stay


@knows_holders(reads=[OwnValue])
def given_for_one_person(stays: Sequence[UUID], on: date | None) -> dict[UUID, dict[str, UUID]]:
    """To whom a duty was given for one person: over whoever holds the role."""
    found = Stay.objects.filter(pk__in=list(stays)).exclude(own_values=[])
    return {
        stay.pk: {
            f"/{key}": UUID(staff)
            for key, staff in given_to(stay.own_values, on or stay.scheme.today()).items()
        }
        for stay in found.select_related("scheme")
    }
