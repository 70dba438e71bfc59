"""Who is down for which shift, who swapped with whom, when they came and went."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.practice.rota import ShiftKind
from alongside.rota.times import in_hours, minutes_between


class Level(Record):
    """How many people a shift needs here from a day on, where the contract says otherwise.

    On one day of the week (Monday is 0) or, without one, on every day.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "shift", "weekday", "least", "from_on", "source"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="staffing_levels")
    shift = models.SlugField(max_length=40)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    least = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="a_staffing_level_has_its_source",
                violation_error_message="Say which contract or agreement this comes from.",
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6),
                name="a_staffing_level_is_of_a_weekday",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.least} at {self.shift}"


class TurnQuerySet(models.QuerySet["Turn"]):
    def visible_to(self, staff: Staff) -> TurnQuerySet:
        return visible(staff, self)

    def standing(self) -> TurnQuerySet:
        return self.filter(cancelled_at=None)

    def between(self, first: date, last: date) -> TurnQuerySet:
        """Of shifts that begin on one of these days, both included."""
        return self.filter(on__gte=first, on__lte=last)

    def for_page(self) -> TurnQuerySet:
        return self.select_related(
            "worker", "scheme__organisation", "placed_by", "cancelled_by"
        ).fetch_mode(models.FETCH_RAISE)


class Turn(Record):
    """That somebody is down for one shift: a member of staff, or somebody of an agency.

    `on` is the day the shift starts, to which a night belongs. It is never moved: who swaps is
    taken off, and the other put down.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "on", "shift", "worker", "starts_at", "ends_at", "cancelled_at", "instead_of"}
    )
    LOCK_WITH = ("scheme__organisation", "worker")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="turns", db_index=False)
    on = models.DateField()
    shift = models.SlugField(max_length=40)
    worker = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="turns", db_index=False
    )
    agency_name = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    words = models.CharField(max_length=200, blank=True)
    placed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "on"], name="turn_by_scheme"),
            models.Index(fields=["worker", "starts_at"], name="turn_by_worker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False, agency_name="", agency="")
                | (Q(worker=None) & ~Q(agency_name="") & ~Q(agency="")),
                name="a_turn_is_of_staff_or_of_an_agency",
                violation_error_message="Name a member of staff, or somebody and their agency.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_turn_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["worker", "scheme", "on", "shift"],
                condition=Q(cancelled_at=None),
                name="nobody_is_down_twice_for_a_shift",
                violation_error_message="They are down for this shift already.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                    & ~Q(cancelled_because="")
                ),
                name="taking_off_the_rota_has_a_person_and_a_reason",
                violation_error_message="Say why they are taken off.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.on}"

    @property
    def name(self) -> str:
        return self.worker.name if self.worker else f"{self.agency_name} ({self.agency})"

    @property
    def kind(self) -> ShiftKind | None:
        """The shift in the pack; None when the pack no longer knows it."""
        return self.scheme.pack.shifts.get(self.shift)

    @property
    def shift_says(self) -> str:
        return self.kind.says if self.kind else self.shift

    @property
    def minutes(self) -> int:
        """Real minutes: 60 more or less in a night when the clocks change."""
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def hours(self) -> str:
        return in_hours(self.minutes)

    def is_near(self) -> bool:
        """Whether it is the day of the shift, or the shift is going on."""
        today = self.scheme.today()
        return self.starts_here.date() <= today <= self.ends_here.date()

    @property
    def starts_here(self) -> datetime:
        return self.starts_at.astimezone(self.scheme.zone)

    @property
    def ends_here(self) -> datetime:
        return self.ends_at.astimezone(self.scheme.zone)


class SwapAnswer(models.TextChoices):
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"


class SwapDecision(models.TextChoices):
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, staff: Staff) -> SwapQuerySet:
        return visible(staff, self)

    def open(self) -> SwapQuerySet:
        """Neither declined nor decided."""
        return self.exclude(answer=SwapAnswer.DECLINED).filter(decision="")

    def for_page(self) -> SwapQuerySet:
        return self.select_related(
            "turn__worker", "turn__scheme__organisation", "to_worker", "in_exchange__scheme",
            "in_exchange__worker",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Swap(Record):
    """That somebody offers their shift to a colleague, who agrees, and a leader who approves."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"turn", "to_worker", "in_exchange", "offered_at", "answer", "decision"}
    )
    LOCK_WITH = (
        "turn__scheme__organisation", "turn__worker", "to_worker",
        "in_exchange__scheme__organisation", "in_exchange__worker",
    )  # fmt: skip

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="swaps")
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="swaps_offered")
    in_exchange = models.ForeignKey(
        Turn, models.PROTECT, null=True, blank=True, related_name="given_for"
    )
    words = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=8, choices=SwapAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=SwapDecision, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_words = models.CharField(max_length=300, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn"],
                condition=Q(answer__in=["", "agreed"], decision=""),
                name="a_shift_is_offered_to_one_at_a_time",
                violation_error_message="This shift is being swapped already.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_a_swap_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, answer="agreed")),
                name="a_swap_is_decided_once_both_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} to {self.to_worker_id}"

    @property
    def scheme(self) -> Scheme:
        return self.turn.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.turn.scheme_id

    @property
    def state(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.decision:
            return (self.get_decision_display(), "good" if self.decision == "approved" else "bad")
        if self.answer:
            said = self.answer == SwapAnswer.AGREED
            return ("Waits for approval", "warn") if said else ("Declined", "quiet")
        return ("Offered", "info")


class What(models.TextChoices):
    CAME = "came", "Came"
    LEFT = "left", "Left"


class Clocking(Record):
    """When somebody came to a shift, or left it. Put right by a new one that says why."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"turn", "what", "at", "replaced_at"})
    LOCK_WITH = ("turn__scheme__organisation", "turn__worker")

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="clockings")
    what = models.CharField(max_length=4, choices=What)
    at = models.DateTimeField()
    because = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "what"],
                condition=Q(replaced_at=None),
                name="somebody_comes_and_leaves_once",
                violation_error_message="This is written down already.",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(because=""),
                name="a_corrected_time_has_its_reason",
                violation_error_message="Say why the time is put right.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"

    @property
    def scheme(self) -> Scheme:
        return self.turn.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.turn.scheme_id


class ContingencyPlanQuerySet(models.QuerySet["ContingencyPlan"]):
    def visible_to(self, staff: Staff) -> ContingencyPlanQuerySet:
        return visible(staff, self)

    def for_page(self) -> ContingencyPlanQuerySet:
        return self.select_related("scheme__organisation", "written_by").fetch_mode(
            models.FETCH_RAISE
        )


class ContingencyPlan(Record):
    """What to do, and whom to call in which order, when something fails. A later one replaces it.

    `calls` are lines of who, on which number and what for, in order.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "scenario", "number", "replaced_at"})

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="contingency_plans")
    scenario = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    steps = models.TextField()
    calls = models.JSONField(default=list)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ContingencyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "scenario"],
                condition=Q(replaced_at=None),
                name="one_contingency_plan_holds",
                violation_error_message="Somebody has just written this plan anew.",
            ),
            models.CheckConstraint(
                condition=~Q(steps=""),
                name="a_contingency_plan_says_what_to_do",
                violation_error_message="Write what is to be done.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} at {self.scheme_id}"

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("contingency_scenarios").get(self.scenario)
        return found.says if found else self.scenario
