"""Runs a version of a practice over what really happened, and writes nothing.

For everybody who stayed at the scheme in a period: what would have been due, met, late and missed
under that version, beside the practice in force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q

from alongside.duties.engine import Duty, State, Subject, duties_of
from alongside.duties.reckoning import subjects
from alongside.duties.subjects import KINDS, STAY
from alongside.organisation.models import Scheme
from alongside.practice.contents import Pack
from alongside.stays.models import Stay


class Outcome(StrEnum):
    """What became of a duty that fell due in the period."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    EXCUSED = "excused"
    OPEN = "open"


BY_STATE = {
    State.DONE: Outcome.MET,
    State.DONE_LATE: Outcome.LATE,
    State.OVERDUE: Outcome.MISSED,
    State.WAIVED: Outcome.EXCUSED,
    State.PAUSED: Outcome.EXCUSED,
}


@dataclass(frozen=True, slots=True)
class Fell:
    """One duty that fell due in the period, for one person, under one of the two."""

    stay: Stay
    key: str
    says: str
    source: str
    due_on: date
    outcome: Outcome
    met_on: date | None
    why: str


@dataclass(slots=True)
class Pair:
    """How often each outcome came, under the practice in force and under the one rehearsed."""

    says: str
    was: Counter[Outcome] = field(default_factory=Counter)
    now: Counter[Outcome] = field(default_factory=Counter)
    stay: Stay | None = None
    misses: list[date] = field(default_factory=list)

    @property
    def due_was(self) -> int:
        return self.was.total()

    @property
    def due_now(self) -> int:
        return self.now.total()

    @property
    def differs(self) -> bool:
        return self.was != self.now

    def row(self) -> tuple[int, ...]:
        """Due, met, late and missed: under the one in force, then under the one rehearsed."""
        shown = (Outcome.MET, Outcome.LATE, Outcome.MISSED)
        return (
            self.due_was, *(self.was[each] for each in shown),
            self.due_now, *(self.now[each] for each in shown),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: for each duty, and for each person and duty that would be otherwise."""

    in_force: Pack
    rehearsed: Pack
    from_on: date
    until_on: date
    people: int
    was: Sequence[Fell]
    now: Sequence[Fell]

    @property
    def by_duty(self) -> list[Pair]:
        """Each duty that fell due under either, in the order of the packs."""
        found = _paired(self.was, self.now, lambda fell: fell.key)
        keys = dict.fromkeys([*self.rehearsed.duties.keys(), *self.in_force.duties.keys()])
        return [found[key] for key in keys if key in found]

    @property
    def by_person(self) -> list[Pair]:
        """Each person and duty that would have gone otherwise, or would have been missed."""
        found = _paired(self.was, self.now, lambda fell: (fell.stay.pk, fell.key))
        shown = [pair for pair in found.values() if pair.differs or pair.misses]
        return sorted(
            shown, key=lambda pair: (str(pair.stay.resident) if pair.stay else "", pair.says)
        )


def rehearse(scheme: Scheme, pack: Pack, *, from_on: date, until_on: date) -> Rehearsal:
    """Work out both practices over the same records, as they stood at the end of the period."""
    last = min(until_on, scheme.today())
    stays = list(
        Stay.objects.filter(Q(moved_out_on=None) | Q(moved_out_on__gte=from_on), scheme=scheme)
        .filter(moved_in_on__lte=last)
        .select_related(*Stay.LOCK_WITH)
        .order_by("resident__name_key", "pk")
    )
    in_force = scheme.pack
    known = _subjects(stays, [in_force, pack])

    def fallen(under: Pack) -> list[Fell]:
        return [
            _fell(stay, duty)
            for stay, subject in known
            for duty in duties_of(under, subject, today=last)
            if from_on <= duty.due_on <= until_on and duty.state is not State.VOID
        ]

    return Rehearsal(in_force, pack, from_on, until_on, len(stays), fallen(in_force), fallen(pack))


def _fell(stay: Stay, duty: Duty) -> Fell:
    outcome = BY_STATE.get(duty.state, Outcome.OPEN)
    return Fell(stay, duty.key, duty.says, duty.source, duty.due_on, outcome, duty.met_on, duty.why)


def _subjects(stays: Sequence[Stay], packs: Iterable[Pack]) -> list[tuple[Stay, Subject]]:
    """Each stay with everything that the duties of these packs may know of it."""
    kind = KINDS[STAY]
    by_key = {about.pk: about for stay in stays for about in kind.abouts(stay)}
    rules = [rule for pack in packs for rule in pack.duties if rule.subject == STAY]
    if not by_key:
        return []
    return [(about.row, subject) for about, subject in subjects(kind, by_key, rules)]


def _paired[K](was: Sequence[Fell], now: Sequence[Fell], by: Callable[[Fell], K]) -> dict[K, Pair]:
    found: dict[K, Pair] = {}
    for side, fallen in (("now", now), ("was", was)):
        for one in fallen:
            pair = found.setdefault(by(one), Pair(one.says, stay=one.stay))
            getattr(pair, side)[one.outcome] += 1
            if side == "now" and one.outcome is Outcome.MISSED:
                pair.misses.append(one.due_on)
    return found
