"""The private address at which somebody's own calendar program reads what they have booked."""

from __future__ import annotations

import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Staff


class CalendarAddress(Record):
    """An address that only its owner knows. It is shown once; here stands its digest.

    A renewed address is a new row, and the one before ends.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"staff", "opened_at", "closed_at"})

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="calendar_addresses")
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(closed_at=None),
                name="one_calendar_address_is_open_at_a_time",
                violation_error_message="A new address was made a moment ago. Look again.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at")),
                name="a_calendar_address_closes_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.staff_id} since {self.opened_at:%Y-%m-%d}"


def new_secret() -> str:
    """What stands in the address: 32 bytes that nobody guesses."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
