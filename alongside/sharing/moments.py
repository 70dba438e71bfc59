"""What sharing tells the timeline: agreed, taken back, told. Never what was told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.sharing.models import Consent, Disclosure

_AT_HAND = ("stay__scheme__organisation", "stay__resident")


def _line(record: Consent | Disclosure, title: str, on: date, who: str, part: str = "") -> Line:
    return Line(
        of=record,
        stay=record.stay,
        kind="sharing",
        title=title,
        text="",
        happened_at=datetime.combine(on, time(12), record.scheme.zone),
        recorded_at=record.recorded_at,
        by=who,
        link=reverse("sharing:sharing", args=[record.stay_id]),
        part=part,
    )


@tells(
    Consent,
    rows=lambda: Consent.objects.select_related(*_AT_HAND, "recorded_by", "withdrawn_by").iterator(
        500
    ),
)
def consent_moment(consent: Consent) -> Iterable[Line]:
    """That something may be shared; and that it no longer may."""
    who = consent.recorded_by.name if consent.recorded_by else ""
    yield _line(consent, f"Agreed to sharing with {consent}", consent.given_on, who)
    if consent.withdrawn_on and consent.withdrawn_by:
        title = f"Took back the agreement to share with {consent}"
        yield _line(consent, title, consent.withdrawn_on, consent.withdrawn_by.name, "withdrawn")


@tells(
    Disclosure, rows=lambda: Disclosure.objects.select_related(*_AT_HAND, "told_by").iterator(500)
)
def disclosure_moment(told: Disclosure) -> Iterable[Line]:
    """That an agency was told something, and whether they had agreed."""
    how = "with agreement" if told.consent_id else "without agreement, on a lawful ground"
    yield _line(told, f"{told.agency} was told something, {how}", told.told_on, told.told_by.name)
