"""Workshops and their register; activities, volunteering, courses and roles in the house."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay


class Programme(Record):
    """A run of workshops at a scheme."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "name"})
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "name"],
                name="a_programme_is_named_once",
                violation_error_message="There is a programme of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Workshop(Record):
    """One workshop of a programme, on its day; held unless it was cancelled."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"programme", "title", "held_on", "cancelled_on"})
    LOCK_WITH = ("programme__scheme__organisation",)

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="workshops")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["programme", "-held_on"], name="workshop_by_programme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancelled_by=None, cancelled_because="")
                | Q(cancelled_on__isnull=False, cancelled_by__isnull=False)
                & ~Q(cancelled_because=""),
                name="a_cancelled_workshop_has_its_reason",
                violation_error_message="Say why it is cancelled.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scheme(self) -> Scheme:
        return self.programme.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.programme.scheme_id


class Came(models.TextChoices):
    """What the register says."""

    ATTENDED = "attended", "Attended"
    EXCUSED = "excused", "Excused"
    ABSENT = "absent", "Absent"


class Attendance(OfAStay):
    """What the register says of one person at one workshop."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"workshop", "stay", "came"})

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="register")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="attendance")
    came = models.CharField(max_length=10, choices=Came)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "stay"], name="one_line_of_the_register_for_each_person"
            ),
            models.CheckConstraint(
                condition=Q(came__in=["attended", "excused", "absent"]),
                name="the_register_says_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id}: {self.came}"


def percent(part: int, whole: int) -> Decimal:
    """What share `part` is of `whole`, in per cent to one decimal; 0 of nothing is 0."""
    if not whole:
        return Decimal("0.0")
    share = Decimal(100 * part) / Decimal(whole)
    return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


class Activity(OfAStay):
    """Something they tried: a fitness class, an outing, something new; rated by themselves."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "done_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=60)
    what = models.CharField(max_length=200)
    done_on = models.DateField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-done_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5),
                name="a_rating_is_one_to_five",
                violation_error_message="Choose from 1 to 5.",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Volunteering(OfAStay):
    """A placement with an organisation, from a day until a day or still."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "from_on", "until_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="volunteering")
    organisation = models.CharField(max_length=200)
    what = models.CharField(max_length=200, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="volunteering_ends_after_it_begins",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation


class Course(OfAStay):
    """Training outside the workshops: begun, completed, with or without a certificate."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "began_on", "completed_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="courses")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    began_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    certificate = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-began_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(completed_on__gte=F("began_on")),
                name="a_course_ends_after_it_begins",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HouseRole(OfAStay):
    """A role in the house: spokesperson, committee, buddy; from a day until a day or still."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "role", "from_on", "until_on", "partner"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="house_roles")
    role = models.CharField(max_length=60)
    from_on = models.DateField()
    partner = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="+")
    both_agreed_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "role"],
                condition=Q(until_on=None),
                name="a_house_role_is_held_once",
                violation_error_message="They have this role already.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, ended_because="")
                | Q(until_on__isnull=False, until_on__gte=F("from_on")) & ~Q(ended_because=""),
                name="a_house_role_ends_with_a_reason",
                violation_error_message="Say why it ends, on a day after it began.",
            ),
            models.CheckConstraint(
                condition=Q(partner=None, both_agreed_on=None)
                | Q(partner__isnull=False, both_agreed_on__isnull=False) & ~Q(partner=F("stay")),
                name="a_buddy_pair_is_agreed_by_both",
                violation_error_message="A pair needs the day on which both agreed.",
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("house_roles").get(self.role)
        return found.says if found else self.role


class PartTaken(OfAStay):
    """One time they took part: at a meeting in their role, supporting somebody, cooking for all."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "done_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="parts_taken")
    kind = models.CharField(max_length=60)
    done_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-done_on", "-id"]
        indexes = [models.Index(fields=["stay", "kind", "done_on"], name="part_taken_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.done_on}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("parts_taken").get(self.kind)
        return found.says if found else self.kind


class NetworkContact(OfAStay):
    """Somebody outside the service who stands by them: a person, a group, an agency.

    It counts once somebody has made sure that the contact is alive.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "since_on", "confirmed_on", "ended_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="network")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    words = models.CharField(max_length=300, blank=True)
    since_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-since_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__gte=F("since_on"), confirmed_by__isnull=False),
                name="a_contact_is_confirmed_by_somebody_after_it_began",
                violation_error_message="It cannot be confirmed before it began.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since_on")),
                name="a_contact_ends_after_it_begins",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("network_kinds").get(self.kind)
        return found.says if found else self.kind
