"""What duties may know of what a colleague was asked to do: by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.subjects import About, subject_kind
from alongside.other_duties.models import KIND, Answer, Asking, OtherDuty

DAY = timedelta(days=1)


def _standing() -> QuerySet[Asking]:
    return Asking.objects.filter(replaced_at=None).select_related("to")


def asking_of(other_duty: OtherDuty) -> Asking:
    """What is asked now."""
    known: list[Asking] | None = getattr(other_duty, "asked_now", None)
    return known[0] if known else _standing().get(other_duty=other_duty)


@subject_kind(
    KIND,
    model=OtherDuty,
    named=["other_duty"],
    reads=[OtherDuty, Asking],
    rows=lambda: OtherDuty.objects.select_related(*OtherDuty.LOCK_WITH).prefetch_related(
        Prefetch("askings", _standing(), to_attr="asked_now")
    ),
    current=lambda scheme: (
        Q(scheme=scheme, taken_back_at=None)
        & ~Q(Exists(Answer.objects.standing().filter(other_duty=OuterRef("pk"))))
    ),
)
def about_an_other_duty(other_duty: OtherDuty) -> About:
    """What a colleague was asked to do once: from the day they were asked until it is taken back.

    Whoever asked hears of it when it is overdue.
    """
    asked = asking_of(other_duty)
    taken_back = other_duty.taken_back_at
    zone = other_duty.scheme.zone
    return About(
        row=other_duty,
        scheme=other_duty.scheme,
        # Also what is due on the day it was asked for is still to come then.
        starts_on=other_duty.asked_on - DAY,
        ended_on=taken_back.astimezone(zone).date() if taken_back else None,
        stay=other_duty.stay,
        worker=asked.to,
        says=asked.to.name,
        what=asked.what,
        asked_by=other_duty.asked_by_id,
        url=reverse("other_duties:one", args=[other_duty.pk]),
    )


@provides("other_duty.due", subject=KIND, reads=[OtherDuty, Asking])
def due(other_duty: OtherDuty, of: str) -> Sequence[Happening]:
    """The day by which it is to be done, known since it was asked for."""
    on = asking_of(other_duty).due_on
    return [Happening(on, str(other_duty.pk), since=other_duty.asked_on)]


@provides("other_duty.done", subject=KIND, reads=[Answer])
def done(other_duty: OtherDuty, of: str) -> Sequence[Happening]:
    """The day it was done, or the training attended. What was withdrawn is no such day."""
    found = Answer.objects.standing().filter(other_duty=other_duty)
    return [Happening(on, str(other_duty.pk)) for on in found.values_list("on", flat=True)]
