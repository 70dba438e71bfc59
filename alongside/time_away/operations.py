"""What changes time away: that somebody left, that they are back, and putting either right."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended
from alongside.time_away.models import Away


@operation("away.recorded", needs=Action.WRITE_NOTE, unless=already_ended)
def record_away(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    left_on: date,
    expected_on: date | None = None,
    back_on: date | None = None,
    words: str = "",
) -> Away:
    """Record that somebody is, or was, away. What the practice names stands still meanwhile.

    `kind` is a key of the pack's list `pauses`; `back_on` is the day they were here again.

    Refused for a day to come, a day they were not staying here, a day back before they left,
    and days on which they were away already.
    """
    _require_days(stay, kind, left_on, back_on)
    _require_free(stay, left_on, back_on)
    return Away.objects.create(
        stay=stay, kind=kind, left_on=left_on, expected_on=expected_on, back_on=back_on,
        words=words, practice=stay.scheme.practice_name, recorded_by=by,
    )  # fmt: skip


def is_over(away: Away) -> Refused | None:
    """One is back once."""
    if away.replaced_at:
        return Refused("This was put right since.", instead="Look at the entry that holds now.")
    if away.back_on:
        return Refused("They are back already.", instead="If the day is wrong, put it right.")
    return None


@operation("away.ended", needs=Action.WRITE_NOTE, unless=is_over)
def record_back(away: Away, *, by: Staff, back_on: date) -> Away:
    """Record the day they were here again; clocks go on from that day.

    Refused for a day to come, or before they left.
    """
    _require_days(away.stay, away.kind, away.left_on, back_on)
    away.back_on = back_on
    away.save(update_fields=["back_on"])
    return away


def is_replaced(away: Away) -> Refused | None:
    """What was put right is put right in the entry that holds now."""
    if away.replaced_at is None:
        return None
    return Refused("This was put right since.", instead="Look at the entry that holds now.")


@operation("away.corrected", needs=Action.CORRECT_NOTE, unless=is_replaced)
def correct_away(
    away: Away,
    *,
    by: Staff,
    because: str,
    kind: str,
    left_on: date,
    back_on: date | None = None,
    words: str = "",
) -> Away:
    """Put time away right: another entry holds from now on, and this one is kept beneath it.

    Refused like `record_away`, and without saying what was wrong.
    """
    _require_days(away.stay, kind, left_on, back_on)
    _require_free(away.stay, left_on, back_on, beside=away)
    _replace(away, because)
    return Away.objects.create(
        stay=away.stay, kind=kind, left_on=left_on, back_on=back_on, words=words, corrects=away,
        expected_on=away.expected_on, practice=away.scheme.practice_name, recorded_by=by,
    )  # fmt: skip


@operation("away.withdrawn", needs=Action.CORRECT_NOTE, unless=is_replaced)
def withdraw_away(away: Away, *, by: Staff, because: str) -> Away:
    """Take back an entry that was an error: they were not away. It stays on file."""
    return _replace(away, because)


def _replace(away: Away, because: str) -> Away:
    if not because.strip():
        raise Refused("It is not said what was wrong.", instead="Write it.", field="because")
    away.replaced_at, away.replaced_because = clock.now(), because.strip()
    away.save(update_fields=["replaced_at", "replaced_because"])
    return away


def _require_days(stay: Stay, kind: str, left_on: date, back_on: date | None) -> None:
    if kind not in stay.scheme.pack.choices("pauses"):
        raise Refused("That is not on the list.", instead="Choose one that is.", field="kind")
    stay.require_current(on=left_on, field="left_on")
    if back_on is None:
        return
    stay.require_current(on=back_on, field="back_on")
    if back_on < left_on:
        raise Refused(
            "Nobody is back before they left.", instead="Check both days.", field="back_on"
        )


def _require_free(
    stay: Stay, left_on: date, back_on: date | None, *, beside: Away | None = None
) -> None:
    others = Away.objects.standing().filter(stay=stay)
    for other in others.exclude(pk=beside.pk) if beside else others:
        ends, other_ends = back_on or date.max, other.back_on or date.max
        if left_on < other_ends and other.left_on < ends:
            raise Refused(
                f"They were away already: {other.says.lower()}, from {other.left_on:%-d %B %Y}.",
                instead="Put that entry right, or choose other days.",
                field="left_on",
            )
