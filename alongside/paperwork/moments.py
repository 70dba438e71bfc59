"""How a finished form shows on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.sheets.models import Sheet
from alongside.sheets.reading import in_words


@tells(
    Sheet,
    rows=lambda: (
        Sheet.objects.for_page().exclude(finished_at=None).exclude(stay=None).iterator(500)
    ),
)
def form_lines(sheet: Sheet) -> Iterable[Line]:
    """That a form was filled in, with its open answers; a closed one for those who wrote it."""
    if sheet.stay is None or sheet.finished_at is None or not sheet.asked.on_file:
        return
    closed = sheet.asked.restricted
    writers = [key for key in (sheet.begun_by_id, sheet.finished_by_id) if key]
    yield Line(
        of=sheet,
        stay=sheet.stay,
        kind="form",
        title=sheet.asked.says,
        text=_open_words(sheet),
        note="Puts an earlier one right" if sheet.corrects_id else "",
        happened_at=sheet.finished_at,
        recorded_at=sheet.recorded_at,
        by=str(sheet.finished_by),
        link=reverse("paperwork:form", args=[sheet.pk]),
        readers=list(dict.fromkeys(writers)) if closed else None,
    )


def _open_words(sheet: Sheet) -> str:
    """What may be read by everybody who reads the file."""
    said = [
        f"{question.says} {in_words(sheet.pack, question, sheet.answers.get(question.key))}"
        for question in sheet.asked.questions
        if sheet.answers.get(question.key) and (sheet.asked.restricted or not question.restricted)
    ]
    return " · ".join(said)
