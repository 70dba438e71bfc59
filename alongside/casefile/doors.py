"""Which page holds the record that closes a duty: the one button beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from alongside.duties.models import Duty

# The fact that closes a duty, and the page of somebody's file where that fact is made.
PAGES = {
    "admission": "admissions:induction",
    "agreement": "agreements:agreements",
    "assessment": "assessments:progress",
    "breaches": "agreements:agreements",
    "evidence": "stages:reconciliation",
    "induction": "admissions:induction",
    "key_worker": "allocations:allocations",
    "plan": "plans:plan",
    "report": "keywork:reports",
    "review": "reviews:reviews",
    "session": "keywork:sessions",
    "weekly_form": "plans:weekly-forms",
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
