"""That somebody is away: leave that is asked for and decided, sickness that is reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Membership, Scheme, Staff

DAY = timedelta(days=1)


class Kind(models.TextChoices):
    """Leave is asked for and prepared; sickness is told when it happens."""

    LEAVE = "leave", "Leave"
    SICK = "sick", "Off sick"


class Decision(models.TextChoices):
    """What was said to leave that was asked for."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def visible_to(self, staff: Staff) -> AbsenceQuerySet:
        """One's own, and those of people who work where this person works."""
        here = staff.scheme_ids()
        working = Membership.objects.current(clock.today()).filter(scheme_id__in=here)
        return self.filter(
            Q(scheme_id__in=here) | Q(worker_id__in=working.values("staff_id")) | Q(worker=staff)
        )

    def standing(self) -> AbsenceQuerySet:
        """Neither cancelled nor refused: asked for, or in force."""
        return self.filter(cancelled_at=None).exclude(decision=Decision.REFUSED)

    def in_force(self) -> AbsenceQuerySet:
        """Sickness as it was told, leave once it was approved."""
        return self.filter(Q(kind=Kind.SICK) | Q(decision=Decision.APPROVED), cancelled_at=None)

    def waiting(self) -> AbsenceQuerySet:
        """Leave that nobody has decided yet."""
        return self.filter(kind=Kind.LEAVE, decision="", cancelled_at=None)

    def overlapping(self, first: date, last: date) -> AbsenceQuerySet:
        """That take up at least one of these days, both included."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)

    def on(self, day: date) -> AbsenceQuerySet:
        return self.overlapping(day, day)

    def for_page(self) -> AbsenceQuerySet:
        return self.select_related(
            "worker", "scheme__organisation", "recorded_by", "decided_by", "cancelled_by"
        ).fetch_mode(models.FETCH_RAISE)


class Absence(Record):
    """That somebody is away, from a day until a day; both are days away.

    Sickness may have no last day yet; `expected_on` is then the day they think to be back.
    Why somebody is sick is nobody's business here and is not asked.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "worker", "scheme", "kind", "from_on", "until_on", "expected_on", "decision",
            "decided_at", "cancelled_at", "change_opened_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "worker")

    worker = models.ForeignKey(Staff, models.PROTECT, related_name="absences", db_index=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="absences", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_words = models.TextField(blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    change_opened_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["worker", "-from_on"], name="absence_by_worker"),
            models.Index(fields=["scheme", "-from_on"], name="absence_by_scheme"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "from_on"],
                condition=Q(cancelled_at=None) & ~Q(decision="refused"),
                name="an_absence_begins_once",
                violation_error_message="This absence is on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="absence_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="leave") | Q(until_on__isnull=False, expected_on=None),
                name="leave_has_its_last_day",
                violation_error_message="Leave has a last day.",
            ),
            models.CheckConstraint(
                condition=Q(expected_on=None) | Q(expected_on__gt=F("from_on")),
                name="nobody_is_back_before_they_were_away",
                violation_error_message="They cannot be back before they were away.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (
                    ~Q(decision="")
                    & Q(kind="leave", decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="leave_decision_has_a_person_and_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(decision_words=""),
                name="refused_leave_has_its_reason",
                violation_error_message="Refusing leave needs a reason.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                    & ~Q(cancelled_because="")
                ),
                name="cancelled_absence_has_a_person_and_a_reason",
                violation_error_message="Say why it is cancelled.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} away from {self.from_on}"

    @property
    def says(self) -> str:
        """In a word or two: sickness is never said in more."""
        if self.kind == Kind.SICK:
            return "Off sick"
        found = self.scheme.pack.reasons("leave").get(self.reason)
        return found.says if found else "Leave"

    @property
    def state(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.cancelled_at:
            return ("Cancelled", "quiet")
        if self.kind == Kind.LEAVE and self.decision != Decision.APPROVED:
            return ("Refused", "bad") if self.decision else ("Waiting for a decision", "warn")
        today = self.scheme.today()
        if self.until_on and self.until_on < today:
            return ("Over", "quiet")
        return ("Away now", "info") if self.from_on <= today else ("To come", "info")

    def is_in_force(self) -> bool:
        sure = self.kind == Kind.SICK or self.decision == Decision.APPROVED
        return sure and self.cancelled_at is None

    def is_over(self) -> bool:
        return bool(self.until_on and self.until_on < self.scheme.today())

    def holds(self, day: date) -> bool:
        """Whether that day is a day away."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    @property
    def last_known_on(self) -> date | None:
        """The last day away as far as anybody knows; None when nobody does."""
        if self.until_on:
            return self.until_on
        return self.expected_on - DAY if self.expected_on else None

    def takes_to(self) -> date:
        """The last day that is taken for certain: the last one known, at least today."""
        known = self.last_known_on
        return self.until_on or max(filter(None, (known, self.scheme.today(), self.from_on)))

    def looks_to(self) -> date:
        """The last day to plan for: the last one known, else as far as the pack looks ahead."""
        known = self.last_known_on
        ahead = int(self.scheme.pack.limit("absence_looks_ahead"))
        return known or max(self.scheme.today(), self.from_on) + timedelta(days=ahead)

    def days(self, on: date) -> int:
        """How many days it takes as far as is known, or has taken up to that day."""
        last = self.until_on or max(filter(None, (self.last_known_on, on)))
        return (last - self.from_on).days + 1

    def prepare_by(self) -> date:
        """The day by which everybody must have been met: what the duty of the pack says."""
        rule = self.scheme.pack.duties.get("leave-preparation")
        return rule.due.before(self.from_on) if rule and rule.due else self.from_on


def of_scheme(key: UUID) -> Q:
    """Absences that count at a scheme: of whoever works there today, and those noted there."""
    working = Membership.objects.current(clock.today()).filter(scheme_id=key)
    return Q(scheme_id=key) | Q(worker_id__in=working.values("staff_id"))
