"""What a plan and a weekly form share: words that are sealed when somebody signs them.

Who has to sign is said by the practice, and sealed with the words: the person and their worker, and
whoever else it names.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.organisation.models import Staff


class Sealed(models.Model):
    """Words that several people sign. The first signature seals them; all bring them into force.

    `content` is exactly what was shown, and `digest` its SHA-256: from then on the words never
    change. A refusal seals them too, so that it is known what was refused. `still_to_sign` counts
    those who have to sign and have not; nobody knows before the words are sealed.
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
    still_to_sign = models.PositiveSmallIntegerField(null=True, blank=True)
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
                condition=Q(sealed_at=None, still_to_sign=None)
                | Q(sealed_at__isnull=False, still_to_sign__isnull=False),
                name="%(class)s_knows_who_has_to_sign",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None)
                | Q(in_force_at__isnull=False, sealed_at__isnull=False, still_to_sign=0),
                name="%(class)s_in_force_was_signed_by_all",
                violation_error_message="This is in force only when all who have to have signed.",
            ),
        ]

    def is_sealed(self) -> bool:
        return self.sealed_at is not None

    def is_in_force(self) -> bool:
        return self.in_force_at is not None
