"""Support after somebody has moved into a home of their own, and how the tenancy goes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.stays.models import OfAStay, Stay


def pair(day: str, person: str) -> Q:
    """That a day and who did it are both there, or neither."""
    return Q(**{day: None, person: None}) | Q(
        **{f"{day}__isnull": False, f"{person}__isnull": False}
    )


class Answer(models.TextChoices):
    """What somebody said to the offer of support; the keys of the pack's `aftercare_offers`."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DEFERRED = "deferred", "To be asked again"
    NOT_ASKED = "not_asked", "Not asked yet"


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def visible_to(self, staff: Staff) -> EpisodeQuerySet:
        return visible(staff, self)

    def open(self) -> EpisodeQuerySet:
        """Neither cancelled nor closed."""
        return self.filter(cancelled_on=None, closed_on=None)

    def for_page(self) -> EpisodeQuerySet:
        return self.select_related("stay__resident", "stay__scheme__organisation", "stay__bed")


class Episode(OfAStay):
    """The weeks of support after one move: from the day the home is secured until a day.

    `secured_on` is the later of the first day of the tenancy and the day of moving in;
    `until_on` is worked out from it, and moves when an extension is approved. An episode whose
    move falls through is cancelled, not closed.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "tenure", "tenancy_starts_on", "moves_in_on", "secured_on", "until_on",
            "answer", "cancelled_on", "closed_on", "outcome", "tenancy_held",
        }
    )  # fmt: skip

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="aftercare")
    address = models.CharField(max_length=300)
    tenure = models.CharField(max_length=60)
    tenancy_starts_on = models.DateField()
    moves_in_on = models.DateField()
    secured_on = models.DateField()
    until_on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NOT_ASKED)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=60, blank=True)
    outcome_words = models.TextField(blank=True)
    tenancy_held = models.BooleanField(null=True, blank=True)
    practice = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-secured_on"], name="aftercare_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(cancelled_on=None, closed_on=None),
                name="one_aftercare_at_a_time",
                violation_error_message="Support after the move has begun already.",
            ),
            models.CheckConstraint(
                condition=Q(secured_on__gte=F("tenancy_starts_on"))
                & Q(secured_on__gte=F("moves_in_on")),
                name="a_home_is_secured_when_both_have_come",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("secured_on")), name="aftercare_lasts_some_days"
            ),
            models.CheckConstraint(
                condition=pair("cancelled_on", "cancelled_by"),
                name="aftercare_is_cancelled_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, outcome="")
                | Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                name="aftercare_is_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | Q(closed_on=None),
                name="aftercare_is_cancelled_or_closed_not_both",
            ),
        ]

    def __str__(self) -> str:
        return f"support until {self.until_on}"

    @property
    def is_open(self) -> bool:
        return self.cancelled_on is None and self.closed_on is None

    @property
    def outcome_says(self) -> str:
        found = self.scheme.pack.choices("aftercare_outcomes").get(self.outcome)
        return found.says if found else self.outcome

    @property
    def tenure_says(self) -> str:
        found = self.scheme.pack.choices("tenures").get(self.tenure)
        return found.says if found else self.tenure

    def has_begun(self, on: date) -> bool:
        return self.secured_on <= on


class OfAnEpisode(Record):
    """Something recorded about one episode."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "episode__stay__scheme__organisation",
        "episode__stay__resident",
    )

    episode: models.ForeignKey[Episode, Episode]

    class Meta:
        abstract = True

    @property
    def stay(self) -> Stay:
        return self.episode.stay

    @property
    def scheme(self) -> Scheme:
        return self.episode.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.episode.stay.scheme_id


class AftercareOffer(OfAnEpisode):
    """That support was offered, and what they said; the latest counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"episode", "offered_on", "answer"})

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["offered_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="an_aftercare_answer_is_one_of_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} on {self.offered_on}"


class Every(models.TextChoices):
    """How often contact is planned; the value is a length of time."""

    WEEK = "P1W", "Every week"
    FORTNIGHT = "P2W", "Every two weeks"
    FOUR_WEEKS = "P4W", "Every four weeks"


class AftercarePlan(OfAnEpisode):
    """The plan for the weeks after the move. Signed by both it is locked; a change is another."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"episode", "number", "home_every", "community_every", "written_on", "in_force_on"}
    )

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    home_every = models.CharField(max_length=8, choices=Every)
    community_every = models.CharField(max_length=8, choices=Every, blank=True)
    where = models.CharField(max_length=200, blank=True)
    goals = models.TextField()
    help_with = models.TextField(blank=True)
    written_on = models.DateField()
    resident_signed_at = models.DateTimeField(null=True, blank=True)
    worker_signed_at = models.DateTimeField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "number"],
                name="an_aftercare_plan_has_its_own_number",
                violation_error_message="Somebody has just written another version.",
            ),
            models.CheckConstraint(
                condition=~Q(goals=""),
                name="an_aftercare_plan_says_what_for",
                violation_error_message="Write what the support is for.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(resident_signed_at__isnull=False, worker_signed_at__isnull=False),
                name="an_aftercare_plan_in_force_is_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Contact(OfAnEpisode):
    """A visit or a call that is planned, and whether it was made or missed."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"episode", "kind", "planned_on", "result", "happened_on"}
    )

    class Result(models.TextChoices):
        DONE = "done", "Done"
        MISSED = "missed", "Missed"
        NOT_NEEDED = "not_needed", "No longer planned"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=60)
    planned_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    result_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    missed_because = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "kind", "planned_on"],
                condition=~Q(result="not_needed"),
                name="a_contact_is_planned_once",
                violation_error_message="This contact is planned already.",
            ),
            models.CheckConstraint(
                condition=Q(result="", happened_on=None, result_by=None)
                | ~Q(result="") & Q(happened_on__isnull=False, result_by__isnull=False),
                name="a_contact_result_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(result="missed") | ~Q(missed_because=""),
                name="a_missed_contact_says_why",
                violation_error_message="Say why it was missed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.planned_on}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("aftercare_contacts").get(self.kind)
        return found.says if found else self.kind


class WelfareCheck(OfAnEpisode):
    """That somebody made sure they are safe, after contact was missed."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"episode", "checked_on", "safe"})

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="welfare_checks")
    checked_on = models.DateField()
    safe = models.BooleanField()
    words = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["checked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_welfare_check_says_what_was_found",
                violation_error_message="Write what you found.",
            ),
        ]

    def __str__(self) -> str:
        return f"welfare check on {self.checked_on}"


class Decision(OfAnEpisode):
    """What comes after the weeks of support: end, extend or refer on.

    An extension counts once a leader has approved it; a referral once the agency has accepted.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "episode", "kind", "decided_on", "extend_until", "approved_on", "refused_on",
            "sent_on", "accepted_on",
        }
    )  # fmt: skip

    class Kind(models.TextChoices):
        END = "end", "It ends"
        EXTEND = "extend", "It goes on for longer"
        REFER = "refer", "Somebody else goes on"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    decided_on = models.DateField()
    reason = models.TextField()
    extend_until = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.CharField(max_length=200, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    refused_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="an_aftercare_decision_has_a_reason",
                violation_error_message="A decision needs its reason.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extend") | Q(extend_until__isnull=False),
                name="an_extension_has_its_length",
                violation_error_message="Say until when.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="refer") | ~Q(agency="") & Q(consent_on__isnull=False),
                name="a_referral_on_names_the_agency_and_has_consent",
                violation_error_message="Name the agency, and the day they agreed to it.",
            ),
            models.CheckConstraint(
                condition=pair("approved_on", "approved_by"),
                name="an_extension_is_approved_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None) | Q(approved_on=None, accepted_on=None),
                name="a_decision_is_not_both_accepted_and_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.decided_on}"

    @property
    def counts(self) -> bool:
        """Whether it answers the question: an extension approved, a referral accepted."""
        if self.kind == self.Kind.EXTEND:
            return self.approved_on is not None
        if self.kind == self.Kind.REFER:
            return self.accepted_on is not None
        return True

    @property
    def counts_on(self) -> date | None:
        """Since when it answers the question."""
        if self.kind == self.Kind.EXTEND:
            return self.approved_on
        return self.accepted_on if self.kind == self.Kind.REFER else self.decided_on

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        if self.refused_on:
            return "Not approved" if self.kind == self.Kind.EXTEND else "Not accepted"
        if self.kind == self.Kind.EXTEND:
            return "Approved" if self.approved_on else "Waits for approval"
        if self.kind == self.Kind.REFER:
            return "Accepted" if self.accepted_on else "Waits for the agency"
        return "Decided"


class TenancyConcern(OfAStay):
    """Something about the tenancy to see to: who is part of it, what is done, how it ends.

    Kept apart from the care record where the pack says so.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "topic", "raised_on", "resolved_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="tenancy_concerns")
    topic = models.CharField(max_length=60)
    concern = models.TextField()
    parties = models.CharField(max_length=300, blank=True)
    raised_on = models.DateField()
    resolved_on = models.DateField(null=True, blank=True)
    resolved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "resolved_on"], name="concern_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(concern=""),
                name="a_tenancy_concern_has_words",
                violation_error_message="Write what it is about.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_on=None, resolved_by=None, result="")
                | Q(resolved_on__isnull=False, resolved_by__isnull=False) & ~Q(result=""),
                name="a_tenancy_concern_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.concern

    @property
    def topic_says(self) -> str:
        found = self.scheme.pack.choices("tenancy_topics").get(self.topic)
        return found.says if found else self.topic


class TenancyStep(Record):
    """Something done about a concern."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"concern", "done_on"})

    concern = models.ForeignKey(TenancyConcern, models.PROTECT, related_name="steps")
    done_on = models.DateField()
    words = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["done_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_tenancy_step_has_words",
                violation_error_message="Write what was done.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def scheme(self) -> Scheme:
        return self.concern.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.concern.scheme_id
