"""What a reminder says. It names nobody and no place: an inbox is read over shoulders."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.reminders.models import Kind


def subject_of(kind: Kind, *, due: int, late: int, soon: int = 0) -> str:
    """One line for the inbox."""
    if kind is Kind.WEEKLY:
        return "Alongside: your week"
    if kind is Kind.UNREAD:
        return "Alongside: something to read"
    if due or late:
        return f"Alongside: {_things(due or late)} {'due today' if due else 'late'}"
    return f"Alongside: {_things(soon)} due soon" if soon else "Alongside: passed up to you"


def text_of(
    kind: Kind, *, due: int, late: int, site: str, soon: int = 0, passed_up: int = 0
) -> str:
    """The whole letter. `site` is where to sign in, when the installation has said so."""
    if kind is Kind.WEEKLY:
        says = f"Where you lead, {_things(late)} overdue, and {_people(due)} last week."
    elif kind is Kind.UNREAD:
        waits = "conversation has" if due == 1 else "conversations have"
        says = f"{due} {waits} something that you have not read for some time."
    else:
        says = " ".join(_sentences(due, late, soon, passed_up))
    sign_in = f"Sign in to read: {site}" if site else "Sign in to read."
    return f"{says[:1].upper()}{says[1:]}\n\n{sign_in}\n\n{STOP}"


def _sentences(due: int, late: int, soon: int, passed_up: int) -> Iterator[str]:
    if due and late:
        yield f"{_things(due)} due today, {late} {_are(late)} late."
    elif due or late:
        yield f"{_things(due)} due today." if due else f"{_things(late)} late."
    if soon:
        more = "more " if due or late else ""
        yield f"{soon} {more}thing{'s fall' if soon > 1 else ' falls'} due in the coming days."
    if passed_up:
        were = "were" if passed_up > 1 else "was"
        yield f"{passed_up} late thing{'s' if passed_up > 1 else ''} {were} passed up to you."


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
