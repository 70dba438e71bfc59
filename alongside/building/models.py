"""Nights out: booked, gone, expected back, and back. Who need not be at the evening meal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import ByEither
from alongside.stays.models import OfAStay, Stay

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def service_week(day: date, week_starts: str) -> tuple[date, date]:
    """First and last day of the service week that holds that day."""
    back = (day.weekday() - WEEKDAYS.index(week_starts)) % len(WEEKDAYS)
    first = day - timedelta(days=back)
    return first, first + timedelta(weeks=1, days=-1)


class NightOutQuerySet(models.QuerySet["NightOut"]):
    def visible_to(self, staff: Staff) -> NightOutQuerySet:
        return visible(staff, self)

    def standing(self) -> NightOutQuerySet:
        """Booked and not cancelled."""
        return self.filter(cancelled_at=None)

    def begun_between(self, first: date, last: date) -> NightOutQuerySet:
        """Whose night begins on one of these days: a night counts where it begins."""
        return self.filter(night_of__gte=first, night_of__lte=last)

    def for_page(self) -> NightOutQuerySet:
        return shown(self).select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed", "by_staff", "by_resident",
            "overridden_by", "cancelled_by",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class NightOut(ByEither, OfAStay):
    """One night away from the house, from the evening of `night_of`."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "night_of", "back_by", "left_at", "back_at", "cancelled_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="nights_out", db_index=False)
    night_of = models.DateField()
    back_by = models.DateTimeField()
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=80)
    booked_at = models.DateTimeField(default=clock.now, editable=False)
    override_reason = models.TextField(blank=True)
    overridden_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    left_seen_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    back_at = models.DateTimeField(null=True, blank=True)
    back_seen_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = NightOutQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-night_of"], name="night_out_by_stay")]
        constraints = [
            *ByEither.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay", "night_of"],
                condition=Q(cancelled_at=None),
                name="a_night_is_booked_once",
                violation_error_message="This night is booked already.",
            ),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(phone=""),
                name="a_night_out_says_where_and_how_to_ring",
                violation_error_message="Write where they will be and how to reach them.",
            ),
            models.CheckConstraint(
                condition=Q(override_reason="", overridden_by=None)
                | ~Q(override_reason="") & Q(overridden_by__isnull=False),
                name="an_extra_night_has_a_reason_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="", cancelled_by=None)
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_because=""),
                name="a_cancelled_night_has_its_reason",
                violation_error_message="Say why it is cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_seen_by=None)
                | Q(left_at__isnull=False, left_seen_by__isnull=False, cancelled_at=None),
                name="going_out_is_seen_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(back_at=None, back_seen_by=None)
                | Q(
                    back_at__isnull=False,
                    back_seen_by__isnull=False,
                    left_at__isnull=False,
                    back_at__gte=F("left_at"),
                ),
                name="coming_back_follows_going_out",
                violation_error_message="Nobody comes back before they have left.",
            ),
        ]

    def __str__(self) -> str:
        return f"Night of {self.night_of:%-d %B %Y}"

    @property
    def state(self) -> str:
        """In two or three words, for lists."""
        if self.cancelled_at:
            return "Cancelled"
        if self.back_at:
            return "Back"
        if self.left_at:
            return "Late" if self.back_by < clock.now() else "Out"
        return "Booked"

    @property
    def back_by_here(self) -> str:
        """When they are expected, in the scheme's own time."""
        return f"{self.back_by.astimezone(self.scheme.zone):%A %-d %B, %H:%M}"
