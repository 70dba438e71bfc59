"""What is asked about requests for one's own data."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import Stay
from alongside.subject_access.models import AccessRequest, Mention

_STAY = ("stay__resident", "stay__scheme__organisation", "stay__bed")


# What is sealed is not even opened where only its kind is shown.
_UNREAD = ("sealed__title", "sealed__words", "sealed__put_back")


def requests_of(stay: Stay) -> QuerySet[AccessRequest]:
    """Every request of this stay, the latest first."""
    return AccessRequest.objects.filter(stay=stay).select_related("made_by", *_STAY)


def request_for(staff: Staff, pk: UUID) -> AccessRequest:
    """That request, if this person may open the file it is about."""
    found = AccessRequest.objects.filter(seen_along(staff, "stay"))
    return get_object_or_404(found.select_related("made_by", *_STAY), pk=pk)


def mention_for(staff: Staff, pk: UUID) -> Mention:
    """That passage, if this person may open the file it stands in."""
    found = Mention.objects.filter(seen_along(staff, "request__stay"))
    related = [f"request__{name}" for name in _STAY]
    return get_object_or_404(found.select_related("sealed__stay", *related), pk=pk)


def mentions_of(request: AccessRequest) -> QuerySet[Mention]:
    """Its passages about others, those that wait first."""
    return (
        request.mentions.select_related("decided_by", "sealed")
        .defer(*_UNREAD)
        .order_by("decision", "where", "pk")
    )
