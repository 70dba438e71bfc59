"""What the pages of messages ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.conversations.models import (
    Closing,
    Conversation,
    ConversationQuerySet,
    Member,
    Message,
    Read,
    Wording,
)
from alongside.kit import clock
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.policy import shown, whose_file_is_read
from alongside.organisation.standing import standing_asks
from alongside.residents.names import name_key
from alongside.stays.models import Stay

UNREAD, CLOSED, NOBODY = "unread", "closed", "nobody"
MOST_PEOPLE = 50
MOST_UNREAD = 100


def conversation_for(staff: Staff, pk: UUID) -> Conversation:
    """That one, if this person is in it and may read whom it is about; else there is none."""
    found = Conversation.objects.visible_to(staff).select_related(
        *Conversation.LOCK_WITH, "stay__bed"
    )
    return get_object_or_404(found, pk=pk)


def message_for(staff: Staff, pk: UUID) -> Message:
    """A message that this person may read."""
    found = Message.objects.filter(conversation__in=Conversation.objects.visible_to(staff))
    return get_object_or_404(found.select_related(*Message.LOCK_WITH, "written_by"), pk=pk)


def my_message(staff: Staff, pk: UUID) -> Message:
    """A message that this person wrote: nobody else puts it right or takes it back."""
    return get_object_or_404(_written_by(staff), pk=pk)


def _written_by(staff: Staff) -> QuerySet[Message]:
    mine = Message.objects.filter(written_by=staff)
    mine = mine.filter(conversation__in=Conversation.objects.visible_to(staff))
    return mine.select_related(*Message.LOCK_WITH, "written_by")


def member_for(staff: Staff, pk: UUID) -> Member:
    """Somebody who is in a conversation that this person may read."""
    found = Member.objects.filter(
        until_at=None, conversation__in=Conversation.objects.visible_to(staff)
    )
    return get_object_or_404(found.select_related(*Member.LOCK_WITH, "staff"), pk=pk)


def here(
    staff: Staff, scheme: Scheme, *, show: str = "", about: str = "", words: str = ""
) -> QuerySet[Conversation]:
    """Those this person is in at the scheme, the latest first: open, unread or closed; about one
    person or nobody; with these words, whatever their accents."""
    found = Conversation.objects.visible_to(staff).filter(scheme=scheme)
    if show == UNREAD:
        found = found.unread_by(staff.pk)
    elif not words:
        found = found.filter(closed_at__isnull=show != CLOSED)
    if about:
        found = found.filter(Q(stay=None) if about == NOBODY else Q(stay=about))
    return _with_what_is_shown(_with_words(found, words), staff).latest_first()


def about(staff: Staff, stay: Stay) -> QuerySet[Conversation]:
    """Those about one person that whoever asks is in, the latest first."""
    found = Conversation.objects.visible_to(staff).filter(stay=stay)
    return _with_what_is_shown(found, staff).latest_first()


def _with_words(found: ConversationQuerySet, words: str) -> ConversationQuerySet:
    for word in name_key(words).split():
        said = Wording.objects.standing().filter(
            message__conversation=OuterRef("pk"), words_key__contains=word
        )
        found = found.filter(Q(subject_key__contains=word) | Exists(said))
    return found


def _with_what_is_shown(found: ConversationQuerySet, staff: Staff) -> ConversationQuerySet:
    waits = Member.objects.waited_for(staff.pk).filter(conversation=OuterRef("pk"))
    with_count = found.annotate(
        unread=Exists(waits), many=Count("messages", distinct=True)
    ).select_related("stay__resident", "scheme")
    return with_count.prefetch_related(Prefetch("members", _inside(), to_attr="inside"))


def _inside() -> QuerySet[Member]:
    return Member.objects.filter(until_at=None).select_related("staff").order_by("added_at", "pk")


def unread_here(scheme: Any, staff: Any) -> QuerySet[Conversation]:
    """Those with something unread; takes keys, to be a part of the question that Today asks."""
    return shown(Conversation.objects.filter(scheme=scheme).unread_by(staff))


def messages_of(conversation: Conversation) -> QuerySet[Message]:
    """What was said, the latest first, with every wording and who has read it."""
    wordings = Wording.objects.order_by("-number").prefetch_related(
        Prefetch("read_by", Read.objects.select_related("staff").order_by("read_at", "pk"))
    )
    return conversation.messages.select_related("written_by").prefetch_related(
        Prefetch("wordings", wordings, to_attr="said")
    ).order_by("-number")  # fmt: skip


def wording_of(message: Message) -> Wording:
    """What it says now."""
    return message.wordings.get(replaced_at=None)


def words_of(message: Message) -> str:
    """What it says now; nothing when it was taken back, also to whoever wrote it."""
    return "" if message.taken_back_at else wording_of(message).text


def words_to_go_on_with(staff: Staff, asked: str) -> str:
    """What a message says, for a form that is opened from it; nothing where they may not read it
    or there is none."""
    try:
        pk = UUID(asked)
    except ValueError:
        return ""
    visible = Conversation.objects.visible_to(staff)
    found = Wording.objects.standing().filter(message=pk, message__conversation__in=visible)
    return found.values_list("text", flat=True).first() or ""


def members_of(conversation: Conversation) -> list[Member]:
    """Everybody who is or was in it, in the order in which they came."""
    found = conversation.members.select_related("staff", "added_by", "until_by")
    return list(found.order_by("added_at", "pk"))


def is_unread(staff: Staff, conversation: Conversation) -> bool:
    """Whether something stands in it that this person has not said they read."""
    return Member.objects.waited_for(staff.pk).filter(conversation=conversation).exists()


def waits_since(member: Member) -> datetime | None:
    """Since when something stands there that this person has not read: when it was written, or
    when they came in if that was later. None when they have read everything."""
    unread = Wording.objects.unread_by(member.staff_id)
    found = unread.filter(message__conversation=member.conversation_id)
    oldest = found.order_by("written_at").values_list("written_at", flat=True).first()
    return max(oldest, member.added_at) if oldest else None


def waited_for_too_long(scheme: Scheme, hours: float) -> Iterable[tuple[UUID, UUID]]:
    """Who at the scheme has left something unread for so many hours, and in which conversation.
    Whether they may still read it is not asked here."""
    late = clock.now() - timedelta(hours=hours)
    found = Member.objects.filter(until_at=None, waits_since__lte=late)
    return found.filter(conversation__scheme=scheme).values_list("staff_id", "conversation_id")


@standing_asks("unread")
def _unread(staff: Any, now: Any, on: Any) -> Any:
    """Where something is unread, and about whom; as many as anybody wants to be told of."""
    found = Member.objects.waited_for(staff)
    return found.values_list("conversation__scheme_id", "conversation__stay__resident_id")[
        :MOST_UNREAD
    ]


def closing_of(conversation: Conversation) -> Closing | None:
    """By whom and why it is closed, while it is."""
    if conversation.closed_at is None:
        return None
    return conversation.closings.select_related("closed_by").get(opened_at=None)


def is_in(staff: Staff, conversation: Conversation) -> bool:
    return Conversation.objects.visible_to(staff).filter(pk=conversation.pk).exists()


def works_at(staff: Staff, scheme: Scheme) -> bool:
    """Whether they work there today, and have not left."""
    if staff.has_left(scheme.today()):
        return False
    return Membership.objects.current(scheme.today()).filter(scheme=scheme, staff=staff).exists()


def reads_file(staff: Staff, stay: Stay) -> bool:
    return Stay.objects.filter(whose_file_is_read(staff), pk=stay.pk).exists()


def people_here(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Whom it can be about: who lives here and whose file this person reads, by name."""
    found = Stay.objects.filter(whose_file_is_read(staff), scheme=scheme, moved_out_on=None)
    return list(found.select_related(*Stay.LOCK_WITH).order_by("resident__name_key", "pk"))


def people_written_about(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Whom the conversations of this person here are about, by name."""
    mine = Conversation.objects.visible_to(staff).filter(scheme=scheme, stay__isnull=False)
    found = Stay.objects.filter(pk__in=mine.values("stay")).select_related("resident")
    return list(found.order_by("resident__name_key", "pk")[:MOST_PEOPLE])


def without_anybody(scheme: Scheme) -> QuerySet[Conversation]:
    """Those at the scheme that are about nobody, whose last message is oldest first."""
    return Conversation.objects.filter(scheme=scheme, stay=None).order_by("last_at", "pk")
