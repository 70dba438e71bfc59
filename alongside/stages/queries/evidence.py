"""Evidence and notes, one by one, and what waits to be read or decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Scheme, Staff
from alongside.stages.models import (
    Decided,
    Evidence,
    EvidenceNote,
    Move,
    StageMove,
    TaskDecision,
)
from alongside.stages.queries.moves import readable
from alongside.stays.models import Stay


def evidence_for(staff: Staff, pk: UUID) -> Evidence:
    """That evidence, if its person stays where this member of staff works and reads files."""
    evidence = get_object_or_404(Evidence.objects.visible_to(staff).for_page(), pk=pk)
    return readable(evidence, staff)


def notes_of(stay: Stay) -> list[EvidenceNote]:
    """The evidence notes, latest first."""
    notes = EvidenceNote.objects.filter(stay=stay).select_related("by_staff", "by_resident")
    return list(notes.order_by("-written_on", "-pk")[:200])


def evidence_to_read(scheme: Scheme) -> list[Evidence]:
    """Evidence nobody has read yet, oldest first, for the worker's and coordinator's day."""
    rows = Evidence.objects.for_page().filter(
        stay__scheme=scheme, stay__moved_out_on=None, readings=None
    )
    return list(rows.order_by("recorded_at", "pk")[:100])


def lapses_waiting(scheme: Scheme) -> list[TaskDecision]:
    """Lapses at a scheme that wait for the manager's decision, oldest first; two queries."""
    lapses = list(
        TaskDecision.objects.for_page()
        .filter(stay__scheme=scheme, stay__moved_out_on=None)
        .filter(Q(kind=Decided.LAPSED) | Q(kind=Decided.VERIFIED))
        .order_by("recorded_at", "pk")
    )
    latest = {(one.stay_id, one.task): one for one in lapses}
    taken: dict[tuple[UUID, str], datetime] = {}
    decided = StageMove.objects.filter(stay__scheme=scheme, kind__in=[Move.KEPT, Move.DEMOTED])
    for move in decided.order_by("recorded_at"):
        taken |= {(move.stay_id, code): move.recorded_at for code in move.tasks}
    return [
        one for key, one in latest.items()
        if one.kind == Decided.LAPSED and (key not in taken or taken[key] < one.recorded_at)
    ]  # fmt: skip
