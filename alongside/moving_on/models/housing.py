"""The search for a home: providers, applications and their rating, viewings, offers."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.moving_on.models.planning import pair
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay


class Provider(Record):
    """Somebody who lets homes, and whom we may ring."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "name", "kind", "ended_on"})
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="housing_providers")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    contact = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    words = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "name"],
                condition=Q(ended_on=None),
                name="a_provider_is_listed_once",
                violation_error_message="This provider is on the list already.",
            ),
            models.CheckConstraint(
                condition=pair("ended_on", "ended_by"), name="a_provider_is_taken_off_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("housing_provider_kinds").get(self.kind)
        return found.says if found else self.kind


class Application(OfAStay):
    """That somebody asked for a home: on a register, or of one provider.

    `their_choice` says whether the person themselves wants this one.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "provider", "applied_on", "result", "ended_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="housing_applications")
    kind = models.CharField(max_length=60)
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    where = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    their_choice = models.BooleanField(default=True)
    applied_on = models.DateField()
    result = models.CharField(max_length=60, blank=True)
    result_words = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(where=""),
                name="an_application_says_where",
                violation_error_message="Write where it was made.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, result="")
                | Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(result=""),
                name="an_application_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_says}: {self.where}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("housing_applications").get(self.kind)
        return found.says if found else self.kind

    @property
    def result_says(self) -> str:
        found = self.scheme.pack.choices("application_results").get(self.result)
        return found.says if found else self.result


class OfAnApplication(Record):
    """Something recorded about one application."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "application__stay__scheme__organisation",
        "application__stay__resident",
    )

    application: models.ForeignKey[Application, Application]

    class Meta:
        abstract = True

    @property
    def stay(self) -> Stay:
        return self.application.stay

    @property
    def scheme(self) -> Scheme:
        return self.application.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.application.stay.scheme_id


class RatingEntry(OfAnApplication):
    """The rating or points on the register from a day on; the latest day counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"application", "rated_on", "rating"})

    application = models.ForeignKey(Application, models.PROTECT, related_name="ratings")
    rated_on = models.DateField()
    rating = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-rated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rating=""),
                name="a_rating_says_something",
                violation_error_message="Write the rating or the points.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} on {self.rated_on}"


class EvidenceAsked(OfAnApplication):
    """A paper that an application still lacks, and when it was sent."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"application", "asked_on", "sent_on"})

    application = models.ForeignKey(Application, models.PROTECT, related_name="evidence")
    what = models.CharField(max_length=200)
    asked_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="evidence_asked_for_is_named",
                violation_error_message="Write which paper is missing.",
            ),
            models.CheckConstraint(
                condition=pair("sent_on", "sent_by"), name="evidence_is_sent_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(sent_on__gte=F("asked_on")),
                name="evidence_is_sent_after_it_is_asked_for",
                violation_error_message="It cannot have been sent before it was asked for.",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Viewing(OfAStay):
    """A home that somebody goes to see: who comes along, the talk beforehand, what came of it."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "starts_at", "accompanied_by", "coached_on", "result", "recorded_result_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="viewings", db_index=False)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="viewings"
    )
    address = models.CharField(max_length=300)
    landlord = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    accompanied_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    alone_words = models.CharField(max_length=200, blank=True)
    coached_on = models.DateField(null=True, blank=True)
    coached_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    coaching_words = models.TextField(blank=True)
    result = models.CharField(max_length=60, blank=True)
    their_view = models.TextField(blank=True)
    landlord_says = models.TextField(blank=True)
    recorded_result_on = models.DateField(null=True, blank=True)
    result_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "starts_at"], name="viewing_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(address=""),
                name="a_viewing_has_an_address",
                violation_error_message="Write the address.",
            ),
            models.CheckConstraint(
                condition=pair("coached_on", "coached_by"), name="coaching_has_a_day_and_a_person"
            ),
            models.CheckConstraint(
                condition=Q(recorded_result_on=None, result_by=None, result="")
                | Q(recorded_result_on__isnull=False, result_by__isnull=False) & ~Q(result=""),
                name="a_viewing_result_has_a_day_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def result_says(self) -> str:
        found = self.scheme.pack.choices("viewing_results").get(self.result)
        return found.says if found else self.result

    def is_over(self, now: datetime) -> bool:
        return self.starts_at <= now


class Offer(OfAStay):
    """A home that was offered, and the answer with its reason."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "offered_on", "answer_by", "answer", "reason", "answered_on"}
    )

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused by them"
        WITHDRAWN = "withdrawn", "Taken back by the landlord"

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="housing_offers")
    viewing = models.ForeignKey(
        Viewing, models.PROTECT, null=True, blank=True, related_name="offers"
    )
    address = models.CharField(max_length=300)
    landlord = models.CharField(max_length=200, blank=True)
    offered_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(address=""),
                name="an_offer_has_an_address",
                violation_error_message="Write the address.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answered_by=None, answer="")
                | Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="an_offer_answer_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(reason=""),
                name="a_refused_offer_has_its_reason",
                violation_error_message="A refused offer needs its reason.",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def reason_says(self) -> str:
        found = self.scheme.pack.reasons("offer_refused").get(self.reason)
        return found.says if found else self.reason


class SearchEntry(OfAStay):
    """One look for a home: where, what was found, what came of it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "searched_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="home_searches")
    searched_on = models.DateField()
    where = models.CharField(max_length=200)
    found = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-searched_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(where=""),
                name="a_search_says_where",
                violation_error_message="Write where you looked.",
            ),
        ]

    def __str__(self) -> str:
        return self.where
