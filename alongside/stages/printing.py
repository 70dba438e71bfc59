"""Stages on paper: the certificate of a promotion."""

from __future__ import annotations

from alongside.stages.models import StageMove
from alongside.ui.pdf import make_pdf


def certificate_of(move: StageMove) -> bytes:
    """A page to hang on the wall: who reached which stage, when, and what it opens."""
    scheme = move.scheme
    return make_pdf(
        "stages/certificate.typ",
        {
            "title": f"Certificate: {move.stage_says}",
            "service": scheme.name,
            "organisation": f"{scheme.organisation.name}, {scheme.name}",
            "name": move.stay.resident.name,
            "stage": move.stage_says,
            "on": f"{move.on:%-d %B %Y}",
            "unlocked": [one.says for one in move.pack_stage.privileges],
            "by": move.moved_by.name if move.moved_by else "",
        },
    )
