"""The journal: who did what, to whom, when, under which practice. Rows are never changed.

What was done (`Entry`) and what it said (`Payload`) lie apart, so that a payload can be
erased and the chain over the entries still verifies. The chain's own columns are here from
the first day; they are filled once the chain is switched on.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import new_key

ACTOR_KINDS = ("staff", "resident", "system")


def digest_of(values: dict[str, Any], salt: str) -> str:
    """SHA-256 over the salt and the canonical JSON of the values, in hexadecimal."""
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


class Entry(models.Model):
    """One thing that was done. No foreign keys: an entry outlives what it describes."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    organisation_id = models.UUIDField()
    scheme_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    event = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    system = models.CharField(max_length=80, blank=True)
    acting_for_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    practice = models.CharField(max_length=80, blank=True)
    payload_digest = models.CharField(max_length=64)
    number = models.BigIntegerField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "-at"], name="entry_by_subject"),
            models.Index(fields=["scheme_id", "-at"], name="entry_by_scheme"),
            models.Index(fields=["actor_id", "-at"], name="entry_by_actor"),
            models.Index(fields=["record_id"], name="entry_by_record"),
        ]
        constraints = [
            models.CheckConstraint(
                name="entry_names_exactly_one_actor",
                condition=Q(actor_kind="system", actor_id=None) & ~Q(system="")
                | Q(actor_kind__in=["staff", "resident"], actor_id__isnull=False, system=""),
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="entry_numbers_have_no_twins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} on {self.subject_type} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Journal entries are never changed. Write a new one.")
        super().save(*args, **kwargs)


class Payload(models.Model):
    """What an entry said: the disclosed fields, and the salt that seals their digest."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, primary_key=True, related_name="payload", db_constraint=True
    )
    salt = models.CharField(max_length=32)
    values = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"what {self.entry_id} said"


class Once(models.Model):
    """A form that has been carried out. Sent again, it finds what it made instead."""

    token = models.UUIDField(primary_key=True)
    event = models.CharField(max_length=80)
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.event} once"
