"""What pages ask about stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404

from alongside.kit.prepared import prepared
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import sees
from alongside.practice.actions import Action
from alongside.stays.models import Stay, StayQuerySet


def stay_for(staff: Staff, stay_id: UUID, *, needs: Action = Action.READ_FILE) -> Stay:
    """That stay, if it is at a scheme where this person works; otherwise it does not exist.

    `needs` is what their role must include to see this part of the file, besides reading files
    at all; those who work there in another role are told so.
    """
    stay: Stay | None = next(iter(_with_person.at_once(stay=stay_id)), None)
    if stay is None or not sees(staff, stay):
        stay = get_object_or_404(Stay.objects.visible_to(staff).for_page(), pk=stay_id)
    if not (staff.may(Action.READ_FILE, stay) and staff.may(needs, stay)):
        raise PermissionDenied
    return stay


@prepared(stay=UUIDField())
def _with_person(stay: Any) -> StayQuerySet:
    return Stay.objects.for_page().filter(pk=stay)


def current_stays(scheme: Scheme) -> StayQuerySet:
    """Everybody staying at the scheme now, by name."""
    return Stay.objects.for_page().current().filter(scheme=scheme).order_by("resident__name_key")
