"""The move with its day, what is handed over; and leaving that nobody planned."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.moving_on.models.planning import pair
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay


class MoveQuerySet(models.QuerySet["Move"]):
    def open(self) -> MoveQuerySet:
        """Neither fallen through nor set anew."""
        return self.filter(ended_on=None)


class Move(OfAStay):
    """A move with its day. Another day is another row; this one then says it was set anew.

    `leaves_on` is the day the bed is left. The tenancy may begin before or after it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "tenure", "leaves_on", "tenancy_starts_on", "moves_in_on", "set_on",
            "ended_on", "ended_because",
        }
    )  # fmt: skip

    class Ended(models.TextChoices):
        SET_ANEW = "set_anew", "Set anew"
        FELL_THROUGH = "fell_through", "Fell through"

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="moves")
    tenure = models.CharField(max_length=60)
    address = models.CharField(max_length=300)
    landlord = models.CharField(max_length=200, blank=True)
    leaves_on = models.DateField()
    tenancy_starts_on = models.DateField()
    moves_in_on = models.DateField()
    set_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=12, choices=Ended, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(ended_on=None),
                name="one_move_at_a_time",
                violation_error_message="A move has its day already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, ended_because="")
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_because=""),
                name="a_move_end_has_a_day_a_person_and_a_cause",
            ),
            models.CheckConstraint(
                condition=~Q(ended_because="fell_through") | ~Q(reason=""),
                name="a_move_that_falls_through_says_why",
                violation_error_message="Say why it fell through.",
            ),
            models.CheckConstraint(
                condition=Q(moves_in_on__gte=F("leaves_on")),
                name="nobody_moves_in_before_they_leave",
                violation_error_message="They cannot move in there before they leave here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} on {self.leaves_on}"

    @property
    def secured_on(self) -> date:
        """The day the home is theirs: when both the tenancy has begun and they are in it."""
        return max(self.tenancy_starts_on, self.moves_in_on)

    @property
    def tenure_says(self) -> str:
        found = self.scheme.pack.choices("tenures").get(self.tenure)
        return found.says if found else self.tenure

    @property
    def reason_says(self) -> str:
        found = self.scheme.pack.reasons("move_fell_through").get(self.reason)
        return found.says if found else self.reason


class HandoverDocument(OfAStay):
    """A paper that goes with somebody when they move, and when it was given to them."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "given_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="move_documents")
    kind = models.CharField(max_length=60)
    given_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind"],
                name="a_document_is_listed_once_for_a_move",
                violation_error_message="This document is on the list already.",
            ),
            models.CheckConstraint(
                condition=pair("given_on", "given_by"), name="a_document_is_given_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("move_documents").get(self.kind)
        return found.says if found else self.kind


class Departure(OfAStay):
    """That somebody left without a plan, or was made to; what is known, and what was offered."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "reason", "destination_known", "aftercare"}
    )

    stay = models.OneToOneField(Stay, models.PROTECT, related_name="departure")
    kind = models.CharField(max_length=60)
    reason = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    destination_known = models.BooleanField()
    destination = models.CharField(max_length=200, blank=True)
    no_risks_words = models.CharField(max_length=200, blank=True)
    aftercare = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destination_known=False, destination="")
                | Q(destination_known=True) & ~Q(destination=""),
                name="a_known_destination_is_named",
                violation_error_message="Write where they went, or that it is not known.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="an_unplanned_departure_has_a_reason",
                violation_error_message="Say why they left.",
            ),
        ]

    def __str__(self) -> str:
        return f"left: {self.kind}"

    @property
    def reason_says(self) -> str:
        found = self.scheme.pack.reasons("unplanned_departure").get(self.reason)
        return found.says if found else self.reason


class RiskTold(Record):
    """Whom we told about a risk when somebody left, and when."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"departure", "told_on"})
    LOCK_WITH = ("departure__stay__scheme__organisation",)

    departure = models.ForeignKey(Departure, models.PROTECT, related_name="risks_told")
    told = models.CharField(max_length=200)
    risk = models.TextField()
    told_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["told_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(told="") & ~Q(risk=""),
                name="a_risk_is_told_to_somebody",
                violation_error_message="Write whom you told, and what.",
            ),
        ]

    def __str__(self) -> str:
        return f"told {self.told}"

    @property
    def scheme(self) -> Scheme:
        return self.departure.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.departure.scheme_id
