"""Agreements to share with one agency for one purpose, and what was told to whom, and why."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import OfAStay, Stay


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self, on: date) -> ConsentQuerySet:
        """Given, not run out and not withdrawn on that day."""
        return self.filter(given_on__lte=on, until_on__gte=on, withdrawn_on=None)

    def latest_first(self) -> ConsentQuerySet:
        return self.select_related("recorded_by", "withdrawn_by").order_by("-given_on", "-pk")


class Consent(OfAStay):
    """That somebody agreed to this agency being told this much for this purpose, until a day.

    It is an agreement, which can be taken back at any time; not the lawful basis of the file
    (that is seldom consent). `given_by`, `purpose`, `scope` and `capacity` are keys of the lists
    of the pack.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "purpose", "scope", "given_by", "capacity", "given_on", "until_on",
            "withdrawn_on", "withdrawn_by", "recorded_by",
        }
    )  # fmt: skip

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="consents")
    agency = models.CharField(max_length=200)
    agency_key = models.CharField(max_length=200, editable=False)
    purpose = models.CharField(max_length=60)
    scope = models.JSONField()
    given_by = models.CharField(max_length=60)
    given_by_name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=60)
    capacity_words = models.TextField(blank=True)
    how = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    given_on = models.DateField()
    until_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-given_on"], name="consent_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(agency="") & ~Q(purpose=""), name="a_consent_names_agency_and_purpose"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("given_on")),
                name="a_consent_ends_after_it_is_given",
                violation_error_message="It cannot run out before it was given.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(
                    withdrawn_on__gte=F("given_on"),
                    withdrawn_on__isnull=False,
                    withdrawn_by__isnull=False,
                ),
                name="a_withdrawal_has_a_day_and_who_wrote_it_down",
                violation_error_message="It cannot be withdrawn before it was given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.purpose_says.lower()}"

    @property
    def purpose_says(self) -> str:
        return says(self, "sharing_purposes", self.purpose)

    @property
    def scope_says(self) -> list[str]:
        return [says(self, "sharing_scopes", key) for key in self.scope]

    @property
    def given_by_says(self) -> str:
        who = says(self, "consent_given_by", self.given_by)
        return f"{who}: {self.given_by_name}" if self.given_by_name else who

    @property
    def capacity_says(self) -> str:
        return says(self, "consent_capacity", self.capacity)

    def stands_on(self, day: date) -> bool:
        return self.withdrawn_on is None and self.given_on <= day <= self.until_on


class Disclosure(OfAStay):
    """That an agency was told something: under an agreement, or without one on a lawful ground.

    Without one, what the person wished and why it was told nonetheless are written down.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "purpose", "scope", "consent", "ground", "told_on", "told_by", "recorded_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="disclosures")
    agency = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    scope = models.JSONField()
    what = models.TextField()
    how = models.CharField(max_length=60)
    told_on = models.DateField()
    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    ground = models.CharField(max_length=60, blank=True)
    ground_words = models.TextField(blank=True)
    wish_words = models.TextField(blank=True)
    told_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "-told_on"], name="disclosure_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__isnull=False, ground="")
                | Q(consent=None) & ~Q(ground="") & ~Q(ground_words=""),
                name="a_disclosure_has_an_agreement_or_a_ground",
                violation_error_message="Without an agreement, sharing needs a lawful ground.",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="a_disclosure_says_what_was_told"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} on {self.told_on}"

    @property
    def purpose_says(self) -> str:
        return says(self, "sharing_purposes", self.purpose)

    @property
    def scope_says(self) -> list[str]:
        return [says(self, "sharing_scopes", key) for key in self.scope]

    @property
    def ground_says(self) -> str:
        return says(self, "disclosure_grounds", self.ground)


def says(record: OfAStay, choices: str, key: str) -> str:
    """The words of the practice for a key of one of its lists."""
    found = record.scheme.pack.choices(choices).get(key)
    return str(found.says) if found else key
