"""One session of an absent worker, offered to a colleague."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.absence.models import Answer
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.stays.models import Stay


class SessionOfferQuerySet(models.QuerySet["SessionOffer"]):
    def visible_to(self, staff: Staff) -> SessionOfferQuerySet:
        return visible(staff, self)

    def waiting(self) -> SessionOfferQuerySet:
        """Not answered, of a session that is still to be held."""
        return self.filter(answer="", booking__outcome="", booking__starts_at__gte=clock.now())

    def for_page(self) -> SessionOfferQuerySet:
        return shown(self).select_related(
            "to_worker", "asked_by", "booking__worker", "booking__stay__resident",
            "booking__stay__scheme__organisation", "booking__stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class SessionOffer(Record):
    """That a colleague is asked to hold one session, and their answer."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"booking", "to_worker", "asked_by", "asked_at", "answer", "answered_at"}
    )
    LOCK_WITH = (
        "booking__stay__scheme__organisation", "booking__stay__resident", "booking__worker",
        "to_worker",
    )  # fmt: skip

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="offers")
    absent = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)

    objects = SessionOfferQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["to_worker", "answer"], name="session_offer_by_worker")]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "to_worker"],
                condition=Q(answer=""),
                name="a_session_is_offered_to_somebody_once",
                violation_error_message="They have been asked about this session already.",
            ),
            models.CheckConstraint(
                condition=~Q(to_worker=F("absent")),
                name="a_session_is_offered_to_somebody_else",
                violation_error_message="They hold this session already.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_a_session_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} offered to {self.to_worker_id}"

    @property
    def stay(self) -> Stay:
        return self.booking.stay

    @property
    def scheme(self) -> Scheme:
        return self.booking.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.booking.stay.scheme_id
