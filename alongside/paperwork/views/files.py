"""The forms of somebody's file: the list, filling in, reading, signing, putting right, printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.paperwork import operations, queries
from alongside.paperwork.content import asked_here, parties, still_to_sign
from alongside.paperwork.forms import questions_of
from alongside.practice.actions import Action
from alongside.sheets.forms import WHICH
from alongside.sheets.reading import parts_of
from alongside.signatures.forms import RefuseToSignForm, SignForm
from alongside.signatures.queries import signatures_on
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import go, page
from alongside.ui.paging import paged
from alongside.ui.pdf import make_pdf

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.sheets.models import Sheet
    from alongside.stays.models import Stay
    from alongside.ui.pages import StaffRequest

SIGNERS = {
    "resident": operations.sign_form_as_resident,
    "worker": operations.sign_form_as_worker,
}


@require_safe
def forms_here(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every form the practice offers for this person, and those that were filled in."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    shown = {
        **_about(stay, "Forms"),
        "offers": queries.offers(stay, reader=request.user),
        "done": paged(request, queries.finished_forms(stay, reader=request.user)),
        "may_write": not stay.moved_out_on and request.user.may(Action.WRITE_NOTE, stay),
        "holds": len(stay.scheme.pack.file_checklist),
    }
    return page(request, "paperwork/forms.html", shown)


@require_http_methods(["GET", "POST"])
def fill_in(request: StaffRequest, stay_id: UUID, key: str) -> HttpResponse:
    """A fresh form: filled in and finished, or kept to go on with later."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    asked = asked_here(stay, key)
    if asked is None:
        raise Http404
    finish = "finish" in request.POST
    questions = questions_of(asked, stay, reader=request.user)
    named = {WHICH: request.GET["answers"]} if "answers" in request.GET else {}
    form = questions.from_request(request, whole=finish, initial=named)
    made = form.carry_out(operations.begin_form, stay, by=request.user, key=key, finish=finish)
    if made:
        return _after(request, made)
    cannot = operations.begin_form.refusal(stay, by=request.user)
    return page(
        request,
        "paperwork/fill_in.html",
        {
            **_about(stay, asked.says),
            "asked": asked,
            "form": form,
            "cannot": cannot,
            # What is typed in answer to one thing does not come back in answer to another.
            "draft": f"form/{stay.pk}/{key}/{named[WHICH][:60]}" if named else "",
        },
    )


@require_http_methods(["GET", "POST"])
def go_on(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """Go on with a form that was begun."""
    sheet = queries.form_for(request.user, sheet_id)
    stay, finish = _stay(sheet), "finish" in request.POST
    questions = questions_of(sheet.asked, stay, reader=request.user)
    form = questions.from_request(request, sheet=sheet, reader=request.user, whole=finish)
    kept = form.carry_out(operations.go_on, sheet, by=request.user, finish=finish)
    if kept:
        return _after(request, kept)
    cannot = operations.go_on.refusal(sheet, by=request.user)
    shown = {**_about(stay, sheet.asked.says), "asked": sheet.asked, "form": form, "cannot": cannot}
    return page(request, "paperwork/fill_in.html", shown)


@require_http_methods(["GET", "POST"])
def put_right(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """Put a finished form right, in a new one that names it."""
    sheet = queries.form_for(request.user, sheet_id)
    stay = _stay(sheet)
    questions = questions_of(sheet.asked, stay, reader=request.user, now=sheet.answers_to)
    form = questions.from_request(request, sheet=sheet, reader=request.user)
    made = form.carry_out(operations.put_right, sheet, by=request.user)
    if made:
        return go(request, "paperwork:form", made.pk, says="Put right. The earlier one is kept.")
    shown = {
        **_about(stay, f"Put right: {sheet.asked.says}"),
        "asked": sheet.asked,
        "form": form,
        "corrects": sheet,
        "cannot": operations.put_right.refusal(sheet, by=request.user),
    }
    return page(request, "paperwork/fill_in.html", shown)


@require_safe
def form(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """One form as it was asked and answered; restricted answers for those who may read them."""
    sheet = queries.form_for(request.user, sheet_id)
    shown = {
        **_about(_stay(sheet), sheet.asked.says),
        "sheet": sheet,
        "asked": sheet.asked,
        "parts": parts_of(sheet, reader=request.user),
        "signatures": list(signatures_on(sheet)),
        "to_sign": still_to_sign(sheet),
        "signed_by": parties(sheet),
        "may_write": request.user.may(Action.WRITE_NOTE, sheet),
        "cannot_put_right": operations.put_right.refusal(sheet, by=request.user),
    }
    return page(request, "paperwork/form.html", shown)


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, sheet_id: UUID, party: str) -> HttpResponse:
    """One of those whom the practice names signs."""
    sheet = queries.form_for(request.user, sheet_id)
    stay = _stay(sheet)
    if party not in SIGNERS:
        raise Http404
    theirs = party == "resident"
    asked = SignForm.from_request(request, says=str(stay.resident if theirs else request.user))
    if asked.carry_out(SIGNERS[party], sheet, by=request.user):
        return go(request, "paperwork:form", sheet.pk, says="Signed.")
    shown = {
        **_about(stay, f"Sign: {sheet.asked.says}"),
        "sheet": sheet,
        "parts": parts_of(sheet, reader=request.user),
        "form": asked,
        "handed": stay.resident.first_name if theirs else "",
        "cannot": SIGNERS[party].refusal(sheet, by=request.user),
    }
    return page(request, "paperwork/sign.html", shown)


@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """The person does not want to sign."""
    sheet = queries.form_for(request.user, sheet_id)
    stay = _stay(sheet)
    asked = RefuseToSignForm.from_request(request, pack=stay.pack, today=stay.scheme.today())
    if asked.carry_out(operations.refuse_form, sheet, by=request.user):
        return go(request, "paperwork:form", sheet.pk, says="Recorded.")
    shown = {**_about(stay, f"Not signed: {sheet.asked.says}"), "sheet": sheet, "form": asked}
    return page(request, "paperwork/refuse.html", shown)


@require_safe
def paper(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """The form on paper, with what this reader may read."""
    sheet = queries.form_for(request.user, sheet_id)
    opened(_stay(sheet), DOCUMENT, sheet.pk)
    data = {
        "title": sheet.asked.says,
        "service": sheet.scheme.name,
        "large": "large" in request.GET,
        "name": _stay(sheet).resident.name,
        "finished": f"{sheet.finished_at:%-d %B %Y}" if sheet.finished_at else "not finished yet",
        "by": str(sheet.finished_by or sheet.begun_by or ""),
        "parts": [
            [part.section.says, [[row.question.says, _printed(row)] for row in part.rows]]
            for part in parts_of(sheet, reader=request.user)
        ],
        "signatures": [
            {
                "name": mark.name,
                "said": f"did not sign: {mark.reason}" if mark.refused else "signed",
                "strokes": mark.strokes,
            }
            for mark in signatures_on(sheet)
        ],
    }
    return HttpResponse(
        make_pdf("paperwork/paper.typ", data),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{sheet.key}.pdf"'},
    )


def _printed(row: Any) -> str:
    return "Kept apart." if row.hidden else row.answer or "–"


def _after(request: StaffRequest, sheet: Sheet) -> HttpResponse:
    if sheet.is_draft():
        return go(request, "paperwork:forms", sheet.stay_id, says="Kept. Go on with it any time.")
    return go(request, "paperwork:form", sheet.pk, says="Finished.")


def _stay(sheet: Sheet) -> Stay:
    if sheet.stay is None:
        raise Http404
    return sheet.stay


def _about(stay: Stay, title: str) -> dict[str, Any]:
    return {**person_page(stay, section="forms"), "page_title": title}
