"""What a reminder says. It names nobody and no place: an inbox is read over shoulders."""

from __future__ import annotations

from alongside.reminders.models import Kind


def subject_of(kind: Kind, *, due: int, late: int) -> str:
    """One line for the inbox."""
    if kind is Kind.WEEKLY:
        return "Alongside: your week"
    return f"Alongside: {_things(due or late)} {'due today' if due else 'late'}"


def text_of(kind: Kind, *, due: int, late: int, site: str) -> str:
    """The whole letter. `site` is where to sign in, when the installation has said so."""
    if kind is Kind.WEEKLY:
        says = f"Where you lead, {_things(late)} overdue, and {_people(due)} last week."
    elif due and late:
        says = f"{_things(due).capitalize()} due today, {late} {_are(late)} late."
    else:
        says = f"{_things(due).capitalize()} due today." if due else f"{_things(late)} late."
    sign_in = f"Sign in to read: {site}" if site else "Sign in to read."
    return f"{says[:1].upper()}{says[1:]}\n\n{sign_in}\n\n{STOP}"


STOP = "You choose what you are sent, and from which hour, under “E-mails to me”."


def _things(number: int) -> str:
    if not number:
        return "nothing is"
    return f"{number} thing{'' if number == 1 else 's'} {_are(number)}"


def _people(number: int) -> str:
    if not number:
        return "nobody was let down"
    return "1 person was let down" if number == 1 else f"{number} people were let down"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
