"""What allocations tell the timeline, and the key worker's name for the header."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from alongside.allocations.models import LEAD, Allocation, ChangeRequest, Method
from alongside.moments.registry import Line, tells
from alongside.stays.header import HeaderFact, Known, When, header_fact
from alongside.stays.models import Stay


@tells(Allocation, rows=lambda: Allocation.objects.for_page().iterator(500))
def allocation_moment(allocation: Allocation) -> Iterable[Line]:
    """One line when somebody takes a role on a case."""
    then = allocation.stay.pack_at(allocation.recorded_at)
    role = then.role(allocation.role).says
    for_now = " for the time being" if allocation.is_temporary() else ""
    yield Line(
        of=allocation,
        stay=allocation.stay,
        kind="allocation",
        title=f"{allocation.worker.name} became {role}{for_now}",
        happened_at=datetime.combine(
            allocation.from_on, time(12), tzinfo=allocation.stay.scheme.zone
        ),
        recorded_at=allocation.recorded_at,
        by=allocation.allocated_by.name if allocation.allocated_by else "",
        link=reverse("allocations:allocation", args=[allocation.stay_id]),
    )


@tells(ChangeRequest, rows=lambda: ChangeRequest.objects.for_page().iterator(500))
def change_moment(request: ChangeRequest) -> Iterable[Line]:
    """That a change was asked for; what was written is confidential and not told here.

    Only those who may know of it see the line: who asked, and who decided.
    """
    readers = [key for key in (request.by_staff_id, request.decided_by_id) if key]
    yield Line(
        of=request,
        stay=request.stay,
        kind="allocation",
        title=f"Another {_called(request)} was asked for",
        happened_at=request.recorded_at,
        recorded_at=request.recorded_at,
        by=request.by_name,
        link=reverse("allocations:change", args=[request.pk]),
        readers=readers,
    )


def _called(request: ChangeRequest) -> str:
    """What a key worker was called when another was asked for."""
    return request.stay.pack_at(request.recorded_at).term("key_worker").singular


def _leading(_: When) -> dict[str, Subquery]:
    held = Allocation.objects.filter(stay=OuterRef("pk"), role=LEAD, until_on=None)
    return {
        "worker": Subquery(held.values("worker__name")[:1]),
        "method": Subquery(held.values("method")[:1]),
    }


@header_fact("key_worker", reads=_leading)
def key_worker(stay: Stay, known: Known) -> HeaderFact | None:
    """Who their key worker is; alarming when nobody is, and nothing where nobody has one."""
    if not stay.scheme.pack.has_key_working:
        return None
    words = stay.pack.term("key_worker").singular
    url = reverse("allocations:allocation", args=[stay.pk])
    if worker := known["worker"]:
        said = f"{worker} (for now)" if known["method"] == Method.TEMPORARY else worker
        return HeaderFact(words, said, order=10, url=url)
    if not stay.is_current():
        return None
    return HeaderFact(words[:1].upper() + words[1:], "nobody yet", tone="alert", order=10, url=url)
