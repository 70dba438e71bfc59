"""Coverage as a file that a spreadsheet opens: one row for each person, and no formulas."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.coverage.models import Covered
from alongside.organisation.models import Scheme
from alongside.ui.spreadsheets import as_csv


def coverage_csv(people: Iterable[Covered], scheme: Scheme) -> str:
    """What is not known or not due stands in words, so that nobody adds it up as a naught."""
    terms = scheme.pack.terms
    head = (
        terms["resident"].singular.capitalize(), terms["key_worker"].singular.capitalize(),
        "How it stands", "Due", "Met", "of these late", "Missed or overdue", "Excused", "Paused",
        "Not yet known", "Longest gap in days", "Seen by their own", "Seen by others", "Who",
    )  # fmt: skip
    return as_csv(head, (_row(one) for one in people))


def _row(one: Covered) -> list[str]:
    due = [one.due, one.met, one.late, one.missed, one.excused, one.paused, one.unknown]
    return [
        one.stay.resident.name,
        one.worker.name if one.worker else "nobody",
        one.shown[0],
        *(str(number) if one.due else "none due" for number in due),
        "not known" if one.gap is None else str(one.gap),
        str(one.own.total()),
        str(one.stood_in.total()),
        "; ".join(f"{name} {number}" for name, number, _ in one.seen),
    ]
