"""What assessments tell the timeline."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alongside.assessments.models import Assessment
from alongside.moments.registry import Line, tells


@tells(Assessment, rows=lambda: Assessment.objects.completed().for_page().iterator(500))
def assessment_moment(assessment: Assessment) -> Iterable[Line]:
    """One line when it is complete; an unfinished one is nobody's business yet."""
    if assessment.completed_at and assessment.completed_by:
        yield Line(
            of=assessment,
            stay=assessment.stay,
            kind="assessment",
            title=f"Assessment completed: {_percent(assessment)}",
            text=" ".join(filter(None, [assessment.strengths, assessment.about_a_fall])),
            happened_at=assessment.completed_at,
            recorded_at=assessment.completed_at,
            by=assessment.completed_by.name,
            link=reverse("assessments:assessment", args=[assessment.pk]),
        )


def _percent(assessment: Assessment) -> str:
    if not assessment.most or assessment.points is None:
        return "nothing was rated"
    return f"{assessment.points} of {assessment.most} points"
