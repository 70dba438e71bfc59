"""Who we are: the organisation, its schemes, its staff, and where each of them works as what."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import AtScheme, Record
from alongside.practice import own
from alongside.practice import pack as practice
from alongside.practice.actions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alongside.practice.contents import Pack


class Organisation(Record):
    """The provider: a charity, a housing association, a council. Everything belongs to one."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"name", "slug"})
    scheme_id = None

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> UUID:
        return self.pk


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, staff: Staff) -> SchemeQuerySet:
        """Only schemes where this person works today."""
        return self.filter(pk__in=staff.scheme_ids())

    def for_page(self) -> SchemeQuerySet:
        return self.select_related("organisation").fetch_mode(models.FETCH_RAISE)


class Scheme(Record):
    """A house, hostel, home or service of an organisation, run under one practice pack."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "name",
            "slug",
            "pack_key",
            "pack_version",
            "time_zone",
            "women_only",
            "residential",
            "places",
            "practice_model",
        }
    )

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="schemes")
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    pack_key = models.SlugField()
    pack_version = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    address = models.CharField(max_length=200, blank=True)
    women_only = models.BooleanField(default=False)
    residential = models.BooleanField(default=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    practice_model = models.CharField(max_length=120, blank=True)
    # What the rooms above have decided about the practice here, each from a day on. It stands on
    # the row so that every process works by it at once and no page asks a second question.
    versions = models.JSONField(default=list, blank=True)
    own_values = models.JSONField(default=list, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gt=0),
                name="a_scheme_has_room_for_somebody",
                violation_error_message="A service has at least one place.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scheme(self) -> Scheme:
        """A scheme is its own scheme, so that it can be the subject of an operation."""
        return self

    @property
    def scheme_id(self) -> UUID:
        return self.pk

    @cached_property
    def pack(self) -> Pack:
        """The practice in force here: its words, roles, clocks and lists."""
        return self.pack_on(self.today())

    def pack_on(self, day: date, *, also: Sequence[own.Kept] = ()) -> Pack:
        """The practice in force here on a day, with the scheme's own values.

        `also` are those of one person, which come last.
        """
        key, version = self.version_on(day)
        over = own.layers(self.own_values, day) + own.layers(also, day)
        return practice.pack(key, version, on=day, over=over)

    def version_on(self, day: date) -> tuple[str, str]:
        """Which pack is in force that day, and in which version; an empty one is the newest."""
        there = [one for one in self.versions if one["from"] <= day.isoformat()]
        if not there:
            return self.pack_key, self.pack_version
        latest = max(enumerate(there), key=lambda pair: (pair[1]["from"], pair[0]))[1]
        return latest["key"], latest["version"]

    @property
    def practice_name(self) -> str:
        """How the journal and every record name the practice they were made under."""
        own_here = len([one for one in self.own_values if one["from"] <= self.today().isoformat()])
        return f"{self.pack.name} with own values {own_here}" if own_here else self.pack.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self) -> date:
        """Today's date where the scheme is."""
        return clock.today(self.time_zone)


class StaffManager(BaseUserManager["Staff"]):
    pass


class StaffQuerySet(models.QuerySet["Staff"]):
    def at(self, scheme: Scheme | UUID) -> StaffQuerySet:
        """Those who work at this scheme today, each once, by name."""
        pk = scheme.pk if isinstance(scheme, Scheme) else scheme
        today = clock.today()
        working = Membership.objects.current(today).filter(scheme_id=pk)
        return self.filter(pk__in=working.values("staff_id")).order_by("name", "pk")


class Staff(AbstractBaseUser, Record):
    """Somebody who works here and can sign in."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"name", "initials", "is_active"})
    ACTOR_KIND = "staff"
    USERNAME_FIELD = "email"
    scheme_id = None
    # Signing in is an operation with its own entry; a second copy of the time is not kept.
    last_login = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="staff")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    signing_pin = models.CharField(max_length=200, blank=True)

    objects = StaffManager.from_queryset(StaffQuerySet)()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> UUID:
        return self.pk

    @property
    def actor_name(self) -> str:
        return self.name

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """Where this person works today and as what; read once for each request."""
        return list(Membership.objects.current(clock.today()).at_hand().filter(staff_id=self.pk))

    def scheme_ids(self) -> set[UUID]:
        return {membership.scheme_id for membership in self.current_memberships}

    def reads_at(self) -> set[UUID]:
        """The schemes where this person may read files: not the kitchen, for one."""
        schemes = {
            membership.scheme_id: membership.scheme for membership in self.current_memberships
        }
        return {pk for pk, scheme in schemes.items() if self.may(Action.READ_FILE, scheme)}

    def schemes(self) -> list[Scheme]:
        """The schemes this person works at today, each once, by name."""
        return list({m.scheme_id: m.scheme for m in self.current_memberships}.values())

    def roles_at(self, scheme_id: UUID | None) -> list[str]:
        """Role keys at this scheme today; across the organisation when no scheme is named."""
        return [
            m.role
            for m in self.current_memberships
            if scheme_id is None or m.scheme_id == scheme_id
        ]

    def may(self, action: Action, subject: AtScheme) -> bool:
        """Whether one of this person's roles at the subject's scheme includes the action."""
        return self.is_active and any(
            action in membership.scheme.pack.role(membership.role).may
            for membership in self.current_memberships
            if subject.scheme_id is None or membership.scheme_id == subject.scheme_id
        )

    def may_anywhere(self, action: Action) -> bool:
        return any(self.may(action, scheme) for scheme in self.schemes())

    def keeps_pin(self, pin: str) -> None:
        """Set the PIN this person signs with. Saving is the operation's business."""
        self.signing_pin = make_password(pin)

    def pin_is(self, pin: str) -> bool:
        return bool(self.signing_pin) and check_password(pin, self.signing_pin)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> MembershipQuerySet:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)

    def at_hand(self) -> MembershipQuerySet:
        """With who works where at hand, by the name of the scheme."""
        return self.select_related("staff", "scheme__organisation").order_by("scheme__name", "role")


class Membership(Record):
    """That somebody works at a scheme in a role, from a day, until a day or still.

    Both days are days of work.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"staff", "scheme", "role", "from_on", "until_on", "line_manager"}
    )

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="memberships")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="memberships")
    role = models.SlugField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    line_manager = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="manages"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "role"], name="membership_by_scheme_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "scheme", "role"],
                condition=Q(until_on=None),
                name="one_open_membership_per_role",
                violation_error_message="This person already has this role here.",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                condition=Q(line_manager=None) | ~Q(line_manager=F("staff")),
                name="nobody_is_their_own_line_manager",
                violation_error_message="Nobody can be their own line manager.",
            ),
        ]

    @property
    def role_says(self) -> str:
        """The role in the words of the practice there."""
        return self.scheme.pack.role(self.role).says

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.scheme_id} as {self.role}"
