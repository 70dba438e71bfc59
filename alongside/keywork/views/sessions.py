"""The pages of somebody's sessions: booking, moving, preparing, recording; and reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.allocations.queries import holder
from alongside.keywork import operations, queries
from alongside.keywork.forms import (
    AnswerForm,
    BookForm,
    CancelBookingForm,
    ExplainForm,
    MissedForm,
    MoveBookingForm,
    PrepareForm,
    RecordSessionForm,
    ReportForm,
    now_at,
)
from alongside.keywork.models import Booking
from alongside.keywork.queries.headlines import headlines_of
from alongside.plans.queries import open_actions
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import paged

FORM = "keywork/form.html"


def _about(stay: Stay, title: str, **more: Any) -> dict[str, Any]:
    up = reverse("keywork:sessions", args=[stay.pk])
    return {**person_page(stay, section="sessions"), "page_title": title, "up": up, **more}


@require_safe
def sessions(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What is booked, what was missed, and what was held."""
    stay = stay_for(request.user, stay_id)
    own, booked = queries.self_arranged(stay.scheme, stay)
    context = _about(
        stay,
        stay.pack.term("session").plural.capitalize(),
        ahead=queries.bookings_ahead(stay),
        misses=queries.unanswered_misses(stay),
        in_a_row=queries.missed_running([stay.pk]).get(stay.pk, 0),
        alarming=int(stay.scheme.pack.limit("missed_in_a_row")),
        held=paged(request, queries.sessions(stay), size=15),
        reports=queries.reports_of(stay)[:3],
        own=own,
        booked=booked,
        cannot_book=operations.book_time.refusal(stay, by=request.user),
        cannot_record=operations.record_session.refusal(stay, by=request.user),
        cannot_report=operations.write_report.refusal(stay, by=request.user),
        reasons=stay.scheme.pack.reasons("session_missed"),
    )
    return page(request, "keywork/sessions.html", context)


@require_http_methods(["GET", "POST"])
def book_session(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Book a session: time that is offered, or another."""
    stay = stay_for(request.user, stay_id)
    worker = holder(stay) or request.user
    form = BookForm.from_request(
        request,
        scheme=stay.scheme,
        slots=queries.free_slots(stay.scheme)[:100],
        workers=queries.who_meets(stay.scheme, worker),
        initial={
            "worker": str(worker.pk),
            "minutes": int(stay.scheme.pack.limit("session_minutes")),
            "arranged": "assisted",
            **queries.preferred(stay),
        },
    )
    slotted = form.is_valid() and form.cleaned_data.get("slot")
    act: Any = operations.book_slot if slotted else operations.book_time
    if form.carry_out(act, stay, by=request.user):
        return go(request, "keywork:sessions", stay.pk, says="It is booked.")
    return page(request, FORM, _about(stay, "Book a session", form=form, button="Book it"))


@require_safe
def booking(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """One booking: when, where, what was prepared, and what came of it."""
    found = queries.booking_for(request.user, booking_id)
    pack, user = found.stay.scheme.pack, request.user
    moved = pack.reasons("session_moved").get(found.reason)
    context = _about(
        found.stay,
        "A session",
        booking=found,
        prepared=queries.preparation_of(found),
        reason=pack.reasons("session_missed").get(found.reason) or moved,
        venue=pack.choices("venues").get(found.venue),
        format=pack.choices("session_formats").get(found.format),
        cannot_move=operations.move_booking.refusal(found, by=user),
        cannot_record=operations.record_missed.refusal(found, by=user),
        cannot_explain=operations.explain_missed.refusal(found, by=user),
    )
    return page(request, "keywork/booking.html", context)


def _carry(
    request: StaffRequest, found: Booking, form: Any, act: Any, **shown: Any
) -> HttpResponse:
    """A form about a booking: done, or shown again."""
    if form.carry_out(act, found, by=request.user):
        return go(request, "keywork:sessions", found.stay_id, says=shown["says"])
    context = _about(found.stay, shown["title"], form=form, button=shown["button"])
    return page(request, FORM, {**context, "booking": found})


@require_http_methods(["GET", "POST"])
def move_booking(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Move a session to another time."""
    found = queries.booking_for(request.user, booking_id)
    scheme = found.stay.scheme
    form = MoveBookingForm.from_request(
        request, pack=scheme.pack, slots=queries.free_slots(scheme)[:100]
    )
    says = {"title": "Move the session", "button": "Move it", "says": "It is moved."}
    return _carry(request, found, form, operations.move_booking, **says)


@require_http_methods(["GET", "POST"])
def cancel_booking(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Cancel a session, with the reason."""
    found = queries.booking_for(request.user, booking_id)
    form = CancelBookingForm.from_request(request, pack=found.stay.scheme.pack)
    says = {"title": "Cancel the session", "button": "Cancel it", "says": "It is cancelled."}
    return _carry(request, found, form, operations.cancel_booking, **says)


@require_http_methods(["GET", "POST"])
def record_missed(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Say that a session did not happen, and why."""
    found = queries.booking_for(request.user, booking_id)
    form = MissedForm.from_request(request, pack=found.stay.scheme.pack)
    says = {"title": "It did not happen", "button": "Save", "says": "Recorded."}
    return _carry(request, found, form, operations.record_missed, **says)


@require_http_methods(["GET", "POST"])
def explain_missed(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Say why a missed session is not booked again."""
    found = queries.booking_for(request.user, booking_id)
    form = ExplainForm.from_request(request)
    says = {"title": "Why it is not booked again", "button": "Save", "says": "Recorded."}
    return _carry(request, found, form, operations.explain_missed, **says)


@require_http_methods(["GET", "POST"])
def prepare_session(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Get a session ready, with the headlines of the plan beside it."""
    found = queries.booking_for(request.user, booking_id)
    ready = queries.preparation_of(found)
    before = {
        "purpose": ready.purpose if ready else "",
        "topics": ready.topics if ready else "",
        "resources": ready.resources if ready else "",
        "comfort": ready.comfort if ready else queries.comfort_of(found.stay),
    }
    form = PrepareForm.from_request(request, key=f"prepare-{found.pk}", initial=before)
    if form.carry_out(operations.prepare_session, found, by=request.user):
        return go(request, "keywork:booking", found.pk, says="It is ready.")
    context = _about(found.stay, "Prepare the session", form=form, booking=found)
    context["actions"] = open_actions(found.stay)
    context["headlines"] = headlines_of(found.stay)
    return page(request, "keywork/prepare.html", context)


@require_http_methods(["GET", "POST"])
def record_session(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Record a session that was held."""
    stay = stay_for(request.user, stay_id)
    form = RecordSessionForm.from_request(
        request,
        stay=stay,
        bookings=queries.bookings_ahead(stay)[:20],
        workers=queries.who_meets(stay.scheme, request.user),
        actions=open_actions(stay),
        initial={
            **({"held_on": stay.moved_out_on} if stay.moved_out_on else now_at(stay.scheme)),
            "booking": request.GET.get("booking", ""),
            "minutes": int(stay.scheme.pack.limit("session_minutes")),
            "attendance": "came",
            "held_by": str(request.user.pk),
        },
    )
    if form.carry_out(operations.record_session, stay, by=request.user):
        return go(request, "keywork:sessions", stay.pk, says="The session is recorded.")
    return page(request, "keywork/record_session.html", _about(stay, "Record a session", form=form))


@require_http_methods(["GET", "POST"])
def write_report(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The brief report before the review."""
    stay = stay_for(request.user, stay_id)
    form = ReportForm.from_request(request, stay=stay, initial={"until_on": stay.scheme.today()})
    if made := form.carry_out(operations.write_report, stay, by=request.user):
        return go(request, "keywork:report", made.pk, says="The report is saved.")
    title = stay.pack.term("report").singular.capitalize()
    return page(request, FORM, _about(stay, title, form=form, button="Save the report"))


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """One report, and the team's answer."""
    found = queries.report_for(request.user, report_id)
    form = AnswerForm.from_request(request)
    if form.carry_out(operations.answer_report, found, by=request.user):
        return go(request, "keywork:report", found.pk, says="The answer is kept with the report.")
    context = _about(
        found.stay,
        found.stay.pack.term("report").singular.capitalize(),
        report=found,
        form=form,
        cannot_answer=operations.answer_report.refusal(found, by=request.user),
    )
    return page(request, "keywork/report.html", context)
