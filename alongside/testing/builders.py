"""Builders for tests: every record is made by the operation that makes it in life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from alongside.accommodation.models import Bed
from alongside.assessments.models import Assessment
from alongside.assessments.operations import Said, complete_assessment, save_answers
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


def an_assessment(
    begun: Assessment, *, by: Staff, answers: Mapping[str, Said] | None = None
) -> Assessment:
    """Complete a begun assessment: these answers, and no need anywhere else."""
    said = {item.key: Said(answer="no_need") for item in begun.framework.items}
    save_answers(begun, by=by, answers={**said, **(answers or {})})
    return complete_assessment(begun, by=by)
