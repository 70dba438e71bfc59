"""The bundle of somebody who asked for everything about them, as it leaves the house."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.urls import reverse

from alongside.audit.reading import DOCUMENT, opened
from alongside.exports.leaving import Column, Content, Leaving, leaves
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.subject_access import queries
from alongside.subject_access.gathering import as_zip

WHOLE = Column("all", "Everything about them, without what is withheld about others")


@leaves("own-data", says="Their own data", needs=Action.ANSWER_ACCESS_REQUEST)
def own_data(staff: Staff, scheme: Scheme, asked: Mapping[str, str]) -> Leaving | None:
    """The whole bundle, once everything about others is decided."""
    try:
        found = queries.request_for(staff, UUID(asked.get("request", "")))
    except ValueError:
        return None
    if (
        found.made_at is None
        or found.scheme_id != scheme.pk
        or not staff.may(Action.ANSWER_ACCESS_REQUEST, found)
    ):
        return None

    def ready() -> Content:
        opened(found.stay, DOCUMENT, found.pk)
        return Content(as_zip(found), "application/zip", "zip", 1)

    return Leaving(
        title=f"Their own data, asked for on {found.received_on:%-d %b %Y}",
        stem="own-data",
        back=reverse("subject_access:one", args=[found.pk]),
        columns=(WHOLE,),
        ready=ready,
        many=1,
    )
