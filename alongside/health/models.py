"""Which services somebody is registered with, and what a task must take into account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import OfAStay, Stay


class Registration(OfAStay):
    """That somebody is registered with a service, by name, from a day on."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "registered_on", "ended_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    registered_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["kind", "-registered_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_registration_names_the_service"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None)
                | Q(
                    ended_on__isnull=False,
                    ended_by__isnull=False,
                    ended_on__gte=F("registered_on"),
                ),
                name="a_registration_ends_after_it_begins",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_says}: {self.name}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("registrations").get(self.kind)
        return found.says if found else self.kind

    def is_restricted(self) -> bool:
        """Whether that they use this kind of service is itself for few to know."""
        found = self.scheme.pack.choices("registrations").get(self.kind)
        return bool(found and found.restricted)


class Observation(OfAStay):
    """How something stood on a day: sleep, eating, hygiene, medication; seen, or said by them.

    `stands` is a key of the pack's list `observation_levels`, which goes from least to best.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "seen_on", "own_statement"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="observations", db_index=False)
    kind = models.CharField(max_length=60)
    stands = models.CharField(max_length=60)
    seen_on = models.DateField()
    words = models.TextField()
    own_statement = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["stay", "kind", "-seen_on"], name="observation_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="an_observation_is_said"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.seen_on}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("observation_kinds").get(self.kind)
        return found.says if found else self.kind

    @property
    def stands_says(self) -> str:
        found = self.scheme.pack.choices("observation_levels").get(self.stands)
        return found.says if found else self.stands


class MedicalReason(OfAStay):
    """Why somebody cannot do something for their health. For those who may read it only."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "from_on", "until_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="medical_reasons")
    about = models.CharField(max_length=60)
    words = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_medical_reason_is_said"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_medical_reason_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"Medical reason from {self.from_on}"
