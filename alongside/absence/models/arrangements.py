"""What was agreed with somebody before their worker’s leave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.absence.models.absences import Absence
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import OfAStay, Stay


class Arrangement(OfAStay):
    """That one person was met before leave, and what was agreed with them for that time.

    Put right by a new one; the one before says when it was replaced.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"absence", "stay", "met_on", "with_worker", "replaced_at"}
    )

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="arrangements")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="arrangements")
    met_on = models.DateField()
    agreed = models.TextField()
    with_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "stay"],
                condition=Q(replaced_at=None),
                name="one_arrangement_holds_for_each_person",
                violation_error_message="Somebody has just written what was agreed.",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=""),
                name="an_arrangement_says_what_was_agreed",
                violation_error_message="Write what was agreed.",
            ),
        ]

    def __str__(self) -> str:
        return f"arranged with {self.stay_id} for {self.absence_id}"
