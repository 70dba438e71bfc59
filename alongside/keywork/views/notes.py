"""The pages of notes: the list, writing one, one entry, and putting it right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import RESTRICTED, opened
from alongside.conversations.queries import words_to_go_on_with
from alongside.keywork import operations, queries
from alongside.keywork.forms import CorrectNoteForm, MoveNoteForm, NoteForm, RemoveNoteForm
from alongside.keywork.models import Note
from alongside.keywork.models.notes import SESSION
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for, staff_at
from alongside.plans.queries import open_actions
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays, stay_for
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import choices, paged

FORM = "keywork/form.html"


def _about(stay: Stay, title: str, **more: Any) -> dict[str, Any]:
    up = reverse("keywork:notes", args=[stay.pk])
    return {**person_page(stay, section="notes"), "page_title": title, "up": up, **more}


@require_safe
def notes(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Everything written on somebody, latest first, a page at a time."""
    stay = stay_for(request.user, stay_id)
    kinds = {kind.key: kind.says for kind in stay.scheme.pack.choices("note_kinds")}
    looked_for = request.GET.get("words", "").strip()[:80]
    principles = {one.key: one.says for one in stay.scheme.pack.principles}
    principle = request.GET.get("principle", "")
    found = queries.notes_of(
        stay, request.user, kind=request.GET.get("kind", ""), text=looked_for,
        principle=principle if principle in principles else "",
    )  # fmt: skip
    context = _about(
        stay,
        "Notes",
        notes=paged(request, found),
        kinds=choices(request, "kind", kinds),
        principles=choices(request, "principle", principles) if principles else [],
        looked_for=looked_for,
        moved=queries.moved_away(stay),
        cannot_write=operations.write_note.refusal(stay, by=request.user),
    )
    return page(request, "keywork/notes.html", context)


@require_http_methods(["GET", "POST"])
def write_note(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A note about this person."""
    stay = stay_for(request.user, stay_id)
    form = NoteForm.from_request(
        request,
        scheme=stay.scheme,
        stay=stay,
        actions=SimpleLazyObject(lambda: open_actions(stay)),
        staff=_readers(request, stay.scheme),
        initial={
            "kind": "informal",
            "text": words_to_go_on_with(request.user, request.GET.get("message", "")),
        },
    )
    if form.carry_out(operations.write_note, stay, by=request.user):
        return go(request, "keywork:notes", stay.pk, says="Your note is saved.")
    return page(request, "keywork/write_note.html", _about(stay, "Write a note", form=form))


def _readers(request: StaffRequest, house: Scheme) -> Any:
    """Who else may be let read it: asked for when they are shown, or one of them was chosen."""
    return SimpleLazyObject(lambda: staff_at(house).exclude(pk=request.user.pk))


@require_http_methods(["GET", "POST"])
def quick_note(request: StaffRequest, scheme: str) -> HttpResponse:
    """A note about somebody chosen here: the short page behind every page."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    form = NoteForm.from_request(
        request,
        scheme=house,
        stays=current_stays(house),
        staff=_readers(request, house),
        initial={"kind": "informal"},
    )
    stay = form.cleaned_data.pop("person", None) if form.is_valid() else None
    if stay and form.carry_out(operations.write_note, stay, by=request.user):
        return go(request, "keywork:notes", stay.pk, says="Your note is saved.")
    context = {"page_title": "Write a note", "form": form, "here": house}
    return page(request, "keywork/quick_note.html", context)


@require_safe
def note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """One entry, with what it said before it was corrected."""
    found = queries.note_for(request.user, note_id)
    readable = found.is_open_to(request.user)
    if readable:
        _write_down_the_reading(request, found)
    if readable and found.restricted:
        opened(found.stay, RESTRICTED, found.pk)
    context = _about(
        found.stay,
        found.kind_says if readable else "Restricted entry",
        note=found,
        readable=readable,
        earlier=queries.earlier_texts(found) if readable else [],
        links=queries.links_of(found) if readable else [],
        readers=queries.readers_of(found) if readable else [],
        openings=queries.openings_of(found) if readable and found.restricted else [],
        movable=found.kind != SESSION,
        cannot_correct=operations.correct_note.refusal(found, by=request.user),
        cannot_move=operations.move_note.refusal(found, by=request.user),
        cannot_remove=operations.remove_note.refusal(found, by=request.user),
    )
    return page(request, "keywork/note.html", context)


@require_http_methods(["GET", "POST"])
def correct_note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Put an entry right; the earlier words stay."""
    found = queries.note_for(request.user, note_id)
    if closed := _closed(request, found):
        return closed
    form = CorrectNoteForm.from_request(request, note=found)
    if form.carry_out(operations.correct_note, found, by=request.user):
        return go(request, "keywork:note", found.pk, says="Corrected. The earlier words are kept.")
    return page(request, FORM, _about(found.stay, "Correct this entry", form=form, button="Save"))


@require_http_methods(["GET", "POST"])
def move_note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Move an entry to the right file."""
    found = queries.note_for(request.user, note_id)
    if closed := _closed(request, found):
        return closed
    others = current_stays(found.stay.scheme).exclude(pk=found.stay_id)
    form = MoveNoteForm.from_request(request, stays=others)
    if form.carry_out(operations.move_note, found, by=request.user):
        return go(request, "keywork:notes", found.stay_id, says="The entry was moved.")
    return page(
        request, FORM, _about(found.stay, "Move to the right file", form=form, button="Move it")
    )


@require_http_methods(["GET", "POST"])
def remove_note(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Take an entry off the file, with the reason."""
    found = queries.note_for(request.user, note_id)
    if closed := _closed(request, found):
        return closed
    form = RemoveNoteForm.from_request(request)
    if form.carry_out(operations.remove_note, found, by=request.user):
        return go(request, "keywork:notes", found.stay_id, says="The entry was removed.")
    context = _about(found.stay, "Remove this entry", form=form, button="Remove it")
    return page(request, FORM, {**context, "tone": "warning"})


def _closed(request: StaffRequest, found: Note) -> HttpResponse | None:
    """The answer to whoever may not read this entry, and so may not touch it.

    Whoever may has its words before them now, which is written down as on its own page.
    """
    if found.is_open_to(request.user):
        _write_down_the_reading(request, found)
        return None
    refusal = Refused(
        "This entry is restricted, and you are not one of its readers.",
        instead="Ask whoever wrote it.",
    )
    return refused(request, refusal, status=403)


def _write_down_the_reading(request: StaffRequest, found: Note) -> None:
    if found.restricted and not queries.has_just_opened(found, request.user):
        operations.open_restricted(found, by=request.user)
