"""What a role asks somebody to have learned or shown, and whether they have.

It is shown by the form `training` about a colleague, which a leader fills in or repeats: what
somebody says of themselves waits until then. A form shown again opens the gate again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.organisation.models import Scheme, Staff
from alongside.practice.rules import WhenPassed
from alongside.practice.training import TrainingGate
from alongside.sheets.facts import GATE
from alongside.sheets.models import Sheet

TRAINING = "training"


class Shown(StrEnum):
    """How it stands."""

    YES = "shown"
    WORKING = "working towards it"
    SAID = "said, and not confirmed by a leader"
    RUN_OUT = "run out"
    NO = "not shown"


@dataclass(frozen=True, slots=True)
class GateOf:
    """One gate, for one colleague: how it stands, and until when that holds."""

    gate: TrainingGate
    shown: Shown
    until: date | None = None

    @property
    def is_open(self) -> bool:
        return self.shown in (Shown.YES, Shown.WORKING)

    @property
    def bars(self) -> bool:
        """Whether the practice lets nobody hold the role without it, whatever the reason."""
        return not self.is_open and self.gate.when_missing is WhenPassed.REFUSE

    @property
    def needs_reason(self) -> bool:
        """Whether a leader has to say why they may hold the role without it."""
        return not self.is_open and self.gate.when_missing is WhenPassed.OVERRIDE

    @property
    def says(self) -> str:
        """In words: "Care Certificate: not shown"."""
        day = f" {self.until:%-d %B %Y}" if self.until else ""
        when = {Shown.YES: " until", Shown.WORKING: " by", Shown.RUN_OUT: " on"}
        return f"{self.gate.says}: {self.shown}{when.get(self.shown, '') if day else ''}{day}"


def gates_of(
    scheme: Scheme, workers: Iterable[Staff | UUID], *, role: str = ""
) -> dict[UUID, list[GateOf]]:
    """What the practice here asks of these colleagues, for one role or for any; one query.

    Nothing is asked in a query where the practice asks for nothing.
    """
    asked = [gate for gate in scheme.pack.training_gates if not role or role in gate.roles]
    keys = [one.pk if isinstance(one, Staff) else one for one in workers]
    if not asked or not keys:
        return {key: [] for key in keys}
    papers: dict[tuple[UUID, str], list[Sheet]] = {}
    found = Sheet.objects.filter(
        worker__in=keys, key=TRAINING, finished_at__isnull=False, corrected_by=None
    )
    for paper in found.select_related("scheme").order_by("finished_at", "pk"):
        if paper.worker_id:
            papers.setdefault((paper.worker_id, paper.answers.get(GATE, "")), []).append(paper)
    today = scheme.today()
    return {key: [_stands(gate, papers.get((key, gate.key), []), today) for gate in asked]
            for key in keys}  # fmt: skip


def _stands(gate: TrainingGate, papers: list[Sheet], today: date) -> GateOf:
    confirmed = [one for one in papers if one.finished_by_id != one.worker_id]
    done = [(one, _until(gate, one)) for one in confirmed if not one.answers.get("target_on")]
    for _, until in reversed(done):
        if until is None or until >= today:
            return GateOf(gate, Shown.YES, until)
    if gate.in_progress:
        targets = [date.fromisoformat(str(one.answers["target_on"]))
                   for one in confirmed if one.answers.get("target_on")]  # fmt: skip
        if targets and max(targets) >= today:
            return GateOf(gate, Shown.WORKING, max(targets))
    if len(papers) > len(confirmed):
        return GateOf(gate, Shown.SAID)
    return GateOf(gate, Shown.RUN_OUT, done[-1][1]) if done else GateOf(gate, Shown.NO)


def _until(gate: TrainingGate, paper: Sheet) -> date | None:
    """Until when it counts: as the form says, else as long as the practice lets it count."""
    if said := paper.answers.get("expires_on"):
        return date.fromisoformat(str(said))
    if gate.valid_for is None or paper.finished_at is None:
        return None
    return gate.valid_for.after(paper.finished_at.astimezone(paper.scheme.zone).date())
