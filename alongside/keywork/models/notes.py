"""Notes of every kind; a key-work session is a note under headings, about the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.keywork.models.bookings import Booking
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.plans.models import PlanAction
from alongside.practice.contents import Pack
from alongside.stays.models import Stay

SESSION = "session"
"""The kind of note that a key-work session is."""


def principles_in_words(pack: Pack, keys: Iterable[str]) -> list[str]:
    """These principles as the practice says them; one it no longer names keeps its key."""
    listed = pack.choices("principles")
    return [str(listed.get(key) or key) for key in keys]


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, staff: Staff) -> NoteQuerySet:
        """At schemes where they work. What is restricted still needs `readable_by`."""
        return visible(staff, self)

    def standing(self) -> NoteQuerySet:
        return self.filter(removed_at=None)

    def readable_by(self, staff: Staff) -> NoteQuerySet:
        """Less those restricted to others."""
        return self.filter(Q(restricted=False) | Q(readers__staff=staff))

    def marked_for(self, staff: Staff) -> NoteQuerySet:
        """With `may_read`: whether this person may read each of them."""
        named = NoteReader.objects.filter(note=OuterRef("pk"), staff=staff)
        return self.annotate(named_reader=Exists(named))

    def for_page(self) -> NoteQuerySet:
        return shown(self).select_related(
            "written_by", "corrected_by", "removed_by", "session__held_by",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip

    def latest_first(self) -> NoteQuerySet:
        return self.order_by("-happened_at", "-id")


class Note(Record):
    """What happened with somebody, written by staff: when it happened and when it was written.

    The words are never changed in silence: a correction keeps the earlier text beside it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "kind", "happened_at", "minutes", "help_kinds", "principles", "restricted",
            "written_by", "corrected_at", "corrected_by", "removed_at", "removed_by", "version",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "written_by")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="notes", db_index=False)
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    headings = models.JSONField(default=dict, blank=True)
    help_kinds = models.JSONField(default=list, blank=True)
    principles = models.JSONField(default=list, blank=True)
    restricted = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=40, blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1)
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    removed_because = models.TextField(blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["stay", "-happened_at", "-id"], name="entry_of_stay"),
            models.Index(fields=["stay", "kind", "-happened_at"], name="entry_of_stay_by_kind"),
            models.Index(fields=["written_by", "-happened_at"], name="entry_by_writer"),
            models.Index(
                fields=["id"], name="entry_removed", condition=Q(removed_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected_at=None, corrected_by=None)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
                name="note_correction_has_a_time_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_because="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because="")),
                name="note_removal_has_a_time_a_person_and_a_reason",
                violation_error_message="Removing an entry needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.stay_id} at {self.happened_at:%Y-%m-%d %H:%M}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    @property
    def changes_with_it(self) -> tuple[type[models.Model], ...]:
        """A session stands and falls with its note; other notes are only words."""
        return (Session,) if self.kind == SESSION else ()

    @property
    def kind_says(self) -> str:
        found = self.stay.scheme.pack.choices("note_kinds").get(self.kind)
        return str(found) if found else self.kind

    @property
    def help_says(self) -> list[str]:
        offered = self.stay.scheme.pack.choices("help_kinds")
        return [str(offered.get(key) or key) for key in self.help_kinds]

    @property
    def principles_say(self) -> list[str]:
        """The principles that it was tagged with, in the words of the practice."""
        return principles_in_words(self.stay.scheme.pack, self.principles)

    def under_headings(self) -> list[tuple[str, str]]:
        """The headings of the pack with what stands under each; an empty text is nothing today."""
        offered = self.stay.scheme.pack.choices("session_headings")
        return [(str(offered.get(key) or key), text) for key, text in self.headings.items()]

    def is_late(self) -> bool:
        """Whether it was written longer after the event than the pack allows."""
        allowed = timedelta(days=int(self.stay.scheme.pack.limit("late_entry")))
        return self.recorded_at - self.happened_at > allowed

    def day(self) -> date:
        return self.happened_at.astimezone(self.stay.scheme.zone).date()

    def is_open_to(self, staff: Staff) -> bool:
        """Whether this person may read it; asked of notes `marked_for` them."""
        named = getattr(self, "named_reader", None)
        return not self.restricted or (
            self.readers.filter(staff=staff).exists() if named is None else bool(named)
        )


class NoteReader(Record):
    """One of the only people who may read a restricted note."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"note", "staff"})

    note = models.ForeignKey(Note, models.CASCADE, related_name="readers", db_index=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "staff"], name="a_note_reader_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} may read {self.note_id}"


class NoteOpening(Record):
    """That somebody read a restricted note: once for each reader and quarter of an hour."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"note", "staff", "opened_at", "quarter"})

    note = models.ForeignKey(Note, models.CASCADE, related_name="openings", db_index=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    quarter = models.DateTimeField()
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "staff", "quarter"], name="a_reading_is_kept_once_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} opened {self.note_id}"


class NoteLink(Record):
    """That a note is about an action of the plan, or raised one."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"note", "action", "raised"})

    note = models.ForeignKey(Note, models.CASCADE, related_name="links", db_index=False)
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="note_links")
    raised = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "action"], name="a_note_is_linked_to_an_action_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} is about {self.action_id}"


class EarlierText(Record):
    """What a note said before it was corrected: the words, whose they were, and until when."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="earlier")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    happened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    headings = models.JSONField(default=dict, blank=True)
    principles = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    replaced_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["note", "version"],
                name="each_version_of_a_note_is_kept_once",
                violation_error_message="Somebody else has just corrected this entry.",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.note_id}"

    @property
    def principles_say(self) -> list[str]:
        return principles_in_words(self.note.stay.scheme.pack, self.principles)


class NoteMove(Record):
    """That an entry was written to the wrong file and moved to the right one."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"note", "from_stay", "to_stay", "moved_by"})

    note = models.ForeignKey(Note, models.PROTECT, related_name="moves")
    from_stay = models.ForeignKey(Stay, models.PROTECT, related_name="notes_moved_away")
    to_stay = models.ForeignKey(Stay, models.PROTECT, related_name="notes_moved_here")
    because = models.TextField()
    moved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_stay=models.F("to_stay")),
                name="an_entry_is_moved_to_another_file",
                violation_error_message="This entry is already on that file.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} from {self.from_stay_id} to {self.to_stay_id}"


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, staff: Staff) -> SessionQuerySet:
        return visible(staff, self)

    def counting(self) -> SessionQuerySet:
        """Those whose entry stands. Removed ones are few and have an index of their own."""
        return self.exclude(note__in=Note.objects.filter(removed_at__isnull=False))

    def for_page(self) -> SessionQuerySet:
        return shown(self).select_related(
            "note__written_by", "note__stay__scheme", "held_by", "booking__worker",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Session(Record):
    """That a key-work session was held: by whom, where, how, and whether they came on time."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "booking", "held_by", "held_on", "attendance", "venue", "format"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "held_by")

    note = models.OneToOneField(Note, models.PROTECT, related_name="session")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sessions", db_index=False)
    booking = models.OneToOneField(
        Booking, models.PROTECT, null=True, blank=True, related_name="session"
    )
    held_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    held_on = models.DateField()
    attendance = models.CharField(max_length=40)
    venue = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=40, blank=True)
    own_words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-held_on", "-id"], name="session_by_stay")]

    def __str__(self) -> str:
        return f"session of {self.stay_id} on {self.held_on}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def instead_of(self) -> Staff | None:
        """The worker it was booked with, when somebody else held it."""
        if self.booking is None or self.booking.worker_id == self.held_by_id:
            return None
        return self.booking.worker
