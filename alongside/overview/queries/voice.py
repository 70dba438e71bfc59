"""What somebody said of what they want, think and feel, wherever it was written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from alongside.keywork.models import Note
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.paperwork.queries import finished_forms
from alongside.plans.models import Plan
from alongside.reviews.models import Review
from alongside.sheets.models import Sheet
from alongside.sheets.reading import rows_of
from alongside.stays.models import Stay
from alongside.ui.addresses import address_about

MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said: the words, where and how, and what was done about it."""

    words: str
    on: date
    says: str
    url: str
    how: str = ""
    response: str = ""
    awaits: bool = False


def voice_of(stay: Stay, *, reader: Staff) -> list[Said]:
    """Their own words from notes, forms, plans and reviews, the latest first; one query.

    Restricted ones only for those who may read them. Source: key worker guidance, The young
    person’s views, wishes and feelings.
    """
    pack = stay.pack
    written = Note.objects.filter(stay=stay).standing().readable_by(reader)
    notes = written.filter(kind__in=pack.choices("voice_notes").keys()).latest_first()[:MOST]
    asked = finished_forms(stay, reader=reader).filter(key__in=pack.choices("voice_forms").keys())
    sheets = asked[:MOST]
    plans = Plan.objects.filter(stay=stay, sealed_at__isnull=False).order_by("-number")[:MOST]
    reviews = Review.objects.held().filter(stay=stay).exclude(view_words="")
    held = reviews.order_by("-held_on")[:MOST]
    read(notes, sheets, plans, held)
    said = [
        *_noted(stay, notes), *_asked(stay, sheets, reader), *_planned(stay, plans),
        *_reviewed(stay, held),
    ]  # fmt: skip
    return sorted(said, key=lambda one: one.on, reverse=True)


def _noted(stay: Stay, notes: Iterable[Note]) -> Iterator[Said]:
    for note in notes:
        on = note.happened_at.astimezone(stay.scheme.zone).date()
        says = str(stay.scheme.pack.choices("note_kinds").get(note.kind) or note.kind)
        yield Said(note.text, on, says, address_about("keywork:note", note.pk))


def _asked(stay: Stay, sheets: Iterable[Sheet], reader: Staff) -> Iterator[Said]:
    for sheet in sheets:
        told = {row.question.key: row.answer for row in rows_of(sheet, reader=reader)}
        on = (sheet.finished_at or sheet.recorded_at).astimezone(stay.scheme.zone).date()
        yield Said(
            told.get("words", ""), on, told.get("about") or sheet.asked.says,
            address_about("paperwork:form", sheet.pk), told.get("gathered", "").lower(),
            told.get("response", ""), awaits=not told.get("response"),
        )  # fmt: skip


def _planned(stay: Stay, plans: Iterable[Plan]) -> Iterator[Said]:
    """What each version adds to what the one before it said."""
    seen: set[str] = set()
    for plan in sorted(plans, key=lambda one: one.number):
        on = (plan.sealed_at or plan.recorded_at).astimezone(stay.scheme.zone).date()
        called = stay.pack.term("plan").singular.capitalize()
        for answer in (plan.content or {}).get("voice", []):
            if answer["words"] and answer["words"] not in seen:
                seen.add(answer["words"])
                page = address_about("plans:version", plan.pk)
                yield Said(answer["words"], on, called, page, answer["says"].lower())


def _reviewed(stay: Stay, reviews: Iterable[Review]) -> Iterator[Said]:
    for review in reviews:
        review.stay = stay
        page = address_about("reviews:review", review.pk)
        yield Said(review.view_words, review.on, review.says, page, response=review.feedback_words)
