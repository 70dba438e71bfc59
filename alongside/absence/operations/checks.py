"""What several operations of absence ask before they act."""

from __future__ import annotations

from datetime import date

from alongside.absence.models import Absence
from alongside.audit.actors import Actor
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice


def already_cancelled(absence: Absence) -> Refused | None:
    if absence.cancelled_at:
        return Refused("This was cancelled.", instead="Enter it anew if they are away after all.")
    return None


def not_in_force(absence: Absence) -> Refused | None:
    """Only what is in force is prepared and covered."""
    if absence.is_in_force():
        return None
    if absence.cancelled_at:
        return already_cancelled(absence)
    return Refused("This leave is not approved.", instead="Wait until it has been decided.")


def over_or_not_in_force(absence: Absence) -> Refused | None:
    if absence.is_over():
        return Refused(
            f"{absence.worker} is back already.", instead="Enter a new absence if there is one."
        )
    return not_in_force(absence)


def require_works_here(scheme: Scheme, worker: Staff) -> None:
    if Staff.objects.at(scheme).filter(pk=worker.pk).exists():
        return
    raise Refused(
        f"{worker} does not work here.", instead="Choose somebody who does.", field="worker"
    )


def require_own_or_may(scheme: Scheme, worker: Staff, by: Actor, action: Action) -> None:
    """Everybody tells their own absence; a colleague's only whoever may."""
    if by.actor_id == worker.pk or by.may(action, scheme):
        return
    raise NotPermitted(
        "You enter only your own absence.",
        instead=f"Ask {scheme.one('manager')} to enter this one.",
    )


def require_order(from_on: date, until_on: date | None, *, field: str = "until_on") -> None:
    if until_on is None or until_on >= from_on:
        return
    raise Refused(
        "The last day lies before the first.", instead="Mend one of the two.", field=field
    )


def require_not_away(worker: Staff, from_on: date, until_on: date | None) -> None:
    """Nobody is away twice on a day that is known. The worker is locked: two people may be
    entering it at once.

    How long sickness lasts is often not known: it takes the days up to the one that is, and
    today, and stands in the way of nothing later.
    """
    Staff.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    there = Absence.objects.for_page().standing().filter(worker=worker)
    taken = there.overlapping(from_on, until_on or date.max).order_by("from_on")
    found = next((one for one in taken if one.takes_to() >= from_on), None)
    if found is None:
        return
    until = f" to {found.until_on:%-d %B %Y}" if found.until_on else ""
    raise Refused(
        f"{worker} is already down as away from {found.from_on:%-d %B %Y}{until}.",
        instead="Open that absence, or choose other days.",
        field="from_on",
    )


def known(offered: Keyed[Choice], key: str, words: str, *, field: str, more: str) -> None:
    """Refused when the choice is not on the list, or needs words and has none."""
    found = offered.get(key)
    if found is None:
        raise Refused("That is not on the list.", instead="Choose one that is.", field=field)
    if found.needs_text and not words.strip():
        raise Refused(f"“{found.says}” needs a few words.", instead="Say what it is.", field=more)


def require_words(text: str, *, field: str, instead: str) -> str:
    """The text without blanks around it. Refused when nothing is left."""
    if kept := text.strip():
        return kept
    raise Refused("Nothing has been written yet.", instead=instead, field=field)
