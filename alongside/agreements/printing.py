"""A person's own copy of what was explained to them, on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.agreements.models import Explanation
from alongside.signatures.models import Signature
from alongside.ui.pdf import make_pdf

SEAL_SHOWN = 16


def copy_of(told: Explanation, signatures: list[Signature], *, large: bool = False) -> bytes:
    """The text exactly as it was explained, with every yes and no to it, as PDF."""
    return make_pdf("agreements/copy.typ", data_of(told, signatures, large=large))


def data_of(told: Explanation, signatures: list[Signature], *, large: bool) -> dict[str, Any]:
    content = told.content
    return {
        "title": content["title"],
        "version": content["version"],
        "text": content["text"],
        "clauses": content["clauses"],
        "resident": told.stay.resident.name,
        "service": told.scheme.name,
        "large": large,
        "explained": _explained(told),
        "signatures": [_signature(told, mark) for mark in signatures],
        "seal": signatures[0].digest[:SEAL_SHOWN] if signatures else "",
    }


def _explained(told: Explanation) -> list[str]:
    content = told.content
    how = [content["way"], content["language"]]
    lines = [
        f"By {content['explained_by']} on {_day(told.explained_on)}.",
        ", ".join(part for part in how if part),
        f"{told.get_understanding_display()}. {told.understanding_words}".strip(),
    ]
    return [line for line in lines if line]


def _signature(told: Explanation, mark: Signature) -> dict[str, str]:
    on = _day(mark.signed_at.astimezone(told.scheme.zone).date())
    said = f"did not sign on {on}: {mark.reason}" if mark.refused else f"signed on {on}"
    if not mark.refused:
        said += {"pin": " with a PIN", "paper": f" on paper, in front of {mark.witness}"}.get(
            mark.method, ""
        )
    return {"name": mark.name, "said": said, "strokes": mark.strokes}


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
