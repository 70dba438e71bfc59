"""Refusals that several operations on imports share."""

from __future__ import annotations

from alongside.imports.models import ImportRun
from alongside.kit.refusal import Refused


def applied_already(run: ImportRun) -> Refused | None:
    """An import is applied once."""
    if not run.is_applied():
        return None
    return Refused(
        "This file has been brought in already.",
        instead="Bring the file again: what is here already will not come twice.",
    )


def no_file(run: ImportRun) -> Refused | None:
    """Nothing more can be done with a file that was let go."""
    if run.file:
        return None
    return Refused(
        "The file is no longer kept here.", instead="Bring it again: nothing will come twice."
    )
