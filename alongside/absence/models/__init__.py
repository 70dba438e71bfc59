"""Absence: who is away, what was arranged before it, who stands in, what is asked meanwhile."""

from __future__ import annotations

from alongside.absence.models.absences import (
    DAY,
    Absence,
    AbsenceQuerySet,
    Decision,
    Kind,
    of_scheme,
)
from alongside.absence.models.arrangements import Arrangement
from alongside.absence.models.asking import Encouragement, SessionAsked
from alongside.absence.models.covers import Answer, Cover, CoverQuerySet

__all__ = [
    "DAY",
    "Absence",
    "AbsenceQuerySet",
    "Answer",
    "Arrangement",
    "Cover",
    "CoverQuerySet",
    "Decision",
    "Encouragement",
    "Kind",
    "SessionAsked",
    "of_scheme",
]
