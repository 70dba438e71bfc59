"""Coverage as a file: one row for each person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.http import urlencode

from alongside.coverage import queries
from alongside.coverage.forms import CoverageForm
from alongside.coverage.models import Covered
from alongside.coverage.order import chosen
from alongside.exports.leaving import Column, Leaving, leaves
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@leaves("coverage", says="Coverage", needs=Action.READ_REPORTS)
def coverage(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving | None:
    """Whom the page shows, in its order. What is not known or not due stands in words, so that
    nobody adds it up as a naught."""
    form = CoverageForm(asked, scheme=scheme, workers=queries.workers(scheme))
    if not form.is_valid():
        return None
    given = form.cleaned_data

    def rows() -> Iterable[list[str]]:
        found = queries.coverage(
            scheme, given["what"], first=given["first"], last=given["last"], worker=form.whose,
            named=given["named"],
        )  # fmt: skip
        return (_row(one) for one in chosen(asked, found.people))

    says = scheme.pack.duty(given["what"]).says
    return Leaving(
        title=f"Coverage: {says}, {given['first']:%-d %b} to {given['last']:%-d %b %Y}",
        stem="coverage",
        back=f"{reverse('coverage:coverage', args=[scheme.slug])}?{urlencode(asked)}",
        columns=_columns(scheme),
        rows=rows,
    )


def _columns(scheme: Scheme) -> list[Column]:
    terms = scheme.pack.terms
    return [
        Column("person", terms["resident"].singular.capitalize(), names=True),
        Column("worker", terms["key_worker"].singular.capitalize(), names=True),
        Column("stands", "How it stands"),
        Column("due", "Due"),
        Column("met", "Met"),
        Column("late", "Late, of those met"),
        Column("missed", "Missed or overdue"),
        Column("excused", "Excused"),
        Column("paused", "Paused"),
        Column("unknown", "Not yet known"),
        Column("gap", "Longest gap in days"),
        Column("own", "Seen by their own"),
        Column("others", "Seen by others"),
        Column("who", "Who saw them", names=True),
    ]


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
