"""Who lives here, as a file: for those whose role reads reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from alongside.casefile.people import SHOW, SORTS, people_at
from alongside.exports.leaving import Column, Leaving, leaves
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action

NEEDS = Action.READ_REPORTS


@leaves("people", says="Who lives here", needs=NEEDS)
def people(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving:
    """Whom the page shows. Nothing of a file but what stands in the list."""
    show = asked.get("show", "")
    terms = scheme.pack.terms
    columns = [
        Column("name", "Name", names=True),
        Column("bed", "Bed"),
        Column("worker", terms["key_worker"].singular.capitalize(), names=True),
        Column("in", "Moved in"),
        Column("out", "Moved out"),
        Column("next", "Next session"),
        Column("overdue", "Overdue"),
    ]

    def rows() -> list[tuple[str, ...]]:
        sort = asked.get("sort", "")
        order = SORTS.get(sort.lstrip("-"), "resident__name_key")
        found = people_at(scheme, viewer=staff, show=show, words=asked.get("q", ""))
        return [
            _row(one) for one in found.order_by(f"-{order}" if sort[:1] == "-" else order, "pk")
        ]

    return Leaving(
        title=f"{terms['resident'].plural.capitalize()}: {SHOW.get(show, SHOW['']).lower()}",
        stem="people",
        back=f"{reverse('casefile:residents', args=[scheme.slug])}?{urlencode(asked)}",
        columns=columns,
        rows=rows,
    )


def _row(stay: object) -> tuple[str, ...]:
    one: Any = stay
    starts = timezone.localtime(one.next_session) if one.next_session else None
    return (
        one.resident.name,
        one.bed.name if one.bed else "",
        one.worker_name or "nobody",
        one.moved_in_on.isoformat() if one.moved_in_on else "",
        one.moved_out_on.isoformat() if one.moved_out_on else "",
        f"{starts:%Y-%m-%d %H:%M}" if starts else "",
        str(one.overdue),
    )
