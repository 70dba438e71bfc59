"""Somebody is away: why in one word, from when until when; who prepared whom; who stands in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.allocations.models import LEAD
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.policy import seen_by
from alongside.residents.models import ByEither
from alongside.stays.models import OfAStay, Stay

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


class Arrangement(OfAStay):
    """That one person was met before leave, and what was agreed with them for that time.

    Put right by a new one; the one before says when it was replaced.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"absence", "stay", "met_on", "with_worker", "replaced_at"}
    )

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="arrangements")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="arrangements")
    met_on = models.DateField()
    agreed = models.TextField()
    with_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "stay"],
                condition=Q(replaced_at=None),
                name="one_arrangement_holds_for_each_person",
                violation_error_message="Somebody has just written what was agreed.",
            ),
            models.CheckConstraint(
                condition=~Q(agreed=""),
                name="an_arrangement_says_what_was_agreed",
                violation_error_message="Write what was agreed.",
            ),
        ]

    def __str__(self) -> str:
        return f"arranged with {self.stay_id} for {self.absence_id}"


class Answer(models.TextChoices):
    """What a colleague said who was asked to cover."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "No longer asked"
    NOT_NEEDED = "not_needed", "Accepted, then not needed"


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, staff: Staff) -> CoverQuerySet:
        """Of people at schemes where this person reads files, and what they were asked."""
        return self.filter(seen_by(staff, Cover) | Q(to_worker=staff))

    def accepted(self) -> CoverQuerySet:
        return self.filter(answer=Answer.ACCEPTED)

    def waiting(self) -> CoverQuerySet:
        return self.filter(answer="")

    def open(self) -> CoverQuerySet:
        """Asked, or accepted: it stands in the way of asking anew."""
        return self.filter(answer__in=["", Answer.ACCEPTED])

    def overlapping(self, first: date, last: date) -> CoverQuerySet:
        return self.filter(from_on__lte=last, until_on__gte=first)

    def on(self, day: date) -> CoverQuerySet:
        """That hold on that day. It ends by itself: nobody has to end it."""
        return self.accepted().overlapping(day, day)

    def for_page(self) -> CoverQuerySet:
        return self.select_related(
            "absence__worker", "absence__scheme__organisation", "to_worker", "asked_by",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Cover(OfAStay):
    """That a colleague is asked to stand in for one person's worker, and their answer.

    Once accepted it gives their duties and, through `membership`, the rights that go with the
    role, from `from_on` until `until_on`. Both days are days of cover; the day after, it is over.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "absence", "stay", "role", "to_worker", "from_on", "until_on", "asked_by", "answer",
            "answered_at", "reason", "assigned",
        }
    )  # fmt: skip
    LOCK_WITH = (
        "stay__scheme__organisation", "stay__resident", "to_worker", "absence__worker",
        "absence__scheme__organisation",
    )  # fmt: skip

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="covers")
    absent = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="covers", db_index=False)
    role = models.SlugField(max_length=40, default=LEAD)
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="covers", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField()
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    answer_words = models.TextField(blank=True)
    assigned = models.BooleanField(default=False)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["to_worker", "answer", "-from_on"], name="cover_by_worker"),
            models.Index(fields=["stay", "answer", "-from_on"], name="cover_by_stay"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "stay", "to_worker"],
                condition=Q(answer=""),
                name="a_colleague_is_asked_once",
                violation_error_message="This colleague has been asked already.",
            ),
            models.UniqueConstraint(
                fields=["stay", "role", "from_on"],
                condition=Q(answer="accepted"),
                name="one_cover_for_a_person_at_a_time",
                violation_error_message="Somebody has accepted this already.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="cover_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(to_worker=F("absent")),
                name="nobody_covers_for_themselves",
                violation_error_message="Nobody can stand in for themselves.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_cover_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""),
                name="declined_cover_has_its_reason",
                violation_error_message="Saying no needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_worker_id} for {self.absent_id} with {self.stay_id}"

    def answer_by(self) -> datetime:
        """The moment from which the team leader looks for somebody else."""
        return self.asked_at + timedelta(hours=int(self.scheme.pack.limit("cover_answer")))

    def is_late(self) -> bool:
        """Whether nobody has answered for longer than the pack allows."""
        hours = timedelta(hours=int(self.scheme.pack.limit("cover_answer")))
        return self.answer == "" and clock.now() >= self.asked_at + hours


class SessionAsked(ByEither, OfAStay):
    """That a resident asked somebody for a session while their own worker is away."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "to_worker", "asked_at"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sessions_asked", db_index=False)
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta(ByEither.Meta):
        indexes = [models.Index(fields=["stay", "-asked_at"], name="session_asked_by_stay")]

    def __str__(self) -> str:
        return f"{self.stay_id} asked {self.to_worker_id}"


class Encouragement(OfAStay):
    """That somebody was encouraged to have their session all the same, and what they said."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "offered", "answer", "on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="encouragements", db_index=False)
    on = models.DateField()
    offered = models.CharField(max_length=40)
    with_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "-on", "-id"], name="encouragement_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(offered="") & ~Q(answer=""),
                name="an_encouragement_says_what_and_the_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered} to {self.stay_id}"


def of_scheme(key: UUID) -> Q:
    """Absences that count at a scheme: of whoever works there today, and those noted there."""
    working = Membership.objects.current(clock.today()).filter(scheme_id=key)
    return Q(scheme_id=key) | Q(worker_id__in=working.values("staff_id"))
