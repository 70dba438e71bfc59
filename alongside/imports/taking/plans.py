"""A row of the weekly action plans: one form with its actions."""

from __future__ import annotations

from alongside.imports.kinds.plans import PlanRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.plans.models.weekly import ONE_DAY, WEEK
from alongside.plans.operations.importing import import_week
from alongside.plans.operations.weekly import Line


def take(record: PlanRecord, row: RowPlan, intake: Intake) -> Taken:
    """Take over the form. Who signed on paper is kept in words: nobody signs here for another."""
    resident = intake.person(record.person)
    stay = intake.stay_near(resident, record.week, record.week + WEEK - ONE_DAY)
    form = import_week(
        stay,
        by=intake.by,
        recorded_by=intake.recorder,
        starts_on=record.week,
        lines=[Line(text=a.text, when_on=a.due_on, when_words=a.when) for a in record.actions],
    )
    long = {f"When {a.when[:20]}": a.when for a in record.actions if len(a.when) > 120}  # noqa: PLR2004
    kept = labelled(row, record.texts, record.words, used=frozenset()) | long
    return Taken(form, resident, stay, kept)
