"""Taking over weekly action forms from older records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import PlanAction, WeeklyForm, WeeklyLine
from alongside.plans.models.actions import Answer
from alongside.plans.operations.weekly import Line
from alongside.practice.actions import Action
from alongside.stays.models import Stay

OLDER_RECORDS = "Taken over from older records, which do not say what came of it."


@operation("weekly_form.imported", needs=Action.IMPORT_RECORDS)
def import_week(
    stay: Stay, *, by: Actor, recorded_by: Staff, starts_on: date, lines: Sequence[Line]
) -> WeeklyForm:
    """Take over the form of one week: its actions in their order, with the day or words of each.

    The form is not signed here. The actions of a week that is over are not taken up as open
    ones: the next week's form took their place, and nobody knows what came of them.

    Refused when there is a form of theirs for this week already.
    """
    if WeeklyForm.objects.filter(stay=stay, starts_on=starts_on).exists():
        raise Refused(
            "There is a form of theirs for this week already.",
            instead="Put both on one row, or check the week.",
        )
    form = WeeklyForm.objects.create(
        stay=stay, starts_on=starts_on, completed_by="resident", by_staff=recorded_by
    )
    over = _over_at(form)
    actions = [_action(stay, line, recorded_by, over) for line in lines]
    PlanAction.objects.bulk_create(actions)
    WeeklyLine.objects.bulk_create(
        WeeklyLine(form=form, number=number, action=action)
        for number, action in enumerate(actions, 1)
    )
    return form


def _over_at(form: WeeklyForm) -> datetime | None:
    """The end of the week, when it is over."""
    ended = form.ends_on < form.stay.scheme.today() or not form.stay.is_current()
    if not ended:
        return None
    return datetime.combine(form.ends_on, time.max, tzinfo=form.stay.scheme.zone)


def _action(stay: Stay, line: Line, recorded_by: Staff, over: datetime | None) -> PlanAction:
    return PlanAction(
        stay=stay,
        text=line.text,
        when_on=line.when_on,
        when_words=line.when_words[:120],
        answer=Answer.ACCEPT,
        answered_at=clock.now(),
        answer_words=OLDER_RECORDS if over else "",
        replaced_at=over,
        by_staff=recorded_by,
    )
