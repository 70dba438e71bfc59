"""The pages of assessments: progress, one assessment, and the screen to answer on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.assessments import operations, queries
from alongside.assessments.charts import area_bars, area_radar, level_bars, trend_of
from alongside.assessments.engagement import engaged_actions
from alongside.assessments.forms import (
    AnswersForm,
    CompleteAssessmentForm,
    CorrectAssessmentForm,
    StartAssessmentForm,
)
from alongside.assessments.models import Assessment
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page


@require_safe
def progress(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """How far somebody has come: scores then and now, item by item, and every assessment."""
    stay = stay_for(request.user, stay_id)
    found = queries.progress(stay)
    context = {
        **person_page(stay, section="assessments"),
        "page_title": "Assessments",
        "progress": found,
        "unfinished": queries.unfinished(stay),
        "cannot_start": operations.start_assessment.refusal(stay, by=request.user),
        **_charts(found),
    }
    return page(request, "assessments/progress.html", context)


@require_http_methods(["GET", "POST"])
def start_assessment(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Begin an assessment; go on with the unfinished one if there is one."""
    stay = stay_for(request.user, stay_id)
    if begun := queries.unfinished(stay):
        return go(request, "assessments:answer", begun.pk)
    form = StartAssessmentForm.from_request(request, initial={"assessed_on": stay.scheme.today()})
    if made := form.carry_out(operations.start_assessment, stay, by=request.user):
        return go(request, "assessments:answer", made.pk)
    context = {**person_page(stay, section="assessments"), "form": form}
    return page(request, "assessments/start_assessment.html", {**context, "page_title": "Assess"})


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Every item on one screen. Saves as you go; the button saves without JavaScript."""
    assessment = queries.assessment_for(request.user, assessment_id)
    if assessment.is_complete():
        return go(request, "assessments:assessment", assessment.pk)
    form = AnswersForm.from_request(request, assessment=assessment)
    saved = form.carry_out(operations.save_answers, assessment, by=request.user) is not None
    if saved and "complete" in request.POST:
        return go(request, "assessments:complete", assessment.pk)
    if saved:
        form = AnswersForm(assessment=queries.assessment_for(request.user, assessment_id))
    context = {**_answering(assessment, form), "saved": saved}
    return page(request, "assessments/answer.html", context, partial="saved")


@require_http_methods(["GET", "POST"])
def complete_assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Complete it, after a look at what it comes to."""
    assessment = queries.assessment_for(request.user, assessment_id)
    last = queries.latest_completed(assessment.stay)
    form = CompleteAssessmentForm.from_request(request, first=last is None)
    if form.carry_out(operations.complete_assessment, assessment, by=request.user):
        return go(request, "assessments:progress", assessment.stay_id, says="Assessment completed.")
    context = {
        **person_page(assessment.stay, section="assessments"),
        "page_title": "Complete the assessment",
        "assessment": assessment,
        "form": form,
        "now": queries.scored([assessment])[0],
        "last": last,
    }
    return page(request, "assessments/complete_assessment.html", context)


@require_safe
def assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment as it was made, for reading and printing."""
    found = queries.assessment_for(request.user, assessment_id)
    ratings = {rating.item: rating for rating in found.ratings.select_related("by")}
    context = {
        **person_page(found.stay, section="assessments"),
        "page_title": str(found),
        "assessment": found,
        "scored": queries.scored([found])[0],
        "areas": [
            (area, [(item, ratings.get(item.key)) for item in area.in_order])
            for area in found.framework.areas
        ],
        "levels": {level.key: level for level in found.framework.steps},
    }
    return page(request, "assessments/assessment.html", context)


@require_http_methods(["GET", "POST"])
def correct_assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Put a completed assessment right, in a new one that says why."""
    wrong = queries.assessment_for(request.user, assessment_id)
    form = CorrectAssessmentForm.from_request(request)
    made = form.carry_out(
        operations.correct_assessment, wrong.stay, by=request.user, assessment=wrong
    )
    if made:
        return go(request, "assessments:answer", made.pk)
    context = {
        **person_page(wrong.stay, section="assessments"),
        "page_title": "Put an assessment right",
        "assessment": wrong,
        "form": form,
    }
    return page(request, "assessments/correct_assessment.html", context)


def _charts(found: queries.Progress) -> dict[str, Any]:
    first, latest = found.first, found.latest
    if first is None or latest is None:
        return {}
    if not latest.has_percent:
        return {"steps": level_bars(first, latest)}
    return {
        "bars": area_bars(first, latest),
        "radar": area_radar(first, latest),
        "trend": trend_of(found.assessments) if len(found.assessments) > 1 else None,
    }


def _answering(assessment: Assessment, form: AnswersForm) -> dict[str, Any]:
    last = queries.latest_completed(assessment.stay)
    engaged = dict(engaged_actions(assessment.stay))
    answered = sum(1 for item in form.framework.items if form.initial[f"was-{item.key}"])
    return {
        **person_page(assessment.stay, section="assessments"),
        "page_title": "Assess",
        "assessment": assessment,
        "form": form,
        "areas": list(form.rows(last=last.levels if last else {}, engaged=engaged)),
        "levels": form.framework.steps,
        "principles": assessment.scheme.pack.choices("principles"),
        "last": last,
        "answered": answered,
        "items": len(form.framework.items),
    }
