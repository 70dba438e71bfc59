"""The first page, the sessions, and the stage."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.absence.operations import ask_for_session
from alongside.absence.queries import whom_to_ask
from alongside.allocations.shared import profile_with_photo
from alongside.audit.queries import readings_of
from alongside.drafts import keeping as drafts
from alongside.drafts.operations import read_of_all
from alongside.duties.words import fact_says
from alongside.keywork import operations as keywork
from alongside.keywork.queries import bookings_ahead, free_slots
from alongside.kit.refusal import Refused
from alongside.portal import queries
from alongside.portal.forms import AnswerMoveForm, OwnEvidenceForm
from alongside.portal.views.guests import own, show
from alongside.portal.views.keeping import asked
from alongside.practice.clauses import owed_by_worker
from alongside.practice.contents import Pack
from alongside.rights.queries import emergencies_of
from alongside.stages import operations as stages
from alongside.stages.queries import task_of
from alongside.stays.header import person_page
from alongside.stays.looking import looks
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import paged


@own
@require_safe
def home(request: HttpRequest, stay: Stay) -> HttpResponse:
    """What is next, what waits for them, and where everything is: one page."""
    return show(
        request,
        stay,
        "portal/home.html",
        f"Hello {stay.resident.first_name}",
        here="home",
        there=queries.there_for(stay),
        session=queries.next_session(stay),
        actions=queries.actions_to_do(stay)[:5],
        answers=queries.to_answer(stay),
        signing=queries.to_sign(stay),
        stage=queries.own_stage(stay),
    )


@own
@require_POST
def went(request: HttpRequest, stay: Stay) -> HttpResponse:
    """They have read which words, begun and never finished, are no longer kept."""
    if unread := drafts.gone(stay.resident, unread=True):
        read_of_all(unread[0], by=stay.resident)
    return go(request, "portal:plan")


@own
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest, stay: Stay) -> HttpResponse:
    """What is booked, and the time that is offered: one tap books, moves or cancels."""
    refusal = None
    if request.method == "POST":
        try:
            _do(request, stay)
        except Refused as refused:
            refusal = refused
        else:
            return go(request, "portal:sessions", says="Done.")
    ahead = [one for one in bookings_ahead(stay) if not one.is_past()]
    moving = request.GET.get("move", "")
    return show(
        request,
        stay,
        "portal/sessions.html",
        f"My {stay.pack.term('session').plural}",
        here="sessions",
        ahead=ahead,
        slots=free_slots(stay.scheme)[:30],
        venues=stay.scheme.pack.choices("venues"),
        moving=next((one for one in ahead if str(one.pk) == moving), None),
        refusal=refusal,
        whom=whom_to_ask(stay),
        status=422 if refusal else 200,
    )


def _ask_for_session(stay: Stay, key: str) -> None:
    """Ask one of those who are named for a session; anybody else does not exist."""
    whom = whom_to_ask(stay)
    named = {str(one.pk): one for one in whom.ask} if whom else {}
    if key not in named:
        raise Http404
    ask_for_session(stay, by=stay.resident, to_worker=named[key])


def _do(request: HttpRequest, stay: Stay) -> None:
    """Carry out the one button that was pressed; anything that is not theirs does not exist."""
    me, wanted = stay.resident, request.POST
    if wanted.get("ask"):
        _ask_for_session(stay, wanted["ask"])
        return
    slots = {str(one.pk): one for one in free_slots(stay.scheme)[:200]}
    mine = {str(one.pk): one for one in bookings_ahead(stay)}
    slot, booking = slots.get(wanted.get("slot", "")), mine.get(wanted.get("booking", ""))
    if wanted.get("booking") and booking is None:
        raise Http404
    if wanted.get("slot") and slot is None:
        raise Refused("Somebody has just taken that time.", instead="Choose another one.")
    if slot and booking:
        keywork.move_booking(booking, by=me, slot=slot)
    elif slot:
        keywork.book_slot(stay, by=me, slot=slot)
    elif booking:
        keywork.cancel_booking(booking, by=me)


@own
@require_safe
def stage(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Where they are, what is still to do, and what the next stage opens."""
    found = queries.own_stage(stay)
    if found is None:
        raise Http404
    return show(request, stay, "portal/stage.html", "My stage", here="stage", stage=found)


@own
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, stay: Stay, code: str) -> HttpResponse:
    """Show with words or a photo that a task is done."""
    known = {task.key for one in stay.scheme.pack.stages for task in one.tasks}
    if code not in known:
        raise Http404
    standing = task_of(stay, code)
    form = OwnEvidenceForm.from_request(
        request, stay=stay, lines=standing.lines, initial={"happened_on": stay.scheme.today()}
    )
    form.draft_key = f"own-evidence-{stay.pk}-{code}"
    return asked(
        request,
        stay,
        form,
        partial(stages.offer_evidence, task=code),
        title=standing.task.says,
        intro=standing.task.help,
        then=("portal:stage",),
        says="Thank you. A member of staff looks at it.",
        back="portal:stage",
        button="Send it",
        files=True,
    )


@own
@require_http_methods(["GET", "POST"])
def answer_move(request: HttpRequest, stay: Stay, move_id: UUID) -> HttpResponse:
    """What they say to a move back."""
    move = queries.own_move(stay, move_id)
    form = AnswerMoveForm.from_request(request)
    form.draft_key = f"own-answer-{move.pk}"
    return asked(
        request, stay, form, stages.answer_move, subject=move,
        title=f"You are back at {move.stage_says}",
        intro="Staff read your answer. It stays with the record of the move. You can also complain:"
        " ask any member of staff how.",
        then=("portal:stage",), back="portal:stage", says="Your answer is kept.",
        button="Send my answer",
    )  # fmt: skip


@own
@require_safe
def who_looked(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Who opened their file, when, and what of it."""
    readings = paged(request, readings_of(stay.resident_id), size=25)
    return show(
        request,
        stay,
        "portal/who_looked.html",
        "Who looked at my file",
        here="who-looked",
        readings=readings,
        looks=list(looks(stay, readings, emergencies_of(stay.resident_id))),
    )


def _fact_says(pack: Pack, fact: str) -> str:
    said = fact_says(pack, fact)
    return said[:1].lower() + said[1:]


@own
@require_safe
def what_they_do(request: HttpRequest, stay: Stay) -> HttpResponse:
    """What their key worker does for them, how often and by when, as the practice says it."""
    return show(
        request,
        stay,
        "portal/what_they_do.html",
        f"What your {stay.pack.term('key_worker').singular} does",
        here="what-they-do",
        clauses=owed_by_worker(stay.pack, partial(_fact_says, stay.pack)),
    )


@own
@require_safe
def file(request: HttpRequest, stay: Stay, pk: UUID) -> HttpResponse | FileResponse:
    """A file they offered themselves."""
    one = queries.own_evidence(stay, pk)
    if not one.file:
        raise Http404
    return FileResponse(
        one.file.open("rb"), as_attachment=True, filename=one.file_name,
        content_type=one.file_kind or "application/octet-stream",
    )  # fmt: skip


@own
@require_safe
def photo(request: HttpRequest, stay: Stay) -> FileResponse:
    """The photo of their own key worker."""
    worker = queries.there_for(stay).worker
    if worker is None:
        raise Http404
    profile = profile_with_photo(worker.pk, at={stay.scheme_id})
    return FileResponse(profile.photo.open("rb"), content_type="image/jpeg")


@require_safe
def card(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A card to print and give: whom to turn to, and whom while that person is away."""
    stay = stay_for(request.user, stay_id)
    shown = {
        **person_page(stay, section="key-worker"),
        "page_title": "Whom to turn to",
        "there": queries.there_for(stay),
        "up": reverse("allocations:allocation", args=[stay.pk]),
    }
    return page(request, "portal/card.html", shown)
