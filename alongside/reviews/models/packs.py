"""The information collated for a meeting, and every change to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.reviews.models.reviews import OfAReview, Review


class InformationPack(OfAReview):
    """What the file says about a time, part by part, to be read before a meeting.

    It is collated from every part of the file and can then be edited; each edit keeps what stood
    there before. `ready_at` is when it was sent round; it is not edited after that.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"review", "from_on", "until_on", "collated_by", "ready_at", "ready_by", "version"}
    )

    review = models.OneToOneField(Review, models.PROTECT, related_name="information_pack")
    from_on = models.DateField()
    until_on = models.DateField()
    parts = models.JSONField(default=list)
    collated_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="a_pack_ends_after_it_begins",
                violation_error_message="The last day lies before the first.",
            ),
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None)
                | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="a_pack_is_made_ready_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"information for {self.review_id}"


class PackEdit(OfAReview):
    """What stood under one heading before somebody changed it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"pack", "key", "edited_by", "edited_at"})
    LOCK_WITH = (
        "pack__review__stay__scheme__organisation",
        "pack__review__stay__resident",
        "pack__review__led_by",
    )

    pack = models.ForeignKey(InformationPack, models.PROTECT, related_name="edits")
    key = models.SlugField(max_length=60)
    before = models.TextField(blank=True)
    edited_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["edited_at", "pk"]

    def __str__(self) -> str:
        return f"{self.key} of {self.pack_id}"

    @property
    def review(self) -> Review:  # type: ignore[override]
        return self.pack.review
