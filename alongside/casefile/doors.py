"""The doors of a file: which page closes a duty, and what one mostly comes here to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from alongside.admissions.operations import move_on
from alongside.audit.operation import Operation
from alongside.duties.explanation import is_unled
from alongside.duties.models import Duty, Step
from alongside.keywork.operations import record_session, write_note
from alongside.organisation.models import Staff
from alongside.other_duties.models import KIND as OTHER_DUTY
from alongside.practice.actions import Action
from alongside.practice.duties import FORM_DONE
from alongside.stays.models import Stay
from alongside.ui.addresses import address_about

# The fact that closes a duty, the page of somebody's file where that fact is made, and what
# the button to it says.
PAGES = {
    "admission": ("admissions:induction", "Open induction"),
    "agreement": ("agreements:agreements", "Open agreements"),
    "aftercare": ("aftercare:aftercare", "Open after the move"),
    "assessment": ("assessments:progress", "Open assessments"),
    "breaches": ("agreements:agreements", "Open agreements"),
    "evidence": ("stages:reconcile", "Compare"),
    "information": ("reviews:reviews", "Open reviews"),
    "induction": ("admissions:induction", "Open induction"),
    "key_worker": ("allocations:allocation", "Decide"),
    "leave": ("cover:of-person", "Prepare the leave"),
    "move_on_plan": ("moving_on:moving-on", "Open moving on"),
    "move_on_target": ("moving_on:moving-on", "Open moving on"),
    "own_data": ("subject_access:requests", "Open own data"),
    "plan": ("plans:plan", "Open plan"),
    "report": ("keywork:write-report", "Write report"),
    "review": ("reviews:reviews", "Open reviews"),
    "registrations": ("health:health", "Open health"),
    "session": ("keywork:sessions", "Open sessions"),
    "sharing": ("sharing:sharing", "Open sharing"),
    "weekly_form": ("plans:weeks", "Open the week"),
}
# Pages that only some may open: who may not is led to the file.
NEEDS = {
    "evidence": Action.RECONCILE_EVIDENCE,
    "own_data": Action.ANSWER_ACCESS_REQUEST,
    "move_on_plan": Action.PLAN_MOVE_ON,
    "move_on_target": Action.PLAN_MOVE_ON,
    "aftercare": Action.PROVIDE_AFTERCARE,
}
READ = "service_statement.read"
HELD, RECORD = "session.held", ("keywork:record-session", "Record session")


@dataclass(frozen=True, slots=True)
class Door:
    """Where to go, and what the button says."""

    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty on my list, and the one button that opens the record which closes it."""

    duty: Duty
    door: Door
    days: int
    step: Step = Step.QUIET

    @property
    def page(self) -> str:
        """Where all about it stands: the rule, the facts, the arithmetic."""
        return address_about("casefile:duty", self.duty.pk)

    @property
    def file(self) -> str:
        """Whose file, or what it is about."""
        if self.duty.stay_id:
            return address_about("casefile:casefile", self.duty.stay_id)
        return self.duty.url

    @property
    def place(self) -> str:
        """Where they live, as the practice here calls it."""
        bed = self.duty.stay.bed if self.duty.stay else None
        return bed.called(self.duty.scheme.word("bed")) if bed else ""

    @property
    def urgency(self) -> str:
        if self.days < 0:
            return "overdue"
        return "today" if self.days == 0 else "later"

    @property
    def when(self) -> str:
        """How long it is late, or how long there is: "3 days late", "today", "in 12 days"."""
        if self.days == 0:
            return "today"
        many = f"{abs(self.days)} day{'' if abs(self.days) == 1 else 's'}"
        return f"{many} late" if self.days < 0 else f"in {many}"


def owed_now(duty: Duty, *, by: Staff, on: date) -> Owed:
    """A duty as a list shows it to this person, on that day."""
    return Owed(duty, door_of(duty, by=by), duty.days_left(on), duty.step(on))


def door_of(duty: Duty, *, by: Staff) -> Door:
    """The page where the record that closes this duty is made; the file itself at the least.

    No query: what this person may do stands in the roles that were read with the request.
    """
    if duty.subject_kind == OTHER_DUTY or _is_to_mend(duty, by):
        return _of_its_own(duty, by)
    rule = duty.scheme.pack.duties.get(duty.key)
    fact = rule.done_by if rule else ""
    if duty.stay_id is None:
        form = _team_form(duty, fact, by) if fact.startswith(FORM_DONE) else ""
        if form:
            return Door(form, "Fill in")
        says = "Read it" if fact == READ and duty.worker_id == by.pk else "Open"
        return Door(duty.url or reverse("casefile:duty", args=[duty.pk]), says)
    kind = fact.partition(".")[0]
    found = PAGES.get(kind)
    if kind in NEEDS and not by.may(NEEDS[kind], duty.scheme):
        found = None
    if fact.startswith(FORM_DONE):
        return Door(_form(duty, fact.removeprefix(FORM_DONE)), "Fill in")
    if fact == HELD and by.may(Action.RECORD_KEY_WORK, duty.scheme):
        found = RECORD
    if found and (url := address_about(found[0], duty.stay_id)):
        return Door(url, found[1])
    return Door(address_about("casefile:casefile", duty.stay_id), "Open file")


def _is_to_mend(duty: Duty, by: Staff) -> bool:
    return is_unled(duty) and by.may(Action.MANAGE_STAFF, duty.scheme)


def _of_its_own(duty: Duty, by: Staff) -> Door:
    """What a colleague was asked for has a page of its own, also when it is about somebody; what
    nobody owes, because whom it is about answers to nobody, is mended first."""
    if _is_to_mend(duty, by):
        return Door(reverse("team:team", args=[duty.scheme.slug]), "Name a line manager")
    if by.pk in {duty.worker_id, duty.owed_by_id}:
        return Door(reverse("other_duties:answer", args=[duty.subject_id]), "Say how it went")
    return Door(duty.url, "Open")


def _form(duty: Duty, key: str) -> str:
    """The page of the form that closes it, which then knows what it answers."""
    url = reverse("paperwork:fill-in", args=[duty.stay_id, key])
    return _answering(url, duty)


def _team_form(duty: Duty, fact: str, by: Staff) -> str:
    """The page of the form about a colleague or the service, for those who may fill it in."""
    key, leads = fact.removeprefix(FORM_DONE), by.may(Action.MANAGE_STAFF, duty.scheme)
    if duty.worker_id and (leads or by.pk in {duty.worker_id, duty.owed_by_id}):
        return _answering(
            reverse("paperwork:colleague-form", args=[duty.scheme.slug, key, duty.worker_id]), duty
        )
    if not duty.worker_id and duty.subject_kind == "scheme" and leads:
        return _answering(reverse("paperwork:service-form", args=[duty.scheme.slug, key]), duty)
    return ""


def _answering(url: str, duty: Duty) -> str:
    return f"{url}?{urlencode({'answers': duty.ref})}" if duty.ref else url


def quick_doors(stay: Stay, staff: Staff) -> Iterator[Door]:
    """What this person may do with this file at once, most often done first."""
    offered: list[tuple[Operation[Stay, ..., Any], str, str]] = [
        (write_note, "keywork:write-note", "Write a note"),
        (record_session, "keywork:record-session", "Record a session"),
        (move_on, "admissions:move-on", "Move on"),
    ]
    for act, name, says in offered:
        if not stay.moved_out_on and not act.refusal(stay, by=staff):
            yield Door(address_about(name, stay.pk), says)
