"""A whole practice pack: one service's procedure as data, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from alongside.practice.actions import Action
from alongside.practice.agreements import Agreement
from alongside.practice.duties import DutyRule
from alongside.practice.files import FileEntry
from alongside.practice.frameworks import Framework
from alongside.practice.keyed import Keyed
from alongside.practice.principles import Aim, PracticeModel
from alongside.practice.reviews import ReviewType
from alongside.practice.roles import Role
from alongside.practice.rota import ShiftKind
from alongside.practice.rules import KEY_WORKING, Feature, Limit, Retention
from alongside.practice.sheets import Form, Sheet
from alongside.practice.signers import Signer
from alongside.practice.stages import Privilege, Stage, Task
from alongside.practice.training import TrainingGate
from alongside.practice.words import Choice, Term


@dataclass(frozen=True, slots=True)
class About:
    """What the pack is: who it is for, where it holds, and from when.

    `stacks_on` names the pack it is laid over, with its version: "supported-living 1.0.0".
    """

    id: str
    version: str
    says: str
    in_force_from: date
    stacks_on: str = ""
    locale: str = "en-GB"
    currency: str = "GBP"
    time_zone: str = "Europe/London"
    week_starts: str = "monday"
    residential: bool = True
    lead_party: str = "key_worker"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """The dates a duty must have in the self-test."""

    key: str
    due: date
    opens: date | None = None


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A sample admission: facts with their dates, and the dates the duties must come to."""

    facts: Keyed[date] = field(default_factory=Keyed)
    expects: Keyed[Expected] = field(default_factory=Keyed)


@dataclass(frozen=True, slots=True)
class Pack:
    """A practice pack. Every collection is read through by value and looked up by key."""

    about: About
    practice_models: Keyed[PracticeModel] = field(default_factory=Keyed)
    aims: Keyed[Aim] = field(default_factory=Keyed)
    terms: Keyed[Term] = field(default_factory=Keyed)
    roles: Keyed[Role] = field(default_factory=Keyed)
    features: Keyed[Feature] = field(default_factory=Keyed)
    limits: Keyed[Limit] = field(default_factory=Keyed)
    frameworks: Keyed[Framework] = field(default_factory=Keyed)
    stages: Keyed[Stage] = field(default_factory=Keyed)
    duties: Keyed[DutyRule] = field(default_factory=Keyed)
    sheets: Keyed[Sheet] = field(default_factory=Keyed)
    forms: Keyed[Form] = field(default_factory=Keyed)
    reviews: Keyed[ReviewType] = field(default_factory=Keyed)
    agreements: Keyed[Agreement] = field(default_factory=Keyed)
    signers: Keyed[Keyed[Signer]] = field(default_factory=Keyed)
    choice_lists: Keyed[Keyed[Choice]] = field(default_factory=Keyed)
    reason_lists: Keyed[Keyed[Choice]] = field(default_factory=Keyed)
    file_checklist: Keyed[FileEntry] = field(default_factory=Keyed)
    training_gates: Keyed[TrainingGate] = field(default_factory=Keyed)
    shifts: Keyed[ShiftKind] = field(default_factory=Keyed)
    retention: Keyed[Retention] = field(default_factory=Keyed)
    self_test: SelfTest = field(default_factory=SelfTest)

    @property
    def key(self) -> str:
        return self.about.id

    @property
    def version(self) -> str:
        """What records keep: "1.0.0", or "1.0.0 on supported-living 1.0.0" when it is stacked."""
        beneath = self.about.stacks_on
        return f"{self.about.version} on {beneath}" if beneath else self.about.version

    @property
    def name(self) -> str:
        """Which practice this is, in full: its key and its version."""
        return f"{self.key} {self.version}"

    @property
    def in_force_from(self) -> date:
        return self.about.in_force_from

    def term(self, key: str) -> Term:
        return self.terms[key]

    def role(self, key: str) -> Role:
        return self.roles[key]

    def has(self, feature: str) -> bool:
        """Is this switch on? A switch the pack does not declare is off."""
        found = self.features.get(feature)
        return bool(found and found.on)

    @property
    def principles(self) -> Keyed[Choice]:
        """The principles that its practice models name, each once; often there are none."""
        named = [key for model in self.practice_models for key in model.principles]
        listed = self.choice_lists.get("principles")
        return Keyed({key: listed[key] for key in named} if listed else {})

    @property
    def aims_in_order(self) -> tuple[Aim, ...]:
        """Each aim, with its objectives after it, less those that were withdrawn."""
        return tuple(
            one
            for aim in self.aims
            if not aim.under
            for one in (aim, *(each for each in self.aims if each.under == aim.key))
            if not one.withdrawn
        )

    @property
    def has_key_working(self) -> bool:
        """Whether everybody has a named worker here."""
        return self.has(KEY_WORKING)

    def owes(self, rule: DutyRule) -> bool:
        """Is what the rule asks owed today, as far as switches go?"""
        named = self.has_key_working or not rule.key_working
        return named and (not rule.feature or self.has(rule.feature))

    def closes(self, feature: str) -> bool:
        """Is this switch declared and off? A part nobody speaks of stays open."""
        found = self.features.get(feature)
        return found is not None and not found.on

    def permits(self, roles: str | Iterable[str], action: Action) -> bool:
        """May somebody in this role (or in any of these roles) do it?"""
        names = [roles] if isinstance(roles, str) else roles
        return any((role := self.roles.get(name)) and action in role.may for name in names)

    def limit(self, key: str) -> Limit:
        return self.limits[key]

    def framework(self, key: str) -> Framework:
        return self.frameworks[key]

    def stage(self, key: str) -> Stage:
        return self.stages[key]

    @property
    def first_stage(self) -> Stage:
        """Where everybody starts: the stage that no other leads to."""
        followed = {stage.next for stage in self.stages}
        return next(stage for stage in self.stages if stage.key not in followed)

    @property
    def stages_in_order(self) -> tuple[Stage, ...]:
        """From the first to the last, by what each leads to."""
        if not len(self.stages):
            return ()
        ordered = [self.first_stage]
        while ordered[-1].next:
            ordered.append(self.stages[ordered[-1].next])
        return tuple(ordered)

    def stage_before(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.next == key), None)

    def privileges_at(self, key: str) -> Keyed[Privilege]:
        """Everything unlocked up to this stage; a later number replaces an earlier one."""
        held: dict[str, Privilege] = {}
        for stage in self.stages_in_order:
            held.update(stage.privileges.pairs())
            if stage.key == key:
                return Keyed(held)
        return Keyed(dict(self.stages[key].privileges.pairs()))

    def task(self, code: str) -> Task:
        return Keyed({task.key: task for stage in self.stages for task in stage.tasks})[code]

    def stage_of(self, code: str) -> Stage:
        """The stage on which this task is worked."""
        return Keyed({task.key: stage for stage in self.stages for task in stage.tasks})[code]

    def duty(self, key: str) -> DutyRule:
        return self.duties[key]

    def sheet(self, key: str) -> Sheet:
        return self.sheets[key]

    def form(self, key: str) -> Form:
        return self.forms[key]

    def review(self, key: str) -> ReviewType:
        return self.reviews[key]

    def agreement(self, key: str) -> Agreement:
        return self.agreements[key]

    def choices(self, key: str) -> Keyed[Choice]:
        return self.choice_lists[key]

    def reasons(self, key: str) -> Keyed[Choice]:
        return self.reason_lists[key]
