"""How each task stands for one person: its lines, their arithmetic, its evidence, its state.

Nothing here is stored. It is worked out from the pack, the facts of the record, and the rows
of evidence and decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.duties.facts import FACTS, MEASURES
from alongside.duties.rows import Asked, Days, ask_together
from alongside.practice.stages import Evidence as Rule
from alongside.practice.stages import Stage, Task
from alongside.stages.models import (
    VARIATIONS,
    Decided,
    Dispute,
    Evidence,
    Reading,
    TaskDecision,
    Verdict,
)
from alongside.stays.models import Stay

type Answers = Mapping[Asked, Days]

SUBSTITUTE = "substitute"


class State(StrEnum):
    """Where a task stands."""

    OPEN = "Open"
    OFFERED = "Evidence offered"
    VERIFIED = "Verified"
    LAPSED = "Lapsed"
    NOT_APPLICABLE = "Not applicable"
    SUBSTITUTED = "Substituted"
    WAIVED = "Waived"


DONE = frozenset({State.VERIFIED, State.NOT_APPLICABLE, State.WAIVED})
SET_ASIDE = {
    Decided.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Decided.WAIVED: State.WAIVED,
}
TONES = {
    State.VERIFIED: "good",
    State.OFFERED: "info",
    State.SUBSTITUTED: "info",
    State.LAPSED: "bad",
    State.OPEN: "quiet",
    State.NOT_APPLICABLE: "quiet",
    State.WAIVED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One piece of evidence, and what was made of it."""

    evidence: Evidence
    readings: list[Reading] = field(default_factory=list)
    dispute: Dispute | None = None

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None

    @property
    def is_accepted(self) -> bool:
        return self.last is not None and self.last.verdict == Verdict.ACCEPTED

    @property
    def is_rejected(self) -> bool:
        return self.last is not None and self.last.verdict == Verdict.REJECTED

    @property
    def waits_for_second_reader(self) -> bool:
        return self.dispute is not None and self.dispute.answered_id is None

    @property
    def says(self) -> str:
        """Where it stands, in words; what a resident offers is their report until it is read."""
        if self.waits_for_second_reader:
            return "Waits for a second reader"
        if self.last:
            return "Accepted" if self.is_accepted else "Not accepted"
        return "Reported by them" if self.evidence.by_resident_id else "To be verified"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a task asks for: met or not, and how that was worked out."""

    key: str
    says: str
    part: str
    met: bool
    shown: str
    automatic: bool
    judged: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One task of one person."""

    task: Task
    stage: Stage
    state: State
    lines: list[Line]
    offered: list[Offered]
    decisions: list[TaskDecision]
    replaced_by: str = ""

    @property
    def is_done(self) -> bool:
        """Verified, or set aside with a reason."""
        return self.state in DONE

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_met(self) -> bool:
        """Whether every line is met, so that it can be verified."""
        return bool(self.lines) and all(line.met for line in self.lines)

    @property
    def missing(self) -> list[str]:
        return [line.part or line.says for line in self.lines if not line.met]

    @property
    def by_hand(self) -> list[Line]:
        return [line for line in self.lines if not line.automatic]

    @property
    def latest(self) -> TaskDecision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def stood_on(self) -> str:
        """The arithmetic of every line, as it is kept when the task is verified."""
        return "; ".join(f"{line.part or line.says}: {line.shown}" for line in self.lines)


def rule_name(rule: Rule) -> str:
    """How a rule is named in a row of evidence, and asked of the facts."""
    return f"{rule.fact}:{rule.of}" if rule.of else rule.fact


def is_automatic(rule: Rule) -> bool:
    """Whether the record itself can say: some room provides the fact, and nobody need judge."""
    return not rule.judged and (rule.fact in FACTS or rule.fact in MEASURES)


def longest_run(days: Iterable[date]) -> int:
    """The most weeks in a row that each hold at least one of these days."""
    weeks = sorted({day - timedelta(days=day.weekday()) for day in days})
    best = run = 0
    before: date | None = None
    for week in weeks:
        run = run + 1 if before and week - before == timedelta(weeks=1) else 1
        best, before = max(best, run), week
    return best


def answers(stay: Stay, tasks: Iterable[Task]) -> Answers:
    """The facts that the rules of these tasks ask, read together."""
    rules = [rule for task in tasks for _, rule in rules_of(task) if is_automatic(rule)]
    return ask_together(stay, [(rule.fact, rule.of) for rule in rules if rule.fact in FACTS])


def answer(rule: Rule, stay: Stay, answered: Answers) -> tuple[bool, str]:
    """Whether the record meets an automatic rule, and the arithmetic in words."""
    if rule.fact in MEASURES:
        measure = MEASURES[rule.fact].ask(stay, rule.of)
        met = measure.value is not None and measure.value >= rule.at_least
        return met, f"{measure.says}, needs {rule.at_least}"
    found = answered[rule.fact, rule.of]
    days = [one if isinstance(one, date) else one.on for one in found]
    count = longest_run(days) if rule.running else len(days)
    return count >= rule.at_least, _counted(rule, days, count)


def _counted(rule: Rule, days: Sequence[date], count: int) -> str:
    if rule.at_least > 1:
        unit = "" if rule.unit == "count" else f" {rule.unit}"
        running = " in a row" if rule.running else ""
        return f"{count}{unit}{running}, needs {rule.at_least}"
    return f"Yes, {days[-1]:%-d %B %Y}" if days else "Not yet"


def standing(
    stay: Stay,
    stage: Stage,
    task: Task,
    *,
    offered: list[Offered],
    decisions: list[TaskDecision],
    answered: Answers,
) -> Standing:
    """How one task stands; `decisions` and `offered` are of this task, oldest first.

    `answered` are the facts its rules ask.
    """
    varied = [at for at, one in enumerate(decisions) if one.kind in VARIATIONS]
    variation = decisions[varied[-1]] if varied else None
    since = decisions[varied[-1] + 1 :] if varied else decisions
    lapsed_at = max((one.recorded_at for one in decisions if one.kind == Decided.LAPSED),
                    default=None)  # fmt: skip
    replaced_by = variation.replaced_by if variation else ""
    lines = _lines(stay, task, replaced_by, offered, lapsed_at, answered=answered)
    state = _state(variation, since, lines, offered)
    return Standing(task, stage, state, lines, offered, decisions, replaced_by)


def _state(
    variation: TaskDecision | None,
    since: Sequence[TaskDecision],
    lines: Sequence[Line],
    offered: Sequence[Offered],
) -> State:
    if variation and (aside := SET_ASIDE.get(Decided(variation.kind))):
        return aside
    if since:
        return State.VERIFIED if since[-1].kind == Decided.VERIFIED else State.LAPSED
    if variation and variation.kind == Decided.SUBSTITUTED:
        return State.SUBSTITUTED
    live = any(not one.is_rejected or one.waits_for_second_reader for one in offered)
    return State.OFFERED if live or any(line.met for line in lines) else State.OPEN


def _lines(
    stay: Stay,
    task: Task,
    replaced_by: str,
    offered: Sequence[Offered],
    lapsed_at: datetime | None,
    *,
    answered: Answers,
) -> list[Line]:
    counting = [one for one in offered if one.is_accepted
                and (lapsed_at is None or one.evidence.recorded_at > lapsed_at)]  # fmt: skip
    if replaced_by:
        return [_by_hand(SUBSTITUTE, replaced_by, "", counting, alone=True, judged=False)]
    rules = rules_of(task)
    alone = sum(not is_automatic(rule) or rule.or_by_hand for _, rule in rules) == 1
    return [_line(stay, part, rule, counting, answered, alone=alone) for part, rule in rules]


def _line(
    stay: Stay,
    part: str,
    rule: Rule,
    counting: Sequence[Offered],
    answered: Answers,
    *,
    alone: bool,
) -> Line:
    """One rule: as the record says, as people evidence it, or the one where the other is silent."""
    by_hand = _by_hand(rule_name(rule), rule.says, part, counting, alone=alone, judged=rule.judged)
    if not is_automatic(rule):
        return by_hand
    worked_out = _worked_out(stay, part, rule, answered)
    if worked_out.met or not rule.or_by_hand:
        return worked_out
    return by_hand if by_hand.met else replace(by_hand, shown=worked_out.shown)


def rules_of(task: Task) -> list[tuple[str, Rule]]:
    """What a task asks for, each with the part of the task it belongs to, if it has parts."""
    own = [("", rule) for rule in task.evidence]
    return own + [(part.says, rule) for part in task.parts for rule in part.evidence]


def _worked_out(stay: Stay, part: str, rule: Rule, answered: Answers) -> Line:
    met, shown = answer(rule, stay, answered)
    return Line(rule_name(rule), rule.says, part, met, shown, automatic=True)


def _by_hand(
    key: str, says: str, part: str, counting: Sequence[Offered], *, alone: bool, judged: bool
) -> Line:
    """A line that people evidence. Evidence for the whole task counts only for a lone line."""
    keys = {key, ""} if alone else {key}
    found = [one.evidence for one in counting if one.evidence.line in keys]
    shown = f"Accepted evidence of {found[-1].happened_on:%-d %B %Y}" if found else "Not yet"
    return Line(key, says, part, bool(found), shown, automatic=False, judged=judged)
