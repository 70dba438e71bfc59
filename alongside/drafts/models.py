"""Drafts: what somebody has typed and not yet saved, kept while it is not even valid; and gone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff

LONGEST_PATH = 500


class Draft(Record):
    """The words of one form, on one page, by one person. Gone once they are a record.

    The person is a member of staff, or a resident, whose room is above this one. `at` is the page
    on which it is typed, as a path; empty where that was not told.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="drafts")
    resident_id = models.UUIDField(null=True, blank=True)
    form = models.CharField(max_length=200)
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    at = models.CharField(max_length=LONGEST_PATH, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "form"], name="one_draft_for_each_form"),
            models.UniqueConstraint(
                fields=["resident_id", "form"], name="one_draft_of_a_resident_for_each_form"
            ),
            models.CheckConstraint(
                condition=models.Q(staff=None, resident_id__isnull=False)
                | models.Q(staff__isnull=False, resident_id=None),
                name="a_draft_has_one_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.staff_id or self.resident_id}"


class GoneDraft(Record):
    """That a draft went when its time was over: what kind of form it was, and no word of it.

    `rule_says` is how long the practice keeps what was never finished. Its writer reads it once.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "staff", "resident_id", "what", "saved_at", "gone_at", "read_at"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="+")
    resident_id = models.UUIDField(null=True, blank=True)
    what = models.CharField(max_length=60)
    rule_says = models.CharField(max_length=200)
    saved_at = models.DateTimeField()
    gone_at = models.DateTimeField(default=clock.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "-gone_at"], name="gone_draft_by_staff"),
            models.Index(fields=["resident_id", "-gone_at"], name="gone_draft_by_resident"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(staff=None, resident_id__isnull=False)
                | models.Q(staff__isnull=False, resident_id=None),
                name="a_gone_draft_had_one_writer",
            ),
            models.CheckConstraint(
                condition=models.Q(gone_at__gte=models.F("saved_at")),
                name="a_draft_goes_after_it_was_written",
            ),
        ]

    def __str__(self) -> str:
        return self.what
