"""What is asked about requests for one's own data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from alongside.documents.models import Document
from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.rights.models import Sealed
from alongside.stays.models import Stay
from alongside.subject_access.gathering import rows_in
from alongside.subject_access.models import AccessRequest, Mention
from alongside.subject_access.naming import place_in_words
from alongside.subject_access.others import others_in
from alongside.subject_access.passages import PAPERS, Passage, passages_in

_STAY = ("stay__resident", "stay__scheme__organisation", "stay__bed")


# What is sealed is not even opened where only its kind is shown.
_UNREAD = ("sealed__title", "sealed__words", "sealed__put_back")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a table in which others are named: how often, and how many wait."""

    where: str
    many: int
    waiting: int

    def __str__(self) -> str:
        return place_in_words(self.where)


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention with what it is about, as it stands in the file now.

    `passage` is None where the words do not stand there any more, where whoever looks may not read
    them, and for what is under seal, which has a number instead.
    """

    mention: Mention
    passage: Passage | None = None
    hidden: bool = False
    number: int = 0

    def __str__(self) -> str:
        if self.mention.sealed:
            return f"Under seal {self.number}: {self.mention.sealed.kind_says}"
        if self.hidden:
            return "A restricted paper"
        if self.passage is None:
            return "Not there any more"
        return self.passage.text if self.passage.whole else self.passage.words


def requests_of(stay: Stay) -> QuerySet[AccessRequest]:
    """Every request of this stay, the latest first."""
    return AccessRequest.objects.filter(stay=stay).select_related("made_by", *_STAY)


def request_for(staff: Staff, pk: UUID) -> AccessRequest:
    """That request, if this person may open the file it is about."""
    found = AccessRequest.objects.filter(seen_along(staff, "stay"))
    return get_object_or_404(found.select_related("made_by", *_STAY), pk=pk)


def mention_for(staff: Staff, pk: UUID) -> Mention:
    """That passage, if this person may open the file it stands in."""
    found = Mention.objects.filter(seen_along(staff, "request__stay"))
    related = [f"request__{name}" for name in _STAY]
    return get_object_or_404(found.select_related("sealed__stay", *related), pk=pk)


def places_of(request: AccessRequest) -> list[Place]:
    """Where others are named in the file, those places first in which something waits."""
    counted = request.mentions.order_by().values_list("where")
    told = counted.annotate(many=Count("pk"), waiting=Count("pk", filter=Q(decision="")))
    return sorted(
        (Place(*one) for one in told), key=lambda one: (not one.waiting, str(one), one.where)
    )


def mentions_at(request: AccessRequest, where: str) -> QuerySet[Mention]:
    """The mentions at one place, those that wait first."""
    found = request.mentions.filter(where=where).select_related("decided_by", "sealed__stay")
    return found.defer(*_UNREAD).order_by("decision", "pk")


def shown(request: AccessRequest, mentions: Iterable[Mention], staff: Staff) -> list[Shown]:
    """Mentions of one place with the words they are about; the records are read in one query."""
    told = list(mentions)
    if any(one.sealed_id for one in told):
        return _under_seal(request, told)
    hidden = _hidden_from(staff, told)
    passages = {one.key: one for one in _passages(request, told)}
    return [
        Shown(one, hidden=True)
        if one.row in hidden
        else Shown(one, passages.get((one.where, one.row, one.words_key)) if one.row else None)
        for one in told
    ]


def _hidden_from(staff: Staff, mentions: list[Mention]) -> set[UUID]:
    """The papers among them that this person may not open."""
    papers = {one.row for one in mentions if one.row and one.where == PAPERS}
    if not papers:
        return set()
    open_ = Document.objects.visible_to(staff).filter(pk__in=papers)
    return papers - set(open_.values_list("pk", flat=True))


def _under_seal(request: AccessRequest, mentions: list[Mention]) -> list[Shown]:
    every = Sealed.objects.filter(resident=request.stay.resident_id).order_by("sealed_at", "pk")
    numbers = {pk: at for at, pk in enumerate(every.values_list("pk", flat=True), start=1)}
    return [Shown(one, number=numbers[one.sealed_id]) for one in mentions if one.sealed_id]


def _passages(request: AccessRequest, mentions: list[Mention]) -> Iterator[Passage]:
    rows = {one.row for one in mentions if one.row}
    if not rows:
        return
    others = others_in(request.stay, request.also)
    label = mentions[0].where.rpartition(".")[0]
    for row in rows_in(label, rows).values():
        yield from passages_in(label, row, others)
