"""What stages tell the duties, the header of a person, and the monthly comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, StringAgg, Subquery, Value
from django.urls import reverse

from alongside.duties.facts import from_rows, provides
from alongside.privileges.models import Privilege
from alongside.stages.claims import Claim, claims
from alongside.stages.models import Evidence, Reading, Reconciliation, StageMove, Verdict
from alongside.stays.header import HeaderFact, Known, When, header_fact
from alongside.stays.models import Stay


@from_rows(
    "evidence.reconciled",
    reads=[Reconciliation],
    rows=lambda _: Reconciliation.objects.all(),
    columns=["reconciled_on"],
)
def evidence_reconciled(stay: Stay, day: date) -> date:
    """The days on which what they say is done was compared with its evidence."""
    return day


@provides("stage.reached", reads=[StageMove])
def stage_reached(stay: Stay, of: str) -> Sequence[date]:
    """The days on which they came to the stage of that key; to any stage when none is named."""
    moves = StageMove.objects.filter(stay=stay, **({"stage": of} if of else {})).exclude(
        kind="kept"
    )
    return [at.astimezone(stay.scheme.zone).date()
            for at in moves.order_by("at").values_list("at", flat=True)]  # fmt: skip


def _stage_now(when: When) -> dict[str, Subquery]:
    moves = StageMove.objects.so_far(when.now).filter(stay=OuterRef("pk"))
    return {"stage": Subquery(moves.values("stage")[:1])}


@header_fact("stage", reads=_stage_now)
def stage_in_header(stay: Stay, known: Known) -> HeaderFact | None:
    """The stage they are at now, shown as a tag."""
    stage = stay.scheme.pack.stages.get(known["stage"] or "")
    if stage is None:
        return None
    return HeaderFact("Stage", stage.says, tone="stage", order=10,
                                url=reverse("stages:stage-sheet", args=[stay.pk]))  # fmt: skip


def _held_now(when: When) -> dict[str, Subquery]:
    held = Privilege.objects.held(when.now).filter(stay=OuterRef("pk")).order_by()
    said = StringAgg("says", Value("; "), order_by=["from_at", "pk"])
    return {"says": Subquery(held.values("stay").annotate(said=said).values("said"))}


@header_fact("privileges", reads=_held_now)
def privileges_in_header(stay: Stay, known: Known) -> HeaderFact | None:
    """What their stage lets them do now: the one thing, or how many, with the way to all."""
    if not known["says"]:
        return None
    held = known["says"].split("; ")
    word = stay.pack.term("privilege").plural
    says = held[0] if len(held) == 1 else f"{len(held)} {word} of their stage"
    return HeaderFact("", says, order=60, url=reverse("stages:stage-sheet", args=[stay.pk]))


def _offered_since(stay: Stay, since: date) -> list[QuerySet[Any, Any]]:
    offered = Evidence.objects.filter(stay=stay, happened_on__gte=since, by_resident__isnull=False)
    readings = Reading.objects.filter(stay=stay).order_by("read_at", "pk")
    return [offered.order_by("happened_on", "pk"), readings]


@claims("evidence", rows=_offered_since)
def evidence_claimed(
    stay: Stay, since: date, offered: Iterable[Evidence], readings: Iterable[Reading]
) -> Iterable[Claim]:
    """What the resident offered themselves since that day, and whether staff accepted it."""
    latest = {reading.evidence_id: reading.verdict for reading in readings}
    for one in offered:
        yield Claim(
            record_type="stages.Evidence",
            record_id=one.pk,
            says=f"{one.task} {stay.scheme.pack.task(one.task).says}: {one.words or one.file_name}",
            claimed_on=one.happened_on,
            by=stay.resident.name,
            evidence=_read(latest.get(one.pk, "")),
            url=reverse("stages:task", args=[stay.pk, one.task]),
        )


def _read(verdict: str) -> str:
    if not verdict:
        return "Nobody has read it yet"
    return "Accepted by staff" if verdict == Verdict.ACCEPTED else "Not accepted by staff"
