"""Messages about somebody stand on their timeline, for those alone who are in the conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from alongside.conversations.models import Member, Message
from alongside.moments.registry import Line, tells
from alongside.stays.models import Stay


def _about_somebody() -> QuerySet[Message]:
    found = Message.objects.filter(conversation__stay__isnull=False)
    return found.select_related(*Message.LOCK_WITH, "written_by")


@tells(Message, rows=_about_somebody)
def message_line(message: Message) -> Iterator[Line]:
    """One line for each message about them; of one that was taken back, only that."""
    if message.stay:
        yield _line(message, message.stay, _readers(message.conversation_id))


@tells(Member, rows=lambda: ())
def lines_for_a_member(member: Member) -> Iterator[Line]:
    """Who comes into a conversation, or leaves it, changes who may read its lines."""
    if member.stay is None:
        return
    readers = _readers(member.conversation_id)
    for message in _about_somebody().filter(conversation=member.conversation_id):
        yield _line(message, member.stay, readers)


def _readers(conversation: UUID) -> Sequence[UUID]:
    inside = Member.objects.filter(conversation=conversation, until_at=None)
    return list(inside.values_list("staff_id", flat=True))


def _line(message: Message, stay: Stay, readers: Sequence[UUID]) -> Line:
    gone = message.taken_back_at is not None
    wording = message.wordings.get(replaced_at=None)
    return Line(
        of=message,
        stay=stay,
        kind="message",
        title="A message was taken back" if gone else "A message between colleagues",
        text="" if gone else f"{message.conversation.subject}: {wording.text}",
        note="Corrected" if wording.number > 1 and not gone else "",
        by=message.written_by.name,
        happened_at=message.written_at,
        recorded_at=message.written_at,
        link=reverse("conversations:one", args=[message.conversation_id]),
        readers=readers,
    )
