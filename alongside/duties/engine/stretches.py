"""What is asked only in some stretches of time: while a switch of the practice is on.

Each stretch is worked out as if the subject were there from its first day until its last. What
was open on the last day goes; what was met, missed or excused by then stays for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.duties.engine.counting import day_in_words
from alongside.duties.engine.told import Duty, Happening, State, Subject
from alongside.practice.duties import DutyKind, DutyRule


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a rule is asked: from the first up to, not including, `until_on`."""

    from_on: date
    until_on: date | None = None

    @property
    def is_all_time(self) -> bool:
        return self.from_on == date.min and self.until_on is None


def within(
    stretches: Sequence[Stretch],
    rule: DutyRule,
    subject: Subject,
    work_out: Callable[[Subject], Iterable[Duty]],
) -> Iterator[Duty]:
    """What the rule asked in each of these stretches, the earliest first."""
    for stretch in stretches:
        if stretch.is_all_time:
            yield from work_out(subject)
        elif there := _there(stretch, rule, subject):
            for duty in work_out(there):
                if kept := _kept(stretch, duty, subject):
                    yield kept


def _there(stretch: Stretch, rule: DutyRule, subject: Subject) -> Subject | None:
    """The subject as far as it falls into the stretch; None when none of it does."""
    starts = max(subject.starts_on, stretch.from_on)
    ends = [day for day in (subject.ended_on, stretch.until_on) if day]
    if ends and min(ends) <= starts:
        return None
    return replace(
        subject,
        starts_on=starts,
        ended_on=min(ends, default=None),
        facts={name: _told(stretch, rule, name, subject) for name in subject.facts},
        asked_from=None if stretch.from_on == date.min else stretch.from_on,
        _sorted={},
    )


def _told(stretch: Stretch, rule: DutyRule, name: str, subject: Subject) -> list[Happening]:
    """What happened by the end of the stretch. What is owed for each thing counts from its
    beginning; a date to come is known before it comes."""
    told = subject.happened(name)
    if stretch.until_on and name != rule.before:
        told = [at for at in told if at.on <= stretch.until_on]
    if rule.kind is DutyKind.EACH and name == rule.anchor:
        told = [at for at in told if at.on >= stretch.from_on]
    return told


def _kept(stretch: Stretch, duty: Duty, subject: Subject) -> Duty | None:
    """The duty as it stands after the stretch; None when it went with it, or was done before."""
    if duty.met_on and duty.met_on < stretch.from_on:
        return None
    ended = stretch.until_on
    if ended is None or (subject.ended_on and subject.ended_on <= ended):
        return duty
    if duty.state is not State.VOID:
        return duty
    if not duty.breached:
        return None
    why = f"{duty.why} It was missed when this was no longer asked, on {day_in_words(ended)}."
    return replace(duty, state=State.OVERDUE, missed=True, why=why)
