"""Drafts: what somebody has typed and not yet saved, kept while it is not even valid."""

from __future__ import annotations

from django.db import models

from alongside.kit.records import Record
from alongside.organisation.models import Staff


class Draft(Record):
    """The words of one form, on one page, by one person. Gone once they are a record."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=200)
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staff", "form"], name="one_draft_for_each_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.staff_id}"
