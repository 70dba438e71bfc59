"""What absence tells the header of a person's file."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.urls import reverse

from alongside.absence.models import DAY, Absence, Cover
from alongside.allocations.models import LEAD
from alongside.organisation.models import Membership
from alongside.stays.header import HeaderFact, Known, When, header_fact
from alongside.stays.models import Stay


def _absence(when: When) -> Mapping[str, Combinable]:
    """What keeps the key worker away about now, their line manager, and who stands in.

    A day too much on either side, for nobody knows here in which zone the scheme is.
    """
    first, last = when.yesterday, when.tomorrow
    away = (
        Absence.objects.in_force()
        .filter(
            worker__allocations__stay=OuterRef("pk"),
            worker__allocations__role=LEAD,
            worker__allocations__until_on=None,
        )
        .overlapping(first, last)
        .order_by("from_on")
    )
    leads = (
        Membership.objects.current(when.today)
        .filter(
            Q(scheme=OuterRef("scheme"), line_manager__isnull=False),
            staff__allocations__stay=OuterRef("pk"),
            staff__allocations__role=LEAD,
            staff__allocations__until_on=None,
        )
        .order_by("pk")
    )
    covers = (
        Cover.objects.accepted()
        .filter(stay=OuterRef("pk"))
        .overlapping(first, last)
        .order_by("-until_on")
    )
    return {
        "worker": Subquery(away.values("worker__name")[:1]),
        "from_on": Subquery(away.values("from_on")[:1]),
        "until_on": Subquery(away.values("until_on")[:1]),
        "expected_on": Subquery(away.values("expected_on")[:1]),
        "manager": Subquery(leads.values("line_manager__name")[:1]),
        "cover": Subquery(covers.values("to_worker__name")[:1]),
        "cover_from": Subquery(covers.values("from_on")[:1]),
        "cover_until": Subquery(covers.values("until_on")[:1]),
    }


@header_fact("absence", reads=_absence)
def away(stay: Stay, known: Known) -> HeaderFact | None:
    """That their key worker is away, and whom to ask: the manager first, then who stands in."""
    if not stay.scheme.pack.has_key_working:
        return None
    today, until = stay.scheme.today(), known["until_on"]
    if not known["worker"] or known["from_on"] > today or (until and until < today):
        return None
    covers = bool(known["cover"]) and known["cover_from"] <= today <= known["cover_until"]
    names = [known["manager"], known["cover"] if covers else None]
    last = until or (known["expected_on"] and known["expected_on"] - DAY)
    said = f"away until {last:%-d %B %Y}" if last else "away"
    asks = " or ".join(filter(None, names))
    url = reverse("cover:of-person", args=[stay.pk])
    value = f"{said}; ask {asks}" if asks else said
    return HeaderFact(known["worker"], value, tone="alert", order=11, url=url)
