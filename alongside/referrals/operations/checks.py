"""Refusals that several operations on referrals share."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.audit.actors import Actor
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice
from alongside.referrals.models import Referral, State


def has_moved_in(referral: Referral) -> Refused | None:
    """After moving in, what happens is recorded on the stay."""
    if referral.state != State.MOVED_IN:
        return None
    return Refused(
        f"{referral.resident} has moved in.", instead="Record what happens now on their own file."
    )


def is_closed(referral: Referral) -> Refused | None:
    """A closed referral is decided again before anything else happens to it."""
    if moved := has_moved_in(referral):
        return moved
    if not referral.is_closed():
        return None
    return Refused(
        f"This referral is closed: {referral.get_state_display().lower()}.",
        instead="Decide on it again first, or take a new referral.",
    )


def require_not_ahead(scheme: Scheme, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > scheme.today():
        raise Refused(
            f"{day:%-d %B %Y} has not come yet.",
            instead="Write the day on which it happened.",
            field=field,
        )


def require_since_received(referral: Referral, day: date, *, field: str) -> None:
    """Refuse a day in the future, or one before the referral came."""
    require_not_ahead(referral.scheme, day, field=field)
    if day < referral.received_on:
        raise Refused(
            f"The referral came on {referral.received_on:%-d %B %Y}, after that day.",
            instead="Check the date.",
            field=field,
        )


def require_listed(
    choices: Keyed[Choice], key: str, words: str, *, field: str, words_field: str
) -> None:
    """Refuse an answer that is not on the list, and one that needs words and has none."""
    if key not in choices:
        raise Refused("That is not on the list.", instead="Choose one that is.", field=field)
    if choices[key].needs_text and not words.strip():
        raise Refused(
            f"“{choices[key].says}” needs a few words more.",
            instead="Say briefly how it was.",
            field=words_field,
        )


def staff_of(by: Actor) -> Staff | None:
    """Who wrote it down, when it was a member of staff."""
    return by if isinstance(by, Staff) else None


def written(referral: Referral, by: Actor) -> dict[str, Any]:
    """The fields that every record of a referral has."""
    return {"referral": referral, "recorded_by": staff_of(by)}


def move_to(referral: Referral, state: State, *, since: date) -> None:
    """Change where a referral stands, from a day on."""
    referral.state, referral.state_since = state, since
    referral.save(update_fields=["state", "state_since", "stay"])
