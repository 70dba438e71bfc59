"""Who is signed in where, how somebody is let in, and what looked wrong."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Staff


class SignIn(Record):
    """One browser that one member of staff signed in with, until it is signed out or too old."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"staff", "how", "device", "kind", "began_at", "ended_at", "ended_by"}
    )
    scheme_id = None

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="sign_ins")
    session_key = models.CharField(max_length=40)
    how = models.CharField(max_length=20)
    device = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    began_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["staff", "-began_at"], name="open_sign_ins", condition=Q(ended_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_sign_in_that_ended_has_a_time_and_a_person",
            ),
            models.UniqueConstraint(
                fields=["session_key"],
                condition=Q(ended_at=None),
                name="a_session_is_one_sign_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} of {self.staff_id}"

    @property
    def organisation_id(self) -> UUID:
        return self.staff.organisation_id


class Invitation(Record):
    """A way in that is given by hand: once, for a day, to set a password of one's own.

    Only its fingerprint is kept. It opens the setting of a password and nothing else: the second
    factor is asked for, or made, as always.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"staff", "given_by", "given_at", "used_at"})
    scheme_id = None

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="invitations")
    fingerprint = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now, editable=False)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_open_invitation_for_each_person",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("given_at")),
                name="an_invitation_lasts_for_a_while",
            ),
            models.CheckConstraint(
                condition=~Q(given_by=F("staff")),
                name="nobody_invites_themselves",
                violation_error_message="Nobody lets themselves in.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.staff_id}"

    @property
    def organisation_id(self) -> UUID:
        return self.staff.organisation_id


class Alarm(Record):
    """Something that somebody responsible has to look at: who, what, when; and who looked."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"staff", "kind", "at", "people", "seen_at"})
    scheme_id = None

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20)
    people = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="alarm_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="an_alarm_that_was_seen_has_a_time_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(seen_by=None) | ~Q(seen_by=F("staff")),
                name="nobody_clears_their_own_alarm",
                violation_error_message="Nobody clears an alarm about themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.staff_id}"

    @property
    def organisation_id(self) -> UUID:
        return self.staff.organisation_id


class OpenedFile(models.Model):
    """That one session opened one person's file, or one document, for the brake on reading in
    bulk. Not a record: rows go once they are too old to count."""

    id = models.BigAutoField(primary_key=True)
    sign_in_id = models.UUIDField()
    subject_id = models.UUIDField()
    document = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["sign_in_id", "at"], name="opened_by_session")]

    def __str__(self) -> str:
        return f"{self.subject_id} in {self.sign_in_id}"


class Counter(models.Model):
    """The table behind Django's cache: how often something was tried. All workers share it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "alongside_cache"

    def __str__(self) -> str:
        return self.cache_key
