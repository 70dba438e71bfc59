"""Letters are kept first and sent later: once, also when a mail server has a bad day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError

from alongside.audit.actors import System
from alongside.audit.models import Entry
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.post.models import Letter
from alongside.post.operations import MOST_TRIES, mark_sent, queue_letter, take_letter
from alongside.post.queries import letters_about
from alongside.post.sending import send_what_is_due
from alongside.testing.cast import Cast

THE_POST = System("the post")
NOON = datetime(2026, 4, 20, 11, tzinfo=UTC)


def a_letter(cast: Cast, **other) -> Letter:
    words = {"to": "drew@northside.example", "subject": "A review", "text": "Monday at two."}
    return queue_letter(cast.mill_house, by=cast.amina, **{**words, **other})


def a_bad_day(monkeypatch) -> None:
    def no(self, messages):
        raise SMTPServerDisconnected("try later")

    monkeypatch.setattr(EmailBackend, "send_messages", no)


def test_a_letter_waits_and_is_sent_once(cast: Cast, capsys) -> None:
    letter = a_letter(cast, about=cast.tomasz.pk)
    assert letter.stands == "waiting to be sent"
    assert not mail.outbox

    call_command("send_post")
    call_command("send_post")

    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [
        (["drew@northside.example"], "A review", "Monday at two.")
    ]
    assert "1 sent, 0 to be tried again." in capsys.readouterr().out
    (kept,) = letters_about([cast.tomasz.pk])[cast.tomasz.pk]
    assert (kept.sent_at, kept.stands) == (clock.now(), "sent")


def test_the_journal_says_that_there_was_a_letter_and_not_what_it_said(cast: Cast) -> None:
    letter = a_letter(cast)

    entry = Entry.objects.select_related("payload").get(record_id=letter.pk)

    assert entry.event == "letter.queued"
    assert {entry.payload.values[part] for part in ("to", "subject", "text")} == {"(private)"}


@pytest.mark.parametrize(
    "wrong", [{"to": "07700 900123"}, {"to": "a@b.example\nBcc: c@d.example"}, {"text": "  "}]
)
def test_what_is_no_letter_is_refused(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        a_letter(cast, **wrong)

    assert not Letter.objects.exists()


def test_a_subject_on_two_lines_becomes_one(cast: Cast) -> None:
    a_letter(cast, subject="A review\nBcc: everybody@example.org")

    send_what_is_due(by=THE_POST)

    assert mail.outbox[0].subject == "A review Bcc: everybody@example.org"
    assert mail.outbox[0].recipients() == ["drew@northside.example"]


def test_a_mail_server_that_cannot_be_reached_is_tried_again_later(cast: Cast, monkeypatch) -> None:
    letter = a_letter(cast)
    with monkeypatch.context() as today:
        a_bad_day(today)
        assert send_what_is_due(by=THE_POST).failed == 1
        assert send_what_is_due(by=THE_POST).failed == 0, "not at once again"
    letter.refresh_from_db()
    assert letter.stands == "waiting to be tried again: SMTPServerDisconnected: try later"

    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert send_what_is_due(by=THE_POST).sent == 1

    letter.refresh_from_db()
    assert (letter.tries, letter.stands) == (2, "sent")


def test_after_the_last_try_a_letter_is_given_up_and_says_why(cast: Cast, monkeypatch) -> None:
    letter = a_letter(cast)
    a_bad_day(monkeypatch)
    at = clock.now()
    for _ in range(MOST_TRIES + 1):
        with time_machine.travel(at, tick=False):
            send_what_is_due(by=THE_POST)
        at = max(at, Letter.objects.get().next_try_at)

    letter.refresh_from_db()
    assert letter.tries == MOST_TRIES
    assert letter.stands == "could not be delivered: SMTPServerDisconnected: try later"


def test_two_who_post_at_once_do_not_both_take_it(cast: Cast) -> None:
    letter = a_letter(cast)
    take_letter(letter, by=THE_POST)

    with pytest.raises(Refused, match="Somebody else"):
        take_letter(letter, by=THE_POST)


def test_a_letter_that_left_is_not_sent_again(cast: Cast) -> None:
    sent = mark_sent(take_letter(a_letter(cast), by=THE_POST), by=THE_POST)

    with pytest.raises(Refused, match="settled"):
        take_letter(sent, by=THE_POST)


@pytest.mark.parametrize(
    "wrong",
    [{"sent_at": clock.now(), "given_up_at": clock.now(), "tries": 1}, {"sent_at": clock.now()}],
)
def test_the_database_refuses_a_letter_sent_and_given_up_or_never_tried(cast: Cast, wrong) -> None:
    letter = a_letter(cast, about=uuid4())

    with pytest.raises(IntegrityError):
        Letter.objects.filter(pk=letter.pk).update(**wrong)
