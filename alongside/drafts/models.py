"""Drafts: what somebody has typed and not yet saved, kept while it is not even valid."""

from __future__ import annotations

from django.db import models

from alongside.kit.records import Record
from alongside.organisation.models import Staff


class Draft(Record):
    """The words of one form, on one page, by one person. Gone once they are a record.

    The person is a member of staff, or a resident, whose room is above this one.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="drafts")
    resident_id = models.UUIDField(null=True, blank=True)
    form = models.CharField(max_length=200)
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

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
