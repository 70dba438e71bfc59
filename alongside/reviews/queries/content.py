"""Exactly what a review came to: what is signed, what stays, what is printed."""

from __future__ import annotations

from typing import Any

from alongside.kit.together import read
from alongside.reviews.models import AgendaLine, Review
from alongside.reviews.queries.people import invitations_of
from alongside.reviews.queries.prefill import Filled, filled_in
from alongside.reviews.queries.reviews import (
    agenda_lines,
    decisions_of,
    in_order,
    reviews_before,
)


def content_of(review: Review) -> dict[str, Any]:
    """Everything the page shows of a review that was held, as plain words."""
    return {
        "review": review.says,
        "person": review.stay.resident.name,
        "held_on": review.on.isoformat(),
        "place": review.place,
        "led_by": review.leader,
        "without_them": _absence(review),
        "people": [
            {"name": one.name, "as": one.who, "came": one.get_attendance_display()}
            for one in invitations_of(review)
        ],
        "agenda": [{**row, "line": None} for row in agenda_rows(review)],
        "view": review.view_words,
        "did_not_wish": review.did_not_wish,
        "summary": review.summary,
        "decisions": [
            {"words": one.words, "name": one.name, "due_on": one.due_on.isoformat()}
            for one in decisions_of(review)
        ],
        "next_on": review.next_on.isoformat() if review.next_on else "",
    }


def agenda_rows(review: Review) -> list[dict[str, Any]]:
    """Every item of the agenda with what the file says, what is missing, and what was said."""
    lines, before = agenda_lines(review), reviews_before(review)[:1]
    read(lines, before)
    filled = filled_in(review, next(iter(before), None))
    return [_row(line, filled.get(line.key)) for line in in_order(lines)]


def _row(line: AgendaLine, filled: Filled | None) -> dict[str, Any]:
    return {
        "words": line.words,
        "from_resident": line.from_resident,
        "said": line.said,
        "file": (filled.lines or [filled.nothing] * (not filled.warning)) if filled else [],
        "missing": filled.warning if filled else "",
        "key": filled.key if filled else "",
        "line": line,
    }


def _absence(review: Review) -> str:
    if not review.was_without_them():
        return ""
    reason = str(review.scheme.pack.reasons("review_in_absence").get(review.absence_reason) or "")
    return f"{reason}. {review.absence_words}".strip(". ") + "."
