"""Whom the person wants there and whom not; who is invited, replied and came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.residents.models import ByEither
from alongside.reviews.models.reviews import OfAReview, Review
from alongside.stays.models import OfAStay, Stay


class Wish(ByEither, OfAStay):
    """That the resident wants somebody at their reviews, or does not. The latest one holds."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "staff", "wanted"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="review_wishes", db_index=False)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    relation = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    wanted = models.BooleanField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "name_key", "id"], name="review_wish_by_name")]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(name_key=""),
                name="a_wish_names_somebody",
                violation_error_message="Write a name.",
            ),
        ]

    def __str__(self) -> str:
        return f"{'Wants' if self.wanted else 'Does not want'} {self.name}"


class Kind(models.TextChoices):
    """As whom somebody is invited. In the order in which they are listed."""

    RESIDENT = "resident", "The person it is about"
    NAMED = "named", "Named by them"
    STAFF = "staff", "Staff"
    OUTSIDE = "outside", "From another agency"


class Sharing(models.TextChoices):
    """On what ground something about the person is shared with an agency."""

    CONSENT = "consent", "They agreed that we share with this agency"
    LAWFUL = "lawful", "We may share without their agreement, for the reason below"
    NOTHING = "nothing", "Nothing is shared: they only tell us what they know"


class Reply(models.TextChoices):
    COMING = "coming", "Is coming"
    NOT_COMING = "not_coming", "Is not coming"
    SENDS_WORDS = "sends_words", "Sends something in writing"


class Attendance(models.TextChoices):
    CAME = "came", "Came"
    REMOTE = "remote", "By phone or video"
    ABSENT = "absent", "Did not come"


class Invitation(OfAReview):
    """Somebody who shall come to a review: how they were asked, what they said, whether they came.

    Professionals from outside are kept as words: a name, an agency, how to reach them.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "review", "kind", "staff", "sharing", "sharing_on", "invited_on", "reply",
            "replied_on", "attendance", "despite_by", "withdrawn_at", "withdrawn_by",
        }
    )  # fmt: skip

    review = models.ForeignKey(Review, models.PROTECT, related_name="invitations", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    part = models.CharField(max_length=120, blank=True)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing, blank=True)
    sharing_on = models.DateField(null=True, blank=True)
    sharing_words = models.TextField(blank=True)
    despite_reason = models.TextField(blank=True)
    despite_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    invited_on = models.DateField(null=True, blank=True)
    reply = models.CharField(max_length=12, choices=Reply, blank=True)
    reply_words = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance, blank=True)
    added_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "name_key"],
                condition=Q(withdrawn_at=None),
                name="everybody_is_invited_once",
                violation_error_message="They are on the list already.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="outside") | ~Q(sharing="") & ~Q(agency=""),
                name="an_agency_has_a_ground_for_sharing",
                violation_error_message="Say which agency, and whether we may share with it.",
            ),
            models.CheckConstraint(
                condition=~Q(sharing="lawful") | ~Q(sharing_words=""),
                name="sharing_without_agreement_says_why",
                violation_error_message="Say on what ground we share without their agreement.",
            ),
            models.CheckConstraint(
                condition=~Q(sharing="consent") | Q(sharing_on__isnull=False),
                name="agreement_to_share_has_a_day",
                violation_error_message="Say when they agreed.",
            ),
            models.CheckConstraint(
                condition=Q(kind="staff", staff__isnull=False) | ~Q(kind="staff"),
                name="a_member_of_staff_is_invited_by_record",
            ),
            models.CheckConstraint(
                condition=Q(despite_reason="", despite_by=None)
                | ~Q(despite_reason="") & Q(despite_by__isnull=False),
                name="inviting_somebody_unwanted_has_a_reason_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_on=None) | ~Q(reply="") & Q(replied_on__isnull=False),
                name="a_reply_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_invitation_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> int:
        """The person and whom they named first, then staff, then agencies."""
        return Kind.values.index(self.kind)

    @property
    def who(self) -> str:
        """As whom they come: their relation or part, and the agency."""
        said = [self.part, self.agency]
        return ", ".join(filter(None, said)) or str(Kind(self.kind).label)
