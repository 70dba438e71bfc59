"""Works out what is owed, by when, in which state and why, from a pack's rules and plain facts.

Pure: it reads no clock and no record. Every date is a local calendar date; whoever asks turns
instants into dates where the scheme is, so that a change of the clocks never moves a duty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.duties.engine.counting import Count, in_words
from alongside.duties.engine.ground import AGAIN, IN_FORCE, Ground, Version
from alongside.duties.engine.off import joined_off, left, settled
from alongside.duties.engine.pauses import joined
from alongside.duties.engine.shapes import SPANS
from alongside.duties.engine.standing import duty_for
from alongside.duties.engine.told import Duty, Happening, Identity, Off, Pause, State, Subject
from alongside.practice.duties import DutyRule
from alongside.practice.pack import Pack

__all__ = [
    "AGAIN",
    "IN_FORCE",
    "Count",
    "Duty",
    "Happening",
    "Identity",
    "Off",
    "Pause",
    "State",
    "Subject",
    "Version",
    "duties_by",
    "duties_of",
    "in_words",
]


def duties_of(pack: Pack, subject: Subject, *, today: date) -> tuple[Duty, ...]:
    """Everything owed to one subject, by due date. Asking twice gives the same answer.

    Only rules for this kind of subject, and of features that are on, are worked out.
    """
    owed = [
        duty
        for rule in pack.duties
        if rule.subject == subject.kind and pack.owes(rule)
        for duty in duties_by(rule, subject, pack=pack, today=today)
    ]
    return tuple(sorted(owed, key=lambda duty: (duty.due_on, duty.key, duty.ref)))


def duties_by(
    rule: DutyRule,
    subject: Subject,
    *,
    pack: Pack,
    today: date,
    count: Count | None = None,
    versions: Sequence[Version] = (),
    since: date = date.min,
    off: Sequence[Off] = (),
) -> tuple[Duty, ...]:
    """What one rule asks of one subject, oldest first.

    `off` are days on which it was asked of nobody, besides those of the subject alone.

    Weeks and months that were over before `since` are left out: time changes them no more.

    `versions` are the rule as the practice had it over time, the earliest first; what opened
    under one of them stays owed by it. Those of another shape of time count for nothing.
    """
    if not any(map(subject.happened, (rule.anchor, rule.else_from, rule.before))):
        return ()
    kind = rule.kind
    alike = tuple(one for one in versions if one.rule is None or one.rule.kind is kind)
    always = (Version(date.min, rule, pack.name),)
    ground = Ground(
        rule=rule,
        subject=subject,
        today=today,
        count=count or Count.of(pack),
        least_days=pack.limit(rule.first_period_limit).number if rule.first_period_limit else 1,
        pauses=joined(pause for pause in subject.pauses if pause.kind in rule.pause_when),
        since=since,
        versions=alike if any(one.rule for one in alike) else always,
        off=joined_off([*off, *subject.off.get(rule.key, ())], today),
    )
    spans = left(ground, SPANS[kind](ground))
    return tuple(settled(ground, duty_for(ground, span)) for span in spans)
