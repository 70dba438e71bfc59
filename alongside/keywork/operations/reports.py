"""The report before a review, and the team's answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from alongside.audit.operation import operation
from alongside.keywork.models import PeriodReport
from alongside.keywork.operations.checks import require_words
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("report.written", needs=Action.WRITE_REPORT)
def write_report(
    stay: Stay,
    *,
    by: Staff,
    headings: Mapping[str, str],
    until_on: date | None = None,
    team_question: str = "",
) -> PeriodReport:
    """Write brief notes for the review on the time since the last report, up to a day (today).

    Each heading of the pack needs words. `team_question` asks the team; their answer is kept
    with the report.
    Refused when a heading is empty, the day is in the future or outside the stay, or this
    period has its report already. Source: Key Working, step 5.
    """
    until_on = until_on or stay.scheme.today()
    stay.require_current(on=until_on, field="until_on")
    last = PeriodReport.objects.filter(stay=stay).order_by("-until_on").first()
    if last and last.until_on >= until_on:
        raise Refused(
            f"There is already a report up to {last.until_on:%-d %B %Y}.",
            instead="Choose a later day, or write a note.",
            field="until_on",
        )
    words = {
        heading.key: require_words(
            headings.get(heading.key, ""),
            field=f"heading_{heading.key}",
            instead=f"Say something under “{heading.says}”, if only that nothing changed.",
        )
        for heading in stay.scheme.pack.choices("report_headings")
    }
    return PeriodReport.objects.create(
        stay=stay,
        from_on=last.until_on + timedelta(days=1) if last else stay.moved_in_on,
        until_on=until_on,
        headings=words,
        team_question=team_question.strip(),
        written_by=by,
    )


def nothing_to_answer(report: PeriodReport) -> Refused | None:
    """The team answers a question, once."""
    if not report.team_question:
        return Refused("The team was not asked anything.", instead="Write a note instead.")
    if report.answered_at:
        return Refused("The team has already answered.", instead="Write a note to add to it.")
    return None


@operation("report.answered", needs=Action.WRITE_REPORT, unless=nothing_to_answer)
def answer_report(report: PeriodReport, *, by: Staff, answer: str) -> PeriodReport:
    """Write down what the team says to the question of a report."""
    report.answer = require_words(answer, field="answer", instead="Write what the team said.")
    report.answered_at, report.answered_by = clock.now(), by
    report.save(update_fields=["answer", "answered_at", "answered_by"])
    return report
