"""How time away shows on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.time_away.models import Away

NOON = time(12)


@tells(
    Away,
    rows=lambda: Away.objects.select_related(*Away.LOCK_WITH, "recorded_by").iterator(500),
)
def away_lines(away: Away) -> Iterable[Line]:
    """That they left and, once they are, that they are back. What was an error is told no more."""
    if away.replaced_at:
        return
    yield _line(away, away.says, away.left_on)
    if away.back_on:
        yield _line(away, f"Back: {away.says.lower()}", away.back_on)


def _line(away: Away, title: str, day: date) -> Line:
    return Line(
        of=away,
        stay=away.stay,
        kind="time_away",
        title=title,
        text=away.words,
        happened_at=datetime.combine(day, NOON, away.scheme.zone),
        recorded_at=away.recorded_at,
        by=away.recorded_by.name,
        link=reverse("time_away:time-away", args=[away.stay_id]),
    )
