"""An admission under way, and the induction: offered, planned, held, signed."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.accommodation.models import Bed
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.referrals.models import Referral
from alongside.residents.models import Resident
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay


class AdmissionQuerySet(models.QuerySet["Admission"]):
    def visible_to(self, staff: Staff) -> AdmissionQuerySet:
        """Only admissions to schemes where this person works."""
        return visible(staff, self)

    def unfinished(self) -> AdmissionQuerySet:
        return self.filter(finished_at=None, abandoned_at=None)

    def for_page(self) -> AdmissionQuerySet:
        return (
            shown(self)
            .select_related(*Admission.LOCK_WITH, "begun_by")
            .fetch_mode(models.FETCH_RAISE)
        )


class Admission(Record):
    """Somebody's move in, step by step. It is kept after each step, so nothing is lost.

    `stay` is set once they have a bed. In an emergency that is before the rest is done.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "resident", "referral", "in_emergency", "bed", "moved_in_on", "moved_in_at",
         "key_worker", "stay", "finished_at", "abandoned_at"}
    )  # fmt: skip
    LOCK_WITH = (
        "scheme__organisation",
        "resident",
        "referral",
        "bed",
        "key_worker",
        "sheet__scheme__organisation",
        "stay__scheme__organisation",
        "stay__resident",
        "stay__bed",
    )

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="admissions")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="admissions")
    referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, blank=True, related_name="admissions"
    )
    in_emergency = models.BooleanField(default=False)
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="admission")
    bed = models.ForeignKey(Bed, models.PROTECT, null=True, blank=True, related_name="+")
    moved_in_on = models.DateField(null=True, blank=True)
    moved_in_at = models.TimeField(null=True, blank=True)
    service_charge = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    key_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    only_for_now = models.BooleanField(default=False)
    chosen_because = models.CharField(max_length=60, blank=True)
    chosen_words = models.CharField(max_length=400, blank=True)
    contacts = models.JSONField(default=list)
    no_contact_because = models.CharField(max_length=400, blank=True)
    texts = models.JSONField(default=dict)
    stay = models.OneToOneField(
        Stay, models.PROTECT, null=True, blank=True, related_name="admission"
    )
    begun_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    finished_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_because = models.CharField(max_length=400, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "-recorded_at"], name="admission_by_scheme")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(finished_at=None, abandoned_at=None),
                name="one_unfinished_admission_per_person",
                violation_error_message="This person’s admission has been begun already.",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(abandoned_at=None),
                name="a_referral_leads_to_one_admission",
                violation_error_message="This referral has led to an admission already.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False, stay__isnull=False),
                name="a_finished_admission_has_a_person_and_a_stay",
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at=None, abandoned_by=None, abandoned_because="")
                | Q(abandoned_at__isnull=False, abandoned_by__isnull=False, stay=None)
                & ~Q(abandoned_because=""),
                name="an_abandoned_admission_says_why_and_has_no_stay",
            ),
        ]

    def __str__(self) -> str:
        return f"Admission of {self.resident_id}"

    def is_open(self) -> bool:
        return self.finished_at is None and self.abandoned_at is None


class InductionQuerySet(models.QuerySet["Induction"]):
    def visible_to(self, staff: Staff) -> InductionQuerySet:
        """Only of stays at schemes where this person works."""
        return visible(staff, self)

    def for_page(self) -> InductionQuerySet:
        return (
            shown(self)
            .select_related(
                *Induction.LOCK_WITH, "held_by", "sheet__begun_by", "sheet__finished_by"
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Induction(Record):
    """One person's induction: due on the day they moved in, held on a day, by people."""

    class Attendance(models.TextChoices):
        ALL = "all", "All of it"
        PART = "part", "Part of it"

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "due_on", "planned_on", "late_because", "held_on", "held_by"}
    )
    LOCK_WITH = (
        "stay__scheme__organisation",
        "stay__resident",
        "stay__bed",
        "sheet__scheme__organisation",
    )

    stay = models.OneToOneField(Stay, models.PROTECT, related_name="induction")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="induction")
    due_on = models.DateField()
    planned_on = models.DateField(null=True, blank=True)
    late_because = models.CharField(max_length=60, blank=True)
    late_words = models.CharField(max_length=400, blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    resident_came = models.CharField(max_length=10, choices=Attendance, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InductionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on=None, held_by=None, resident_came="")
                | Q(held_on__isnull=False, held_by__isnull=False) & ~Q(resident_came=""),
                name="an_induction_is_held_on_a_day_by_somebody_with_the_resident",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(held_on__lte=F("due_on")) | ~Q(late_because=""),
                name="a_late_induction_has_its_reason",
                violation_error_message="A late induction needs its reason.",
            ),
            models.CheckConstraint(
                condition=Q(planned_on=None) | ~Q(late_because=""),
                name="a_planned_later_induction_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Induction of {self.stay_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> Any:
        return self.stay.scheme_id

    @property
    def days_late(self) -> int:
        """Whole days between the day it was due and the day it was held; 0 when in time."""
        return max((self.held_on - self.due_on).days, 0) if self.held_on else 0


class InductionAttendance(Record):
    """That a member of staff was there when the induction was held."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"induction", "staff"})

    induction = models.ForeignKey(Induction, models.PROTECT, related_name="attendances")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["induction", "staff"], name="nobody_attends_an_induction_twice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.induction_id}"


class InductionRefusal(Record):
    """That they did not want the induction on a day, why, and when it is offered again."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"induction", "offered_on", "next_offer_on"})

    induction = models.ForeignKey(Induction, models.PROTECT, related_name="refusals")
    offered_on = models.DateField()
    reason = models.TextField()
    next_offer_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["offered_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_refused_induction_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(next_offer_on__gte=F("offered_on")),
                name="an_induction_is_offered_again_afterwards",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered_on}: {self.reason}"

    @property
    def stay(self) -> Stay:
        return self.induction.stay


class Visit(Record):
    """A visit before moving in: when, where, who took part, what the person asked.

    `key_worker` is who was named by then, if anybody; `key_worker_there` whether they took part.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"referral", "visited_on", "key_worker", "key_worker_there", "recorded_by"}
    )
    LOCK_WITH = ("referral__scheme__organisation", "referral__resident")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    place = models.CharField(max_length=200)
    took_part = models.CharField(max_length=400)
    key_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    key_worker_there = models.BooleanField(default=False)
    questions = models.TextField(blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["visited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(took_part=""),
                name="a_visit_has_a_place_and_people",
                violation_error_message="Say where it was and who took part.",
            ),
            models.CheckConstraint(
                condition=Q(key_worker_there=False) | Q(key_worker__isnull=False),
                name="only_a_named_key_worker_was_there",
                violation_error_message="Name who was there as key worker.",
            ),
        ]

    def __str__(self) -> str:
        return f"visit of {self.referral_id} on {self.visited_on}"

    @property
    def scheme(self) -> Scheme:
        return self.referral.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.referral.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.referral.resident_id
