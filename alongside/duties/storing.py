"""The stored duties beside those that are owed: reads them, and writes what is different."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.duties.corrected import SHOWN, Key, Stored, as_it_was, corrected, log
from alongside.duties.engine import Duty as Owed
from alongside.duties.engine import State as Engine
from alongside.duties.models import Duty, MovedDate, State
from alongside.duties.subjects import About, SubjectKind
from alongside.kit.upsert import upsert
from alongside.organisation.models import Scheme
from alongside.practice.duties import DutyKind, DutyRule

STORED = {
    Engine.DONE: State.MET,
    Engine.DONE_LATE: State.MET_LATE,
    Engine.WAIVED: State.EXCUSED,
    Engine.PAUSED: State.PAUSED,
    Engine.VOID: State.VOID,
}
IDENTITY = ("subject_kind", "subject_id", "scheme", "key", "period_from", "ref")
ROUTED = (
    "owed_by_id", "owed_as", "owed_how", "instead_of_id", "support", "told_id", "told_next_id",
)  # fmt: skip
NOT_ROUTED: tuple[Any, ...] = (None, "", "", None, False, None, None)
COLUMNS = [*IDENTITY, *(name.removesuffix("_id") for name in (*SHOWN, *ROUTED))]
UNSETTLED = (State.OPEN, State.PAUSED)

type Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What the stored duties in hand are about: subjects of one kind at one scheme."""

    kind: SubjectKind
    scheme: Scheme
    keys: Sequence[UUID]


def stored(
    place: Place, rules: Sequence[DutyRule], *, since: date, also: Iterable[UUID] = ()
) -> dict[Key, Stored]:
    """The stored duties under these rules, with their keys, what they show and who owes them.

    Weeks and months that were over before `since` are left out. `also` are subjects of which
    every duty that is not settled comes with them, under whatever rule.
    """
    under = Q(key__in=[rule.key for rule in rules])
    if since > date.min:
        over = [rule.key for rule in rules if rule.kind is DutyKind.FIXED and not rule.due]
        under &= ~Q(key__in=over, due_on__lt=since)
    if also := list(also):
        under |= Q(subject_id__in=also, state__in=UNSETTLED)
    found = Duty.objects.about(place.kind.key, place.keys).filter(under, scheme=place.scheme)
    rows = found.values_list("pk", "subject_id", "key", "period_from", "ref", *SHOWN, *ROUTED)
    until = 5 + len(SHOWN)
    return {row[1:5]: (row[0], row[5:until], row[until:]) for row in rows}


def correct(place: Place, owed: dict[Key, Values], there: dict[Key, Stored]) -> None:
    """Let what is counted from a corrected date be the same duty as before, and log what moved."""
    lines = []
    for change in corrected(owed, there):
        lines.append(log(place.kind.key, place.scheme, change))
        if change.kept:
            owed[change.before] = as_it_was(there[change.before][1])
            del owed[change.after]
        elif change.after != change.before:
            row = there.pop(change.before)
            there[change.after] = row
            Duty.objects.filter(pk=row[0]).update(period_from=change.after[2])
    MovedDate.objects.bulk_create(line for line in lines if line is not None)


def store(
    place: Place,
    owed: Mapping[Key, Values],
    falls_to: Mapping[Key, Values],
    there: Mapping[Key, Stored],
) -> None:
    """Add what is new and change what is different in one go; delete what is no longer so."""
    kind, scheme = place.kind.key, place.scheme.pk
    different = [
        (kind, subject, scheme, rule, period, ref, *shown, *falls_to[subject, rule, period, ref])
        for (subject, rule, period, ref), shown in owed.items()
        if _is_different(
            there.get((subject, rule, period, ref)), shown, falls_to[subject, rule, period, ref]
        )
    ]
    upsert(Duty, COLUMNS, different, unique=IDENTITY)
    if gone := [before[0] for key, before in there.items() if key not in owed]:
        Duty.objects.filter(pk__in=gone).delete()


def _is_different(before: Stored | None, shown: Values, falls_to: Values) -> bool:
    return before is None or before[1] != shown or before[2] != falls_to


LONGEST_NAME = Duty._meta.get_field("about").max_length
LONGEST_WORDS = Duty._meta.get_field("says").max_length


def shown(about: About, duty: Owed, scheme: Scheme) -> Values:
    """What a stored duty shows of one that is owed, in the order of `SHOWN`."""
    first, second, *_ = [*duty.escalate_on, None, None]
    older = duty.version and duty.version != scheme.pack.name
    return (
        about.stay.pk if about.stay else None,
        about.worker.pk if about.worker else None,
        about.says[:LONGEST_NAME],
        about.url,
        about.what[:LONGEST_WORDS] or duty.says,
        duty.source,
        list(duty.owner),
        duty.done_by,
        duty.opens_on,
        duty.due_on,
        duty.first_due_on,
        duty.met_on,
        State.MISSED if duty.missed else STORED.get(duty.state, State.OPEN),
        duty.why,
        UUID(duty.concerning) if duty.concerning else None,
        min(duty.remind_on, default=None),
        first,
        second,
        duty.version if older else scheme.practice_name,
    )
