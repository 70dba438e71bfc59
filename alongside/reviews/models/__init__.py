"""Reviews, whom they bring together, what is on the agenda, and what was decided."""

from __future__ import annotations

from alongside.reviews.models.agenda import AgendaLine
from alongside.reviews.models.decisions import Addendum, Decision, DecisionQuerySet
from alongside.reviews.models.packs import InformationPack, PackEdit
from alongside.reviews.models.people import (
    Attendance,
    Invitation,
    Kind,
    Reply,
    Sharing,
    Wish,
)
from alongside.reviews.models.reviews import Review, ReviewQuerySet, State

__all__ = [
    "Addendum",
    "AgendaLine",
    "Attendance",
    "Decision",
    "DecisionQuerySet",
    "InformationPack",
    "Invitation",
    "Kind",
    "PackEdit",
    "Reply",
    "Review",
    "ReviewQuerySet",
    "Sharing",
    "State",
    "Wish",
]
