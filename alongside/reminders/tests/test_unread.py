"""Once a day at most somebody hears that a message waits: how many, and nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from alongside.conversations.models import Conversation
from alongside.conversations.operations import begin_conversation, say_it_is_read
from alongside.organisation.models import Staff
from alongside.practice.keyed import Keyed
from alongside.reminders.models import Kind, MailChoice, Reminder
from alongside.reminders.operations import choose_mail
from alongside.reminders.words import text_of
from alongside.rights.operations import limit_file
from alongside.testing.cast import Cast

S4_33 = pytest.mark.req("S4-33")
SOON = datetime(2026, 4, 21, 10, tzinfo=UTC)  # an hour before a day is over
LATER = datetime(2026, 4, 21, 11, tzinfo=UTC)  # just a day
NEXT = datetime(2026, 4, 22, 11, tzinfo=UTC)


@pytest.fixture
def about_tomasz(cast: Cast) -> Conversation:
    """Grace writes to Amina about Tomasz."""
    return begin_conversation(
        cast.mill_house, by=cast.grace, to=[cast.amina], subject="The dentist", stay=cast.tomasz,
        text="He has toothache.",
    )  # fmt: skip


def told(staff: Staff, at: datetime) -> list[mail.EmailMessage]:
    """What somebody was sent about messages when the letters went out at that moment."""
    mail.outbox.clear()
    with time_machine.travel(at, tick=False):
        call_command("remind")
    here = [one for one in mail.outbox if one.to == [staff.email]]
    return [one for one in here if one.subject == "Alongside: something to read"]


@S4_33
def test_amina_hears_once_a_day_that_a_message_waits_and_nothing_of_it(
    cast: Cast, about_tomasz: Conversation
) -> None:
    assert not told(cast.amina, SOON)
    (letter,) = told(cast.amina, LATER)
    assert letter.body.startswith("1 conversation has something that you have not read")
    for word in ("Tomasz", "Nowak", "dentist", "toothache", "Grace", "Mill House"):
        assert word not in f"{letter.subject} {letter.body}"
    assert not told(cast.amina, LATER)
    assert not told(cast.grace, LATER)
    assert Reminder.objects.get(kind=Kind.UNREAD).due == 1
    assert told(cast.amina, NEXT)
    with time_machine.travel(NEXT, tick=False):
        say_it_is_read(about_tomasz, by=cast.amina)
    assert not told(cast.amina, datetime(2026, 4, 23, 11, tzinfo=UTC))


@S4_33
def test_no_letter_comes_of_what_one_may_not_open_any_more(
    cast: Cast, about_tomasz: Conversation
) -> None:
    limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    assert not told(cast.amina, LATER)


@S4_33
def test_where_the_practice_names_no_hours_no_such_letter_is_sent(
    cast: Cast, about_tomasz: Conversation, monkeypatch
) -> None:
    now = cast.mill_house.pack
    without = {key: one for key, one in now.limits.pairs() if key != "message_unread"}
    monkeypatch.setattr(type(cast.mill_house), "pack", replace(now, limits=Keyed(without)))
    assert not told(cast.amina, LATER)


@S4_33
def test_who_does_not_want_it_gets_none(client, cast: Cast, about_tomasz: Conversation) -> None:
    client.force_login(cast.amina)
    client.post(reverse("reminders:my-mail"), {"daily": "on", "weekly": "on", "from_hour": "7"})
    assert not MailChoice.objects.get(staff=cast.amina).unread
    assert not told(cast.amina, LATER)
    with time_machine.travel(LATER, tick=False):
        choose_mail(cast.amina, by=cast.amina, daily=False, weekly=False, unread=True, from_hour=7)
    assert told(cast.amina, LATER)


def test_the_words_count() -> None:
    assert text_of(Kind.UNREAD, due=2, late=0, site="").startswith("2 conversations have something")
