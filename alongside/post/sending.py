"""How a kept letter leaves: taken, handed to the mail server, and what came of it written down.

No transaction is open while the mail server is spoken to, so that nobody waits for it. A machine
that stops in between sends the letter again later: twice is better than never.
"""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException

from django.core.mail import EmailMessage

from alongside.audit.actors import Actor
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.post.models import Letter
from alongside.post.operations import mark_failed, mark_sent, take_letter
from alongside.post.queries import next_due


@dataclass(slots=True)
class Round:
    """What one round has done: how many were sent, and how many will be tried again."""

    sent: int = 0
    failed: int = 0


def send_what_is_due(*, by: Actor, using: str = "default") -> Round:
    """Send every letter that is due, one after the other, through this mailer of the settings."""
    done = Round()
    while letter := next_due(clock.now()):
        try:
            taken = take_letter(letter, by=by)
        except Refused:
            continue  # another round has it
        if fault := _hand_over(taken, using):
            mark_failed(taken, by=by, fault=fault)
            done.failed += 1
        else:
            mark_sent(taken, by=by)
            done.sent += 1
    return done


def _hand_over(letter: Letter, using: str) -> str:
    """Give it to the mail server. Returns what went wrong, or nothing."""
    try:
        EmailMessage(letter.subject, letter.text, to=[letter.to]).send(using=using)
    except (SMTPException, OSError, ValueError) as fault:
        return f"{type(fault).__name__}: {fault}"
    return ""
