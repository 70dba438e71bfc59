"""The weeks of one person: what the practice asks for is done when it asks, save what is not.

The days come from the practice pack itself, so that each service lives by its own clocks; a few
people are let down, so that leaders have something to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from alongside.allocations.operations import allocate
from alongside.demo.elsewhere.acts import ACTS, Person, note, session
from alongside.demo.elsewhere.people import Who
from alongside.kit.durations import Duration
from alongside.practice.duties import DutyRule
from alongside.residents.operations import register_resident
from alongside.stays.operations import begin_stay

type Happening = tuple[datetime, Callable[[], object]]
WEEK = timedelta(weeks=1)
# Who is let down: of whom (counted), in what (the fact that closes it, its last time is left out).
LET_DOWN: dict[int, tuple[str, ...]] = {
    1: ("sheet.completed", "review.held"),
    3: ("session.held",),
    4: ("plan.in_force",),
}
STOOD_IN = 5  # every so many sessions somebody else held it
NOTED_EVERY = timedelta(weeks=3)


def at(person: Person, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=person.house.scheme.zone)


def arrive(person: Person, who: Who, *, moved_in_on: date, born_on: date) -> None:
    """They move in, and have a key worker from that hour."""
    given, family, known_as, pronouns, gender = who
    scheme, leader = person.house.scheme, person.leader
    resident = register_resident(
        scheme, by=leader, given_name=given, family_name=family, known_as=known_as,
        pronouns=pronouns, gender=gender, born_on=born_on,
    )  # fmt: skip
    bed = person.house.beds[person.number] if person.number < len(person.house.beds) else None
    person.stay = begin_stay(
        scheme, by=leader, resident=resident, bed=bed, moved_in_on=moved_in_on,
        moved_in_at=time(11),
    )  # fmt: skip
    allocate(person.stay, by=leader, worker=person.worker, from_on=moved_in_on, reason="wish",
             words="They chose.")  # fmt: skip


def weeks_of(person: Person, who: Who, *, moved_in_on: date, today: date) -> Iterator[Happening]:
    """Everything that happens to one person up to today."""
    young = person.house.scheme.pack.key == "childrens-home"
    born = moved_in_on - timedelta(days=365 * (14 if young else 34) + 97 * person.number)
    yield (
        at(person, moved_in_on, 11),
        partial(arrive, person, who, moved_in_on=moved_in_on, born_on=born),
    )
    anchors = {"admission": moved_in_on, "key_worker.named": moved_in_on}
    for number, rule in enumerate(person.house.scheme.pack.duties):
        days = list(days_due(rule, anchors, today))
        name, _, of = rule.done_by.partition(":")
        if name not in ACTS or rule.subject != "stay":
            continue
        if name == "plan.in_force" and days:
            anchors[name] = days[0]
        if name in LET_DOWN.get(person.number, ()):
            days = days[:-1]
        for time_, day in enumerate(days):
            act = partial(ACTS[name], person, of)
            if name == "session.held" and time_ % STOOD_IN == person.number % STOOD_IN:
                act = partial(session, person, by=person.other)
            yield at(person, day, 13, number), act
    yield from _beside(person, moved_in_on, today)


def _beside(person: Person, moved_in_on: date, today: date) -> Iterator[Happening]:
    """A note now and then; sessions also where the practice counts none."""
    counts = any(rule.done_by == "session.held" for rule in person.house.scheme.pack.duties)
    day = moved_in_on + timedelta(days=4)
    while day < today:
        yield at(person, day, 18), partial(note, person)
        day += NOTED_EVERY
    day = moved_in_on + timedelta(days=3 + person.number % 3)
    while not counts and day < today:
        yield at(person, day, 16), partial(session, person)
        day += WEEK * (1 + person.number % 2)


def days_due(rule: DutyRule, anchors: dict[str, date], today: date) -> Iterator[date]:
    """On which days it is done: in good time, and never after today."""
    anchor = anchors.get(rule.anchor)
    if anchor is None or rule.before:
        return
    if rule.every in {"week", "month"}:
        yield from _calendar(rule, anchor, today)
    elif rule.every:
        day, length = anchor, Duration.parse(rule.every)
        while (day := length.after(day) - timedelta(days=1)) <= today:
            yield day
    elif rule.due is not None:
        due = rule.due.after(anchor)
        day = due if due == anchor else due - timedelta(days=1)
        if day <= today:
            yield day


def _calendar(rule: DutyRule, anchor: date, today: date) -> Iterator[date]:
    """A day in each week, or one before the end of each month."""
    if rule.every == "week":
        day = anchor - timedelta(days=anchor.weekday()) + timedelta(days=2)
        while day < today:
            if day > anchor:
                yield day
            day += WEEK
        return
    month = anchor.replace(day=26)
    while month < today:
        if month > anchor:
            yield month
        month = (month + timedelta(days=10)).replace(day=26)
