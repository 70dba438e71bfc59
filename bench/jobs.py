"""The six jobs, each beside its floor."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Job:
    """One thing people do all day: the page, its floor, and what is written if anything is."""

    key: str
    page: str
    floor: str
    writes: bool = False

    def form(self) -> dict[str, str] | None:
        """What is sent: every time a new token and new words, so that a note is saved each time."""
        if not self.writes:
            return None
        once = uuid4().hex
        words = f"Talked on the stairs about letter {once} from the college, and what to say to it."
        return {"kind": "informal", "text": words, "minutes": "5", "once": once}


JOBS = (
    Job("casefile", "/stays/{stay}/", "/floor/casefile/{stay}/"),
    Job("caseload", "/schemes/{scheme}/residents/?show=mine", "/floor/caseload/{scheme_id}/"),
    Job("note", "/stays/{stay}/notes/write/", "/floor/note/{stay}/", writes=True),
    Job("search", "/search/?q=budgeting", "/floor/search/?q=budgeting"),
    Job("today", "/", "/floor/today/{scheme_id}/"),
    Job("month", "/schemes/{scheme}/reports/", "/floor/month/{scheme_id}/"),
)
