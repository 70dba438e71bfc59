"""What absence and cover tell a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from alongside.absence.models import Answer, Arrangement, Cover, Encouragement, SessionAsked
from alongside.moments.registry import Line, tells
from alongside.stays.models import Stay

KIND = "cover"
TOLD = (Answer.ACCEPTED, Answer.NOT_NEEDED)


def _page(stay: Stay) -> str:
    return reverse("cover:of-person", args=[stay.pk])


@tells(
    Arrangement,
    rows=lambda: Arrangement.objects.select_related(
        "absence__worker", "recorded_by", "with_worker",
        "stay__resident", "stay__scheme__organisation",
    ).iterator(500),
)  # fmt: skip
def arrangement_moment(told: Arrangement) -> Iterable[Line]:
    """That somebody was met before leave. One that was put right stays beside the later one."""
    yield Line(
        of=told,
        stay=told.stay,
        kind=KIND,
        title=f"Met before the leave of {told.absence.worker.name}",
        text=told.agreed,
        happened_at=datetime.combine(told.met_on, time(12), tzinfo=told.scheme.zone),
        recorded_at=told.recorded_at,
        by=told.recorded_by.name,
        link=_page(told.stay),
    )


@tells(Cover, rows=lambda: Cover.objects.for_page().iterator(500))
def cover_moment(cover: Cover) -> Iterable[Line]:
    """That somebody stands in. Who was asked and said no is not the person's story."""
    if cover.answer not in TOLD or cover.answered_at is None:
        return
    days = f"{cover.from_on:%-d %B} to {cover.until_on:%-d %B %Y}"
    yield Line(
        of=cover,
        stay=cover.stay,
        kind=KIND,
        title=f"{cover.to_worker.name} stands in for {cover.absence.worker.name}, {days}",
        text="" if cover.answer == Answer.ACCEPTED else "It was not needed after all.",
        happened_at=cover.answered_at,
        recorded_at=cover.answered_at,
        by=cover.to_worker.name,
        link=_page(cover.stay),
    )


@tells(
    Encouragement,
    rows=lambda: Encouragement.objects.select_related(
        "with_worker", "recorded_by", "stay__resident", "stay__scheme__organisation"
    ).iterator(500),
)
def encouragement_moment(told: Encouragement) -> Iterable[Line]:
    """What was offered when a session was at risk, and the answer."""
    pack = told.scheme.pack
    offered, answer = (
        pack.choices("encouragement").get(told.offered),
        pack.choices("encouragement_answers").get(told.answer),
    )
    said = f": {answer}" if answer else ""
    yield Line(
        of=told,
        stay=told.stay,
        kind=KIND,
        title=f"Encouraged to have the session: {offered or told.offered}",
        text=f"{told.with_worker.name if told.with_worker else ''}{said} {told.words}".strip(" :"),
        happened_at=datetime.combine(told.on, time(12), tzinfo=told.scheme.zone),
        recorded_at=told.recorded_at,
        by=told.recorded_by.name,
        link=_page(told.stay),
    )


@tells(
    SessionAsked,
    rows=lambda: SessionAsked.objects.select_related(
        "to_worker", "by_staff", "by_resident", "stay__resident", "stay__scheme__organisation"
    ).iterator(500),
)
def session_asked_moment(asked: SessionAsked) -> Iterable[Line]:
    """That a session was asked of somebody else."""
    yield Line(
        of=asked,
        stay=asked.stay,
        kind=KIND,
        title=f"Asked {asked.to_worker.name} for a session",
        text=asked.words,
        happened_at=asked.asked_at,
        recorded_at=asked.asked_at,
        by=asked.by_name,
        link=_page(asked.stay),
    )
