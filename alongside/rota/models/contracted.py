"""How many hours of support somebody is to have each week, by which contract."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import OfAStay, Stay


class ContractedHours(OfAStay):
    """So much support each week from a day on. What held before stays in the record.

    None at all (0) is an answer too: from that day nothing is contracted any more.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "minutes_each_week", "from_on", "source", "set_by"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="contracted_hours", db_index=False)
    minutes_each_week = models.PositiveIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "from_on"],
                name="hours_are_contracted_once_from_a_day",
                violation_error_message="Hours are contracted from that day already.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="contracted_hours_have_their_source",
                violation_error_message="Say which contract or agreement this comes from.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_each_week} minutes a week for {self.stay_id}"
