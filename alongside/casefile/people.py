"""The list of people at a scheme, with the few facts one looks for in a list. One query."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.allocations.models import LEAD, Allocation
from alongside.duties.models import Duty
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.residents.names import name_key
from alongside.stages.models import StageMove
from alongside.stays.models import Stay

SORTS = {
    "name": "resident__name_key",
    "bed": "bed__order",
    "worker": "worker_name",
    "next": "next_session",
    "overdue": "overdue",
    "in": "moved_in_on",
}
SHOW = {"": "Here now", "mine": "My people", "left": "Moved on"}


def people_at(scheme: Scheme, *, viewer: Staff, show: str = "", words: str = "") -> QuerySet[Stay]:
    """Stays at the scheme: here now, mine, or moved on, whose name holds these words.

    Each comes with `worker_name`, `next_session`, `overdue` (how many duties), `stage_key`.
    """
    found = Stay.objects.for_page().filter(scheme=scheme)
    found = found.exclude(moved_out_on=None) if show == "left" else found.current()
    if show == "mine":
        found = found.filter(pk__in=held_by(viewer, but=unnamed(scheme)))
    for word in name_key(words).split():
        found = found.filter(resident__name_key__contains=word)
    return with_key_facts(found, on=scheme.today())


def unnamed(scheme: Scheme) -> str:
    """The role in which nobody is held here now: the key worker's while nobody has one."""
    return "" if scheme.pack.has_key_working else LEAD


def held_by(staff: Any, *, but: Any = "") -> QuerySet[Allocation, object]:
    """The stays this person holds in any role, or in any but one."""
    return Allocation.objects.current().filter(~Q(role=but), worker=staff).values("stay_id")


def with_key_facts(stays: QuerySet[Stay], *, on: Any, now: Any = None) -> QuerySet[Stay]:
    """Key worker, next session, duties overdue and stage, as part of the same query.

    On that day, at that moment: now, if none is given.
    """
    now = now or clock.now()
    lead = Allocation.objects.filter(stay=OuterRef("pk"), role=LEAD, until_on=None)
    booked = Booking.objects.open().filter(stay=OuterRef("pk"), starts_at__gte=now)
    moves = StageMove.objects.filter(stay=OuterRef("pk"), at__lte=now)
    late = Duty.objects.overdue(on).filter(stay=OuterRef("pk")).order_by()
    counted = late.values("stay").annotate(many=Count("pk")).values("many")
    return stays.annotate(
        worker_name=Subquery(lead.values("worker__name")[:1]),
        next_session=Subquery(booked.order_by("starts_at").values("starts_at")[:1]),
        stage_key=Subquery(moves.order_by("-at", "-pk").values("stage")[:1]),
        overdue=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)),
    )


def overdue_among(scheme: Scheme) -> int:
    """How many duties are overdue at the scheme."""
    return Duty.objects.overdue(scheme.today()).filter(scheme=scheme).count()


def nobody_for(scheme: Scheme) -> QuerySet[Stay]:
    """People staying here whom nobody is key worker to; there should be none."""
    led = Allocation.objects.current().filter(role=LEAD).values("stay_id")
    return Stay.objects.for_page().current().filter(scheme=scheme).exclude(pk__in=led)
