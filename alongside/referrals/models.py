"""A referral, from the day somebody asks until they move in or we say no; and what it led to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.accommodation.models import Bed
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import Resident
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay


class State(models.TextChoices):
    """Where a referral stands. Each change has its own dated record; this is the latest."""

    RECEIVED = "received", "Referred"
    INTERVIEWED = "interviewed", "Interviewed"
    WAITING = "waiting", "On the waiting list"
    ACCEPTED = "accepted", "Accepted"
    OFFERED = "offered", "Bed offered"
    MOVED_IN = "moved_in", "Moved in"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    REDIRECTED = "redirected", "Sent on"


UNDECIDED = (State.RECEIVED, State.INTERVIEWED)
COMING = (State.ACCEPTED, State.OFFERED)
CLOSED = (State.DECLINED, State.WITHDRAWN, State.DID_NOT_ATTEND, State.REDIRECTED)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, staff: Staff) -> ReferralQuerySet:
        """Only referrals to schemes where this person works."""
        return visible(staff, self)

    def undecided(self) -> ReferralQuerySet:
        return self.filter(state__in=UNDECIDED)

    def overdue(self, on: date, limit_days: int) -> ReferralQuerySet:
        """Undecided for more than so many calendar days since they were received."""
        return self.undecided().filter(received_on__lt=on - timedelta(days=limit_days))

    def waiting(self) -> ReferralQuerySet:
        """The waiting list: who has waited longest comes first."""
        return self.filter(state=State.WAITING).order_by("state_since", "received_on", "pk")

    def of_people_named(self, text: str) -> ReferralQuerySet:
        named = Resident.objects.named(text)
        return self.filter(resident__in=named)

    def for_page(self) -> ReferralQuerySet:
        """With the person, the scheme, the stay and who wrote it; anything else fails loudly."""
        return (
            shown(self)
            .select_related(
                "resident",
                "scheme__organisation",
                "stay",
                "recorded_by",
                "screened_by",
                "redirected_from__scheme",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Referral(Record):
    """Somebody's request, or an agency's for them, to live at a scheme."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "resident", "received_on", "route", "state", "state_since", "stay"}
    )
    LOCK_WITH = ("scheme__organisation", "resident", "stay")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="referrals")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="referrals")
    received_on = models.DateField()
    route = models.SlugField(max_length=60)
    referrer_name = models.CharField(max_length=200, blank=True)
    referrer_agency = models.CharField(max_length=200, blank=True)
    referrer_contact = models.CharField(max_length=200, blank=True)
    homelessness = models.SlugField(max_length=60, blank=True)
    homelessness_words = models.CharField(max_length=200, blank=True)
    last_slept = models.CharField(max_length=200, blank=True)
    homeless_for = models.CharField(max_length=120, blank=True)
    causes = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    risks = models.JSONField(default=list, blank=True)
    risk_words = models.TextField(blank=True)
    consent_on = models.DateField(null=True, blank=True)
    no_consent_because = models.CharField(max_length=200, blank=True)
    screened_on = models.DateField(null=True, blank=True)
    screened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.RECEIVED)
    state_since = models.DateField()
    redirected_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="redirected_to"
    )
    stay = models.OneToOneField(
        Stay, models.PROTECT, null=True, blank=True, related_name="referral"
    )
    practice = models.CharField(max_length=80)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "state_since"], name="referral_by_state"),
            models.Index(fields=["scheme", "-received_on"], name="referral_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "resident"],
                condition=Q(state__in=[*UNDECIDED, State.WAITING, *COMING]),
                name="one_open_referral_per_person_and_scheme",
                violation_error_message="There is already an open referral of this person here.",
            ),
            models.CheckConstraint(
                condition=Q(consent_on__isnull=False, no_consent_because="")
                | (Q(consent_on=None) & ~Q(no_consent_because="")),
                name="referral_has_consent_or_says_why_not",
                violation_error_message="Consent needs its day, or the reason there is none.",
            ),
            models.CheckConstraint(
                condition=Q(screened_on=None, screened_by=None)
                | Q(screened_on__isnull=False, screened_by__isnull=False),
                name="screening_has_a_date_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MOVED_IN, stay__isnull=False)
                | (~Q(state=State.MOVED_IN) & Q(stay=None)),
                name="moved_in_means_there_is_a_stay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} to {self.scheme_id} on {self.received_on}"

    def is_closed(self) -> bool:
        """Whether it ended without a stay."""
        return self.state in CLOSED

    def is_undecided(self) -> bool:
        return self.state in UNDECIDED


class OfReferral(Record):
    """Something recorded about a referral: by whom, and when it was written down."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "referral__scheme__organisation",
        "referral__resident",
    )

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="%(class)ss")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def scheme(self) -> Scheme:
        return self.referral.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.referral.scheme_id

    @property
    def by_name(self) -> str:
        return str(self.recorded_by) if self.recorded_by else "Brought in from older records"


class ReferralNote(OfReferral):
    """A call, a letter, a thing to put right: what was learned after the referral was taken."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="notes")
    happened_on = models.DateField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"Note of {self.happened_on}"


class Interview(OfReferral):
    """An interview that was held: when, by whom, and the sheet with what was said.

    One that was brought in from older records has no sheet.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"referral", "held_on", "sheet"})

    held_on = models.DateField()
    interviewers = models.ManyToManyField(Staff, related_name="+")
    sheet = models.OneToOneField(
        Sheet, models.PROTECT, null=True, blank=True, related_name="interview"
    )

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"Interview of {self.held_on}"


class Outcome(models.TextChoices):
    """What a decision says. Each leads to one state."""

    ACCEPT = "accept", "Accept"
    WAITING_LIST = "waiting_list", "Put on the waiting list"
    DECLINE = "decline", "Decline"
    WITHDRAW = "withdraw", "Withdrawn by the person or the agency"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    REDIRECT = "redirect", "Sent on to another scheme"


class Decision(OfReferral):
    """What was decided, why, by whom, and when the person and the referrer were told.

    A later decision takes the place of an earlier one; both are kept.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"referral", "outcome", "decided_on", "communicated_on"}
    )

    outcome = models.CharField(max_length=16, choices=Outcome)
    reason = models.SlugField(max_length=60)
    words = models.TextField(blank=True)
    decided_on = models.DateField()
    communicated_on = models.DateField(null=True, blank=True)
    communicated_how = models.CharField(max_length=200, blank=True)
    communicated_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(communicated_on=None) | Q(communicated_on__gte=F("decided_on")),
                name="told_after_it_was_decided",
                violation_error_message="Nobody can be told before it is decided.",
            ),
            models.CheckConstraint(
                condition=Q(communicated_on__isnull=False) | Q(communicated_how=""),
                name="how_they_were_told_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.decided_on}"


class RuleOverride(OfReferral):
    """That a manager took somebody in although a rule of the service says otherwise, and why."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"referral", "rule", "reason"})

    rule = models.SlugField(max_length=60)
    rule_said = models.CharField(max_length=300)
    reason = models.SlugField(max_length=60)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "rule"],
                name="a_rule_is_set_aside_once",
                violation_error_message="This rule has already been set aside here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} set aside"


class OfferEnd(models.TextChoices):
    """How an offer ended."""

    MOVED_IN = "moved_in", "They moved in"
    REFUSED = "refused", "They said no"
    WITHDRAWN = "withdrawn", "Taken back"
    RAN_OUT = "ran_out", "Nobody answered in time"


class OfferQuerySet(models.QuerySet["Offer"]):
    def open(self) -> OfferQuerySet:
        """Not ended; it may have run out all the same."""
        return self.filter(ended_on=None)

    def reserving(self, on: date) -> OfferQuerySet:
        """Those that keep a bed on that day; the last day counts."""
        return self.open().filter(kept_until__gte=on)


class Offer(OfReferral):
    """A bed kept for somebody until a day. The last day counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"referral", "bed", "offered_on", "kept_until", "accepted_on", "ended_on", "ended_because"}
    )
    LOCK_WITH = ("referral__scheme__organisation", "referral__resident", "bed")

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    kept_until = models.DateField()
    fault_override = models.CharField(max_length=200, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=OfferEnd, blank=True)
    ended_words = models.CharField(max_length=200, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["offered_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bed"],
                condition=Q(ended_on=None),
                name="a_bed_is_kept_for_one_person",
                violation_error_message="This bed has just been offered to somebody else.",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(ended_on=None),
                name="one_open_offer_per_referral",
                violation_error_message="This person has been offered a bed already.",
            ),
            models.CheckConstraint(
                condition=Q(kept_until__gte=F("offered_on")),
                name="a_bed_is_kept_from_the_day_of_the_offer",
                violation_error_message="A bed cannot be kept until a day before the offer.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="offer_end_has_a_date_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed_id} kept until {self.kept_until}"

    def has_run_out(self, on: date) -> bool:
        return self.ended_on is None and self.kept_until < on
