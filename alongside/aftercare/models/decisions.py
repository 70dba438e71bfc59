"""What is decided in week ten: end, go on, refer on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.aftercare.models.episodes import Episode, OfAnEpisode, pair
from alongside.kit import clock
from alongside.organisation.models import Staff


class Decision(OfAnEpisode):
    """What comes after the weeks of support: end, extend or refer on.

    An extension counts once a leader has approved it; a referral once the agency has accepted.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "episode", "kind", "decided_on", "extend_until", "approved_on", "refused_on",
            "sent_on", "accepted_on",
        }
    )  # fmt: skip

    class Kind(models.TextChoices):
        END = "end", "It ends"
        EXTEND = "extend", "It goes on for longer"
        REFER = "refer", "Somebody else goes on"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    decided_on = models.DateField()
    reason = models.TextField()
    extend_until = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.CharField(max_length=200, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    refused_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="an_aftercare_decision_has_a_reason",
                violation_error_message="A decision needs its reason.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extend") | Q(extend_until__isnull=False),
                name="an_extension_has_its_length",
                violation_error_message="Say until when.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="refer") | ~Q(agency="") & Q(consent_on__isnull=False),
                name="a_referral_on_names_the_agency_and_has_consent",
                violation_error_message="Name the agency, and the day they agreed to it.",
            ),
            models.CheckConstraint(
                condition=pair("approved_on", "approved_by"),
                name="an_extension_is_approved_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(refused_on=None) | Q(approved_on=None, accepted_on=None),
                name="a_decision_is_not_both_accepted_and_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.decided_on}"

    @property
    def counts(self) -> bool:
        """Whether it answers the question: an extension approved, a referral accepted."""
        if self.kind == self.Kind.EXTEND:
            return self.approved_on is not None
        if self.kind == self.Kind.REFER:
            return self.accepted_on is not None
        return True

    @property
    def counts_on(self) -> date | None:
        """Since when it answers the question."""
        if self.kind == self.Kind.EXTEND:
            return self.approved_on
        return self.accepted_on if self.kind == self.Kind.REFER else self.decided_on

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        if self.refused_on:
            return "Not approved" if self.kind == self.Kind.EXTEND else "Not accepted"
        if self.kind == self.Kind.EXTEND:
            return "Approved" if self.approved_on else "Waits for approval"
        if self.kind == self.Kind.REFER:
            return "Accepted" if self.accepted_on else "Waits for the agency"
        return "Decided"
