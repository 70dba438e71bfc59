"""Who holds a case, in which role, from when until when; what was wished, asked and handed over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.allocations.photos import photo_place
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import ByEither
from alongside.stays.models import Stay

LEAD = "key_worker"
"""The role that must be held at every moment of a stay."""


class Method(models.TextChoices):
    """How it came to be this worker."""

    PROPOSED = "proposed", "Proposed by load and fit"
    CHOSEN = "chosen", "Chosen by hand"
    TEMPORARY = "temporary", "For the time being"
    IMPORTED = "imported", "Taken over from earlier records"


class EndedBecause(models.TextChoices):
    """Why somebody no longer holds a role on a case."""

    REPLACED = "replaced", "Somebody else took over"
    NOT_NEEDED = "not_needed", "The role is no longer needed on this case"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def visible_to(self, staff: Staff) -> AllocationQuerySet:
        """Only of stays at schemes where this person works."""
        return visible(staff, self)

    def current(self) -> AllocationQuerySet:
        """Held now, of people whose case is open: staying, or supported after the move."""
        is_open = Q(stay__moved_out_on=None) | Q(stay__case_kept_open=True)
        return self.filter(is_open, until_on=None)

    def of_people_who_left(self) -> AllocationQuerySet:
        """Of those supported after the move."""
        return self.current().exclude(stay__moved_out_on=None)

    def leading(self) -> AllocationQuerySet:
        return self.filter(role=LEAD)

    def lasting(self) -> AllocationQuerySet:
        return self.exclude(method=Method.TEMPORARY)

    def for_page(self) -> AllocationQuerySet:
        return (
            shown(self)
            .select_related(
                "worker",
                "allocated_by",
                "stay__resident",
                "stay__scheme__organisation",
                "stay__bed",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Allocation(Record):
    """That a worker holds a role on a case, from a day until a day or still.

    `until_on` is the day the next one took over: that day is the next one's. An allocation of
    somebody who has moved on is not ended; it ended with the stay.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "worker", "role", "from_on", "until_on", "method", "reason",
            "override_reason", "proposed", "held_then", "ended_because",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "worker")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="allocations", db_index=False)
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="allocations", db_index=False)
    role = models.SlugField(max_length=40, default=LEAD)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=Method, default=Method.CHOSEN)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    override_reason = models.CharField(max_length=200, blank=True)
    proposed = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    held_then = models.PositiveSmallIntegerField(default=0)
    allocated_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    ended_because = models.CharField(max_length=12, choices=EndedBecause, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "role", "until_on"], name="allocation_by_worker"),
            models.Index(fields=["stay", "role", "-from_on", "-id"], name="allocation_by_stay"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "role"],
                condition=Q(until_on=None),
                name="one_holder_of_a_role_at_a_time",
                violation_error_message="Somebody already holds this role on this case.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="allocation_ends_after_it_begins",
                violation_error_message="Nobody can hand over before they began.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, ended_because="")
                | (Q(until_on__isnull=False) & ~Q(ended_because="")),
                name="allocation_end_has_a_day_and_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(role=LEAD) | Q(ended_because__in=["", EndedBecause.REPLACED]),
                name="a_key_worker_is_only_ever_replaced",
                violation_error_message="Whoever leads a case is only replaced by somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} as {self.role} of {self.stay_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    def is_temporary(self) -> bool:
        return self.method == Method.TEMPORARY

    def days(self, on: date) -> int:
        """Whole days held: until somebody took over, until they moved on, or until that day."""
        left = None if self.stay.case_kept_open else self.stay.moved_out_on
        last = min(d for d in (self.until_on, left, on) if d)
        return max((last - self.from_on).days, 0)


class Wish(ByEither, Record):
    """Whom the resident would like as their key worker, as they said it themselves."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "wish", "asked_on"})
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="wishes", db_index=False)
    wish = models.CharField(max_length=40)
    worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    asked_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta(ByEither.Meta):
        indexes = [models.Index(fields=["stay", "-asked_on", "-id"], name="wish_by_stay")]

    def __str__(self) -> str:
        return f"{self.wish} of {self.stay_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id


class Decision(models.TextChoices):
    """What came of a request for another key worker."""

    CHANGE = "change", "Somebody else becomes the key worker"
    KEEP = "keep", "The key worker stays"
    WITHDRAWN = "withdrawn", "The request was taken back"


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def visible_to(self, staff: Staff) -> ChangeRequestQuerySet:
        return visible(staff, self)

    def unanswered(self) -> ChangeRequestQuerySet:
        return self.filter(decided_on=None, stay__moved_out_on=None)

    def for_page(self) -> ChangeRequestQuerySet:
        return shown(self).select_related(
            "about", "by_staff", "by_resident", "decided_by", "fed_back_by", "successor",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class ChangeRequest(ByEither, Record):
    """That another key worker was asked for, by the resident or by staff, and the answer.

    What was written is confidential: the worker it is about never reads it and does not decide.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "about", "asked_on", "decided_on", "decision", "successor", "fed_back_on"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "about")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="change_requests", db_index=False)
    about = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_reason = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    decision_words = models.TextField(blank=True)
    successor = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    feedback = models.TextField(blank=True)
    fed_back_on = models.DateField(null=True, blank=True)
    fed_back_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChangeRequestQuerySet.as_manager()

    class Meta(ByEither.Meta):
        indexes = [models.Index(fields=["stay", "-asked_on", "-id"], name="change_by_stay")]
        constraints = [
            *ByEither.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(decided_on=None),
                name="one_open_change_request_per_stay",
                violation_error_message="Somebody else has already been asked for here.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, decision="")
                | (Q(decided_on__isnull=False) & ~Q(decision="")),
                name="change_decision_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[Decision.CHANGE, Decision.KEEP])
                | (Q(decided_by__isnull=False) & ~Q(reason="")),
                name="change_decision_has_a_person_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(fed_back_on=None, fed_back_by=None)
                | Q(fed_back_on__isnull=False, fed_back_by__isnull=False),
                name="change_feedback_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("about")),
                name="nobody_decides_on_their_own_change",
                violation_error_message="This is about you, so somebody else decides it.",
            ),
        ]

    def __str__(self) -> str:
        return f"a change asked for by {self.stay_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    def waits_days(self, on: date) -> int:
        return (on - self.asked_on).days


class CaseHandover(Record):
    """A case passed from one worker to another: what the next one must know, and their yes."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "role", "from_worker", "to_worker", "offered_on", "accepted_on"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "from_worker", "to_worker")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="handovers")
    role = models.SlugField(max_length=40, default=LEAD)
    from_worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="handovers_to")
    reason = models.CharField(max_length=40)
    summary = models.TextField()
    risks = models.TextField(blank=True)
    open_actions = models.TextField(blank=True)
    offered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    offered_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "role"],
                condition=Q(accepted_on=None),
                name="one_open_handover_per_role",
                violation_error_message="This case is already being handed over.",
            ),
            models.CheckConstraint(
                condition=~Q(from_worker=F("to_worker")),
                name="a_case_is_handed_to_somebody_else",
                violation_error_message="A case is handed over to somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} from {self.from_worker_id} to {self.to_worker_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id


class WorkerProfile(Record):
    """What a worker brings to a match: the languages they speak, their gender, their skills."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"worker", "languages"})

    worker = models.OneToOneField(Staff, models.PROTECT, related_name="matching")
    languages = models.CharField(max_length=200, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    skills = models.CharField(max_length=300, blank=True)
    photo = models.FileField(upload_to=photo_place, blank=True)

    @property
    def said(self) -> list[str]:
        """Each thing that is known of them, in words."""
        return [part for part in (self.languages, self.gender, self.skills) if part]

    def __str__(self) -> str:
        return f"what {self.worker_id} brings"
