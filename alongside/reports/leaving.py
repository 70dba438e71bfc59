"""The figures of a month as a file for others: what was fixed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from alongside.exports.leaving import Column, Leaving, leaves
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.reports.models import SharedFigures


@leaves("figures", says="Figures to share", needs=Action.READ_REPORTS)
def figures(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving | None:
    """The month that was asked for; none that was not fixed."""
    try:
        key = UUID(asked.get("fixed", ""))
    except ValueError:
        return None
    fixed = SharedFigures.objects.filter(scheme=scheme, pk=key).first()
    if fixed is None:
        return None
    return Leaving(
        title=f"Figures of {fixed}",
        stem="figures",
        back=reverse("reports:shared-figures", args=[fixed.pk]),
        columns=[Column("group", "Group"), Column("what", "What"), Column("many", "How many")],
        rows=lambda: [(line.group, line.says, line.many) for line in fixed.told],
    )
