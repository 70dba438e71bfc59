"""What was explained to whom, in which version; the standing it gives; what broke a clause."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.stays.models import Stay


class AgreementText(Record):
    """A newer version of one of the pack's texts, published by this scheme. Never changed."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "key", "version", "text", "clauses", "published_by", "published_at"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="agreement_texts")
    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    text = models.TextField()
    clauses = models.JSONField(default=list)
    what_changed = models.TextField(blank=True)
    published_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["key", "-published_at", "-pk"]
        indexes = [
            models.Index(fields=["scheme", "key", "-published_at"], name="agreement_text_latest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "key", "version"],
                name="a_version_of_a_text_is_published_once",
                violation_error_message="This text already has a version of that name.",
            ),
            models.CheckConstraint(
                condition=~Q(version="") & ~Q(text=""),
                name="a_published_text_has_a_version_and_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Understanding(models.TextChoices):
    """What the person said or showed they took from it."""

    YES = "yes", "Understood it"
    PARTLY = "partly", "Understood some of it"
    NOT_YET = "not_yet", "Not yet"


class Confidence(models.TextChoices):
    """Whether they feel able to use what was explained."""

    YES = "yes", "Yes"
    WITH_HELP = "with_help", "With somebody’s help"
    NOT_YET = "not_yet", "Not yet"


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def visible_to(self, staff: Staff) -> ExplanationQuerySet:
        """Only of stays at schemes where this person works."""
        return visible(staff, self)

    def for_page(self) -> ExplanationQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "explained_by",
                "recorded_by",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Explanation(Record):
    """That one version of a text was explained to a person, how, and what they took from it.

    Their yes or no to it are signatures on this record; `content` is exactly what they seal.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay",
            "key",
            "version",
            "explained_on",
            "explained_by",
            "understanding",
            "confidence",
            "copy_given_on",
        }
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "explained_by")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="explanations")
    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    says = models.CharField(max_length=200)
    content = models.JSONField()
    explained_on = models.DateField()
    explained_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=60, blank=True)
    understanding = models.CharField(max_length=10, choices=Understanding)
    understanding_words = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    copy_given_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["stay", "key", "-explained_on", "-recorded_at"], name="explanation_by_stay"
            )
        ]

    def __str__(self) -> str:
        return f"{self.says}, version {self.version}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> Any:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> Any:
        return self.stay.resident_id


class Standing(Record):
    """From which day somebody stays on probation, or as a full resident. The latest row holds."""

    class Kind(models.TextChoices):
        PROBATION = "probation", "On probation"
        FULL = "full", "Full resident"

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "from_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="standings")
    kind = models.CharField(max_length=10, choices=Kind)
    from_on = models.DateField()
    conditions = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["stay", "from_on", "pk"]
        indexes = [models.Index(fields=["stay", "-from_on"], name="standing_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["probation", "full"]), name="a_standing_is_one_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} since {self.from_on:%-d %B %Y}"


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, staff: Staff) -> BreachQuerySet:
        """Only of stays at schemes where this person works."""
        return visible(staff, self)

    def unresolved(self) -> BreachQuerySet:
        return self.filter(resolved_at=None)

    def that_count(self) -> BreachQuerySet:
        """Those that happened: not the ones that were written down by mistake."""
        return self.exclude(outcome=Breach.Outcome.MISTAKE)

    def for_page(self) -> BreachQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "recorded_by",
                "talked_by",
                "resolved_by",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Breach(Record):
    """That one clause was not kept, what was talked about afterwards, and how it was resolved.

    It leads to a conversation and at most to a review; never by itself to losing one's place.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", "We agreed how to go on"
        PUT_RIGHT = "put_right", "It was put right"
        MISTAKE = "mistake", "It was written down by mistake"

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "key", "version", "clause", "happened_on", "talked_on", "outcome", "resolved_at"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="breaches")
    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=40)
    clause = models.CharField(max_length=40)
    clause_says = models.TextField()
    happened_on = models.DateField()
    what_happened = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    talked_on = models.DateField(null=True, blank=True)
    talked_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    their_view = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_words = models.TextField(blank=True)
    resolved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-happened_on"], name="breach_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(talked_on=None, talked_by=None, agreed="")
                | Q(talked_on__isnull=False, talked_by__isnull=False) & ~Q(agreed=""),
                name="a_talk_about_a_breach_has_a_day_a_person_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, outcome="")
                | Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(outcome=""),
                name="a_resolved_breach_says_how_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(clause="") & ~Q(what_happened=""),
                name="a_breach_names_a_clause_and_what_happened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_says} ({self.happened_on:%-d %B %Y})"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> Any:
        return self.stay.scheme_id
