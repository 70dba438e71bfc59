"""The way in from a resident's own phone."""

from __future__ import annotations

import secrets
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
LENGTH = 12


def new_code() -> str:
    """Twelve letters that nobody guesses, short enough to type from a card."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


class PhoneDoor(Record):
    """An address that is one resident's own. With their PIN it opens their pages."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "given_by", "given_at", "closed_at"})
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="phone_doors")
    code = models.CharField(max_length=20, unique=True, default=new_code)
    given_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(closed_at=None),
                name="a_resident_has_one_address_of_their_own",
                violation_error_message="They have an address already.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_address_has_a_time_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"address of {self.stay_id}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id
