"""What a plan and a weekly form share: words that are sealed when somebody signs them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.organisation.models import Staff


class Sealed(models.Model):
    """Words that two people sign. The first signature seals them; both bring them into force.

    `content` is exactly what was shown, and `digest` its SHA-256: from then on the words never
    change. A refusal seals them too, so that it is known what was refused.
    """

    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    resident_agreed_at = models.DateTimeField(null=True, blank=True)
    worker_agreed_at = models.DateTimeField(null=True, blank=True)
    worker_agreed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_absence_of = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_force_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at=None, content__isnull=True, digest="")
                | Q(sealed_at__isnull=False, content__isnull=False) & ~Q(digest=""),
                name="%(class)s_is_sealed_with_its_words",
            ),
            models.CheckConstraint(
                condition=Q(worker_agreed_at=None, worker_agreed_by=None, in_absence_of=None)
                | Q(worker_agreed_at__isnull=False, worker_agreed_by__isnull=False),
                name="%(class)s_is_agreed_by_a_named_worker",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None)
                | Q(
                    in_force_at__isnull=False,
                    sealed_at__isnull=False,
                    resident_agreed_at__isnull=False,
                    worker_agreed_at__isnull=False,
                ),
                name="%(class)s_in_force_was_signed_by_both",
                violation_error_message="This is in force only when both have signed it.",
            ),
        ]

    def is_sealed(self) -> bool:
        return self.sealed_at is not None

    def is_in_force(self) -> bool:
        return self.in_force_at is not None
