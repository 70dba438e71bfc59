"""Says of each duty why it is owed: the rule, the facts it read, the arithmetic, and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from alongside.duties.engine import Happening
from alongside.duties.facts import gather
from alongside.duties.models import Duty, How
from alongside.duties.queries import duties_of
from alongside.duties.reckoning import asks
from alongside.duties.subjects import KINDS, STAY
from alongside.duties.words import fact_says
from alongside.practice.contents import Pack
from alongside.stays.models import Stay

MOST_DAYS = 6


@dataclass(frozen=True, slots=True)
class Explained:
    """One duty, and everything that it stands on. `facts` are the days that its rule read."""

    duty: Duty
    rule: str
    facts: list[tuple[str, str]]
    owner: str
    closes: str

    def lines(self) -> Iterator[str]:
        """The whole of it, as lines on a terminal."""
        duty = self.duty
        yield f"{duty.says}: {duty.get_state_display().lower()}, due {duty.due_on:%-d %B %Y}"
        yield f"    rule    {self.rule}"
        for name, days in self.facts:
            yield f"    fact    {name}: {days}"
        yield f"    why     {duty.why}"
        yield f"    source  {duty.source} ({duty.practice})"
        yield f"    owner   {self.owner}"
        yield f"    closes  {self.closes}"


def explain_one(duty: Duty) -> Explained:
    """One duty about anything, with what it stands on in the words of the practice."""
    pack = duty.stay.pack if duty.stay else duty.scheme.pack
    kind = KINDS[duty.subject_kind]
    row = kind.rows().filter(pk=duty.subject_id).first()
    here = [about for about in kind.abouts(row) if about.scheme.pk == duty.scheme_id] if row else []
    rule = pack.duties.get(duty.key)
    facts = []
    for name in dict.fromkeys(asks(rule)) if rule else ():
        days = gather(kind, name, here).get(here[0].pk, ()) if here else ()
        facts.append((fact_says(pack, name), in_days(days)))
    return Explained(duty, duty.key, facts, owner_says(duty, pack), closes_says(duty, pack))


def explain(stay: Stay) -> list[Explained]:
    """Every duty about one stay, latest first, each with what it stands on."""
    about, pack = KINDS[STAY].abouts(stay)[0], stay.pack
    rules = [rule for rule in pack.duties if rule.subject == STAY]
    names = dict.fromkeys(name for rule in rules for name in asks(rule))
    told = {name: gather(KINDS[STAY], name, [about]).get(about.pk, ()) for name in names}
    explained = []
    for duty in duties_of(stay):
        rule = pack.duties.get(duty.key)
        read = list(asks(rule)) if rule else []
        explained.append(
            Explained(
                duty=duty,
                rule=duty.key,
                facts=[
                    (fact_says(pack, name), in_days(told[name])) for name in dict.fromkeys(read)
                ],
                owner=owner_says(duty, pack),
                closes=closes_says(duty, pack),
            )
        )
    return explained


def in_days(days: Iterable[object]) -> str:
    """The days of a fact in words: the last few, and how many came before them."""
    found = sorted(at.on if isinstance(at, Happening) else at for at in days)  # type: ignore[type-var]
    if not found:
        return "has not happened"
    said = ", ".join(f"{day:%-d %B %Y}" for day in found[-MOST_DAYS:])
    more = len(found) - MOST_DAYS
    return f"{said}, and {more} before" if more > 0 else said


def owner_says(duty: Duty, pack: Pack) -> str:
    """Who owes it now, in which role, and how it came to them."""
    if duty.owed_by is None:
        asked = f": name a line manager for {duty.about}" if is_unled(duty) else ""
        return f"nobody works here who could{asked}"
    if duty.owed_how == How.ELSEWHERE:
        return f"{duty.owed_by.name}, elsewhere in the organisation, as nobody here could"
    role = pack.roles.get(duty.owed_as)
    said = f"{duty.owed_by.name}, as {role.says if role else duty.owed_as}"
    if duty.instead_of:
        stands_in = "covering for" if duty.owed_how == How.COVER else "as line manager of"
        said = f"{said}, {stands_in} {duty.instead_of.name}"
    return f"{said}; first for {pack.term('resident').singular} to do" if duty.support else said


def is_unled(duty: Duty) -> bool:
    """Whether nobody owes it because whom it is about answers to nobody."""
    return duty.owed_by_id is None and duty.worker_id is not None


def closes_says(duty: Duty, pack: Pack) -> str:
    """The record that closes it, and nothing else does."""
    return fact_says(pack, duty.done_by)


def word_gone(duty: Duty) -> list[tuple[date, str]]:
    """Who is told of it and when, in order: a reminder, the line manager, the level above."""
    steps = [
        (duty.remind_on, duty.owed_by, "is reminded"),
        (duty.escalate_on, duty.told, "hears that it is overdue"),
        (duty.escalate_again_on, duty.told_next, "hears that it is still overdue"),
    ]
    return [(day, f"{who.name} {what}") for day, who, what in steps if day and who]
