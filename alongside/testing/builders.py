"""Builders for tests: every record is made by the operation that makes it in life."""

from __future__ import annotations

from datetime import date

from alongside.accommodation.models import Bed
from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.cast import a_resident


def a_stay(
    bed: Bed, *, by: Staff, name: str = "Rosa Lindqvist", moved_in_on: date = date(2026, 4, 7)
) -> Stay:
    """Another resident, in another bed."""
    given, family = name.split(maxsplit=1)
    resident: Resident = a_resident(bed.scheme, given, family)
    return begin_stay(bed.scheme, by=by, resident=resident, bed=bed, moved_in_on=moved_in_on)
