"""The people we support, before they move in, while they stay, and after they move on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import AtScheme, Record
from alongside.organisation.models import Organisation, Staff
from alongside.residents.names import name_key

if TYPE_CHECKING:
    from alongside.practice.actions import Action


class ResidentQuerySet(models.QuerySet["Resident"]):
    def visible_to(self, staff: Staff) -> ResidentQuerySet:
        """Only people who were referred to, or have stayed at, a scheme where they work."""
        here, standing = staff.scheme_ids(), staff.standing
        known = Resident.objects.filter(Q(stays__scheme__in=here) | Q(referrals__scheme__in=here))
        found = Q(pk__in=known.values("pk"))
        if standing.lent:
            found |= Q(pk__in=frozenset().union(*standing.lent.values()))
        if standing.closed:
            found &= ~Q(pk__in=standing.closed)
        if standing.opened:
            found |= Q(pk=standing.opened)
        return self.filter(found)

    def named(self, text: str) -> ResidentQuerySet:
        """Whose name holds every word of the text, whatever its accents and capitals."""
        found = self
        for word in name_key(text).split():
            found = found.filter(name_key__contains=word)
        return found


class Resident(Record):
    """Somebody we support. Named in every record by the name they wish to be known by."""

    ACTOR_KIND = "resident"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="residents")
    family_name = models.CharField(max_length=200, blank=True)
    given_name = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=620, editable=False)
    born_on = models.DateField(null=True, blank=True)
    born_words = models.CharField(max_length=80, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    pronouns = models.CharField(max_length=60, blank=True)
    say_it_like = models.CharField(max_length=120, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    national_number = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    next_of_kin = models.TextField(blank=True)
    doctor = models.TextField(blank=True)
    ethnicity = models.CharField(max_length=200, blank=True)
    iwi = models.CharField(max_length=200, blank=True)
    alerts = models.TextField(blank=True)
    allergies = models.TextField(blank=True)
    signing_pin = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        ordering = ["name_key"]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="resident_by_name"),
            models.Index(fields=["organisation", "born_on"], name="resident_by_birthday"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_key=""),
                name="resident_has_a_name",
                violation_error_message="A person needs a name.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "reference"],
                condition=~Q(reference=""),
                name="resident_reference_is_used_once",
                violation_error_message="This reference belongs to somebody else.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(f"{self.known_as} {self.given_name} {self.family_name}")
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name to show: what they wish to be known by, and their family name."""
        first = self.known_as or self.given_name
        return f"{first} {self.family_name}".strip()

    @property
    def legal_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        """For a picture's place and for lists on a wall."""
        words = [word for word in self.name.split() if word[0].isalnum()] or self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:]))

    @property
    def first_name(self) -> str:
        return self.known_as or self.given_name or self.family_name

    @property
    def actor_id(self) -> UUID:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name

    def may(self, action: Action, subject: AtScheme) -> bool:
        """What a resident may do: what their pack gives them, and only on their own record."""
        scheme = getattr(subject, "scheme", None)
        own = getattr(subject, "resident_id", None) == self.pk
        return own and scheme is not None and action in scheme.pack.role("resident").may

    def acting_for(self, action: Action | None, subject: AtScheme) -> UUID | None:
        """Nobody: a resident acts for themselves."""
        return None

    def keeps_pin(self, pin: str) -> None:
        """Set the PIN this person signs with. Saving is the operation's business."""
        self.signing_pin = make_password(pin)

    def pin_is(self, pin: str) -> bool:
        return bool(self.signing_pin) and check_password(pin, self.signing_pin)


class Contact(Record):
    """Somebody to call: family, a friend, next of kin; whom to call first, and what for."""

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    call_in_emergency = models.BooleanField(default=True)
    wishes = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class PossibleDuplicate(Record):
    """That two files may be of one person: proposed with a reason, decided by a person."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"one", "other", "decision", "decided_at"})

    class Decision(models.TextChoices):
        SAME = "same", "The same person"
        DIFFERENT = "different", "Two people"

    one = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    other = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="a_pair_is_proposed_once",
                violation_error_message="These two are already on the list.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by=None, decided_at=None)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="duplicate_decision_has_a_person_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.why}"


class ByEither(models.Model):
    """A record that staff or the resident may make: exactly one of the two made it."""

    by_staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    by_resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(by_staff__isnull=False, by_resident=None)
                | Q(by_staff=None, by_resident__isnull=False),
                name="%(app_label)s_%(class)s_was_made_by_exactly_one",
            ),
        ]

    @property
    def by_name(self) -> str:
        return str(self.by_staff or self.by_resident)


def made_by(actor: Any) -> dict[str, Any]:
    """The two author fields of a record that staff or a resident may make."""
    if isinstance(actor, Resident):
        return {"by_resident": actor}
    return {"by_staff": actor}
