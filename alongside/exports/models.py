"""That a list was taken out: who, which columns, why, for how long, and each fetching."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.practice.actions import Action


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, staff: Staff) -> ExportQuerySet:
        """What left the schemes whose journal they read, what they took out themselves, and what
        asks for a second person where they may be that."""
        own = Q(made_by=staff, scheme_id__in=staff.scheme_ids())
        releases = [one.pk for one in staff.schemes() if staff.may(Action.RELEASE_EXPORT, one)]
        to_release = Q(needs_release=True, scheme_id__in=releases)
        read = Q(pk__in=visible(staff, Export.objects.all()).values("pk"))
        return self.filter(own | to_release | read)

    def waiting(self, at: datetime) -> ExportQuerySet:
        """Asked for, and neither released nor declined, taken back or expired."""
        return self.filter(
            needs_release=True, released_at=None, declined_at=None, withdrawn_at=None,
            expires_at__gt=at,
        )  # fmt: skip

    def for_page(self) -> ExportQuerySet:
        people = ("made_by", "withdrawn_by", "released_by", "declined_by")
        return self.select_related("scheme__organisation", *people)


class Export(Record):
    """A file that may be fetched by whoever asked for it, until it expires.

    The house keeps no copy: each fetching reads the list anew, so that what was sealed, closed or
    erased meanwhile is not in it. `asked` is what the page of the list was asked for. One that
    names many people waits until somebody else releases it; `people` is how many it named then.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "scheme", "what", "title", "asked", "columns", "kind", "purpose", "words", "made_by",
            "made_at", "expires_at", "withdrawn_at", "withdrawn_by", "needs_release", "people",
            "released_by", "released_at", "declined_by", "declined_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "made_by")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="exports")
    what = models.SlugField()
    title = models.CharField(max_length=200)
    asked = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    kind = models.CharField(max_length=5, blank=True)
    purpose = models.SlugField()
    words = models.TextField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="exports")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    needs_release = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    declined_because = models.TextField(blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "-made_at"], name="export_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(released_by=F("made_by")) & ~Q(declined_by=F("made_by")),
                name="an_export_is_released_by_somebody_else",
                violation_error_message="Somebody else releases what you take out.",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False, needs_release=True),
                name="a_released_export_has_a_time_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None, declined_because="")
                | Q(declined_at__isnull=False, declined_by__isnull=False, released_at=None)
                & ~Q(declined_because=""),
                name="a_declined_export_has_a_time_a_person_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="an_export_expires"
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(words=""),
                name="an_export_says_what_it_is_for",
                violation_error_message="What leaves the house says what it is for.",
            ),
            models.CheckConstraint(condition=~Q(columns=[]), name="an_export_has_columns"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_export_has_a_time_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def can_be_fetched(self, at: datetime) -> bool:
        may_leave = not self.needs_release or self.released_at is not None
        return self.withdrawn_at is None and may_leave and at < self.expires_at

    def waits(self, at: datetime) -> bool:
        """Whether somebody else has still to release it."""
        settled = self.released_at or self.declined_at or self.withdrawn_at
        return self.needs_release and not settled and at < self.expires_at


class Fetch(Record):
    """That the file was handed out: how many rows, and the SHA-256 of the very bytes."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"export", "fetched_by", "fetched_at", "rows", "digest"}
    )

    export = models.ForeignKey(Export, models.PROTECT, related_name="fetches")
    fetched_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    fetched_at = models.DateTimeField(default=clock.now, editable=False)
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(digest=""), name="what_was_fetched_has_a_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rows} rows at {self.fetched_at:%Y-%m-%d %H:%M}"
