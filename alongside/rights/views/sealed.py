"""Pages about what is under seal, and about lifting a seal: one asks, somebody else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.rights import forms, lifting, operations, queries
from alongside.rights.parts import parts_of, place_of
from alongside.rights.views.around import about
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import paged

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.kit.refusal import Refused
    from alongside.rights.models import Lifting, Sealed


@require_safe
def sealed(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What is sealed and may be read by this person, by its title."""
    stay = stay_for(request.user, stay_id)
    shown = about(
        stay, "sealed", "Sealed", sealed=queries.sealed_in(stay, staff=request.user),
        asked=lifting.asked_about(stay, staff=request.user),
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
        template="stays/ask.html", shown=about(stay, "sealed", "Seal something"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def put_under_seal(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Take a detail from its place in the file and keep it under seal."""
    stay = stay_for(request.user, stay_id, needs=Action.SEAL_DETAILS)
    if not parts_of(stay):
        nothing = about(stay, "sealed", "Put a detail under seal")
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
        shown=about(stay, "sealed", "Put a detail under seal", intro=intro),
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def unseal(request: StaffRequest, sealed_id: UUID) -> HttpResponse:
    """The title; and, once asked for, the words, with a line in the journal."""
    there = queries.sealed_for(request.user, sealed_id)
    form = forms.SureForm.from_request(request)
    read = form.carry_out(operations.unseal, there, by=request.user)
    may_correct = request.user.may(Action.SEAL_DETAILS, there.stay)
    shown = about(
        there.stay, "sealed", there.title, there=there, read=read, form=form,
        may_correct=may_correct,
        may_lift=lifting.ask_to_lift.refusal(there, by=request.user) is None,
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
    shown = about(there.stay, "sealed", f"Put right: {there.title}", form=form)
    return page(request, "stays/ask.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def lift(request: StaffRequest, sealed_id: UUID) -> HttpResponse:
    """Ask that a sealed detail be put back where it stood, with the reason. What is not known any
    more is said line by line, once one has asked to read the words."""
    there = queries.sealed_for(request.user, sealed_id)
    if not request.user.may(Action.SEAL_DETAILS, there.stay):
        raise PermissionDenied
    ways = lifting.ways_back(there)
    shown = about(
        there.stay, "sealed", f"Lift the seal: {there.title}", intro=ASKING, button="Ask for it"
    )
    if ways and _only_reads(request, there):
        return _read_first(request, there, ways, shown)
    form = forms.LiftForm.from_request(request, ways=ways, kept=bool(there.put_back))
    if unread := lifting.not_read(there, by=request.user):
        return _not_yet(request, form, unread, "stays/ask.html", shown)
    return ask(
        request, form, lifting.ask_to_lift, there, then=("rights:sealed", there.stay_id),
        says="Asked for. Somebody else decides.", template="stays/ask.html", shown=shown,
    )  # fmt: skip


ASKING = (
    "Somebody else decides. When they agree it goes back where it stood in the file, and everybody "
    "who may open the file reads it there. Who asked, who lifted the seal, when and why is kept."
)


def _only_reads(request: StaffRequest, there: Sealed) -> bool:
    """Whether the words have to be read before it can be asked for."""
    if request.method == "POST":
        return "read" in request.POST
    return not there.put_back or not lifting.has_read(there, by=request.user)


def _read_first(
    request: StaffRequest, there: Sealed, ways: dict[str, str], shown: dict[str, Any]
) -> HttpResponse:
    """The words are masked until they are asked for; then they stand in the form, line by line."""
    form = forms.SureForm.from_request(request)
    if form.carry_out(operations.unseal, there, by=request.user) is None:
        shown |= {"there": there, "form": form}
        return page(request, "rights/read_first.html", shown)
    place = place_of(next(iter(ways)))
    assert place  # noqa: S101  # it is one of the ways
    if there.put_back:
        shown |= {"intro": f"What goes back: “{there.words}”. {ASKING}"}
        return page(
            request, "stays/ask.html", {**shown, "form": forms.LiftForm(ways=ways, kept=True)}
        )
    laid = forms.LiftForm(ways=ways, kept=False, initial=place.laid_out(there.words))
    return page(request, "stays/ask.html", {**shown, "form": laid})


@require_safe
def to_lift(request: StaffRequest, scheme: str) -> HttpResponse:
    """What waits at a service for this person to decide whether its seal is lifted."""
    here = scheme_for(request.user, scheme, needs=Action.SEAL_DETAILS)
    rows = lifting.waiting_for(request.user, here, whole=True)
    shown = {"here": here, "paged": paged(request, rows)}
    return page(request, "rights/to_lift.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def lifting_page(request: StaffRequest, lifting_id: UUID) -> HttpResponse:
    """Who asked for what and why; and, once asked for, what would stand where."""
    found = lifting.lifting_for(request.user, lifting_id)
    form = forms.SureForm.from_request(request)
    read = form.carry_out(lifting.show_what_would_stand, found, by=request.user)
    told = lifting.told(found) if read else []
    shown = _around(request, found, form=form, read=read, told=told)
    shown["was_shown"] = bool(read) or lifting.was_shown(found, by=request.user)
    return page(request, "rights/lifting.html", shown)


@require_http_methods(["GET", "POST"])
def lift_it(request: StaffRequest, lifting_id: UUID) -> HttpResponse:
    """The second person puts it back into the file."""
    found = lifting.lifting_for(request.user, lifting_id)
    _may_seal(request, found)
    shown = _around(request, found, button="Lift the seal", grave=True)
    shown |= {"page_title": "Lift the seal", "intro": LIFTING}
    form, unread = forms.SureForm.from_request(request), lifting.not_shown(found, by=request.user)
    if unread:
        return _not_yet(request, form, unread, "rights/decide.html", shown)
    return ask(
        request, form, lifting.lift, found,
        then=("rights:sealed", found.stay.pk), template="rights/decide.html", shown=shown,
        says="The seal is lifted. It stands in the file again.",
    )  # fmt: skip


LIFTING = "It stands in the file again, for everybody who may open it."


@require_http_methods(["GET", "POST"])
def leave_sealed(request: StaffRequest, lifting_id: UUID) -> HttpResponse:
    """The second person leaves it under seal, with the reason."""
    found = lifting.lifting_for(request.user, lifting_id)
    _may_seal(request, found)
    shown = _around(request, found, button="Leave it under seal")
    shown |= {"page_title": "Leave it under seal"}
    return ask(
        request, forms.LeaveForm.from_request(request), lifting.leave_sealed, found,
        then=("rights:lifting", found.pk), says="It stays under seal.",
        template="rights/decide.html", shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, lifting_id: UUID) -> HttpResponse:
    """Whoever asked no longer does."""
    found = lifting.lifting_for(request.user, lifting_id)
    _may_seal(request, found)
    shown = _around(request, found, button="Take it back")
    shown |= {"page_title": "No longer ask for it", "intro": "It stays under seal."}
    return ask(
        request, forms.SureForm.from_request(request), lifting.take_back, found,
        then=("rights:lifting", found.pk), says="Taken back. It stays under seal.",
        template="rights/decide.html", shown=shown,
    )  # fmt: skip


def _not_yet(
    request: StaffRequest, form: Any, unread: Refused, template: str, shown: dict[str, Any]
) -> HttpResponse:
    """Nothing is done before it is read: the page says what to do instead."""
    if form.is_bound:
        form.refuse(unread)
    return page(request, template, {**shown, "form": form, "read_first": unread})


def _may_seal(request: StaffRequest, found: Lifting) -> None:
    if not request.user.may(Action.SEAL_DETAILS, found):
        raise PermissionDenied


def _around(request: StaffRequest, found: Lifting, **more: Any) -> dict[str, Any]:
    """What each page about one asked lifting shows."""
    mine = found.asked_by_id == request.user.pk
    up = reverse("rights:lifting", args=[found.pk])
    return {
        **about(found.stay, "sealed", found.sealed.title), "found": found, "mine": mine, "up": up,
        "back_url": reverse("rights:sealed", args=[found.stay.pk]),
        "decides": not found.answer and request.user.may(Action.SEAL_DETAILS, found), **more,
    }  # fmt: skip
