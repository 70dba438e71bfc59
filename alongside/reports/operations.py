"""Fixing the figures of a month before others are shown them."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.reports.hiding import to_share
from alongside.reports.models import SharedFigures
from alongside.reports.month import Month
from alongside.reports.queries import monthly_figures


@operation("figures.fixed", needs=Action.READ_REPORTS)
def fix_figures(scheme: Scheme, *, by: Staff, month: date) -> SharedFigures:
    """Fix what others are told of a month: counted now, with small numbers hidden.

    Refused before the month is over, and when it is fixed already. The pack's limit
    `shared_figure_least` says which numbers are small.
    """
    asked = Month.of(month, scheme.zone)
    first, last = asked.days
    if scheme.today() <= last:
        raise Refused(
            f"{asked.says} is not over yet.",
            instead=f"Fix its figures from {asked.after().days[0]:%-d %B %Y}.",
            field="month",
        )
    if SharedFigures.objects.filter(scheme=scheme, month=first).exists():
        raise Refused(
            f"The figures of {asked.says} are fixed already.",
            instead="Take them out as they are.",
            field="month",
        )
    least = int(scheme.pack.limit("shared_figure_least"))
    lines = to_share(monthly_figures(scheme, asked), least)
    return SharedFigures.objects.create(
        scheme=scheme, month=first, least=least, fixed_by=by,
        lines=[[line.group, line.says, line.many] for line in lines],
    )  # fmt: skip
