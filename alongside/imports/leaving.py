"""The rows that could not be brought in, as a file to be mended and brought again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from alongside.exports.files import KINDS
from alongside.exports.leaving import Column, Content, Leaving, leaves
from alongside.imports import queries
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action

WHOLE = Column("all", "Every column under its own heading, as it came")


@leaves("rejected-rows", says="Rejected rows", needs=Action.IMPORT_RECORDS)
def rejected_rows(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving | None:
    """Whole, for a row that lacks a column cannot be brought again."""
    try:
        run = queries.run_for(staff, scheme, UUID(asked.get("run", "")))
    except ValueError:
        return None
    if not run.rejected:
        return None

    def ready() -> Content:
        ending = str(run.rejected.name).rpartition(".")[2]
        with run.rejected.open("rb") as kept:
            return Content(kept.read(), KINDS[ending], ending, run.refused)

    return Leaving(
        title=f"Rejected rows of the list brought on {run.recorded_at:%-d %b %Y}",
        stem="to-mend",
        back=reverse("imports:import", args=[scheme.slug, run.pk]),
        columns=(WHOLE,),
        ready=ready,
        many=run.refused,
    )
