"""Pages about who may open a file, about emergencies, and about what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import everybody_in
from alongside.practice.actions import Action
from alongside.rights import forms, operations, queries
from alongside.rights.parts import parts_of
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import choices, paged

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.stays.models import Stay


def _about(stay: Stay, section: str, title: str, **more: Any) -> dict[str, Any]:
    up = reverse(f"rights:{section}", args=[stay.pk])
    return {**person_page(stay, section=section), "page_title": title, "back_url": up, **more}


@require_safe
def access(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The two lists of a file: only these, never these."""
    stay = stay_for(request.user, stay_id)
    limits = request.user.may(Action.LIMIT_FILE, stay)
    shown = _about(
        stay, "access", "Who may open it", limits=limits,
        lines=queries.limits_of(stay) if limits else [],
    )  # fmt: skip
    return page(request, "rights/access.html", shown)


@require_http_methods(["GET", "POST"])
def limit(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Put people on a list."""
    stay = stay_for(request.user, stay_id, needs=Action.LIMIT_FILE)
    form = forms.LimitForm.from_request(
        request, colleagues=everybody_in(stay.scheme.organisation_id), initial={"kind": "only"}
    )
    return ask(
        request, form, operations.limit_file, stay, then=("rights:access", stay.pk),
        says="It holds from now on.", template="stays/ask.html",
        shown=_about(stay, "access", "Limit who may open this file"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Say that this person is close to oneself."""
    stay = stay_for(request.user, stay_id)
    form = forms.BecauseForm.from_request(request)
    intro = "From then on you cannot open their file, and only a colleague can undo it."
    return ask(
        request, form, operations.declare_relation, stay, then=("today:today",),
        says="Thank you for saying so. Their file is closed to you.", template="stays/ask.html",
        shown=_about(stay, "access", "This person is close to me", intro=intro, grave=True),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_limit(request: StaffRequest, stay_id: UUID, limit_id: UUID) -> HttpResponse:
    """Take somebody off a list."""
    stay = stay_for(request.user, stay_id, needs=Action.LIMIT_FILE)
    line = queries.limit_for(stay, limit_id)
    form = forms.BecauseForm.from_request(request)
    if form.carry_out(operations.end_limit, stay, by=request.user, limit=line):
        return go(request, "rights:access", stay.pk, says="Taken off the list.")
    title = f"Take {line.staff.name} off the list"
    shown = _about(stay, "access", title, form=form, intro=line.get_kind_display())
    return page(request, "stays/ask.html", shown)


@require_safe
def sealed(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What is sealed and may be read by this person, by its title."""
    stay = stay_for(request.user, stay_id)
    shown = _about(
        stay, "sealed", "Sealed", sealed=queries.sealed_in(stay, staff=request.user),
        seals=request.user.may(Action.SEAL_DETAILS, stay),
    )  # fmt: skip
    return page(request, "rights/sealed.html", shown)


@require_http_methods(["GET", "POST"])
def seal(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Seal something."""
    stay = stay_for(request.user, stay_id, needs=Action.SEAL_DETAILS)
    form = forms.SealForm.from_request(request, scheme=stay.scheme)
    return ask(
        request, form, operations.seal, stay, then=("rights:sealed", stay.pk), says="Sealed.",
        template="stays/ask.html", shown=_about(stay, "sealed", "Seal something"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def put_under_seal(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Take a detail from its place in the file and keep it under seal."""
    stay = stay_for(request.user, stay_id, needs=Action.SEAL_DETAILS)
    if not parts_of(stay):
        nothing = _about(stay, "sealed", "Put a detail under seal")
        status = 422 if request.method == "POST" else 200
        return page(request, "rights/nothing_to_seal.html", nothing, status=status)
    form = forms.PutUnderSealForm.from_request(request, stay=stay)
    intro = (
        "It is taken from where it stands, so that nobody finds it there. Only those read it whose "
        "role reads what is sealed of this kind, and each reading is written down. Words that "
        "somebody wrote into a note or a plan stay there."
    )
    return ask(
        request, form, operations.put_under_seal, stay, then=("rights:sealed", stay.pk),
        says="It is under seal.", template="stays/ask.html",
        shown=_about(stay, "sealed", "Put a detail under seal", intro=intro),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def unseal(request: StaffRequest, sealed_id: UUID) -> HttpResponse:
    """The title; and, once asked for, the words, with a line in the journal."""
    there = queries.sealed_for(request.user, sealed_id)
    form = forms.SureForm.from_request(request)
    read = form.carry_out(operations.unseal, there, by=request.user)
    may_correct = request.user.may(Action.SEAL_DETAILS, there.stay)
    shown = _about(
        there.stay, "sealed", there.title, there=there, read=read, form=form,
        may_correct=may_correct, may_lift=operations.lift.refusal(there, by=request.user) is None,
    )  # fmt: skip
    return page(request, "rights/unseal.html", shown)


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, sealed_id: UUID) -> HttpResponse:
    """Put a new text in the place of a sealed one, which is kept."""
    there = queries.sealed_for(request.user, sealed_id)
    if not request.user.may(Action.SEAL_DETAILS, there.stay):
        raise PermissionDenied
    form = forms.SealForm.from_request(
        request, scheme=there.scheme, initial={"kind": there.kind, "title": there.title}
    )
    if form.carry_out(operations.seal, there.stay, by=request.user, corrects=there):
        return go(request, "rights:sealed", there.stay_id, says="Put right.")
    shown = _about(there.stay, "sealed", f"Put right: {there.title}", form=form)
    return page(request, "stays/ask.html", shown)


@require_http_methods(["GET", "POST"])
def lift(request: StaffRequest, sealed_id: UUID) -> HttpResponse:
    """Put a sealed detail back where it stood, with the reason."""
    there = queries.sealed_for(request.user, sealed_id)
    if not request.user.may(Action.SEAL_DETAILS, there.stay):
        raise PermissionDenied
    form = forms.BecauseForm.from_request(request)
    intro = (
        "It goes back where it stood in the file, and everybody who may open the file reads it "
        "there. Who lifted the seal, when and why is kept."
    )
    return ask(
        request, form, operations.lift, there, then=("rights:sealed", there.stay_id),
        says="The seal is lifted. It stands in the file again.", template="stays/ask.html",
        shown=_about(there.stay, "sealed", f"Lift the seal: {there.title}", intro=intro),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Open one file for an hour, with a reason; and the one that is open."""
    if not request.user.may_anywhere(Action.BREAK_GLASS):
        raise PermissionDenied
    form = forms.EmergencyForm.from_request(request)
    if made := form.carry_out(operations.seek_in_emergency, request.user, by=request.user):
        says = "The file is open to you. Others are told, and will look at it."
        return go(request, "casefile:casefile", made.stay_id, says=says)
    shown = {"form": form, "open": queries.my_opening(request.user)}
    return page(request, "rights/emergency.html", shown)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """Close it before the hour is over."""
    opening = queries.opening_for(request.user, opening_id)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.close_opening, opening, then=("rights:emergency",),
        says="It is closed.", template="rights/close.html", shown={"opening": opening},
    )  # fmt: skip


@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Files that were opened in an emergency and that somebody else must look at."""
    if not request.user.may_anywhere(Action.REVIEW_BREAK_GLASS):
        raise PermissionDenied
    done = request.GET.get("show") == "done"
    shown = {
        "paged": paged(request, queries.openings_shown(request.user, reviewed=done)),
        "show": choices(request, "show", {"done": "Looked at"}, everything="To look at"),
        "done": done,
    }
    return page(request, "rights/reviews.html", shown)


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """Who opened what, when and why; and what somebody else found."""
    opening = queries.opening_for(request.user, opening_id)
    form = forms.ReviewForm.from_request(request, scheme=opening.scheme)
    refusal = operations.review_opening.refusal(opening, by=request.user)
    own = opening.staff_id == request.user.pk
    verdict = opening.scheme.pack.choices("emergency_verdicts").get(opening.verdict)
    return ask(
        request, form, operations.review_opening, opening, then=("rights:reviews",),
        says="Written down.", template="rights/review.html",
        shown={"opening": opening, "offered": refusal is None and not own, "verdict": verdict},
    )  # fmt: skip
