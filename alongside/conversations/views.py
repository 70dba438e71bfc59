"""Messages between colleagues: the list, one conversation, and what is written in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.reading import opened
from alongside.conversations import forms, operations, queries
from alongside.conversations.models import Conversation
from alongside.organisation.models import Scheme, StaffQuerySet
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import choices, paged

SECTION = "messages"
SHOW = {queries.UNREAD: "Unread", queries.CLOSED: "Closed"}


@require_safe
def here(request: StaffRequest, scheme: str) -> HttpResponse:
    """My conversations at this service: open, unread or closed; about whom; with which words."""
    at = scheme_for(request.user, scheme)
    asked = forms.FilterForm(request.GET, people=queries.people_written_about(request.user, at))
    show = request.GET.get("show", "")
    found = queries.here(
        request.user, at, show=show if show in SHOW else "", about=asked.whom, words=asked.words
    )
    shown = {
        "page_title": "Messages",
        "at": at,
        "asked": asked,
        "filtered": bool(asked.words or asked.whom or show),
        "show": choices(request, "show", SHOW, everything="Open"),
        "conversations": paged(request, found, size=20),
    }
    return page(request, "conversations/here.html", shown)


@require_safe
def about(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The conversations about one person that I am in."""
    stay = stay_for(request.user, stay_id)
    shown = {
        **person_page(stay, section=SECTION),
        "page_title": "Messages",
        "conversations": paged(request, queries.about(request.user, stay), size=20),
    }
    return page(request, "conversations/about.html", shown)


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, scheme: str) -> HttpResponse:
    """Write to colleagues."""
    at = scheme_for(request.user, scheme)
    people = queries.people_here(request.user, at)
    said = request.GET.get("stay", "")
    stay = next((one for one in people if str(one.pk) == said), None)
    form = forms.BeginForm.from_request(
        request, key=f"message-{stay.pk if stay else at.pk}", people=people,
        staff=_others(request, at), initial={"stay": stay.pk if stay else ""},
    )  # fmt: skip
    shown = {
        "page_title": "Write to colleagues", "button": "Send",
        "back_url": reverse("conversations:here", args=[at.slug]),
    }  # fmt: skip
    made = form.carry_out(operations.begin_conversation, at, by=request.user)
    if made:
        return go(request, "conversations:one", made.pk, says="It is sent.")
    return page(request, "conversations/ask.html", {**shown, "form": form})


@require_safe
def one(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """One conversation: who is in it, what was said and who has read it, the latest first."""
    found = queries.conversation_for(request.user, conversation_id)
    return _shown(request, found, _reply_form(request, found))


@require_http_methods(["GET", "POST"])
def reply(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Write in it; in one that is closed, open it again with that."""
    found = queries.conversation_for(request.user, conversation_id)
    form = _reply_form(request, found)
    act = operations.open_again if found.closed_at else operations.write_message
    if form.carry_out(act, found, by=request.user):
        return go(request, "conversations:one", found.pk, says="It is sent.")
    return _shown(request, found, form)


@require_POST
def read(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Say that one has read everything in it."""
    found = queries.conversation_for(request.user, conversation_id)
    form = forms.ReadForm.from_request(request)
    if form.carry_out(operations.say_it_is_read, found, by=request.user):
        return go(request, "conversations:here", found.scheme.slug, says="It counts as read.")
    return _shown(request, found, _reply_form(request, found))


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Let a colleague in."""
    found = queries.conversation_for(request.user, conversation_id)
    inside = [one.staff_id for one in queries.members_of(found) if one.until_at is None]
    staff = staff_at(found.scheme).exclude(pk__in=inside)
    form = forms.AddForm.from_request(request, staff=staff)
    return _ask(request, form, operations.add_colleague, found, found,
                title="Add a colleague", button="Add", says="They are in it now.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_out(request: StaffRequest, member_id: UUID) -> HttpResponse:
    """Leave, or take a colleague out."""
    member = queries.member_for(request.user, member_id)
    found, mine = member.conversation, member.staff_id == request.user.pk
    form = forms.BecauseForm.from_request(request)
    title = "Leave this conversation" if mine else f"Take {member.staff.name} out"
    back_to = reverse("conversations:one", args=[found.pk])
    then = ("conversations:here", found.scheme.slug) if mine else ("conversations:one", found.pk)
    shown = {"page_title": title, "button": "Leave" if mine else "Take out", "back_url": back_to}
    return ask(request, form, operations.take_out, member, then=then,
               says="You are out of it." if mine else "They cannot read it any more.",
               template="conversations/ask.html", shown=shown)  # fmt: skip


@require_http_methods(["GET", "POST"])
def put_right(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Word a message of one's own otherwise."""
    message = queries.my_message(request.user, message_id)
    initial = {"text": queries.words_of(message)}
    form = forms.PutRightForm.from_request(request, key=f"message-{message.pk}", initial=initial)
    return _ask(request, form, operations.put_right, message, message.conversation,
                title="Put your message right", button="Save",
                says="It is put right, and everybody sees that it was.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Take back a message of one's own."""
    message = queries.my_message(request.user, message_id)
    form = forms.BecauseForm.from_request(request)
    return _ask(request, form, operations.take_back, message, message.conversation,
                title="Take your message back", button="Take back", says="It is taken back.",
                quoted=queries.words_of(message))  # fmt: skip


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, conversation_id: UUID) -> HttpResponse:
    """Close a conversation, with what came of it."""
    found = queries.conversation_for(request.user, conversation_id)
    form = forms.ClosingForm.from_request(request)
    return _ask(request, form, operations.close_conversation, found, found,
                title="Close this conversation", button="Close",
                says="It is closed. It can be opened again.")  # fmt: skip


def _others(request: StaffRequest, at: Scheme) -> StaffQuerySet:
    return staff_at(at).exclude(pk=request.user.pk)


def _reply_form(request: StaffRequest, found: Conversation) -> forms.ReplyForm:
    return forms.ReplyForm.from_request(request, key=f"reply-{found.pk}")


def _ask(
    request: StaffRequest, form: OperationForm, act: Any, subject: Any, found: Conversation,
    *, title: str, button: str, says: str, quoted: str = "",
) -> HttpResponse:  # fmt: skip
    """`quoted`: the words it is about, shown above the form."""
    back_to = reverse("conversations:one", args=[found.pk])
    shown = {"page_title": title, "button": button, "back_url": back_to, "quoted": quoted}
    if found.stay:
        opened(found.stay, SECTION)
    return ask(request, form, act, subject, then=("conversations:one", found.pk), says=says,
               template="conversations/ask.html", shown=shown)  # fmt: skip


def _shown(request: StaffRequest, found: Conversation, form: OperationForm) -> HttpResponse:
    """The page itself. Its title names neither the subject nor anybody: it stands on the screen,
    in the list of tabs and in the history of the browser."""
    members = queries.members_of(found)
    if found.stay:
        opened(found.stay, SECTION)
    me = request.user
    shown = {
        "page_title": "A conversation",
        "conversation": found,
        "members": members,
        "inside": [one for one in members if one.until_at is None],
        "may_take_out": found.begun_by_id == me.pk,
        "messages_shown": paged(request, queries.messages_of(found), size=15),
        "unread": queries.is_unread(me, found),
        "closing": queries.closing_of(found),
        "read_form": forms.ReadForm(),
        "may_note": bool(found.stay and not found.stay.moved_out_on
                         and me.may(Action.WRITE_NOTE, found.stay)),
        "may_give": me.may(Action.GIVE_OTHER_DUTY, found),
        "form": form,
    }  # fmt: skip
    return page(request, "conversations/one.html", shown)
