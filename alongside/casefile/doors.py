"""The doors of a file: which page closes a duty, and what one mostly comes here to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from alongside.admissions.operations import move_on
from alongside.audit.operation import Operation
from alongside.duties.models import Duty
from alongside.keywork.operations import record_session, write_note
from alongside.organisation.models import Staff
from alongside.stays.models import Stay

# The fact that closes a duty, and the page of somebody's file where that fact is made.
PAGES = {
    "admission": "admissions:induction",
    "agreement": "agreements:agreements",
    "assessment": "assessments:progress",
    "breaches": "agreements:agreements",
    "evidence": "stages:reconcile",
    "induction": "admissions:induction",
    "key_worker": "allocations:allocation",
    "plan": "plans:plan",
    "report": "keywork:write-report",
    "review": "reviews:reviews",
    "session": "keywork:sessions",
    "weekly_form": "plans:weeks",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where to go, and what the button says."""

    url: str
    says: str


def door_of(duty: Duty) -> Door:
    """The page where the record that closes this duty is made; the file itself at the least."""
    rule = duty.scheme.pack.duties.get(duty.key)
    kind = rule.done_by.partition(".")[0] if rule else ""
    try:
        return Door(reverse(PAGES[kind], args=[duty.stay_id]), "Do it")
    except (KeyError, NoReverseMatch):
        return Door(reverse("casefile:casefile", args=[duty.stay_id]), "Open file")


def quick_doors(stay: Stay, staff: Staff) -> Iterator[Door]:
    """What this person may do with this file at once, most often done first."""
    offered: list[tuple[Operation[Stay, ..., Any], str, str]] = [
        (write_note, "keywork:write-note", "Write a note"),
        (record_session, "keywork:record-session", "Record a session"),
        (move_on, "admissions:move-on", "Move on"),
    ]
    for act, name, says in offered:
        if not stay.moved_out_on and not act.refusal(stay, by=staff):
            yield Door(reverse(name, args=[stay.pk]), says)
