"""The pages of who is whose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.allocations import matching, operations, queries, shared
from alongside.allocations.forms import (
    AllocateForm,
    AskForChangeForm,
    DecideChangeForm,
    DescribeWorkerForm,
    FeedbackForm,
    HandOverForm,
    WishForm,
)
from alongside.allocations.models import LEAD
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.organisation.queries import scheme_for, staff_at
from alongside.other_duties.queries import asked_of
from alongside.practice.actions import Action
from alongside.practice.words import Choice
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page, refused

FORM = "allocations/form.html"


def _about(stay: Stay, title: str, **more: Any) -> dict[str, Any]:
    return {
        **person_page(stay, section="key-worker"),
        "page_title": title,
        "up": reverse("allocations:allocation", args=[stay.pk]),
        **more,
    }


def _called(stay: Stay) -> str:
    """What the practice there calls a key worker."""
    return stay.pack.term("key_worker").singular


@require_safe
def allocation(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who is whose: now, before, what they wished, and what was asked."""
    stay = stay_for(request.user, stay_id)
    user, held = request.user, queries.holding(stay, request.user)
    current = held.current
    context = _about(
        stay,
        _called(stay).capitalize(),
        current=current,
        wish=held.wish,
        mark=shared.mark_of(stay),
        shared=(work := shared.shared_work(stay)),
        is_mine=bool(work and work.is_of(user)),
        may_share=stay.scheme.pack.has("joint_key_workers"),
        relationship=shared.relationship(stay, current),
        may_mark=user.may(Action.ASSESS, stay),
        wishes=stay.scheme.pack.choices("key_worker_wishes"),
        history=[(one, one.days(stay.scheme.today())) for one in held.history],
        days=held.days,
        roles=stay.scheme.pack.roles,
        further=[r for r in stay.scheme.pack.roles if r.holds_cases and r.key != LEAD],
        changes=[(one, queries.is_late(one)) for one in held.changes],
        handover=held.handover,
        cannot_allocate=operations.allocate.refusal(stay, by=user),
        cannot_ask=operations.ask_for_change.refusal(stay, by=user),
        cannot_change=operations.change_key_worker.refusal(stay, by=user),
        works_without=(off := operations.works_without(stay)),
        replaceable=off is None and (current is None or current.is_temporary()),
    )
    return page(request, "allocations/allocation.html", context)


@require_http_methods(["GET", "POST"])
def allocate(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Everybody who could take it on, with what speaks for them; one is chosen."""
    stay = stay_for(request.user, stay_id)
    role = request.GET.get("role", LEAD)
    if role not in stay.scheme.pack.roles:
        raise Http404
    wish = queries.latest_wish(stay)
    found = matching.candidates(stay, role=role, wishes=[wish] if wish else [])
    form = AllocateForm.from_request(
        request,
        workers=[one.worker for one in found],
        reasons=stay.scheme.pack.reasons("allocation"),
        role=role,
        initial={
            "from_on": stay.scheme.today(),
            "worker": str(found[0].worker.pk) if found else "",
        },
    )
    if form.carry_out(operations.allocate, stay, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="Recorded.")
    context = _about(
        stay,
        "Choose",
        form=form,
        candidates=found,
        spread=matching.spread(found),
        role=stay.scheme.pack.role(role),
        wish=wish,
        wishes=stay.scheme.pack.choices("key_worker_wishes"),
        cannot=operations.allocate.refusal(stay, by=request.user)
        or (operations.works_without(stay) if role == LEAD else None),
    )
    return page(request, "allocations/allocate.html", context)


@require_http_methods(["GET", "POST"])
def record_wish(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Whom the resident would like."""
    stay = stay_for(request.user, stay_id)
    form = WishForm.from_request(
        request,
        workers=[m.staff for m in matching.may_hold(stay.scheme)],
        wishes=stay.scheme.pack.choices("key_worker_wishes"),
    )
    if form.carry_out(operations.record_wish, stay, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="Their wish is recorded.")
    return page(request, FORM, _about(stay, "Their own wish", form=form, button="Save the wish"))


@require_http_methods(["GET", "POST"])
def ask_for_change(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask for another key worker."""
    stay = stay_for(request.user, stay_id)
    form = AskForChangeForm.from_request(
        request, reasons=_mine(stay, request.user), key=f"change-{stay.pk}"
    )
    if form.carry_out(operations.ask_for_change, stay, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="It will be answered.")
    return page(
        request, FORM, _about(stay, f"Ask for another {_called(stay)}", form=form, button="Send it")
    )


def _mine(stay: Stay, staff: Staff) -> list[Choice]:
    """The reasons that this person may bring."""
    roles = set(staff.roles_at(stay.scheme_id))
    return [
        reason
        for reason in stay.scheme.pack.reasons("change_of_key_worker")
        if not reason.started_by or roles & set(reason.started_by)
    ]


def _who_could(stay: Stay) -> dict[str, Any]:
    """For a form: everybody who could take somebody on, and how many people each holds."""
    found = matching.candidates(stay)
    return {
        "workers": [one.worker for one in found],
        "rooms": {one.worker.pk: one.room.says for one in found},
    }


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """A request for another key worker: what was asked, and the decision."""
    asked = queries.change_for(request.user, request_id)
    stay = asked.stay
    form = DecideChangeForm.from_request(
        request,
        **_who_could(stay),
        reasons=stay.scheme.pack.reasons("change_of_key_worker"),
        asked=True,
        key=f"decision-{asked.pk}",
        initial={"reason": asked.asked_reason},
    )
    if form.carry_out(operations.decide_change, asked, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="The decision is recorded.")
    reasons = stay.scheme.pack.reasons("change_of_key_worker")
    context = _about(
        stay,
        f"A request for another {_called(stay)}",
        form=form,
        asked=asked,
        asked_reason=reasons.get(asked.asked_reason),
        decided_reason=reasons.get(asked.reason),
        late=queries.is_late(asked),
        may_read=queries.may_read_words(asked, request.user),
        cannot=operations.decide_change.refusal(asked, by=request.user),
        feedback_form=FeedbackForm(),
    )
    return page(request, "allocations/change.html", context)


@require_http_methods(["GET", "POST"])
def feed_back(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What the resident said to the decision."""
    asked = queries.change_for(request.user, request_id)
    form = FeedbackForm.from_request(request)
    if form.carry_out(operations.feed_back, asked, by=request.user):
        return go(request, "allocations:change", asked.pk, says="Recorded.")
    return page(request, FORM, _about(asked.stay, "What they said", form=form, button="Save"))


@require_POST
def withdraw_change(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    asked = queries.change_for(request.user, request_id)
    try:
        operations.withdraw_change(asked, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "allocations:allocation", asked.stay_id, says="The request is taken back.")


@require_http_methods(["GET", "POST"])
def change_key_worker(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The manager changes the key worker."""
    stay = stay_for(request.user, stay_id)
    form = DecideChangeForm.from_request(
        request,
        **_who_could(stay),
        reasons=stay.scheme.pack.reasons("change_of_key_worker"),
        asked=False,
        key=f"change-now-{stay.pk}",
    )
    if form.carry_out(operations.change_key_worker, stay, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="Recorded.")
    return page(
        request, FORM, _about(stay, f"Change the {_called(stay)}", form=form, button="Change it")
    )


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Offer the case to the next worker."""
    stay = stay_for(request.user, stay_id)
    form = HandOverForm.from_request(
        request,
        **_who_could(stay),
        reasons=stay.scheme.pack.reasons("allocation"),
        key=f"hand-over-{stay.pk}",
    )
    if form.carry_out(operations.hand_over_case, stay, by=request.user):
        return go(request, "allocations:allocation", stay.pk, says="It waits to be accepted.")
    return page(request, FORM, _about(stay, "Hand the case over", form=form, button="Offer it"))


@require_POST
def accept_case(request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """Take on a case that was offered."""
    handover = queries.handover_for(request.user, handover_id)
    try:
        operations.accept_case(handover, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "allocations:allocation", handover.stay_id, says="The case is yours.")


@require_safe
def key_workers(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who is key worker to whom, with loads, and everybody who has nobody."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    held = queries.who_is_whose(house)
    counted = queries.loads(one.worker for one in held)
    besides = asked_of(house, [one.worker.pk for one in held])
    context = {
        "page_title": house.pack.term("key_worker").plural.capitalize(),
        "here": house,
        "words": house.pack.terms,
        "held": [
            (
                one,
                matching.room_of(house, counted[one.worker.pk].weighs, people=one.count),
                besides.get(one.worker.pk),
            )
            for one in held
        ],
        "holds": _from_to([one.count for one in held]),
        "nobody": queries.without_key_worker(house),
        "changes": [
            (one, queries.is_late(one)) for one in queries.unanswered_changes(house, request.user)
        ],
        "offered": queries.handovers_to(request.user),
        "named": house.pack.has_key_working,
        "cannot_open": operations.open_changes.refusal(house, by=request.user),
    }
    return page(request, "allocations/key_workers.html", context)


def _from_to(counts: list[int]) -> str:
    """How evenly the work is shared: "7 to 10" people each, or one number."""
    fewest, most = min(counts, default=0), max(counts, default=0)
    return str(most) if fewest == most else f"{fewest} to {most}"


@require_http_methods(["GET", "POST"])
def describe_worker(request: StaffRequest, scheme: str, staff_id: UUID) -> HttpResponse:
    """What a worker brings to a match."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    worker = _worker(house, staff_id)
    form = DescribeWorkerForm.from_request(request, initial=queries.profile_of(worker))
    act = _for(operations.describe_worker, worker)
    if form.carry_out(act, house, by=request.user):
        return go(request, "allocations:key-workers", house.slug, says="Saved.")
    context = {
        "page_title": f"What {worker.name} brings",
        "form": form,
        "button": "Save",
        "up": reverse("allocations:key-workers", args=[house.slug]),
    }
    return page(request, "allocations/scheme_form.html", context)


@require_POST
def open_changes(request: StaffRequest, scheme: str, staff_id: UUID) -> HttpResponse:
    """Open a change for everybody a leaving worker holds."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    try:
        operations.open_changes(house, by=request.user, worker=_worker(house, staff_id))
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "allocations:key-workers", house.slug, says="A change is open for each.")


def _worker(house: Any, staff_id: UUID) -> Staff:
    for one in staff_at(house):
        if one.pk == staff_id:
            return one
    raise Http404


def _for(act: Any, worker: Staff) -> Any:
    """An operation with the worker the address names."""

    def carried(subject: Any, **given: Any) -> Any:
        return act(subject, worker=worker, **given)

    return carried
