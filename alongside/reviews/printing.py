"""A review on paper: the invitation with its agenda, and the record of what it came to."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.reviews.models import Review
from alongside.reviews.queries.people import invitations_of
from alongside.reviews.queries.reviews import agenda_of
from alongside.ui.pdf import make_pdf


def paper_of(review: Review) -> bytes:
    """The record once it is sealed; before that the invitation, with nothing from the file."""
    return make_pdf("reviews/paper.typ", record(review) if review.content else invitation(review))


def invitation(review: Review) -> dict[str, Any]:
    """What everybody who is invited may read: when, where, who, and what about."""
    time = f", {review.planned_time:%H:%M}" if review.planned_time else ""
    people = [f"{one.name} ({one.who})" for one in invitations_of(review)]
    return {
        **_head(review, f"{review.planned_on:%A} {_day(review.planned_on)}{time}"),
        "parts": [
            ["Who is invited", people],
            ["What we talk about", [line.words for line in agenda_of(review)]],
        ],
    }


def record(review: Review) -> dict[str, Any]:
    """What the review came to, from what was sealed."""
    kept = review.content
    people = [f"{one['name']} ({one['as']}): {one['came'] or 'not said'}" for one in kept["people"]]
    view = kept["view"] or ("Did not wish to say anything." if kept["did_not_wish"] else "")
    parts = [["Who came", people], *([line["words"], _said(line)] for line in kept["agenda"])]
    decided = [
        f"{one['words']}: {one['name']}, by {_day(date.fromisoformat(one['due_on']))}"
        for one in kept["decisions"]
    ]
    later = review.addenda.select_related("written_by")
    parts += [
        [f"What {kept['person']} says", [view] if view else []],
        ["What it came to", [kept["summary"]] if kept["summary"] else []],
        ["What was decided", decided],
        [
            "Added later",
            [f"{_day(one.written_at.date())}, {one.written_by.name}: {one.words}" for one in later],
        ],
    ]
    held = date.fromisoformat(kept["held_on"])
    return {
        **_head(review, f"{held:%A} {_day(held)}"),
        "parts": [part for part in parts if part[1]],
    }


def _head(review: Review, when: str) -> dict[str, Any]:
    facts = [
        ["About", review.stay.resident.name],
        ["When", when],
        ["Where", review.place],
        ["Led by", review.leader],
    ]
    return {
        "title": review.says,
        "service": review.scheme.name,
        "facts": [fact for fact in facts if fact[1]],
    }


def _said(line: dict[str, Any]) -> list[str]:
    return [*line["file"], *([line["said"]] if line["said"] else [])]


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
