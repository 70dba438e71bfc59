"""What a draft is of, in words: from the name of its form, which names no person."""

from __future__ import annotations

import re
from uuid import UUID

# The beginning of a form's name, before the key of what it is about.
KINDS = {
    "note": "A note",
    "session": "The notes of a session",
    "correct": "A correction of a note",
    "report": "A report on a period",
    "plan": "A plan",
    "week": "A week",
    "prepare": "The preparation of a session",
    "arrange": "What was agreed for an absence",
    "contingency": "Who steps in when somebody is missing",
    "message": "A message",
    "reply": "A reply",
    "referral": "A referral",
    "interview": "An interview",
    "reviews": "The outcome of a review",
    "pack": "Papers for a review",
    "evidence-note": "A note on a stage",
    "own-evidence": "What you did for your stage",
    "own-answer": "An answer",
    "own-goal": "A goal of your own",
    "own-said": "What you said about a goal",
    "own-done": "What you did",
    "own-idea": "An idea for your plan",
    "own-result": "How a goal went",
    "own-no": "Why you did not sign",
    "own-words": "Your own words",
}
ANYTHING = "A form"


# How the key of a record looks where it stands in the name of a form.
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def keys_in(form: str) -> list[UUID]:
    """The keys of what a form is about, of its name."""
    return [UUID(key) for key in KEY.findall(form)]


def in_words(form: str) -> str:
    """ "A note", of "note-0198…"."""
    found = [key for key in KINDS if form == key or form.startswith((f"{key}-", f"{key}/"))]
    return KINDS[max(found, key=len)] if found else ANYTHING
