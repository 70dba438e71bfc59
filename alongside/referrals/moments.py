"""What a referral adds to the timeline of the person it led to: asked for, met, decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from alongside.moments.registry import Line, tells
from alongside.referrals.models import Referral

KIND = "referral"
NOON = time(12)


def _rows() -> Iterable[Referral]:
    return Referral.objects.filter(stay__isnull=False).select_related(
        "scheme__organisation", "stay__scheme", "recorded_by"
    )


@tells(Referral, rows=_rows)
def referral_lines(referral: Referral) -> Iterator[Line]:
    """The way here, once there is a stay to tell it on."""
    if referral.stay_id is None:
        return
    by = str(referral.recorded_by or "")
    yield _line(referral, "received", _asked(referral), referral.received_on, by)
    for number, interview in enumerate(referral.interviews.select_related("recorded_by"), 1):
        yield _line(
            referral, f"interview-{number}", "Interviewed", interview.held_on, interview.by_name
        )
    for number, decision in enumerate(referral.decisions.select_related("recorded_by"), 1):
        says = f"Referral decided: {decision.get_outcome_display().lower()}"
        yield _line(referral, f"decision-{number}", says, decision.decided_on, decision.by_name)


def _asked(referral: Referral) -> str:
    who = referral.referrer_agency or referral.referrer_name
    return f"Referred by {who}" if who else "Referred"


def _line(referral: Referral, part: str, says: str, on: date, by: str) -> Line:
    assert referral.stay is not None  # noqa: S101 - the caller has looked
    return Line(
        of=referral,
        stay=referral.stay,
        kind=KIND,
        title=says,
        happened_at=datetime.combine(on, NOON, tzinfo=referral.scheme.zone),
        recorded_at=referral.recorded_at,
        by=by,
        part=part,
        link=f"/referrals/{referral.pk}/",
    )
