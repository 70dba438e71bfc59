"""How the time after a move shows on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alongside.aftercare.models import (
    AftercarePlan,
    Contact,
    Decision,
    Episode,
    TenancyConcern,
    WelfareCheck,
)
from alongside.moments.registry import Line, tells
from alongside.signatures.queries import signatures_on
from alongside.stays.models import Stay

NOON = time(12)
KIND = "aftercare"


def _noon(stay: Stay, day: date) -> datetime:
    return datetime.combine(day, NOON, stay.scheme.zone)


def _rows(model: Any, *stay: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.select_related(*stay, "recorded_by")
    return rows


def _of_episode(model: Any) -> QuerySet[Any]:
    return _rows(model, "episode__stay__scheme__organisation", "episode__stay__resident")


def _of_stay(model: Any) -> QuerySet[Any]:
    return _rows(model, "stay__scheme__organisation", "stay__resident")


def _line(of: Any, title: str, day: date, *, page: str = "aftercare", **more: Any) -> Line:
    return Line(
        of=of,
        stay=of.stay,
        kind=KIND,
        title=title,
        happened_at=_noon(of.stay, day),
        recorded_at=of.recorded_at,
        by=of.recorded_by.name if of.recorded_by else "",
        link=reverse(f"aftercare:{page}", args=[of.stay.pk]),
        **more,
    )


@tells(Episode, rows=lambda: _of_stay(Episode).iterator(500))
def episode_lines(episode: Episode) -> Iterable[Line]:
    """That a home was secured, and how the support ended; one that was cancelled says so."""
    if episode.cancelled_on:
        yield _line(
            episode, "Support after the move cancelled", episode.cancelled_on,
            text=episode.cancelled_because,
        )  # fmt: skip
        return
    yield _line(
        episode, f"Home secured, support until {episode.until_on:%-d %B %Y}", episode.secured_on,
        text=episode.address,
    )  # fmt: skip
    if episode.closed_on:
        yield _line(
            episode, f"Support after the move ended: {episode.outcome_says.lower()}",
            episode.closed_on, part="closed", text=episode.outcome_words,
        )  # fmt: skip


@tells(AftercarePlan, rows=lambda: _of_episode(AftercarePlan).iterator(500))
def plan_lines(plan: AftercarePlan) -> Iterable[Line]:
    """That the plan for the time after the move was signed by all who have to, and each no."""
    if plan.in_force_on:
        yield _line(
            plan, "Plan for the time after the move signed", plan.in_force_on, text=plan.goals
        )
    if plan.signers is None:
        return
    noes = signatures_on(plan).filter(refused=True).select_related("taken_by")
    for number, no in enumerate(noes, start=1):
        yield Line(
            of=plan, stay=plan.stay, kind=KIND, part=f"no-{number}",
            title=f"{no.party_says} did not sign the plan for the time after the move",
            text=f"{no.name}: {no.reason}", happened_at=no.signed_at, recorded_at=no.signed_at,
            by=no.taken_by.name if no.taken_by else "",
            link=reverse("aftercare:aftercare", args=[plan.stay.pk]),
        )  # fmt: skip


@tells(Contact, rows=lambda: _of_episode(Contact).iterator(500))
def contact_lines(contact: Contact) -> Iterable[Line]:
    """A visit or call that was made or missed."""
    if contact.result in {Contact.Result.DONE, Contact.Result.MISSED}:
        missed = ": missed" if contact.result == Contact.Result.MISSED else ""
        yield _line(
            contact, f"{contact.kind_says}{missed}", contact.happened_on or contact.planned_on,
            text=contact.words,
        )  # fmt: skip


@tells(WelfareCheck, rows=lambda: _of_episode(WelfareCheck).iterator(500))
def welfare_lines(check: WelfareCheck) -> Iterable[Line]:
    """That somebody made sure they are safe."""
    found = "safe" if check.safe else "not known to be safe"
    yield _line(check, f"Welfare check: {found}", check.checked_on, text=check.words)


@tells(Decision, rows=lambda: _of_episode(Decision).iterator(500))
def decision_lines(decision: Decision) -> Iterable[Line]:
    """What was decided about the time after."""
    yield _line(
        decision, f"Support after the move: {decision.get_kind_display().lower()}",
        decision.decided_on, text=decision.reason, note=decision.stands,
    )  # fmt: skip


@tells(TenancyConcern, rows=lambda: _of_stay(TenancyConcern).iterator(500))
def concern_lines(concern: TenancyConcern) -> Iterable[Line]:
    """What concerns the tenancy, unless the pack keeps it apart from the care record."""
    if concern.scheme.pack.has("tenancy_apart"):
        return
    yield _line(
        concern, f"Tenancy: {concern.topic_says.lower()}", concern.raised_on, page="tenancy",
        text=" ".join(filter(None, (concern.concern, concern.result))),
    )  # fmt: skip
