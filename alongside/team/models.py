"""That somebody looked at a role and found it still needed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Membership, Scheme, Staff


class AccessCheck(Record):
    """That a role was looked at in the review of access, and is still needed."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"membership", "checked_by", "checked_at"})

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="checks")
    checked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    checked_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        default=clock.now, editable=False
    )
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["membership", "-checked_at"], name="check_by_membership")]

    def __str__(self) -> str:
        return f"{self.membership_id} on {self.checked_at:%Y-%m-%d}"

    @property
    def scheme(self) -> Scheme:
        return self.membership.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.membership.scheme_id


class ServiceStatement(Record):
    """Who answers for the service, what they owe, and the law: one version, as it was read.

    A new version is kept with the first who acknowledges it. `digest` is of the managers' posts
    and of every line, so that a new manager or a new line is a new version.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "number", "digest", "content", "stands_since", "made_at"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    # The day since which it stood like this, when it was first read.
    stands_since = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="statements_have_an_order"),
            models.UniqueConstraint(fields=["scheme", "digest"], name="a_statement_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Acknowledgement(Record):
    """That a member of staff has read one version of it, and when."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"statement", "staff", "acknowledged_at"})
    LOCK_WITH = ("statement__scheme__organisation", "staff")

    statement = models.ForeignKey(ServiceStatement, models.PROTECT, related_name="read_by")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-acknowledged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "staff"],
                name="a_version_is_acknowledged_once",
                violation_error_message="You have acknowledged this version already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} has read {self.statement_id}"

    @property
    def first_post(self) -> Membership | None:
        """The post by which whoever read it is reckoned at the service."""
        posts = Membership.objects.filter(staff=self.staff_id, scheme=self.scheme_id)
        found = posts.select_related("staff", "scheme__organisation")
        return found.order_by("from_on", "pk").first()

    @property
    def scheme(self) -> Scheme:
        return self.statement.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.statement.scheme_id
