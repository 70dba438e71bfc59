"""The stage sheet: seven levels, the tasks of one of them; on paper; and its notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.practice.actions import Action
from alongside.practice.stages import Stage
from alongside.stages import forms, operations, queries
from alongside.stages.models import Move, StageMove
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels, for the way through the sheet."""

    stage: Stage
    here: bool
    shown: bool
    done: int
    of: int


def person(stay: Stay, title: str) -> dict[str, Any]:
    """What every page of the stages of a person shows."""
    return {
        **person_page(stay, section="stages"),
        "page_title": title,
        "back_url": reverse("stages:stage-sheet", args=[stay.pk]),
    }


@require_safe
def stage_sheet(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The levels, how far each is, and the tasks of the one that is asked for."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    rows = queries.rows_of(stay)
    ready = queries.readiness(stay, rows=rows)
    pack = stay.pack
    chosen = pack.stages.get(request.GET.get("level", "")) or (ready.stage if ready else None)
    shown = {
        **person(stay, "Stages"),
        "ready": ready,
        "level": chosen,
        "levels": [
            Level(
                stage,
                here=bool(ready and stage.key == ready.stage.key),
                shown=stage == chosen,
                done=sum(queries.is_done(rows, task.key) for task in stage.tasks),
                of=len(stage.tasks),
            )
            for stage in pack.stages_in_order
        ],
        "tasks": queries.tasks_at(stay, chosen, rows) if chosen else [],
        "may": _may(request, stay),
        "has_lower": bool(ready and ready.stage != pack.stages_in_order[0]),
        "untold": _untold(rows.moves[0] if rows.moves else None),
    }
    return page(request, "stages/stage_sheet.html", shown)


def _untold(latest: StageMove | None) -> StageMove | None:
    """The latest move, while nobody has written down that they were told of it."""
    if latest is None or latest.told_on or latest.kind in {Move.ENTERED, Move.KEPT}:
        return None
    return latest


def _may(request: StaffRequest, stay: Stay) -> dict[str, bool]:
    """What the buttons ask of the reader's role here."""
    wanted = {"promote": Action.PROMOTE, "demote": Action.DEMOTE, "vary": Action.WAIVE_TASK,
              "reconcile": Action.RECONCILE_EVIDENCE, "offer": Action.OFFER_EVIDENCE,
              "tell": Action.VERIFY_EVIDENCE}  # fmt: skip
    return {name: request.user.may(action, stay) for name, action in wanted.items()}


@require_safe
def paper(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every level with its tasks and empty columns for evidence, to be printed."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    rows = queries.rows_of(stay)
    levels = [(stage, [(task, queries.decided_state(rows, task.key)) for task in stage.tasks])
              for stage in stay.scheme.pack.stages_in_order]  # fmt: skip
    shown = {**person(stay, "Stage sheet"), "paper_levels": levels}
    return page(request, "stages/paper.html", shown)


@require_http_methods(["GET", "POST"])
def notes(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The evidence notes, dated and signed, and a new one."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    form = forms.NoteForm.from_request(request, stay=stay)
    form.draft_key = f"evidence-note-{stay.pk}"
    if form.carry_out(operations.write_note, stay, by=request.user):
        return go(request, "stages:notes", stay.pk, says="The note is written.")
    shown = {**person(stay, "Evidence notes"), "form": form, "notes": queries.notes_of(stay)}
    return page(request, "stages/notes.html", shown)
