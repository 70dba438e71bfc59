"""When somebody came and left, as it was written down and put right."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.rota.models.turns import Turn


class What(models.TextChoices):
    CAME = "came", "Came"
    LEFT = "left", "Left"


class Clocking(Record):
    """When somebody came to a shift, or left it. Put right by a new one that says why."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"turn", "what", "at", "replaced_at"})
    LOCK_WITH = ("turn__scheme__organisation", "turn__worker")

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="clockings")
    what = models.CharField(max_length=4, choices=What)
    at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "what"],
                condition=Q(replaced_at=None),
                name="somebody_comes_and_leaves_once",
                violation_error_message="This is written down already.",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(because=""),
                name="a_corrected_time_has_its_reason",
                violation_error_message="Say why the time is put right.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"

    @property
    def scheme(self) -> Scheme:
        return self.turn.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.turn.scheme_id
