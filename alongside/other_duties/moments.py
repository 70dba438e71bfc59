"""The lines that other duties put on the timeline of whom they are about."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from alongside.kit.records import Record
from alongside.moments.registry import Line, tells
from alongside.other_duties.models import Answer, Asking, OtherDuty
from alongside.stays.models import Stay

WITH = (
    "other_duty__stay__scheme__organisation", "other_duty__stay__resident", "other_duty__scheme",
)  # fmt: skip


def _askings() -> QuerySet[Asking]:
    about = Asking.objects.filter(other_duty__stay__isnull=False, number__gt=1)
    return about.select_related(*WITH, "to", "written_by")


def _answers() -> QuerySet[Answer]:
    about = Answer.objects.filter(other_duty__stay__isnull=False)
    return about.select_related(*WITH, "said_by", "withdrawn_by")


@tells(Asking, rows=_askings)
def asking_line(asking: Asking) -> Iterator[Line]:
    """That it is asked otherwise, or of somebody else, and why."""
    if asking.stay and asking.number > 1:
        yield _line(asking, asking, asking.stay, "Asked otherwise", asking.because)


def _line(of: Record, asking: Asking, stay: Stay, says: str, text: str) -> Line:
    return Line(
        of=of, stay=stay, kind="action",
        title=f"{says}: {asking.to.name}, {asking.what} (by {asking.due_on:%-d %B %Y})",
        text=text, by=asking.written_by.name, happened_at=asking.written_at,
        recorded_at=asking.written_at, link=_page(asking.other_duty_id),
    )  # fmt: skip


@tells(Answer, rows=_answers)
def answer_lines(answer: Answer) -> Iterator[Line]:
    """What came of it, and that it was not so after all."""
    if not answer.stay:
        return
    what = answer.other_duty.askings.get(replaced_at=None).what
    yield Line(
        of=answer, stay=answer.stay, kind="action",
        title=f"{answer.get_outcome_display()}: {what}", text=answer.words, by=answer.said_by.name,
        happened_at=answer.said_at, recorded_at=answer.said_at, link=_page(answer.other_duty_id),
    )  # fmt: skip
    if answer.withdrawn_at and answer.withdrawn_by:
        yield Line(
            of=answer, stay=answer.stay, kind="action", part="withdrawn",
            title=f"Not done after all: {what}", text=answer.withdrawn_because,
            by=answer.withdrawn_by.name, happened_at=answer.withdrawn_at,
            recorded_at=answer.withdrawn_at, link=_page(answer.other_duty_id),
        )  # fmt: skip


@tells(OtherDuty, rows=lambda: OtherDuty.objects.filter(stay__isnull=False).select_related(
    "stay__scheme__organisation", "stay__resident", "scheme", "taken_back_by"
))  # fmt: skip
def other_duty_lines(other_duty: OtherDuty) -> Iterator[Line]:
    """That a colleague was asked for something about them, and that it was taken back."""
    if other_duty.stay is None:
        return
    first = other_duty.askings.select_related("to", "written_by").get(number=1)
    yield _line(other_duty, first, other_duty.stay, "Asked", first.why)
    if other_duty.taken_back_at and other_duty.taken_back_by:
        what = other_duty.askings.get(replaced_at=None).what
        yield Line(
            of=other_duty, stay=other_duty.stay, kind="action", part="taken_back",
            title=f"Taken back: {what}", text=other_duty.taken_back_because,
            by=other_duty.taken_back_by.name, happened_at=other_duty.taken_back_at,
            recorded_at=other_duty.taken_back_at, link=_page(other_duty.pk),
        )  # fmt: skip


def _page(pk: object) -> str:
    return reverse("other_duties:one", args=[pk])
