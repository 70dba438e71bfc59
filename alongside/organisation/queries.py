"""What pages ask about schemes and the people who work there."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404

from alongside.kit import clock
from alongside.organisation.models import Membership, Organisation, Scheme, Staff, StaffQuerySet
from alongside.practice.actions import Action


def scheme_for(staff: Staff, slug: str, *, needs: Action | None = None) -> Scheme:
    """The scheme of that name if this person works there; to anybody else it does not exist.

    Those who work there in a role that does not include `needs` are told so.
    """
    # Where they work was read when they were recognised; there is nothing to ask again.
    known = next((one for one in staff.schemes() if one.slug == slug), None)
    scheme = known or get_object_or_404(Scheme.objects.none(), slug=slug)
    if needs and not staff.may(needs, scheme):
        raise PermissionDenied
    return scheme


def everybody_in(organisation_id: UUID) -> StaffQuerySet:
    """Those who work for the organisation, by name."""
    today = clock.today()
    here = Staff.objects.filter(organisation_id=organisation_id, is_active=True)
    return here.exclude(last_day__lt=today).order_by("name", "pk")


def staff_at(scheme: Scheme) -> StaffQuerySet:
    """Those who work at the scheme today, by name."""
    return Staff.objects.at(scheme)


def answers_to(worker: Staff, leader: Staff, scheme: Scheme) -> bool:
    """Whether this colleague’s line manager at the scheme today is that one."""
    held = Membership.objects.current(scheme.today()).filter(scheme=scheme)
    return held.filter(staff=worker, line_manager=leader).exists()


def staff_who_may(action: Action, scheme: Scheme) -> list[Staff]:
    """Those whose role at the scheme includes the action, by name."""
    roles = [role.key for role in scheme.pack.roles if action in role.may]
    return list(
        Staff.objects.at(scheme)
        .filter(memberships__scheme=scheme, memberships__role__in=roles)
        .distinct()
    )


def people_to_try(limit: int = 80) -> models.QuerySet[Staff]:
    """Everybody one can be in demo mode, with where they work."""
    return (
        Staff.objects.filter(is_active=True)
        .select_related("organisation")
        .prefetch_related("memberships__scheme")
        .order_by("organisation__name", "name")[:limit]
    )


def the_organisation() -> Organisation | None:
    return Organisation.objects.order_by("pk").first()
