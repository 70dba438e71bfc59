"""A request for one's own data, and what of it is about others."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.rights.models import Sealed
from alongside.stays.models import OfAStay, Stay
from alongside.subject_access.naming import place_in_words


class AccessRequest(OfAStay):
    """That somebody asked for everything about them, and by when they have it."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "received_on", "due_on", "identity_on", "made_at", "made_by", "digest", "up_to"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="access_requests")
    received_on = models.DateField()
    identity_on = models.DateField()
    due_on = models.DateField()
    words = models.TextField(blank=True)
    # Words that name somebody else and that only whoever decides could know, such as a nickname.
    also: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    made_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    # Records made after this key are not in the bundle, however late it is fetched.
    up_to = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(made_at=None),
                name="one_open_access_request",
                violation_error_message="A request is open already.",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, made_by=None, digest="")
                | Q(made_at__isnull=False, made_by__isnull=False) & ~Q(digest=""),
                name="a_bundle_has_a_time_a_person_and_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"asked for on {self.received_on:%-d %B %Y}"


class Decision(models.TextChoices):
    """What is done with words about somebody else."""

    WITHHOLD = "withhold", "Withhold these words"
    EVERYTHING = "everything", "Withhold everything that stands there"
    RELEASE = "release", "Release"


class Mention(Record):
    """Words in the person's file that are about somebody else, proposed to be withheld.

    The words are not here: they are read where they stand, in the field `where` of the record
    `row`, and known by a digest. Without a `row` a decision holds wherever the words stand. Of what
    is sealed only which it is (`sealed`) is here: whoever decides reads it under seal, if they may
    read its kind.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"request", "sealed", "where", "row", "decision", "decided_by", "decided_at"}
    )
    LOCK_WITH = ("request__stay__scheme__organisation", "request__stay__resident", "sealed__stay")

    request = models.ForeignKey(AccessRequest, models.CASCADE, related_name="mentions")
    where = models.CharField(max_length=200)
    row = models.UUIDField(null=True, blank=True)
    words_key = models.CharField(max_length=64, blank=True)
    sealed = models.ForeignKey(
        Sealed, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["where", "id"]
        indexes = [models.Index(fields=["request", "where"], name="mention_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "where", "row", "words_key"],
                name="a_passage_is_decided_once_in_a_request",
            ),
            models.UniqueConstraint(
                fields=["request", "sealed"], name="what_is_sealed_is_decided_once_in_a_request"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | ~Q(decision="") & ~Q(reason="") & Q(decided_by__isnull=False),
                name="a_decision_about_others_has_a_person_and_a_reason",
                violation_error_message="A decision about somebody else needs its reason.",
            ),
            models.CheckConstraint(
                condition=Q(sealed=None) & ~Q(words_key="")
                | Q(sealed__isnull=False, row=None, words_key=""),
                name="a_mention_is_a_passage_or_under_seal",
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Where the words stand, as people call it."""
        return place_in_words(self.where)

    @property
    def scheme(self) -> Scheme:
        return self.request.stay.scheme

    @property
    def scheme_id(self) -> object:
        return self.request.stay.scheme_id
