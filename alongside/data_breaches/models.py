"""A data breach: what is known of it, who was told or why not, and that it was closed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident


class DataBreach(Record):
    """That data of people here were lost, seen or changed by somebody who should not.

    What is known of it stands in its accounts, of which the latest counts.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "recorded_by", "recorded_at"})
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="data_breaches")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        default=clock.now, editable=False
    )

    class Meta:
        verbose_name_plural = "data breaches"
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["scheme", "-recorded_at"], name="data_breach_by_scheme")]

    def __str__(self) -> str:
        return f"data breach written down on {self.recorded_at:%-d %B %Y}"


class OfABreach(Record):
    """A record that hangs on a data breach."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = ("breach__scheme__organisation",)

    breach: models.ForeignKey[DataBreach, DataBreach]

    class Meta:
        abstract = True

    @property
    def scheme(self) -> Scheme:
        return self.breach.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.breach.scheme_id


class Account(OfABreach):
    """What is known of a breach. A correction is a new account, and says why.

    `kind` and `seriousness` are keys of lists of the pack. `how_many` counts everybody whose data
    it is, those who are named among them. Whoever caused it (`cause`) does not see the register's
    page about it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "breach", "number", "kind", "happened_at", "aware_at", "known_by", "seriousness",
            "how_many", "written_by", "written_at", "replaced_at",
        }
    )  # fmt: skip

    breach = models.ForeignKey(DataBreach, models.PROTECT, related_name="accounts")
    number = models.PositiveSmallIntegerField(default=1)
    what = models.TextField()
    kind = models.SlugField(max_length=60)
    happened_at = models.DateTimeField(null=True, blank=True)
    aware_at = models.DateTimeField()
    known_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    how_many = models.PositiveIntegerField()
    at_once = models.TextField()
    seriousness = models.SlugField(max_length=60)
    seriousness_words = models.TextField(blank=True)
    cause = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField(blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["breach"],
                condition=Q(replaced_at=None),
                name="one_account_of_a_breach_counts",
                violation_error_message="Somebody has just put this right.",
            ),
            models.UniqueConstraint(fields=["breach", "number"], name="accounts_have_an_order"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(at_once=""),
                name="a_breach_says_what_happened_and_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(happened_at=None) | Q(aware_at__gte=F("happened_at")),
                name="a_breach_is_known_after_it_happened",
                violation_error_message="It cannot have been known before it happened.",
            ),
            models.CheckConstraint(
                condition=Q(how_many__gte=1),
                name="a_breach_is_about_somebody",
                violation_error_message="A breach is about at least one person.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="a_corrected_breach_says_why"
            ),
            models.CheckConstraint(
                condition=Q(cause=None) | ~Q(cause=F("written_by")),
                name="whoever_caused_a_breach_does_not_write_about_it",
                violation_error_message="Whoever caused a breach does not keep its record.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind_says

    @property
    def kind_says(self) -> str:
        return says(self.scheme, "data_breach_kinds", self.kind)

    @property
    def seriousness_says(self) -> str:
        return says(self.scheme, "data_breach_seriousness", self.seriousness)


class AffectedPerson(Record):
    """Somebody whose data it is, as far as they are known by name."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"account", "resident"})

    account = models.ForeignKey(Account, models.PROTECT, related_name="people")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "resident"], name="an_affected_person_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} in {self.account_id}"


class Whom(models.TextChoices):
    """Who may have to be told of a breach."""

    REGULATOR = "regulator", "the regulator"
    PEOPLE = "people", "the people it is about"


class Telling(OfABreach):
    """That the regulator or the people were told, or that somebody decided not to tell them.

    A decision not to tell holds for the seriousness it was made at: if it turns out to be more
    or less serious, somebody decides anew.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"breach", "whom", "told_at", "seriousness", "decided_by", "recorded_at"}
    )

    breach = models.ForeignKey(DataBreach, models.PROTECT, related_name="tellings")
    whom = models.CharField(max_length=10, choices=Whom)
    told_at = models.DateTimeField(null=True, blank=True)
    body = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    how = models.TextField(blank=True)
    because = models.TextField(blank=True)
    seriousness = models.SlugField(max_length=60)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=False, because="") & ~Q(body="")
                | Q(told_at=None, body="", reference="") & ~Q(because=""),
                name="somebody_was_told_or_there_is_a_reason_not_to",
                violation_error_message="Say whom you told, or why nobody is told.",
            ),
            models.CheckConstraint(
                condition=Q(whom__in=["regulator", "people"]), name="two_may_have_to_be_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} told" if self.told_at else f"{self.get_whom_display()} not told"


class Closing(OfABreach):
    """That a breach was closed, with what was learned; and opened again, if it was."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"breach", "closed_by", "closed_at", "reopened_by", "reopened_at"}
    )

    breach = models.ForeignKey(DataBreach, models.PROTECT, related_name="closings")
    lessons = models.TextField()
    closed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now, editable=False)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-closed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["breach"],
                condition=Q(reopened_at=None),
                name="a_breach_is_closed_once",
                violation_error_message="This breach is closed already.",
            ),
            models.CheckConstraint(condition=~Q(lessons=""), name="a_closed_breach_has_lessons"),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | Q(reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopened_because=""),
                name="a_reopened_breach_says_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"closed on {self.closed_at:%-d %B %Y}"


def says(scheme: Scheme, choices: str, key: str) -> str:
    """The words of the practice for a key of one of its lists."""
    found = scheme.pack.choices(choices).get(key)
    return str(found.says) if found else key
