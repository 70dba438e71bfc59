"""The time after a move: its two days, and what they said to the offer of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.stays.models import OfAStay, Stay


def pair(day: str, person: str) -> Q:
    """That a day and who did it are both there, or neither."""
    return Q(**{day: None, person: None}) | Q(
        **{f"{day}__isnull": False, f"{person}__isnull": False}
    )


class Answer(models.TextChoices):
    """What somebody said to the offer of support; the keys of the pack's `aftercare_offers`."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    DEFERRED = "deferred", "To be asked again"
    NOT_ASKED = "not_asked", "Not asked yet"


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def visible_to(self, staff: Staff) -> EpisodeQuerySet:
        return visible(staff, self)

    def open(self) -> EpisodeQuerySet:
        """Neither cancelled nor closed."""
        return self.filter(cancelled_on=None, closed_on=None)

    def for_page(self) -> EpisodeQuerySet:
        return shown(self).select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed"
        )


class Episode(OfAStay):
    """The weeks of support after one move: from the day the home is secured until a day.

    `secured_on` is the later of the first day of the tenancy and the day of moving in;
    `until_on` is worked out from it, and moves when an extension is approved. An episode whose
    move falls through is cancelled, not closed.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "tenure", "tenancy_starts_on", "moves_in_on", "secured_on", "until_on",
            "answer", "cancelled_on", "closed_on", "outcome", "tenancy_held",
        }
    )  # fmt: skip

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="aftercare")
    address = models.CharField(max_length=300)
    tenure = models.CharField(max_length=60)
    tenancy_starts_on = models.DateField()
    moves_in_on = models.DateField()
    secured_on = models.DateField()
    until_on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NOT_ASKED)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=60, blank=True)
    outcome_words = models.TextField(blank=True)
    tenancy_held = models.BooleanField(null=True, blank=True)
    practice = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-secured_on"], name="aftercare_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(cancelled_on=None, closed_on=None),
                name="one_aftercare_at_a_time",
                violation_error_message="Support after the move has begun already.",
            ),
            models.CheckConstraint(
                condition=Q(secured_on__gte=F("tenancy_starts_on"))
                & Q(secured_on__gte=F("moves_in_on")),
                name="a_home_is_secured_when_both_have_come",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("secured_on")), name="aftercare_lasts_some_days"
            ),
            models.CheckConstraint(
                condition=pair("cancelled_on", "cancelled_by"),
                name="aftercare_is_cancelled_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, outcome="")
                | Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                name="aftercare_is_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | Q(closed_on=None),
                name="aftercare_is_cancelled_or_closed_not_both",
            ),
        ]

    def __str__(self) -> str:
        return f"support until {self.until_on}"

    @property
    def is_open(self) -> bool:
        return self.cancelled_on is None and self.closed_on is None

    @property
    def outcome_says(self) -> str:
        found = self.scheme.pack.choices("aftercare_outcomes").get(self.outcome)
        return found.says if found else self.outcome

    @property
    def tenure_says(self) -> str:
        found = self.scheme.pack.choices("tenures").get(self.tenure)
        return found.says if found else self.tenure

    def has_begun(self, on: date) -> bool:
        return self.secured_on <= on


class OfAnEpisode(Record):
    """Something recorded about one episode."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "episode__stay__scheme__organisation",
        "episode__stay__resident",
    )

    episode: models.ForeignKey[Episode, Episode]

    class Meta:
        abstract = True

    @property
    def stay(self) -> Stay:
        return self.episode.stay

    @property
    def scheme(self) -> Scheme:
        return self.episode.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.episode.stay.scheme_id


class AftercareOffer(OfAnEpisode):
    """That support was offered, and what they said; the latest counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"episode", "offered_on", "answer"})

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["offered_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="an_aftercare_answer_is_one_of_four"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} on {self.offered_on}"
