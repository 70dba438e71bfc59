"""How agreements and breaches show on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse

from alongside.agreements.models import Breach, Explanation, Standing
from alongside.moments.registry import Line, tells
from alongside.signatures.models import Party
from alongside.signatures.queries import signatures_on

NOON = time(12)


@tells(
    Explanation,
    rows=lambda: Explanation.objects.select_related("stay__scheme", "explained_by").iterator(),
)
def explanation_lines(told: Explanation) -> Iterable[Line]:
    """One line for explaining, and one for each yes or no."""
    link = reverse("agreements:agreement", args=[told.stay_id, told.key])
    yield Line(
        of=told,
        stay=told.stay,
        kind="agreement",
        title=f"{told.says} explained",
        text=told.understanding_words,
        happened_at=_at(told.explained_on, told.stay.scheme.zone),
        recorded_at=told.recorded_at,
        by=str(told.explained_by or ""),
        link=link,
    )
    for mark in signatures_on(told):
        said = "refused" if mark.refused else "signed"
        who = "" if mark.party == Party.RESIDENT else f" by {mark.name}"
        yield Line(
            of=told,
            stay=told.stay,
            kind="agreement",
            title=f"{told.says} {said}{who}",
            text=mark.reason if mark.refused else "",
            happened_at=mark.signed_at,
            recorded_at=mark.signed_at,
            by=mark.name,
            link=link,
            part=mark.pk.hex[-20:],
        )


@tells(Standing, rows=lambda: Standing.objects.select_related("stay__scheme", "recorded_by"))
def standing_lines(standing: Standing) -> Iterable[Line]:
    """From when they stay on probation, or as a full resident."""
    begins = standing.kind == Standing.Kind.PROBATION
    yield Line(
        of=standing,
        stay=standing.stay,
        kind="agreement",
        title="Support agreement: on probation" if begins else "Support agreement: in full",
        text=standing.conditions,
        happened_at=_at(standing.from_on, standing.stay.scheme.zone),
        recorded_at=standing.recorded_at,
        by=str(standing.recorded_by or ""),
        link=reverse("agreements:agreements", args=[standing.stay_id]),
    )


@tells(Breach, rows=lambda: Breach.objects.select_related("stay__scheme", "recorded_by"))
def breach_lines(breach: Breach) -> Iterable[Line]:
    """What was not kept, and how it was resolved."""
    yield Line(
        of=breach,
        stay=breach.stay,
        kind="breach",
        title=f"Condition {breach.clause} not kept",
        text=f"{breach.clause_says}\n{breach.what_happened}\n{breach.agreed}".strip(),
        happened_at=_at(breach.happened_on, breach.stay.scheme.zone),
        recorded_at=breach.recorded_at,
        by=str(breach.recorded_by or ""),
        link=reverse("agreements:breach", args=[breach.stay_id, breach.pk]),
        note=breach.get_outcome_display() if breach.outcome else "",
    )


def _at(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, NOON, zone)
