"""What is asked about the search for a home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.moving_on.models import (
    Application,
    Departure,
    EvidenceAsked,
    HandoverDocument,
    Move,
    Offer,
    Provider,
    SearchEntry,
    Viewing,
)
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import Stay

MOST_SEARCHES = 20


@dataclass(frozen=True, slots=True)
class Housing:
    """Everything the page about looking for a home shows."""

    applications: list[Application]
    viewings: list[Viewing]
    offers: list[Offer]
    searches: list[SearchEntry]

    @property
    def lacking(self) -> int:
        """How many papers are still to be sent."""
        return sum(
            one.sent_on is None
            for application in self.applications
            if application.ended_on is None
            for one in application.evidence.all()
        )


def housing_of(stay: Stay) -> Housing:
    """Applications with their rating and papers, viewings, offers and the last searches."""
    applications = list(
        Application.objects.filter(stay=stay)
        .select_related("provider")
        .prefetch_related("ratings", "evidence")
        .order_by(models.F("ended_on").desc(nulls_first=True), "-applied_on", "-pk")
    )
    viewings = list(
        Viewing.objects.filter(stay=stay)
        .select_related("accompanied_by", "coached_by", "application")
        .order_by("-starts_at", "-pk")
    )
    offers = list(Offer.objects.filter(stay=stay).order_by("-offered_on", "-pk"))
    for row in [*applications, *viewings, *offers]:
        row.stay = stay
    searches = list(SearchEntry.objects.filter(stay=stay)[:MOST_SEARCHES])
    return Housing(applications, viewings, offers, searches)


def moves_of(stay: Stay) -> list[Move]:
    """Every move that was set, the latest first."""
    rows = list(Move.objects.filter(stay=stay).select_related("recorded_by", "ended_by"))
    for row in rows:
        row.stay = stay
    return rows


def documents_of(stay: Stay) -> list[HandoverDocument]:
    """The papers that go with them."""
    rows = list(HandoverDocument.objects.filter(stay=stay).select_related("given_by"))
    for row in rows:
        row.stay = stay
    return rows


def departure_of(stay: Stay) -> Departure | None:
    """How they left, if nobody had planned it, with who was told of a risk."""
    left = Departure.objects.filter(stay=stay).prefetch_related("risks_told").first()
    if left:
        left.stay = stay
    return left


def providers_at(scheme: Scheme) -> models.QuerySet[Provider]:
    """Who lets homes, by name, with how many applications are open with each."""
    running = models.Q(applications__ended_on=None)
    found = Provider.objects.filter(scheme=scheme, ended_on=None).select_related("scheme")
    return found.annotate(running=models.Count("applications", filter=running)).order_by("name")


def provider_for(staff: Staff, pk: UUID) -> Provider:
    """That provider, if this person reads files at its scheme."""
    found = Provider.objects.filter(scheme_id__in=staff.reads_at())
    return get_object_or_404(found.select_related("scheme__organisation"), pk=pk)


def evidence_for(staff: Staff, pk: UUID) -> EvidenceAsked:
    """That missing paper, if it is of somebody at a scheme where this person reads files."""
    found = EvidenceAsked.objects.filter(seen_along(staff, "application__stay"))
    return get_object_or_404(
        found.select_related(
            "application__stay__resident",
            "application__stay__scheme__organisation",
            "application__stay__bed",
        ),
        pk=pk,
    )


def next_viewing(stay: Stay, after: date) -> Viewing | None:
    """The next viewing from that day on."""
    found = Viewing.objects.filter(stay=stay, result="", starts_at__date__gte=after)
    return found.order_by("starts_at").first()
