"""What is asked about notes and sessions."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.keywork.models import (
    EarlierText,
    Note,
    NoteLink,
    NoteMove,
    NoteOpening,
    NoteQuerySet,
    NoteReader,
    Session,
    SessionQuerySet,
)
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.stays.models import Stay

QUARTER = timedelta(minutes=15)


def note_for(staff: Staff, note_id: UUID) -> Note:
    """That entry, if it is of somebody at a scheme where this person works, marked for them."""
    notes = Note.objects.visible_to(staff).marked_for(staff).for_page()
    return get_object_or_404(notes, pk=note_id)


def notes_of(
    stay: Stay, staff: Staff, *, kind: str = "", text: str = "", principle: str = ""
) -> NoteQuerySet:
    """Every entry on somebody's file, latest first, marked for the reader.

    Looking for words or for a principle finds only what the reader may read and
    what was not removed.
    """
    notes = Note.objects.for_page().filter(stay=stay).marked_for(staff)
    if kind:
        notes = notes.filter(kind=kind)
    if principle:
        found = Note.objects.filter(stay=stay).standing().readable_by(staff)
        tagged = found.filter(principles__icontains=f'"{principle}"')
        notes = notes.filter(pk__in=tagged.values("pk"))
    if text:
        found = Note.objects.filter(stay=stay).standing().readable_by(staff)
        words = models.Q(text__icontains=text) | models.Q(headings__icontains=text)
        notes = notes.filter(pk__in=found.filter(words).values("pk"))
    return notes.latest_first()


def moved_away(stay: Stay) -> models.QuerySet[NoteMove]:
    """Entries that were on this file by mistake: that there were, never what they said."""
    return NoteMove.objects.filter(from_stay=stay).select_related("moved_by").order_by("-moved_at")


def sessions(stay: Stay) -> SessionQuerySet:
    """Every session held with somebody, latest first."""
    held = Session.objects.for_page().counting().filter(stay=stay)
    return held.order_by("-held_on", "-pk")


def earlier_texts(note: Note) -> models.QuerySet[EarlierText]:
    """What an entry said before, the latest first."""
    return note.earlier.select_related("written_by").order_by("-version")


def links_of(note: Note) -> models.QuerySet[NoteLink]:
    """The actions an entry is about, and the one it raised."""
    return note.links.select_related("action").order_by("pk")


def readers_of(note: Note) -> models.QuerySet[NoteReader]:
    """Who may read a restricted entry, by name."""
    return note.readers.select_related("staff").order_by("staff__name")


def openings_of(note: Note) -> list[NoteOpening]:
    """Who has opened a restricted entry, the latest first."""
    return list(note.openings.select_related("staff").order_by("-opened_at")[:50])


def has_just_opened(note: Note, staff: Staff) -> bool:
    """Whether this reading is written down already, in this quarter of an hour."""
    latest = note.openings.filter(staff=staff).order_by("-opened_at").first()
    return latest is not None and clock.now() - latest.quarter < QUARTER
