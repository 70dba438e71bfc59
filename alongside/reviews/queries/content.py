"""Exactly what a review came to: what is signed, what stays, what is printed."""

from __future__ import annotations

from typing import Any

from alongside.reviews.models import Review
from alongside.reviews.queries.people import invitations_of
from alongside.reviews.queries.prefill import filled_in
from alongside.reviews.queries.reviews import agenda_of, decisions_of


def content_of(review: Review) -> dict[str, Any]:
    """Everything the page shows of a review that was held, as plain words."""
    filled = filled_in(review)
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
        "agenda": [
            {
                "words": line.words,
                "from_resident": line.from_resident,
                "said": line.said,
                "file": filled[line.key].lines if line.key in filled else [],
                "missing": filled[line.key].warning if line.key in filled else "",
            }
            for line in agenda_of(review)
        ],
        "view": review.view_words,
        "did_not_wish": review.did_not_wish,
        "summary": review.summary,
        "decisions": [
            {"words": one.words, "name": one.name, "due_on": one.due_on.isoformat()}
            for one in decisions_of(review)
        ],
        "next_on": review.next_on.isoformat() if review.next_on else "",
    }


def _absence(review: Review) -> str:
    if not review.was_without_them():
        return ""
    reason = str(review.scheme.pack.reasons("review_in_absence").get(review.absence_reason) or "")
    return f"{reason}. {review.absence_words}".strip(". ") + "."
