"""Writing to colleagues: begin, reply, put right, take back, add somebody, close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.conversations.models import Closing, Conversation, Member, Message, Read, Wording
from alongside.conversations.queries import (
    is_in,
    reads_file,
    waits_since,
    wording_of,
    works_at,
)
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.residents.names import name_key
from alongside.stays.models import Stay

MESSAGE = "message"
"""The rule for messages that are about nobody, in every pack."""


def is_closed(conversation: Conversation) -> Refused | None:
    """Nothing is added to what is closed."""
    if conversation.closed_at is None:
        return None
    return Refused("This conversation is closed.", instead="Open it again first, or begin another.")


def is_open(conversation: Conversation) -> Refused | None:
    """Only what is closed is opened again."""
    if conversation.closed_at:
        return None
    return Refused("This conversation is open.", instead="Go on writing in it.")


def was_taken_back(message: Message) -> Refused | None:
    """What was taken back stays as it is."""
    if message.taken_back_at:
        return Refused("This message was taken back.", instead="Write another.")
    return is_closed(message.conversation)


@operation("conversation.begun", needs=None)
def begin_conversation(
    scheme: Scheme, *, by: Staff, to: Iterable[Staff], subject: str, text: str,
    stay: Stay | None = None,
) -> Conversation:  # fmt: skip
    """Write to colleagues of this service, about somebody who lives here or about nobody.

    About somebody it is part of their record: it stands on their timeline for those who are in it,
    and comes out when they ask for their own data. Refused to and for whoever does not work here,
    and about somebody whose file one of them may not open.

    Source: job description (source 004), Skills: maintain confidentiality; S4-33.
    """
    others = [one for one in dict.fromkeys(to) if one != by]
    if not others:
        raise Refused("Nobody would read it.", instead="Choose at least one colleague.", field="to")
    if stay and stay.scheme_id != scheme.pk:
        raise Refused(
            f"{stay.resident.name} does not live here.",
            instead="Choose somebody who does.",
            field="stay",
        )
    for who in (by, *others):
        _may_be_in(who, scheme, stay, by=by, field="stay" if who == by else "to")
    _require(subject, "subject", "Whoever reads the list wants to know.", "Say what it is about.")
    made = Conversation.objects.create(
        scheme=scheme, stay=stay, subject=subject.strip(), subject_key=name_key(subject),
        begun_by=by,
    )  # fmt: skip
    for who in (by, *others):
        Member.objects.create(conversation=made, staff=who, first=True, added_by=by)
    write_message(made, by=by, text=text)
    return made


@operation("conversation.written_in", needs=None, unless=is_closed)
def write_message(conversation: Conversation, *, by: Staff, text: str) -> Message:
    """Write in a conversation one is in. What was there before counts as read.

    Refused in one that is closed, and to anybody who is not in it.
    """
    _require_inside(by, conversation)
    _require(text, "text", "There is nothing in it.", "Write something.")
    last = conversation.messages.aggregate(last=Max("number"))["last"] or 0
    made = Message.objects.create(conversation=conversation, number=last + 1, written_by=by)
    _word(made, 1, text)
    conversation.last_at = made.written_at
    conversation.save(update_fields=["last_at"])
    _read(conversation, by)
    _waits_for_the_others(made)
    return made


@operation("conversation.read", needs=None)
def say_it_is_read(conversation: Conversation, *, by: Staff) -> Conversation:
    """Say that one has read everything that stands in it now. Whoever wrote it can see that."""
    _require_inside(by, conversation)
    _read(conversation, by)
    return conversation


@operation("conversation.put_right", needs=None, unless=was_taken_back)
def put_right(message: Message, *, by: Staff, text: str, because: str) -> Wording:
    """Word a message of one's own otherwise, and say why. The earlier words stay beside it, and
    everybody has to read it anew."""
    _require_own(by, message)
    _require(text, "text", "There is nothing in it.", "Write something, or take it back.")
    _require(because, "because", "It was sent otherwise before.", "Say why it is put right.")
    before = wording_of(message)
    if before.text == text.strip():
        raise Refused("It says just that.", instead="Change it, or leave it.", field="text")
    before.replaced_at = clock.now()
    before.save(update_fields=["replaced_at"])
    made = _word(message, before.number + 1, text, because.strip())
    _waits_for_the_others(message)
    return made


@operation("conversation.taken_back", needs=None, unless=was_taken_back)
def take_back(message: Message, *, by: Staff, because: str) -> Message:
    """Take back a message of one's own, and say why. That it was sent stays to be seen; what it
    said stays on record and is shown to nobody in the conversation."""
    _require_own(by, message)
    _require(because, "because", "It was sent.", "Say why it is taken back.")
    message.taken_back_at, message.taken_back_because = clock.now(), because.strip()
    message.save(update_fields=["taken_back_at", "taken_back_because"])
    for member in message.conversation.members.filter(until_at=None, waits_since__isnull=False):
        member.waits_since = waits_since(member)
        member.save(update_fields=["waits_since"])
    return message


@operation("conversation.colleague_added", needs=None, unless=is_closed)
def add_colleague(conversation: Conversation, *, by: Staff, staff: Staff, because: str) -> Member:
    """Let a colleague in, with the reason. They can read everything that was written so far.

    Refused for whoever is in it, does not work here, or may not open the file it is about.
    """
    _require_inside(by, conversation)
    _may_be_in(staff, conversation.scheme, conversation.stay, by=by, field="staff")
    _require(because, "because", "The others want to know.", "Say why they are added.")
    made = Member(conversation=conversation, staff=staff, added_by=by, because=because.strip())
    made.waits_since = waits_since(made)
    made.save()
    return made


@operation("conversation.colleague_taken_out", needs=None)
def take_out(member: Member, *, by: Staff, because: str) -> Member:
    """Leave, or take somebody out, with the reason. From then on they cannot read it.

    Others are taken out by whoever began it or let them in. What they wrote stays.
    """
    _require_inside(by, member.conversation)
    if by.pk not in {member.staff_id, member.added_by_id, member.conversation.begun_by_id}:
        raise NotPermitted(
            f"{member.conversation.begun_by} began this.", instead="Ask them to do it."
        )
    if member.until_at:
        raise Refused("They are not in it.", instead="There is nothing left to do.")
    _require(because, "because", "The others want to know.", "Say why.")
    member.until_at, member.until_by, member.until_because = clock.now(), by, because.strip()
    member.save(update_fields=["until_at", "until_by", "until_because"])
    return member


@operation("conversation.closed", needs=None, unless=is_closed)
def close_conversation(conversation: Conversation, *, by: Staff, because: str) -> Closing:
    """Close it, and say what came of it. It can be read still, and opened again."""
    _require_inside(by, conversation)
    _require(because, "because", "The others want to know.", "Say what came of it.")
    made = Closing.objects.create(conversation=conversation, closed_by=by, because=because.strip())
    conversation.closed_at = made.closed_at
    conversation.save(update_fields=["closed_at"])
    return made


@operation("conversation.opened_again", needs=None, unless=is_open)
def open_again(conversation: Conversation, *, by: Staff, text: str) -> Conversation:
    """Go on with what was closed, with a message. Why it was closed stays on record."""
    _require_inside(by, conversation)
    _require(text, "text", "There is nothing in it.", "Write how it goes on.")
    closing = conversation.closings.get(opened_at=None)
    closing.opened_at, closing.opened_by = clock.now(), by
    closing.save(update_fields=["opened_at", "opened_by"])
    conversation.closed_at = None
    conversation.save(update_fields=["closed_at"])
    write_message(conversation, by=by, text=text)
    return conversation


@operation("conversation.expired", needs=None)
def expire(scheme: Scheme, *, by: Actor, conversation: Conversation, before: date) -> Conversation:
    """Let one about nobody go whose last message is older than that day.

    Source: the pack, `[retention.message]`.
    """
    last = conversation.last_at.astimezone(scheme.zone).date()
    if conversation.scheme_id != scheme.pk or conversation.stay_id or last >= before:
        raise Refused("Its time is not over.", instead="Leave it.")
    wordings = Wording.objects.filter(message__conversation=conversation)
    Read.objects.filter(wording__in=wordings).delete()
    wordings.delete()
    conversation.messages.all().delete()
    conversation.members.all().delete()
    conversation.closings.all().delete()
    Conversation.objects.filter(pk=conversation.pk).delete()
    return conversation


def _read(conversation: Conversation, by: Staff) -> None:
    unread = Wording.objects.unread_by(by.pk).filter(message__conversation=conversation)
    Read.objects.bulk_create(Read(wording=one, staff=by) for one in unread)
    conversation.members.filter(staff=by, until_at=None).update(waits_since=None)


def _waits_for_the_others(message: Message) -> None:
    """Something new stands there: who had read everything has something to read from now on."""
    inside = message.conversation.members.filter(until_at=None, waits_since=None)
    inside.exclude(staff=message.written_by_id).update(waits_since=clock.now())


def _word(message: Message, number: int, text: str, because: str = "") -> Wording:
    return Wording.objects.create(
        message=message, number=number, text=text.strip(), words_key=name_key(text),
        because=because,
    )  # fmt: skip


def _may_be_in(who: Staff, scheme: Scheme, stay: Stay | None, *, by: Staff, field: str) -> None:
    if not works_at(who, scheme):
        raise Refused(
            "You do not work here." if who == by else f"{who} does not work here.",
            instead="Write where you work." if who == by else "Choose somebody who does.",
            field=field,
        )
    if stay and not reads_file(who, stay):
        raise Refused(
            "You may not open that file."
            if who == by
            else f"{who} may not open the file of {stay.resident.name}.",
            instead="Ask somebody who may, or write without saying whom it is about.",
            field=field,
        )


def _require_inside(by: Staff, conversation: Conversation) -> None:
    if not is_in(by, conversation):
        raise NotPermitted("You are not in this conversation.", instead="Ask somebody who is.")


def _require_own(by: Staff, message: Message) -> None:
    _require_inside(by, message.conversation)
    if message.written_by_id != by.pk:
        raise NotPermitted("Somebody else wrote it.", instead="Reply to it.")


def _require(said: str, field: str, because: str, instead: str) -> None:
    if not said.strip():
        raise Refused(because, instead=instead, field=field)
