"""Who answers for the service, read and acknowledged; and the page of those one leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.team import forms, operations, queries
from alongside.team.leading import colleagues_of
from alongside.team.statement import statement_of
from alongside.team.views.roles import around
from alongside.ui.pages import StaffRequest, ask, page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "POST"])
def service(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who the registered manager is, what they owe and the law: read, and acknowledged."""
    here = scheme_for(request.user, scheme)
    statement = statement_of(here)
    form = forms.AcknowledgeForm.from_request(request, initial={"digest": statement.digest})
    manages = request.user.may(Action.MANAGE_STAFF, here)
    shown: dict[str, Any] = around(
        request,
        here,
        "service",
        statement=statement,
        version=queries.version_of(here, statement.digest),
        mine=queries.acknowledged_by(request.user, here, statement.digest),
        deputies=queries.deputies_of(statement.managers),
        unread=queries.not_acknowledged(here, statement.digest) if manages else [],
        read=queries.acknowledgements_of(here, statement.digest) if manages else [],
        works_here=any(post.scheme_id == here.pk for post in request.user.current_memberships),
    )
    return ask(
        request, form, operations.acknowledge, here, then=("team:service", here.slug),
        says="Thank you. It is written down that you have read it.", template="team/service.html",
        shown=shown,
    )  # fmt: skip


@require_safe
def mine(request: StaffRequest, scheme: str) -> HttpResponse:
    """Those who answer to me: tasks, what they have shown, supervision and goals."""
    here = scheme_for(request.user, scheme)
    shown = around(request, here, "mine", colleagues=colleagues_of(request.user, here))
    return page(request, "team/mine.html", shown)
