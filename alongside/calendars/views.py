"""One's calendar page, the address that calendar programs read, and one entry as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.calendars import operations, queries
from alongside.calendars.events import Event, calendar_file
from alongside.calendars.forms import CloseForm, OpenForm
from alongside.calendars.models import digest_of, new_secret
from alongside.keywork.queries import booking_for
from alongside.kit import wall
from alongside.reviews.queries import review_for
from alongside.ui.pages import StaffRequest, go, page

SHOWN = 10


@require_http_methods(["GET", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """Whether there is an address, what stands in the calendar; a new address is shown once."""
    form, secret = OpenForm.from_request(request), new_secret()
    made = form.carry_out(operations.open_calendar, request.user, by=request.user, secret=secret)
    address = ""
    if made and made.digest == digest_of(secret):  # Sent twice, it was shown before.
        address = request.build_absolute_uri(reverse("calendars:feed", args=[secret]))
    shown = {
        "page_title": "My calendar",
        "form": OpenForm() if made else form,
        "close": CloseForm(),
        "address": address,
        "open": queries.open_address(request.user),
        "events": sorted(queries.events_of(request.user), key=_order)[:SHOWN],
    }
    return page(request, "calendars/mine.html", shown)


def _order(event: Event) -> str:
    return event.starts.isoformat()


@require_POST
def close(request: StaffRequest) -> HttpResponse:
    """Close the address."""
    form = CloseForm.from_request(request)
    done = form.carry_out(operations.close_calendar, request.user, by=request.user)
    says = "The address no longer works." if done else "There was no address to close."
    return go(request, "calendars:mine", says=says)


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever holds this address. A calendar program does not sign in."""
    owner = queries.owner_of(secret)
    if owner is None:
        raise Http404
    wall.known(owner.organisation_id)
    return _file(queries.events_of(owner), "Alongside", inline=True)


@require_safe
def booking(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """One booked session, to be added to a calendar."""
    return _file([queries.session_event(booking_for(request.user, booking_id))], "Session")


@require_safe
def review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """One booked review, to be added to a calendar."""
    return _file([queries.review_event(review_for(request.user, review_id))], "Review")


def _file(events: list[Event], name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(
        calendar_file(name, events), content_type="text/calendar; charset=utf-8"
    )
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{name.lower()}.ics"'
    return response
