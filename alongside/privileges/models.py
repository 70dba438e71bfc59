"""What a resident's stage lets them do, as rows with a beginning and an end.

It stands on a low floor, so that the kitchen's list, the door and the house roles can ask what
is held now, or was held at any moment, without knowing how stages are reached.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import OfAStay, Stay


class PrivilegeQuerySet(models.QuerySet["Privilege"]):
    def held(self, at: datetime) -> PrivilegeQuerySet:
        """Held at that moment: begun, and not yet ended."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)

    def open_or_coming(self, at: datetime) -> PrivilegeQuerySet:
        """Held at that moment or beginning after it."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at))


class Privilege(OfAStay):
    """That a resident may do something from a moment on, and until when.

    `kind` is the key in the practice pack; `number` of `unit` is how much of it (2 each week),
    0 when there is nothing to count. `says` and `stage` are as they stood when it began.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "number", "unit", "stage", "from_at", "until_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="privileges", db_index=False)
    kind = models.SlugField(max_length=60)
    says = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=40, blank=True)
    stage = models.SlugField(max_length=60)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PrivilegeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "kind", "-from_at"], name="privilege_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind"],
                condition=Q(until_at=None),
                name="a_privilege_is_held_once",
                violation_error_message="This has begun already.",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                name="a_privilege_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.says
