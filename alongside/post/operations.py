"""A letter is queued by whoever needs one; the command that posts takes, sends or gives it up."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.post.models import LONGEST_SUBJECT, Letter

# How mail servers are tried again, which no practice has a view on: after five minutes, then
# after twice as long each time, for about three days.
FIRST_WAIT = timedelta(minutes=5)
MOST_TRIES = 10


@operation("letter.queued", needs=None)
def queue_letter(
    scheme: Scheme, *, by: Actor, to: str, subject: str, text: str, about: UUID | None = None
) -> Letter:
    """Keep a letter to one address, to be sent within minutes. Part of another operation.

    Whoever calls has asked whether this may be done, and says no more of a person than needed.
    Refused when the address is none, or there is no subject or text.
    """
    subject, text = " ".join(subject.split()), text.strip()
    try:
        validate_email(to.strip())
    except ValidationError:
        raise Refused(
            f"“{to}” is not an e-mail address.",
            instead="Write it as name@place, or tell them another way.",
            field="to",
        ) from None
    if not subject or not text:
        raise Refused("The letter says nothing.", instead="Write what it is about.", field="text")
    return Letter.objects.create(
        scheme=scheme, to=to.strip(), subject=subject[:LONGEST_SUBJECT], text=text, about=about
    )


def _is_settled(letter: Letter) -> Refused | None:
    if letter.sent_at or letter.given_up_at:
        return Refused("This letter is settled already.", instead="Queue a new one.")
    return None


@operation("letter.taken", needs=None, unless=_is_settled)
def take_letter(letter: Letter, *, by: Actor) -> Letter:
    """Take a letter to send it now, so that nobody else does; it is tried again if nobody reports.

    Refused when somebody has taken it meanwhile.
    """
    now = clock.now()
    if letter.next_try_at > now:
        raise Refused("Somebody else is sending this.", instead="Take the next one.")
    letter.tries += 1
    letter.next_try_at = now + FIRST_WAIT * 2 ** (letter.tries - 1)
    letter.save(update_fields=["tries", "next_try_at"])
    return letter


@operation("letter.sent", needs=None, unless=_is_settled)
def mark_sent(letter: Letter, *, by: Actor) -> Letter:
    """Write down that the mail server has taken it."""
    letter.sent_at, letter.fault = clock.now(), ""
    letter.save(update_fields=["sent_at", "fault"])
    return letter


@operation("letter.failed", needs=None, unless=_is_settled)
def mark_failed(letter: Letter, *, by: Actor, fault: str) -> Letter:
    """Write down what the mail server said; after the last try the letter is given up."""
    letter.fault = " ".join(fault.split())[:200] or "no reason was given"
    if letter.tries >= MOST_TRIES:
        letter.given_up_at = clock.now()
    letter.save(update_fields=["fault", "given_up_at"])
    return letter
