"""What colleagues write to each other: a conversation, who is in it, and what was said and read."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along, visible
from alongside.stays.models import Stay


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, staff: Staff) -> ConversationQuerySet:
        """Those this person is in, where they work today; about somebody who lives here, only
        while they may open the file. Whoever leads sees no more than that."""
        file = Q(stay=None) | seen_along(staff, "stay")
        return visible(staff, self).with_member(staff.pk).filter(file)

    def with_member(self, staff: UUID) -> ConversationQuerySet:
        """Those somebody is in and was not taken out of."""
        inside = Member.objects.filter(conversation=OuterRef("pk"), staff=staff, until_at=None)
        return self.filter(Exists(inside))

    def unread_by(self, staff: UUID) -> ConversationQuerySet:
        """Those in which something stands that this person has not read."""
        waits = Member.objects.waited_for(staff).filter(conversation=OuterRef("pk"))
        return self.filter(Exists(waits))

    def latest_first(self) -> ConversationQuerySet:
        return self.order_by("-last_at", "-pk")


class Conversation(Record):
    """What some colleagues of one service write to each other; `stay` is whom it is about, if it
    is about somebody who lives here. Then it is a part of that person's record."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "stay", "begun_by", "begun_at", "last_at", "closed_at"}
    )
    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "scheme__organisation", "begun_by", "stay__scheme__organisation", "stay__resident",
    )  # fmt: skip

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="conversations")
    stay = models.ForeignKey(
        Stay, models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    subject = models.CharField(max_length=120)
    # The subject as one looks for it: without capitals and accents.
    subject_key = models.CharField(max_length=400, editable=False)
    begun_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    begun_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        default=clock.now, editable=False
    )
    last_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=clock.now)
    # While it is closed; by whom and why stands in its closings.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [models.Index(fields=["scheme", "-last_at"], name="conversation_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=""),
                name="a_conversation_has_a_subject",
                violation_error_message="Say what it is about.",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation begun on {self.begun_at:%-d %B %Y}"


class OfAConversation(Record):
    """A record that hangs on one."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "conversation__scheme__organisation", "conversation__stay__scheme__organisation",
        "conversation__stay__resident", "conversation__begun_by",
    )  # fmt: skip

    conversation: models.ForeignKey[Conversation, Conversation]

    class Meta:
        abstract = True

    @property
    def scheme(self) -> Scheme:
        return self.conversation.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.conversation.scheme_id

    @property
    def stay(self) -> Stay | None:
        """Whom it is about."""
        return self.conversation.stay


class Closing(OfAConversation):
    """That a conversation was closed, and why; and that it was opened again."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"conversation", "closed_by", "closed_at", "opened_by", "opened_at"}
    )

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="closings")
    closed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(default=clock.now, editable=False)
    because = models.TextField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-closed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(opened_at=None),
                name="a_conversation_is_closed_once",
                violation_error_message="Somebody has just closed it.",
            ),
            models.CheckConstraint(
                condition=~Q(because=""),
                name="a_conversation_is_closed_with_a_reason",
                violation_error_message="Say why it is closed.",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="somebody_opened_it_again",
                violation_error_message="Say who opened it again.",
            ),
        ]

    def __str__(self) -> str:
        return f"closing of {self.conversation_id}"


class MemberQuerySet(models.QuerySet["Member"]):
    def waited_for(self, staff: UUID) -> MemberQuerySet:
        """This person, in those conversations where something waits for them to read it."""
        return self.filter(staff=staff, until_at=None, waits_since__isnull=False)


class Member(OfAConversation):
    """That a colleague is in a conversation, since when, by whom and why; and until when.

    `waits_since` is worked out when something is written or read: since when something stands in it
    that they have not read, None when there is nothing. Every page asks for it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"conversation", "staff", "added_by", "added_at", "until_at", "until_by", "waits_since"}
    )

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="members")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    first = models.BooleanField(default=False)
    added_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)
    because = models.TextField(blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    until_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    until_because = models.TextField(blank=True)
    waits_since = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]
        indexes = [
            models.Index(fields=["staff", "conversation"], name="member_by_staff"),
            models.Index(
                fields=["staff"],
                condition=Q(until_at=None, waits_since__isnull=False),
                name="member_who_has_to_read",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "staff"],
                condition=Q(until_at=None),
                name="a_colleague_is_in_a_conversation_once",
                violation_error_message="They are in it already.",
            ),
            models.CheckConstraint(
                condition=Q(first=True) | ~Q(because=""),
                name="a_colleague_is_added_with_a_reason",
                violation_error_message="Say why they are added.",
            ),
            models.CheckConstraint(
                condition=Q(until_at=None, until_by=None, until_because="")
                | Q(until_at__isnull=False, until_by__isnull=False) & ~Q(until_because=""),
                name="a_colleague_is_taken_out_with_a_reason",
                violation_error_message="Say why they are taken out.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.conversation_id}"


class Message(OfAConversation):
    """One message: who wrote it and when. What it says stands in its wordings, of which the
    latest counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"conversation", "number", "written_by", "written_at", "taken_back_at"}
    )

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        default=clock.now, editable=False
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"],
                name="messages_have_an_order",
                violation_error_message="Somebody has just written too. Send it again.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_because="")
                | Q(taken_back_at__isnull=False) & ~Q(taken_back_because=""),
                name="a_message_is_taken_back_with_a_reason",
                violation_error_message="Say why it is taken back.",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.number} of {self.conversation_id}"


class WordingQuerySet(models.QuerySet["Wording"]):
    def standing(self) -> WordingQuerySet:
        """What counts: not put right since, and not taken back."""
        return self.filter(replaced_at=None, message__taken_back_at=None)

    def unread_by(self, staff: UUID) -> WordingQuerySet:
        """What somebody else wrote and this person has not read as it now stands."""
        mine = Read.objects.filter(wording=OuterRef("pk"), staff=staff)
        return self.standing().filter(~Q(message__written_by=staff), ~Exists(mine))


class Wording(Record):
    """What a message says. What is put right is a new one, and says why; the earlier stays."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"message", "number", "written_at", "replaced_at"})
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("message__conversation__scheme__organisation",)

    message = models.ForeignKey(Message, models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    # The same as one looks for it: without capitals and accents.
    words_key = models.TextField(editable=False)
    because = models.TextField(blank=True)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                condition=Q(replaced_at=None),
                name="one_wording_of_a_message_counts",
                violation_error_message="You have just put this right elsewhere.",
            ),
            models.UniqueConstraint(fields=["message", "number"], name="wordings_have_an_order"),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_message_says_something",
                violation_error_message="Write something.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""),
                name="a_message_is_put_right_with_a_reason",
                violation_error_message="Say why it is put right.",
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.number} of {self.message_id}"

    @property
    def scheme(self) -> Scheme:
        return self.message.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.message.scheme_id


class Read(Record):
    """That a colleague said they have read a message, as it stood then."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"wording", "staff", "read_at"})

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="read_by")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["wording", "staff"], name="a_message_is_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} has read {self.wording_id}"
