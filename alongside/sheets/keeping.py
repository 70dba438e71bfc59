"""Keeping the answers of a sheet, as part of the operation of the room that asks it.

A sheet has no rights of its own: whoever may hold an interview or an induction may write its
sheet. So, like a signature, it is written by functions that somebody else's operation calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.sheets import Question, QuestionKind
from alongside.residents.models import Resident
from alongside.sheets.models import Sheet
from alongside.sheets.reading import rows_of
from alongside.stays.models import Stay

UNASKED = (QuestionKind.SIGNATURE,)  # People sign the record, not the sheet.


def begin_sheet(
    scheme: Scheme,
    key: str,
    *,
    by: Staff | None,
    resident: Resident | None = None,
    stay: Stay | None = None,
    worker: Staff | None = None,
) -> Sheet:
    """A fresh draft of the sheet of that key, pinned to the practice in force today."""
    scheme.pack.sheet(key)
    return Sheet.objects.create(
        scheme=scheme,
        resident=resident or (stay.resident if stay else None),
        stay=stay,
        worker=worker,
        key=key,
        pack_key=scheme.pack.key,
        pack_version=scheme.pack.version,
        begun_by=by,
    )


def answer(
    sheet: Sheet, answers: Mapping[str, Any], *, by: Staff, version: int | None = None
) -> Sheet:
    """Write these answers into the draft; the others stay as they are.

    Refused when it is finished, or a question is not on the sheet. When somebody else
    answered the same question since `version`, both texts come back and nothing is lost.
    """
    _require_draft(sheet)
    questions = {question.key: question for question in sheet.asked.questions}
    if unknown := answers.keys() - questions.keys():
        raise Refused(
            f"“{sorted(unknown)[0]}” is not asked on this sheet.",
            instead="Open the page again: the questions may have changed.",
        )
    changed = {key: value for key, value in answers.items() if sheet.answers.get(key) != value}
    if version is not None and version != sheet.version:
        _require_nobody_else_wrote(sheet, changed, by=by, since=version)
    if not changed:
        return sheet
    stamp: dict[str, Any] = {"by": str(by.pk), "name": by.name, "at": clock.now().isoformat()}
    sheet.version += 1
    sheet.answers = {**sheet.answers, **changed}
    stamp["version"] = sheet.version
    sheet.given = {**sheet.given, **dict.fromkeys(changed, stamp)}
    sheet.save(update_fields=["answers", "given", "version"])
    return sheet


def finish(sheet: Sheet, *, by: Staff) -> Sheet:
    """Close the draft. Refused while a required question is open."""
    _require_draft(sheet)
    if missing := still_open(sheet):
        raise Refused(
            f"Not everything on this sheet has been answered: “{missing[0].says}” is open"
            + (f", and {len(missing) - 1} more." if len(missing) > 1 else "."),
            instead="Answer it, or keep the sheet and finish it later.",
            field=missing[0].key,
        )
    sheet.finished_by, sheet.finished_at = by, clock.now()
    sheet.save(update_fields=["finished_by", "finished_at"])
    return sheet


def say_what_it_answers(sheet: Sheet, ref: str) -> None:
    """Keep which of several things this sheet answers; its own key for none of them."""
    if sheet.answers_to != ref:
        sheet.answers_to = ref
        sheet.save(update_fields=["answers_to"])


def correct(sheet: Sheet, answers: Mapping[str, Any], *, by: Staff) -> Sheet:
    """A finished sheet put right: a new one with these answers, naming the one it corrects."""
    if sheet.is_draft():
        return answer(sheet, answers, by=by)
    fresh = Sheet.objects.create(
        scheme=sheet.scheme,
        resident=sheet.resident,
        stay=sheet.stay,
        worker=sheet.worker,
        key=sheet.key,
        pack_key=sheet.pack_key,
        pack_version=sheet.pack_version,
        answers=sheet.answers,
        given=sheet.given,
        begun_by=by,
        corrects=sheet,
        answers_to=sheet.answers_to,
    )
    return finish(answer(fresh, answers, by=by), by=by)


def still_open(sheet: Sheet) -> list[Question]:
    """The required questions that nobody has answered."""
    return [
        question
        for question in sheet.asked.questions
        if question.required
        and question.kind not in UNASKED
        and is_blank(sheet.answers.get(question.key))
    ]


def is_blank(value: Any) -> bool:
    """Nothing was answered. A zero is an answer; a box left empty is not."""
    return value is None or value is False or value in ("", [])


def _require_draft(sheet: Sheet) -> None:
    if not sheet.is_draft():
        raise Refused(
            "This sheet is finished and cannot be changed.",
            instead="If something on it is wrong, write a correction.",
        )


def _require_nobody_else_wrote(
    sheet: Sheet, changed: Mapping[str, Any], *, by: Staff, since: int
) -> None:
    theirs = {
        row.question.key: row.answer or "(Only some people may read this answer.)"
        for row in rows_of(sheet, reader=by)
        if row.question.key in changed and row.version > since
    }
    if theirs:
        raise ChangedMeanwhile(
            "Somebody else answered some of this since you opened it.",
            instead="Both answers are shown. Send the form again to keep yours.",
            theirs=theirs,
            version=sheet.version,
        )
