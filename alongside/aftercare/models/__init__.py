"""Support after a move: the episode, its plan, contacts, the decision, the tenancy."""

from __future__ import annotations

from alongside.aftercare.models.contacts import Contact, WelfareCheck
from alongside.aftercare.models.decisions import Decision
from alongside.aftercare.models.episodes import (
    AftercareOffer,
    Answer,
    Episode,
    EpisodeQuerySet,
    OfAnEpisode,
    pair,
)
from alongside.aftercare.models.plans import AftercarePlan, Every
from alongside.aftercare.models.tenancy import TenancyConcern, TenancyStep

__all__ = [
    "AftercareOffer",
    "AftercarePlan",
    "Answer",
    "Contact",
    "Decision",
    "Episode",
    "EpisodeQuerySet",
    "Every",
    "OfAnEpisode",
    "TenancyConcern",
    "TenancyStep",
    "WelfareCheck",
    "pair",
]
