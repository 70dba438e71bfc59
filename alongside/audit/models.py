"""The journal: who did what, to whom, when, under which practice. Rows are never changed.

What was done (`Entry`) and what it said (`Payload`) lie apart, so that a payload can be
erased and the chain over the entries still verifies. Who read whose file (`Reading`) is a chain of
its own. `alongside.audit.chain` links both; triggers in the database refuse every other change.
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
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

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
    erased_by = models.UUIDField(null=True)
    """The record of the erasure that emptied it; the journal tells of that erasure, too."""

    def __str__(self) -> str:
        return f"what {self.entry_id} said"


class Head(models.Model):
    """The last entry of an organisation's chain, locked while the next ones are linked to it."""

    organisation_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=16)
    """By which key the chain is sealed: its fingerprint, never the key."""

    def __str__(self) -> str:
        return f"{self.number} entries of {self.organisation_id}"


class Reading(models.Model):
    """That somebody opened a part of somebody's file: once for each quarter of an hour.

    `what` is the part of the file, or "document"; `about` the record that was opened, where it is
    one of many, such as a restricted note.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    organisation_id = models.UUIDField()
    scheme_id = models.UUIDField(null=True)
    resident_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now, editable=False)
    quarter = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField()
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=36, blank=True)
    number = models.BigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["resident_id", "-at"], name="reading_by_resident")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="reading_numbers_have_no_twins"
            ),
            models.UniqueConstraint(
                fields=["actor_id", "resident_id", "what", "about", "quarter"],
                name="a_reading_is_told_once_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} read {self.what} of {self.resident_id}"


class LastReading(models.Model):
    """How far the readings of an organisation have come: kept by the database itself, with every
    reading, so that an end that was cut off is noticed also between two anchors."""

    organisation_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} readings of {self.organisation_id}"


class Permit(models.Model):
    """That an erasure may take away what is final, for as long as its transaction lasts.

    Two people must have said so; the database looks for this row before it lets anything go.
    """

    erasure_id = models.UUIDField(primary_key=True)
    asked_by_id = models.UUIDField()
    approved_by_id = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by_id=models.F("approved_by_id")),
                name="an_erasure_is_decided_by_two_people",
                violation_error_message="Two people decide that something is erased.",
            ),
        ]

    def __str__(self) -> str:
        return f"permit for {self.erasure_id}"


class Once(models.Model):
    """A form that has been carried out. Sent again, it finds what it made instead."""

    token = models.UUIDField(primary_key=True)
    event = models.CharField(max_length=80)
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.event} once"
