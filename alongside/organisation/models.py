"""Who we are: the organisation, its schemes, its staff, and where each of them works as what."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string

from alongside.kit import clock
from alongside.kit.records import AtScheme, Record
from alongside.organisation import policy
from alongside.practice import own
from alongside.practice import pack as practice
from alongside.practice.actions import Action
from alongside.practice.rules import KEY_WORKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alongside.organisation.standing import Standing
    from alongside.practice.contents import Pack


# What somebody's standing is asked with; it needs the models below, and they need it.
STANDING_OF = "alongside.organisation.standing.standing_of"


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

    def practice_over_time(self) -> list[tuple[date, Pack]]:
        """Each version of the pack that was in force here up to today, with its first day.

        The first one holds for all the time before, and the scheme's own values for each.
        """
        today = self.today()
        over = own.layers(self.own_values, today)
        days = {date.fromisoformat(one["from"]) for one in self.versions}
        if not self.versions or any(not one["version"] for one in self.versions):
            days.update(practice.begins(self.pack_key))
        found: list[tuple[date, Pack]] = []
        for day in (date.min, *sorted(day for day in days if day <= today)):
            key, version = self.version_on(day)
            pack = practice.pack(key, version, on=None if day == date.min else day, over=over)
            if not found or found[-1][1].name != pack.name:
                found.append((day, pack))
        return found

    def without_key_working(self) -> list[tuple[date, date | None]]:
        """From when until when nobody had a named worker of their own here, up to today."""
        key, version = self.version_on(self.today())
        as_packed = practice.pack(key, version).has_key_working
        at = ("features", KEY_WORKING, "on")
        return own.off_over_time(self.own_values, at, otherwise=as_packed, on=self.today())

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

    def word(self, key: str) -> str:
        """What the practice here calls something: one of it, in small letters."""
        return self.pack.term(key).singular

    def one(self, key: str) -> str:
        """The same with its article, as in a sentence: "a manager", "the home’s manager"."""
        return self.pack.term(key).with_article

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

    OPEN: ClassVar[frozenset[str]] = frozenset({"name", "initials", "is_active", "last_day"})
    ACTOR_KIND = "staff"
    USERNAME_FIELD = "email"
    scheme_id = None
    # Signing in is an operation with its own entry; a second copy of the time is not kept.
    last_login = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="staff")
    email = models.EmailField(unique=True)
    username = models.CharField(max_length=60, unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    signing_pin = models.CharField(max_length=200, blank=True)
    # The last day on which they work for us, once that is settled.
    last_day = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)

    objects = StaffManager.from_queryset(StaffQuerySet)()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(username=None) | ~Q(username__contains="@") & ~Q(username=""),
                name="a_user_name_is_no_address",
                violation_error_message="A user name has no @ in it.",
            ),
        ]

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

    def has_left(self, on: date) -> bool:
        return not self.is_active or (self.last_day is not None and self.last_day < on)

    @cached_property
    def standing(self) -> Standing:
        """For whom this person stands in, which files are closed to them; read once a request."""
        asks: Callable[[UUID], Standing] = import_string(STANDING_OF)
        return asks(self.pk)

    @property
    def posts(self) -> list[Membership | StandIn]:
        """Their own roles, and after those the posts they stand in for just now."""
        return [*self.current_memberships, *self.standing.stands_in]

    @property
    def whole_posts(self) -> list[Membership | StandIn]:
        """The posts that open their scheme: not those lent for a few people."""
        return [post for post in self.posts if post.pk not in self.standing.lent]

    def scheme_ids(self) -> set[UUID]:
        return {post.scheme_id for post in self.whole_posts}

    def reads_at(self) -> set[UUID]:
        """The schemes where this person may read files: not the kitchen, for one."""
        return {one.pk for one in self.schemes() if policy.grant(self, Action.READ_FILE, one.pk)}

    def schemes(self) -> list[Scheme]:
        """The schemes this person works at today, each once, by name."""
        return list({post.scheme_id: post.scheme for post in self.whole_posts}.values())

    def roles_at(self, scheme_id: UUID | None) -> list[str]:
        """Role keys at this scheme today; across the organisation when no scheme is named."""
        return [
            m.role
            for m in self.current_memberships
            if scheme_id is None or m.scheme_id == scheme_id
        ]

    def may(self, action: Action, subject: AtScheme) -> bool:
        """Whether the policy lets this person do it to the subject, here and today."""
        return policy.can(self, action, subject).yes

    def acting_for(self, action: Action | None, subject: AtScheme) -> UUID | None:
        """For whom they do it: whoever's post alone gives them the right. Mostly nobody."""
        return policy.can(self, action, subject).instead_of if action else None

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


class Capacity(models.TextChoices):
    """As what somebody stands in: with the powers of a post, or with some of its tasks."""

    ACTING = "acting", "Acting up"
    DEPUTY = "deputy", "Deputising"
    DELEGATE = "delegate", "Delegated"


class StandInQuerySet(models.QuerySet["StandIn"]):
    def in_force(self, at: datetime, on: date) -> StandInQuerySet:
        """Which give powers at that moment: begun, not over, of a post that is held that day."""
        still = Q(ended_at=None) | Q(ended_at__gt=at)
        held = Q(post__until_on=None) | Q(post__until_on__gte=on)
        return self.filter(still, held, from_at__lte=at, until_at__gt=at).exclude(
            capacity=Capacity.DELEGATE
        )

    def at_hand(self) -> StandInQuerySet:
        return self.select_related("staff", "post__staff", "post__scheme__organisation")


class StandIn(Record):
    """That somebody stands in for the holder of a post, from a time until a time.

    Acting up and deputising give the powers of the post (`powers` names the only ones, when they
    are not all), and end by themselves. A delegation names responsibilities, gives no powers, and
    leaves its holder accountable; it is in force once accepted.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "post", "staff", "capacity", "powers", "responsibilities", "from_at", "until_at",
            "accepted_at", "declined_at", "ended_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("post__scheme__organisation", "post__staff", "staff")

    post = models.ForeignKey(Membership, models.PROTECT, related_name="stand_ins")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="stands_in")
    capacity = models.CharField(max_length=10, choices=Capacity)
    powers = models.JSONField(default=list, blank=True)
    responsibilities = models.JSONField(default=list, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    because = models.TextField(blank=True)
    arranged_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    arranged_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["staff", "until_at"], name="stand_in_by_staff")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="stand_in_ends_after_it_begins",
                violation_error_message="Standing in ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(capacity="delegate") | Q(until_at__isnull=False),
                name="powers_are_lent_for_a_time",
                violation_error_message="The powers of a post are lent for a time only.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="stand_in_end_has_a_time_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="stand_in_is_not_both_accepted_and_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} for {self.post_id}"

    @property
    def scheme(self) -> Scheme:
        return self.post.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.post.scheme_id

    @property
    def role(self) -> str:
        return self.post.role

    @property
    def instead_of(self) -> Staff:
        return self.post.staff

    @property
    def says(self) -> str:
        return Capacity(self.capacity).label

    def is_over(self, at: datetime) -> bool:
        ends = [end for end in (self.ended_at, self.declined_at, self.until_at) if end]
        return bool(ends) and min(ends) <= at
