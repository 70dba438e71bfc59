"""Days somebody was away from where they stay, and so could not be met."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import OfAStay, Stay


class AwayQuerySet(models.QuerySet["Away"]):
    def visible_to(self, staff: Staff) -> AwayQuerySet:
        return self.filter(seen_along(staff, "stay"))

    def standing(self) -> AwayQuerySet:
        """Those that nothing has put right since."""
        return self.filter(replaced_at=None)

    def on(self, day: date) -> AwayQuerySet:
        """Whoever is away that day; on the day they come back they are here."""
        return self.standing().filter(Q(back_on=None) | Q(back_on__gt=day), left_on__lte=day)

    def for_page(self) -> AwayQuerySet:
        return self.select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed", "recorded_by"
        ).fetch_mode(models.FETCH_RAISE)


class Away(OfAStay):
    """Somebody was away from `left_on` until `back_on`, the day they were here again.

    `kind` is a key of the pack's list `pauses`; clocks that name it stand still meanwhile. What
    was written wrongly is replaced by another row (`corrects`), or by none: then it was an error.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "left_on", "expected_on", "back_on", "replaced_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="time_away", db_index=False)
    kind = models.SlugField(max_length=60)
    left_on = models.DateField()
    expected_on = models.DateField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_because = models.CharField(max_length=200, blank=True)
    practice = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AwayQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-left_on"], name="time_away_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(back_on=None, replaced_at=None),
                name="one_is_away_once_at_a_time",
                violation_error_message="They are away already.",
            ),
            models.CheckConstraint(
                condition=Q(back_on=None) | Q(back_on__gte=F("left_on")),
                name="one_is_back_after_one_left",
                violation_error_message="Nobody is back before they left.",
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="time_away_is_of_some_kind"),
            models.CheckConstraint(
                condition=Q(replaced_at=None, replaced_because="")
                | Q(replaced_at__isnull=False) & ~Q(replaced_because=""),
                name="time_away_is_put_right_for_a_reason",
                violation_error_message="Say what was wrong.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} from {self.left_on:%-d %B %Y}"

    @property
    def says(self) -> str:
        """The kind, in the words of the practice."""
        found = self.scheme.pack.choices("pauses").get(self.kind)
        return found.says if found else self.kind.replace("_", " ").capitalize()
