"""Duties: what we owe a resident by a date. Derived, never edited by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.duties.subjects import KINDS
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.practice.actions import Action
from alongside.stays.models import Stay


class State(models.TextChoices):
    """Where a duty stands. Whether it is overdue is not stored: it is its date, and today."""

    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    MISSED = "missed", "Missed"
    EXCUSED = "excused", "Excused"
    VOID = "void", "No longer owed"


class How(models.TextChoices):
    """How it came to be that this person owes a duty."""

    HOLDS = "holds", "Holds this role on the case"
    WORKS = "works", "Works here in this role"
    COVER = "cover", "Covers for somebody who is away"
    LINE = "line", "Line manager of somebody who is away"
    ELSEWHERE = "other", "Works elsewhere in the organisation, as nobody here can"


class Step(models.TextChoices):
    """How far word of a duty has gone: nowhere yet, to its owner, or up the line."""

    QUIET = "", "Not reminded yet"
    REMINDED = "reminded", "Reminded"
    PASSED_UP = "passed_up", "Passed up"
    PASSED_UP_AGAIN = "passed_up_again", "Passed up again"


def _open_to(staff: Staff, needs: Action) -> Q:
    there = {one.pk for one in staff.schemes() if staff.may(needs, one)}
    return Q(scheme_id__in=there) & ~Q(concerning=staff)


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, staff: Staff) -> DutyQuerySet:
        """Duties at schemes where they read files; about a colleague, only those who lead or owe.

        What is about a member of staff is for that person, for whoever owes it or hears that
        it is overdue, and for those who manage staff there. Of a kind that asks for a right of
        its own, those who have it see what does not concern themselves.
        """
        leads = {one.pk for one in staff.schemes() if staff.may(Action.MANAGE_STAFF, one)}
        theirs = Q(worker=None) | Q(worker=staff) | Q(owed_by=staff) | Q(scheme_id__in=leads)
        theirs |= Q(told=staff)
        for kind in KINDS.values():
            if kind.needs:
                theirs &= ~Q(subject_kind=kind.key) | Q(owed_by=staff) | _open_to(staff, kind.needs)
        return visible(staff, self).filter(theirs)

    def about(self, kind: str, keys: Iterable[UUID]) -> DutyQuerySet:
        """Duties about these subjects of one kind."""
        return self.filter(subject_kind=kind, subject_id__in=list(keys))

    def outstanding(self, on: date) -> DutyQuerySet:
        """Open ones whose time to be done has come."""
        return self.filter(state=State.OPEN, opens_on__lte=on)

    def unsettled(self) -> DutyQuerySet:
        """Those that somebody still has to do, now or later."""
        return self.filter(state__in=[State.OPEN, State.PAUSED])

    def overdue(self, on: date) -> DutyQuerySet:
        return self.filter(state=State.OPEN, due_on__lt=on)

    def passed_up_to(self, staff: Any, on: Any) -> DutyQuerySet:
        """Overdue so long that this person was told, as the owner's manager or the level above."""
        first = Q(told=staff, escalate_on__lte=on)
        return self.outstanding(on).filter(first | Q(told_next=staff, escalate_again_on__lte=on))

    def for_list(self) -> DutyQuerySet:
        """With whom they are about; the scheme is at hand where a scheme is looked at."""
        whom = shown(self).select_related("stay__resident", "stay__bed")
        return whom.fetch_mode(models.FETCH_RAISE)

    def for_page(self) -> DutyQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__resident",
                "stay__bed",
                "scheme__organisation",
                "owed_by",
                "instead_of",
                "told",
                "told_next",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Duty(Record):
    """Something we owe by a date, with the rule that says so and the arithmetic.

    It is about one subject: a stay, or another kind that a room has registered (`subjects.py`).
    `stay` is the stay it is about, if any; `about` and `url` name what has none.

    `owed_by` is who owes it now. `owed_as` is the role they owe it in, `owed_how` how it came to
    them, and `instead_of` whom they stand in for. With `support`, it is first the resident's own,
    and `owed_by` supports them. `concerning` is the member of staff whom it must never reach.

    On `remind_on` whoever owes it is reminded; while it is overdue, on `escalate_on` the line
    manager in `told`, and on `escalate_again_on` the level above them in `told_next`, hear of it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"key", "period_from", "opens_on", "due_on", "met_on", "state"}
    )
    LOCK_WITH = ("scheme__organisation", "stay__scheme__organisation", "stay__resident")

    subject_kind = models.SlugField(max_length=20, default="stay", db_index=False)
    subject_id = models.UUIDField()
    stay = models.ForeignKey(
        Stay, models.CASCADE, null=True, blank=True, related_name="duties", db_index=False
    )
    worker = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    ref = models.CharField(max_length=80, blank=True)
    says = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    owner = models.JSONField(default=list)
    owed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="owes")
    owed_as = models.SlugField(max_length=40, blank=True, db_index=False)
    owed_how = models.CharField(max_length=5, choices=How, blank=True)
    instead_of = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    support = models.BooleanField(default=False)
    concerning = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    done_by = models.CharField(max_length=80, blank=True)
    opens_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField(null=True)
    met_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    remind_on = models.DateField(null=True, blank=True)
    escalate_on = models.DateField(null=True, blank=True)
    escalate_again_on = models.DateField(null=True, blank=True)
    told = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    told_next = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)
    practice = models.CharField(max_length=80)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "due_on"], name="duty_by_scheme"),
            models.Index(fields=["stay", "state", "due_on"], name="duty_by_stay"),
            models.Index(fields=["owed_by", "state", "due_on"], name="duty_by_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "scheme", "key", "period_from", "ref"],
                name="one_duty_per_rule_and_period",
            ),
            models.CheckConstraint(
                condition=Q(owed_by=None, owed_how="", instead_of=None)
                | (Q(owed_by__isnull=False) & ~Q(owed_how="")),
                name="a_duty_says_how_it_came_to_its_owner",
            ),
            models.CheckConstraint(
                condition=Q(owed_by=None) | Q(concerning=None) | ~Q(owed_by=models.F("concerning")),
                name="a_duty_never_falls_to_whom_it_concerns",
            ),
            models.CheckConstraint(
                condition=Q(concerning=None)
                | (
                    (Q(told=None) | ~Q(told=models.F("concerning")))
                    & (Q(told_next=None) | ~Q(told_next=models.F("concerning")))
                ),
                name="a_duty_is_not_passed_up_to_whom_it_concerns",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} by {self.due_on:%-d %B %Y}"

    @property
    def resident_id(self) -> UUID | None:
        return self.stay.resident_id if self.stay else None

    @property
    def whom(self) -> str:
        """Whom or what it is about, as pages name it."""
        return self.stay.resident.name if self.stay else self.about

    def step(self, on: date) -> Step:
        """How far word of it has gone by that day; nothing of what is not open."""
        if self.state != State.OPEN or self.opens_on > on:
            return Step.QUIET
        if self.told_next_id and self.escalate_again_on and self.escalate_again_on <= on:
            return Step.PASSED_UP_AGAIN
        if self.told_id and self.escalate_on and self.escalate_on <= on:
            return Step.PASSED_UP
        return Step.REMINDED if self.remind_on and self.remind_on <= on else Step.QUIET

    def days_left(self, on: date) -> int:
        """Days until it is due; negative once it is overdue."""
        return (self.due_on - on).days


class WorkedOut(Record):
    """The day up to which a scheme's duties have been worked out. Time is a cause too."""

    scheme = models.OneToOneField(Scheme, models.CASCADE, related_name="duties_worked_out")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    # By another practice everything is worked out, and not only what time has changed.
    practice = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.scheme_id} up to {self.on}"


class Excuse(Record):
    """That a duty was excused: why, and who approved it. It outlives the duty's own row."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"subject_kind", "subject_id", "key", "period_from", "ref"}
    )
    LOCK_WITH = ("scheme__organisation",)

    subject_kind = models.SlugField(max_length=20, default="stay", db_index=False)
    subject_id = models.UUIDField()
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="excuses")
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    ref = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "scheme", "key", "period_from", "ref"],
                name="a_duty_is_excused_once",
                violation_error_message="This has been excused already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="an_excuse_has_its_reason",
                violation_error_message="Excusing a duty needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} excused"


class OfASubject(Record):
    """A record about one duty, by what the duty is about, so that it outlives the duty's row."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = ("scheme__organisation",)

    subject_kind = models.SlugField(max_length=20, default="stay", db_index=False)
    subject_id = models.UUIDField()
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.SlugField(max_length=60)
    ref = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class MovedDate(OfASubject):
    """The log line of a duty whose date moved because the date it is counted from was corrected.

    With `kept` it was settled already and stayed as it was: what is worked out from the
    corrected date (`to_period`) still shows the dates and the outcome that were there before.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"subject_kind", "subject_id", "key", "from_due_on", "to_due_on", "kept"}
    )

    says = models.CharField(max_length=200)
    from_period = models.DateField()
    from_opens_on = models.DateField()
    from_due_on = models.DateField()
    from_first_due_on = models.DateField()
    to_period = models.DateField()
    to_due_on = models.DateField()
    kept = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State)
    met_on = models.DateField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "kept"], name="moved_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "scheme", "key", "to_period", "ref"],
                condition=Q(kept=True),
                name="a_settled_duty_is_kept_once",
            ),
            models.CheckConstraint(
                condition=~Q(kept=False, from_due_on=models.F("to_due_on")),
                name="a_moved_date_is_another_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says}: from {self.from_due_on} to {self.to_due_on}"


class MissReason(OfASubject):
    """Why a week or month was missed, by the pack's list; what is said later holds."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"subject_kind", "subject_id", "key", "period_from", "reason"}
    )

    period_from = models.DateField()
    reason = models.SlugField(max_length=60)
    words = models.CharField(max_length=300, blank=True)
    said_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="reason_by_subject")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_missed_week_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.key} missed: {self.reason}"

    @property
    def says(self) -> str:
        """The reason in the words of the practice."""
        found = self.scheme.pack.reasons("session_missed").get(self.reason)
        return found.says if found else self.reason


class ClosedMonth(Record):
    """That a manager closed a month at a scheme: what was due in it is counted as it stood then."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "month", "duties"})
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="closed_months")
    month = models.DateField()
    duties = models.PositiveIntegerField()
    practice = models.CharField(max_length=80)
    closed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "month"],
                name="a_month_is_closed_once",
                violation_error_message="This month is closed already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


class ClosedDuty(Record):
    """One duty as it stood when its month was closed. Nothing changes it."""

    month = models.ForeignKey(ClosedMonth, models.PROTECT, related_name="lines")
    subject_kind = models.SlugField(max_length=20, db_index=False)
    subject_id = models.UUIDField()
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="+")
    owed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    whom = models.CharField(max_length=200)
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    ref = models.CharField(max_length=80, blank=True)
    says = models.CharField(max_length=200)
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State)
    overdue = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["month", "key"], name="closed_by_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "subject_kind", "subject_id", "key", "period_from", "ref"],
                name="a_duty_is_closed_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says}: {self.state}"
