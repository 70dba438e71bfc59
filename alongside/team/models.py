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
