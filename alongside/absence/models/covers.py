"""That a colleague was asked to stand in with somebody, and what they said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.absence.models.absences import Absence
from alongside.allocations.models import LEAD
from alongside.kit import clock
from alongside.organisation.models import Membership, Staff
from alongside.organisation.policy import seen_by, shown
from alongside.stays.models import OfAStay, Stay


class Answer(models.TextChoices):
    """What a colleague said who was asked to cover."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "No longer asked"
    NOT_NEEDED = "not_needed", "Accepted, then not needed"


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, staff: Staff) -> CoverQuerySet:
        """Of people at schemes where this person reads files, and what they were asked."""
        return self.filter(seen_by(staff, Cover) | Q(to_worker=staff))

    def accepted(self) -> CoverQuerySet:
        return self.filter(answer=Answer.ACCEPTED)

    def waiting(self) -> CoverQuerySet:
        return self.filter(answer="")

    def open(self) -> CoverQuerySet:
        """Asked, or accepted: it stands in the way of asking anew."""
        return self.filter(answer__in=["", Answer.ACCEPTED])

    def overlapping(self, first: date, last: date) -> CoverQuerySet:
        return self.filter(from_on__lte=last, until_on__gte=first)

    def on(self, day: date) -> CoverQuerySet:
        """That hold on that day. It ends by itself: nobody has to end it."""
        return self.accepted().overlapping(day, day)

    def for_page(self) -> CoverQuerySet:
        return shown(self).select_related(
            "absence__worker", "absence__scheme__organisation", "to_worker", "asked_by",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Cover(OfAStay):
    """That a colleague is asked to stand in for one person's worker, and their answer.

    Once accepted it gives their duties and, through `membership`, the rights that go with the
    role, from `from_on` until `until_on`. Both days are days of cover; the day after, it is over.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "absence", "stay", "role", "to_worker", "from_on", "until_on", "asked_by", "answer",
            "answered_at", "reason", "assigned",
        }
    )  # fmt: skip
    LOCK_WITH = (
        "stay__scheme__organisation", "stay__resident", "to_worker", "absence__worker",
        "absence__scheme__organisation",
    )  # fmt: skip

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="covers")
    absent = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="covers", db_index=False)
    role = models.SlugField(max_length=40, default=LEAD)
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="covers", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField()
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    answer_words = models.TextField(blank=True)
    assigned = models.BooleanField(default=False)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["to_worker", "answer", "-from_on"], name="cover_by_worker"),
            models.Index(fields=["stay", "answer", "-from_on"], name="cover_by_stay"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "stay", "to_worker"],
                condition=Q(answer=""),
                name="a_colleague_is_asked_once",
                violation_error_message="This colleague has been asked already.",
            ),
            models.UniqueConstraint(
                fields=["stay", "role", "from_on"],
                condition=Q(answer="accepted"),
                name="one_cover_for_a_person_at_a_time",
                violation_error_message="Somebody has accepted this already.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="cover_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(to_worker=F("absent")),
                name="nobody_covers_for_themselves",
                violation_error_message="Nobody can stand in for themselves.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_cover_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""),
                name="declined_cover_has_its_reason",
                violation_error_message="Saying no needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_worker_id} for {self.absent_id} with {self.stay_id}"

    def answer_by(self) -> datetime:
        """The moment from which the team leader looks for somebody else."""
        return self.asked_at + timedelta(hours=int(self.scheme.pack.limit("cover_answer")))

    def is_late(self) -> bool:
        """Whether nobody has answered for longer than the pack allows."""
        hours = timedelta(hours=int(self.scheme.pack.limit("cover_answer")))
        return self.answer == "" and clock.now() >= self.asked_at + hours
