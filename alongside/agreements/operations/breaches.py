"""What breaks an agreement: written down, talked about, resolved."""

from __future__ import annotations

from datetime import date

from alongside.agreements.models import (
    Breach,
)
from alongside.agreements.operations.checks import require_text
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("breach.recorded", needs=Action.RECORD_BREACH, unless=already_ended)
def record_breach(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    clause: str,
    happened_on: date,
    what_happened: str,
    talked_on: date | None = None,
    their_view: str = "",
    agreed: str = "",
) -> Breach:
    """Record that a clause was not kept, with the talk about it if there has been one.

    Refused when the text has no such clause, or the day is in the future or outside the stay.
    """
    stay.require_current(on=happened_on, field="happened_on")
    text = require_text(stay.scheme, key)
    found = text.clause(clause)
    if found is None or not found.can_be_breached:
        raise Refused(
            f"{text.says} has no clause “{clause}” that can be broken.",
            instead="Choose a clause of the list.",
            field="clause",
        )
    breach = Breach(
        stay=stay,
        key=key,
        version=text.version,
        clause=clause,
        clause_says=found.says,
        happened_on=happened_on,
        what_happened=what_happened,
        recorded_by=by,
    )
    if talked_on or agreed or their_view:
        _talk(breach, by, talked_on, agreed, their_view)
    breach.save(force_insert=True)
    return breach


def already_resolved(breach: Breach) -> Refused | None:
    """A breach is resolved once."""
    if breach.resolved_at is None:
        return None
    return Refused(
        f"This was resolved on {breach.resolved_at:%-d %B %Y}: {breach.get_outcome_display()}.",
        instead="Record a new breach if it happened again.",
    )


@operation("breach.talked_about", needs=Action.RECORD_BREACH, unless=already_resolved)
def talk_about_breach(
    breach: Breach, *, by: Staff, talked_on: date, agreed: str, their_view: str = ""
) -> Breach:
    """Record the talk that reminded them of what was agreed, and what was agreed now.

    Refused when the day is before it happened or in the future, or nothing was agreed.
    """
    _talk(breach, by, talked_on, agreed, their_view)
    breach.save(update_fields=["talked_on", "talked_by", "their_view", "agreed"])
    return breach


@operation("breach.resolved", needs=Action.RECORD_BREACH, unless=already_resolved)
def resolve_breach(breach: Breach, *, by: Staff, outcome: str, words: str = "") -> Breach:
    """Say how a breach was resolved. One written down by mistake no longer counts.

    Refused when nobody has talked with them about it, unless it was a mistake, which needs words.
    """
    if outcome == Breach.Outcome.MISTAKE and not words:
        raise Refused(
            "A mistake needs explaining, as it was on somebody’s file.",
            instead="Write what was wrong.",
            field="words",
        )
    if outcome != Breach.Outcome.MISTAKE and breach.talked_on is None:
        raise Refused(
            "Nobody has talked with them about it yet.",
            instead="Talk with them first, and record what you agreed.",
            field="outcome",
        )
    breach.outcome, breach.outcome_words = outcome, words
    breach.resolved_by, breach.resolved_at = by, clock.now()
    breach.save(update_fields=["outcome", "outcome_words", "resolved_by", "resolved_at"])
    return breach


def _talk(breach: Breach, by: Staff, on: date | None, agreed: str, their_view: str) -> None:
    if on is None:
        raise Refused(
            "A talk needs its day.", instead="Say when you talked with them.", field="talked_on"
        )
    breach.stay.require_current(on=on, field="talked_on")
    if on < breach.happened_on:
        raise Refused(
            "The talk cannot be before it happened.",
            instead="Check both dates.",
            field="talked_on",
        )
    if not agreed:
        raise Refused(
            "A talk needs what came of it.",
            instead="Write what you agreed, even if that was nothing yet.",
            field="agreed",
        )
    breach.talked_on, breach.talked_by = on, by
    breach.agreed, breach.their_view = agreed, their_view
