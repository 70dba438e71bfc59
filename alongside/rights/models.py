"""Limits on a file, the hour in which one was opened in an emergency, and what is sealed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.kit.sealed import SealedTextField
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.organisation.standing import standing_asks
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.stays.models import Stay

SEALS = {
    "address": Action.READ_SEALED_ADDRESS,
    "safeguarding": Action.READ_SAFEGUARDING,
    "health": Action.READ_SEALED_HEALTH,
    "third_party": Action.READ_THIRD_PARTY,
}
"""What is sealed, and the right that each kind asks for."""


LONGEST_TITLE = 120
"""Letters in the title of what is under seal."""


class LimitKind(models.TextChoices):
    """Only those who are named, or never those who are named. Never wins."""

    ONLY = "only", "Only these may open it"
    NEVER = "never", "Never these"


class LimitQuerySet(models.QuerySet["Limit"]):
    def standing(self) -> LimitQuerySet:
        return self.filter(ended_at=None)

    def closing_to(self, staff: Any) -> LimitQuerySet:
        """Those by which files are closed to this person: named, or not among the only ones."""
        named = Limit.objects.standing().filter(
            resident=OuterRef("resident"), kind=LimitKind.ONLY, staff_id=staff
        )
        never = Q(kind=LimitKind.NEVER, staff_id=staff)
        others = Q(kind=LimitKind.ONLY) & ~Exists(named)
        return self.standing().filter(never | others)


class Limit(Record):
    """That one member of staff is among the only ones who may open a file, or never may."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"resident", "staff", "kind", "declared", "set_by", "set_at", "ended_at", "ended_by"}
    )

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="limits")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="limits")
    kind = models.CharField(max_length=5, choices=LimitKind)
    because = models.TextField(blank=True)
    declared = models.BooleanField(default=False)
    set_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    objects = LimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "staff", "kind"],
                condition=Q(ended_at=None),
                name="one_standing_limit_of_a_kind",
                violation_error_message="This person is on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="limit_end_has_a_time_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.staff_id} and {self.resident_id}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, staff: Staff) -> OpeningQuerySet:
        """At schemes where they review such openings, of people whose files they may know."""
        return visible(staff, self)

    def unreviewed(self) -> OpeningQuerySet:
        return self.filter(reviewed_at=None)

    def open_at(self, at: Any) -> OpeningQuerySet:
        return self.filter(closed_at=None, opened_at__lte=at, until_at__gt=at)

    def for_page(self) -> OpeningQuerySet:
        return (
            shown(self)
            .select_related(
                "staff", "reviewed_by", "stay__resident", "stay__scheme__organisation", "stay__bed"
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Opening(Record):
    """That somebody opened a file in an emergency: why, until when, and what others found."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"staff", "stay", "opened_at", "until_at", "closed_at", "reviewed_by", "verdict"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "staff")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="openings")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="openings")
    because = models.TextField()
    opened_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.SlugField(blank=True)
    review_words = models.TextField(blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["staff", "-until_at"], name="opening_by_staff"),
            models.Index(fields=["reviewed_at", "-opened_at"], name="opening_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")),
                name="opening_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("staff")),
                name="nobody_reviews_their_own_opening",
                violation_error_message="Nobody reviews what they opened themselves.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, verdict="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(verdict="")),
                name="opening_review_is_whole",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="opening_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and self.opened_at <= at < self.until_at


class Told(Record):
    """Whom an opening was told to."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"opening", "staff", "told_at"})

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="told")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "staff"], name="somebody_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} of {self.opening_id}"


class SealedQuerySet(models.QuerySet["Sealed"]):
    def visible_to(self, staff: Staff) -> SealedQuerySet:
        """In files they may open. Each kind still asks for its own right."""
        return visible(staff, self)

    def for_page(self) -> SealedQuerySet:
        near = ("stay__resident", "stay__scheme__organisation", "stay__bed")
        found = shown(self).select_related("sealed_by", "lifted_by", "corrected_by", *near)
        return found.fetch_mode(models.FETCH_RAISE)


class Sealed(Record):
    """Something that few may read, and only when they ask for it. A correction is a new row.

    `place` is the part of the file from which it was taken, and `put_back` what goes there again
    when the seal is lifted, as JSON; both are empty for what was written under seal.

    It tells no moment, so it is in no timeline, search, letter or export; and it lies in the table
    encrypted.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "sealed_by", "sealed_at", "corrects", "lifted_by", "lifted_at"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sealed")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="sealed")
    kind = models.SlugField()
    title = SealedTextField()
    words = SealedTextField()
    sealed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=clock.now, editable=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    place = models.CharField(max_length=80, blank=True)
    put_back = SealedTextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_because = models.TextField(blank=True)

    objects = SealedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resident", "-sealed_at"], name="sealed_by_resident")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(words=""), name="sealed_says_something"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because=""),
                name="a_lifted_seal_has_a_time_a_person_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, sealed"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def values_kept(self) -> dict[str, Any]:
        """What goes back, as it was taken; empty where that is not known any more."""
        return dict(json.loads(self.put_back)) if self.put_back else {}

    @property
    def kind_says(self) -> str:
        return str(self.stay.scheme.pack.choices("sealed_kinds")[self.kind])


class LiftAnswer(models.TextChoices):
    """What became of it that somebody asked for a seal to be lifted."""

    LIFT = "lift", "Lifted"
    LEAVE = "leave", "Left under seal"
    TAKEN_BACK = "taken_back", "Taken back"


class LiftingQuerySet(models.QuerySet["Lifting"]):
    def waiting(self) -> LiftingQuerySet:
        """Not answered, and of what still counts: a correction is another seal."""
        return self.filter(answer="", sealed__corrected_by=None, sealed__lifted_at=None)

    def for_page(self) -> LiftingQuerySet:
        near = ("stay__resident", "stay__scheme__organisation", "stay__bed")
        people = ("asked_by", "answered_by", "sealed__sealed_by", "sealed__corrected_by")
        found = shown(self).select_related(*people, *(f"sealed__{one}" for one in near))
        return found.fetch_mode(models.FETCH_RAISE)


class Lifting(Record):
    """That somebody asked for a seal to be lifted, and what somebody else decided.

    `place` is where in the file the detail goes, and `put_back` what stands there then, as JSON.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"sealed", "asked_by", "asked_at", "answer", "answered_by", "answered_at"}
    )
    LOCK_WITH = ("sealed__stay__scheme__organisation", "sealed__stay__resident", "asked_by")

    sealed = models.ForeignKey(Sealed, models.PROTECT, related_name="liftings")
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    because = models.TextField()
    place = models.CharField(max_length=80)
    put_back = SealedTextField()
    answer = models.CharField(max_length=10, choices=LiftAnswer, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.TextField(blank=True)

    objects = LiftingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sealed"],
                condition=Q(answer=""),
                name="a_seal_is_asked_to_be_lifted_once",
                violation_error_message="Somebody has already asked for this.",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None)
                | Q(answer=LiftAnswer.TAKEN_BACK, answered_by=F("asked_by"))
                | ~Q(answer=LiftAnswer.TAKEN_BACK) & ~Q(answered_by=F("asked_by")),
                name="a_seal_is_lifted_by_somebody_else",
                violation_error_message="Two people decide that a seal is lifted.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, answer_words="")
                | Q(answer__gt="", answered_by__isnull=False, answered_at__isnull=False)
                & (~Q(answer=LiftAnswer.LEAVE) | ~Q(answer_words="")),
                name="the_answer_about_a_seal_is_whole",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="lifting_a_seal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"lifting of {self.sealed_id}"

    @property
    def is_overtaken(self) -> bool:
        """Whether what it is about was put right since, so that it can only be left."""
        return not self.answer and hasattr(self.sealed, "corrected_by")

    @property
    def stay(self) -> Stay:
        return self.sealed.stay

    @property
    def resident_id(self) -> UUID:
        return self.sealed.resident_id

    @property
    def scheme(self) -> Scheme:
        return self.sealed.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.sealed.stay.scheme_id


@standing_asks("closed")
def _closed(staff: Any, now: Any, on: Any) -> Any:
    return Limit.objects.closing_to(staff).values_list("resident_id", flat=True).distinct()


@standing_asks("opened")
def _opened(staff: Any, now: Any, on: Any) -> Any:
    never = Limit.objects.standing().filter(
        resident=OuterRef("resident"), kind=LimitKind.NEVER, staff_id=staff
    )
    found = Opening.objects.open_at(now).filter(~Exists(never), staff_id=staff)
    return found.order_by("-opened_at", "-pk").values_list("resident_id", flat=True)
