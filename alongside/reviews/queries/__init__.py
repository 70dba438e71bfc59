"""What pages and other rooms ask about reviews."""

from __future__ import annotations

from alongside.reviews.queries.decisions import late_decisions, unfinished_decisions
from alongside.reviews.queries.reviews import booked_review, review_for, reviews_of
from alongside.reviews.queries.windows import Window, windows_of

__all__ = [
    "Window",
    "booked_review",
    "late_decisions",
    "review_for",
    "reviews_of",
    "unfinished_decisions",
    "windows_of",
]
