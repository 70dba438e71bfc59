"""What pages and other rooms ask about who is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from alongside.allocations.models import (
    LEAD,
    Allocation,
    AllocationQuerySet,
    Wish,
)
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay, StayQuerySet


def holder(stay: Stay, role: str = LEAD) -> Staff | None:
    """Who holds the role on this case now; of somebody who has moved on, who held it last."""
    held = Allocation.objects.filter(stay=stay, role=role, until_on=None).select_related("worker")
    found = held.first()
    return found.worker if found else None


def holders(stays: Iterable[Stay] | Iterable[UUID]) -> dict[UUID, dict[str, Staff]]:
    """Who holds which role on each of these cases; one query, however many."""
    keys = [stay.pk if isinstance(stay, Stay) else stay for stay in stays]
    found: dict[UUID, dict[str, Staff]] = defaultdict(dict)
    held = Allocation.objects.filter(stay_id__in=keys, until_on=None).select_related("worker")
    for one in held:
        found[one.stay_id][one.role] = one.worker
    return dict(found)


def caseload(staff: Staff, role: str = LEAD) -> StayQuerySet:
    """The people staying now whose key worker this is, by name."""
    held = Allocation.objects.current().filter(worker=staff, role=role)
    return (
        Stay.objects.visible_to(staff)
        .for_page()
        .filter(pk__in=held.values("stay_id"))
        .order_by("resident__name_key")
    )


def current_allocation(stay: Stay, role: str = LEAD) -> Allocation | None:
    """The allocation in force, with its worker."""
    return Allocation.objects.for_page().filter(stay=stay, role=role, until_on=None).first()


def loads(workers: Iterable[Staff], role: str = LEAD) -> dict[UUID, int]:
    """How many people each of these workers holds in the role now, at every scheme."""
    keys = [worker.pk for worker in workers]
    counted = (
        Allocation.objects.current()
        .filter(role=role, worker_id__in=keys)
        .values("worker_id")
        .annotate(held=Count("pk"))
        .values_list("worker_id", "held")
    )
    return dict.fromkeys(keys, 0) | dict(counted)


def history(stay: Stay) -> AllocationQuerySet:
    """Everybody who held a role on this case, the latest first."""
    return Allocation.objects.for_page().filter(stay=stay).order_by("-from_on", "-pk")


def latest_wish(stay: Stay) -> Wish | None:
    """What the resident last said about whom they would like."""
    wishes = Wish.objects.filter(stay=stay).select_related("worker", "by_staff", "by_resident")
    return wishes.order_by("-asked_on", "-pk").first()


def without_key_worker(scheme: Scheme) -> StayQuerySet:
    """People staying here now who have no key worker at all. It must be empty."""
    held = Allocation.objects.current().leading().filter(stay__scheme=scheme)
    return (
        Stay.objects.for_page()
        .current()
        .filter(scheme=scheme)
        .exclude(pk__in=held.values("stay_id"))
        .order_by("resident__name_key")
    )
