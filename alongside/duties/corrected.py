"""What becomes of duties when the date they are counted from is corrected.

What is open moves with the date, as the same duty, and a log line says from when to when. What was
settled already stays as it was: the line keeps its dates and outcome, and whatever is worked out
from the corrected date shows those, also when everything is made again from the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from alongside.duties.engine import Duty, Subject
from alongside.duties.engine import State as Engine
from alongside.duties.models import MovedDate, State
from alongside.organisation.models import Scheme

SETTLED = {
    State.MET: Engine.DONE,
    State.MET_LATE: Engine.DONE_LATE,
    State.EXCUSED: Engine.WAIVED,
    State.MISSED: Engine.OVERDUE,
}

type Key = tuple[UUID, str, date, str]
type Stored = tuple[UUID, tuple[Any, ...], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The dates and outcome of a duty that was settled before a correction."""

    state: str
    period_from: date
    opens_on: date
    due_on: date
    met_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """One duty whose date is another than the one that is stored."""

    before: Key
    after: Key
    was: tuple[Any, ...]
    now: tuple[Any, ...]
    kept: bool


def corrected(owed: Mapping[Key, tuple[Any, ...]], there: Mapping[Key, Stored]) -> list[Change]:
    """Every duty that is now counted from another date than the stored one."""
    return [*_counted_anew(owed, there), *_due_anew(owed, there)]


def kept_as(kept: Kept, duty: Duty, subject: Subject) -> Duty:
    """A duty as it was before the correction, while what settled it still stands."""
    done = {at.on for at in subject.happened(duty.done_by)}
    if kept.met_on and kept.met_on not in done:
        return duty
    state = SETTLED[State(kept.state)]
    return replace(
        duty,
        period_on=kept.period_from,
        opens_on=kept.opens_on,
        due_on=kept.due_on,
        first_due_on=kept.due_on,
        state=state,
        met_on=kept.met_on,
        missed=kept.state == State.MISSED,
        why=kept.why,
        remind_on=(),
        escalate_on=(),
    )


def as_it_was(shown: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a settled duty shows once its date is counted otherwise: nobody is told of it more."""
    told = dict.fromkeys(("remind_on", "escalate_on", "escalate_again_on"))
    return tuple({**_dates(shown), **told}.values())


def log(kind: str, scheme: Scheme, change: Change) -> MovedDate | None:
    """The line about it; none when it is still due on the same day."""
    was, now = _dates(change.was), _dates(change.now)
    if not change.kept and was["due_on"] == now["due_on"]:
        return None
    subject, key, period, ref = change.after
    return MovedDate(
        subject_kind=kind,
        subject_id=subject,
        scheme=scheme,
        stay_id=now["stay_id"],
        key=key,
        ref=ref,
        says=was["says"],
        from_period=change.before[2],
        from_opens_on=was["opens_on"],
        from_due_on=was["due_on"],
        from_first_due_on=was["first_due_on"] or was["due_on"],
        to_period=period,
        to_due_on=now["due_on"],
        kept=change.kept,
        state=was["state"],
        met_on=was["met_on"],
        why=was["why"],
    )


def _counted_anew(
    owed: Mapping[Key, tuple[Any, ...]], there: Mapping[Key, Stored]
) -> Iterator[Change]:
    """Pairs of a stored duty that is not owed any more and the one that has come in its place."""
    gone: dict[tuple[UUID, str, str], list[Key]] = {}
    new: dict[tuple[UUID, str, str], list[Key]] = {}
    for found, keys in ((gone, there.keys() - owed.keys()), (new, owed.keys() - there.keys())):
        for key in sorted(keys, key=lambda key: key[2]):
            found.setdefault((key[0], key[1], key[3]), []).append(key)
    for which, before in gone.items():
        for old, after in _paired(before, new.get(which, []), owed, there):
            was, now = there[old][1], owed[after]
            settled = _dates(was)["state"] in SETTLED
            yield Change(old, after, was, now, kept=settled)


def _paired(
    before: list[Key],
    after: list[Key],
    owed: Mapping[Key, tuple[Any, ...]],
    there: Mapping[Key, Stored],
) -> Iterator[tuple[Key, Key]]:
    """One for one; of several periods, those that end on the same day."""
    if len(before) == len(after) == 1:
        yield before[0], after[0]
        return
    ends = {_dates(owed[key])["due_on"]: key for key in after}
    for key in before:
        if other := ends.pop(_dates(there[key][1])["due_on"], None):
            yield key, other


def _due_anew(owed: Mapping[Key, tuple[Any, ...]], there: Mapping[Key, Stored]) -> Iterator[Change]:
    """Open duties of the same period whose date, paused days apart, is another."""
    for key in owed.keys() & there.keys():
        was, now = _dates(there[key][1]), _dates(owed[key])
        moved = was["first_due_on"] not in (None, now["first_due_on"])
        if moved and was["state"] in (State.OPEN, State.PAUSED):
            yield Change(key, key, there[key][1], owed[key], kept=False)


def _dates(shown: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(SHOWN, shown, strict=True))


# What a stored duty shows, in this order.
SHOWN = (
    "stay_id", "worker_id", "about", "url", "says", "source", "owner", "done_by", "opens_on",
    "due_on", "first_due_on", "met_on", "state", "why", "concerning_id", "remind_on",
    "escalate_on", "escalate_again_on", "practice",
)  # fmt: skip
