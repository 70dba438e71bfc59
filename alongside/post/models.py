"""Letters by e-mail, kept before they leave: nothing that a person does waits for a post office."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme

LONGEST_SUBJECT = 150


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> LetterQuerySet:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, at: datetime) -> LetterQuerySet:
        """To be tried at that moment, the longest waiting first."""
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")


class Letter(Record):
    """One e-mail to one address: what it says, and when it was sent.

    `about` is the key of the record that it is about, for the page of that record. The words and
    the address are private: the journal says that there was a letter, not what was in it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "about", "queued_at", "tries", "next_try_at", "sent_at", "given_up_at"}
    )
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    about = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField(default=clock.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="letter_waiting",
            ),
            models.Index(fields=["about", "queued_at"], name="letter_by_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(given_up_at=None),
                name="a_letter_is_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(tries__gt=0),
                name="a_sent_letter_was_tried",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def stands(self) -> str:
        """Where it is, in words: waiting, sent, or never delivered and why."""
        if self.sent_at:
            return "sent"
        if self.given_up_at:
            return f"could not be delivered: {self.fault}"
        return f"waiting to be tried again: {self.fault}" if self.fault else "waiting to be sent"
