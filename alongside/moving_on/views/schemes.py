"""Moving on at a whole scheme, and the providers of homes it knows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.kit.refusal import Refused
from alongside.moving_on import operations
from alongside.moving_on.forms.housing import ProviderForm
from alongside.moving_on.queries import overview
from alongside.moving_on.queries.housing import provider_for, providers_at
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import choices, paged


@require_safe
def moving_on_here(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everybody staying here: their plan, or for how many days they have none, and their day."""
    here = scheme_for(request.user, scheme, needs=Action.PLAN_MOVE_ON)
    found = overview.moving_on_at(here, show=request.GET.get("show", ""))
    people = paged(request, found, sorts=overview.SORTS, size=50)
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "people": people,
        "rows": overview.rows_of(here, people),
        "counts": overview.counts_at(here),
        "filters": choices(request, "show", overview.SHOW, everything="Everybody"),
        "target_days": int(here.pack.limit("move_on_target")),
    }
    return page(request, "moving_on/moving_on_here.html", context)


@require_safe
def providers(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who lets homes, and how to reach them."""
    here = scheme_for(request.user, scheme, needs=Action.PLAN_MOVE_ON)
    found = paged(request, providers_at(here), size=25)
    return page(request, "moving_on/providers.html", {"scheme": here, "providers": found})


@require_http_methods(["GET", "POST"])
def new_provider(request: StaffRequest, scheme: str) -> HttpResponse:
    """Put a provider on the list."""
    here = scheme_for(request.user, scheme, needs=Action.PLAN_MOVE_ON)
    form = ProviderForm.from_request(request, scheme=here)
    if form.carry_out(operations.list_provider, here, by=request.user):
        return go(request, "moving_on:providers", here.slug, says="On the list.")
    back = reverse("moving_on:providers", args=[here.slug])
    context = {"scheme": here, "form": form, "back_url": back}
    return page(request, "moving_on/new_provider.html", context)


@require_http_methods(["POST"])
def remove(request: StaffRequest, provider_id: UUID) -> HttpResponse:
    """Take a provider off the list."""
    provider = provider_for(request.user, provider_id)
    try:
        operations.remove_provider(provider, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "moving_on:providers", provider.scheme.slug, says="Taken off the list.")
