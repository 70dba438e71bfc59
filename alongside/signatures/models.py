"""Signatures: somebody's agreement to exact words, or their refusal of them."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Staff
from alongside.stays.models import Stay


class Party(models.TextChoices):
    """The two parties that every practice knows. A further one is a key of its own list."""

    RESIDENT = "resident", "Resident"
    WORKER = "worker", "Worker"


class Method(models.TextChoices):
    """How somebody signed."""

    DRAWN = "drawn", "Drawn on screen"
    PIN = "pin", "With a PIN"
    PAPER = "paper", "On paper"


class Signature(Record):
    """One person's yes or no to exact words, which their digest seals.

    `record_type` and `record_id` name what was signed, without a foreign key; `content` is the
    text as it was shown, so that it can always be shown again. `party` is `resident`, `worker` or
    the key of a further signer of the practice, whose name there is kept in `party_says`; one from
    outside has no `staff`.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"record_type", "record_id", "digest", "party", "method", "refused", "next_offer_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="signatures")
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    party = models.CharField(max_length=40)
    party_says = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    in_absence_of = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    method = models.CharField(max_length=10, choices=Method, blank=True)
    strokes = models.TextField(blank=True)
    refused = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    disagrees_with = models.TextField(blank=True)
    witness = models.CharField(max_length=200, blank=True)
    next_offer_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(default=clock.now, editable=False)
    taken_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["signed_at"]
        indexes = [models.Index(fields=["record_id", "party"], name="signature_by_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "party", "digest"],
                condition=Q(refused=False),
                name="each_party_signs_the_same_words_once",
                violation_error_message="This has been signed already.",
            ),
            models.CheckConstraint(
                condition=Q(refused=False) & ~Q(method="")
                | Q(refused=True, method="") & ~Q(reason=""),
                name="signature_has_a_method_and_refusal_a_reason",
                violation_error_message="A refusal needs its reason.",
            ),
            models.CheckConstraint(
                condition=Q(party="resident", staff=None)
                | Q(party="worker", staff__isnull=False)
                | ~Q(party__in=["", "resident", "worker"]) & ~Q(party_says=""),
                name="each_party_signs_as_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {'refused' if self.refused else 'signed'}"

    @property
    def how(self) -> str:
        """The method within a sentence: "with a PIN"."""
        says = str(self.get_method_display())
        return says[:1].lower() + says[1:]


class PinTries(Record):
    """The wrong PINs somebody, staff or resident, has given in a row, wherever it was asked.

    `of_pin` is a digest of the PIN they were tries of: a new PIN has none.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"person_id", "wrong", "last_at"})

    person_id = models.UUIDField(unique=True)
    of_pin = models.CharField(max_length=64)
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wrong} wrong PINs of {self.person_id}"


def digest_of(content: Any) -> str:
    """SHA-256 of the canonical JSON of exactly what was shown."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
