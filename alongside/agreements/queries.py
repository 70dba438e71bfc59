"""What pages ask about agreements, standing and breaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.agreements.models import (
    Breach,
    BreachQuerySet,
    Explanation,
    ExplanationQuerySet,
    Standing,
)
from alongside.agreements.texts import Text, texts_in_force
from alongside.organisation.models import Scheme, Staff
from alongside.sheets.models import Sheet
from alongside.signatures.models import Party, Signature
from alongside.signatures.queries import signatures_by_record
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays

FIRE, DRILL = "fire-precautions", "fire-drill"
"""The text about fire, and the form, where the practice has one, in which a drill is kept."""


class State(StrEnum):
    """How one text stands with one person. Refused is never signed."""

    NOT_EXPLAINED = "not_explained"
    NEWER_VERSION = "newer_version"
    EXPLAINED = "explained"
    REFUSED = "refused"
    SIGNED_BY_RESIDENT = "signed_by_resident"
    SIGNED = "signed"


IN_WORDS = {
    State.NOT_EXPLAINED: ("Not explained yet", "warn"),
    State.NEWER_VERSION: ("New version to hand over", "warn"),
    State.EXPLAINED: ("Explained, not signed", "warn"),
    State.REFUSED: ("Explained, refused", "bad"),
    State.SIGNED_BY_RESIDENT: ("Signed by them, not by us yet", "warn"),
    State.SIGNED: ("Signed", "good"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """One text and one person: when it was last explained, and what they said to it."""

    text: Text
    explained: Explanation | None
    yes: Signature | None = None
    ours: Signature | None = None
    no: Signature | None = None

    @property
    def state(self) -> State:
        if self.explained is None:
            return State.NOT_EXPLAINED
        if self.explained.version != self.text.version:
            return State.NEWER_VERSION
        if self.yes:
            waits = self.text.worker_signs and self.ours is None
            return State.SIGNED_BY_RESIDENT if waits else State.SIGNED
        return State.REFUSED if self.no else State.EXPLAINED

    @property
    def is_done(self) -> bool:
        """Nothing is left to do now: signed, or only to be explained and explained."""
        if self.state is State.EXPLAINED:
            return not self.text.is_signed
        return self.state is State.SIGNED

    @property
    def says(self) -> str:
        if self.state is State.EXPLAINED and not self.text.is_signed:
            return "Explained"
        return IN_WORDS[self.state][0]

    @property
    def tone(self) -> str:
        return "good" if self.is_done else IN_WORDS[self.state][1]


def agreements_of(stay: Stay) -> list[Held]:
    """Every text of the service with how it stands for this person. Three queries."""
    return held_by([stay])[stay.pk]


def held_by(stays: Iterable[Stay], scheme: Scheme | None = None) -> dict[UUID, list[Held]]:
    """How every text stands for each of these people of one scheme. Three queries."""
    people = list(stays)
    if not people:
        return {}
    texts = texts_in_force(scheme or people[0].scheme)
    told: dict[tuple[UUID, str], list[Explanation]] = {}
    rows = Explanation.objects.filter(stay__in=people).select_related("explained_by")
    for row in rows.order_by("explained_on", "recorded_at"):
        told.setdefault((row.stay_id, row.key), []).append(row)
    signed = signatures_by_record(row.pk for rows in told.values() for row in rows)
    return {
        stay.pk: [_held(text, told.get((stay.pk, text.key), []), signed) for text in texts]
        for stay in people
    }


def _held(text: Text, told: list[Explanation], signed: dict[UUID, list[Signature]]) -> Held:
    if not told:
        return Held(text, None)
    of_version = [row for row in told if row.version == text.version]
    marks = [mark for row in of_version for mark in signed.get(row.pk, [])]
    residents = [mark for mark in marks if mark.party == Party.RESIDENT]
    return Held(
        text,
        (of_version or told)[-1],
        yes=next((mark for mark in residents if not mark.refused), None),
        ours=next((mark for mark in marks if mark.party == Party.WORKER), None),
        no=next((mark for mark in reversed(residents) if mark.refused), None),
    )


def explanation_for(staff: Staff, explanation_id: UUID) -> Explanation:
    """That explanation, if it is of a scheme where this person works."""
    return get_object_or_404(Explanation.objects.visible_to(staff).for_page(), pk=explanation_id)


def explanations_of(stay: Stay, key: str) -> ExplanationQuerySet:
    """Every time this text was explained to this person, latest first."""
    return (
        Explanation.objects.for_page()
        .filter(stay=stay, key=key)
        .order_by("-explained_on", "-recorded_at")
    )


def text_for(scheme: Scheme, key: str) -> Text | None:
    """That text of the service in its newest version, if it has one."""
    return texts_in_force(scheme).get(key)


def standing_of(stay: Stay) -> Standing | None:
    """On probation or a full resident, and since when; None when it was never begun."""
    return Standing.objects.filter(stay=stay).order_by("from_on", "pk").last()


def standings_of(stay: Stay) -> list[Standing]:
    """How their standing changed, oldest first."""
    return list(Standing.objects.filter(stay=stay).select_related("recorded_by"))


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """How often one clause was not kept, and whether that is often enough for a review."""

    key: str
    clause: str
    says: str
    times: int
    prompts_review: bool
    last_on: date


def breaches_of(stay: Stay) -> BreachQuerySet:
    """Every breach during the stay, latest first."""
    return Breach.objects.for_page().filter(stay=stay).order_by("-happened_on", "-pk")


def breach_for(staff: Staff, breach_id: UUID) -> Breach:
    """That breach, if it is of a scheme where this person works."""
    return get_object_or_404(Breach.objects.visible_to(staff).for_page(), pk=breach_id)


def counts_by_clause(breaches: Iterable[Breach], scheme: Scheme) -> list[ClauseCount]:
    """How often each clause was not kept, most often first; mistakes are not counted."""
    counted = [b for b in breaches if b.outcome != Breach.Outcome.MISTAKE]
    times = Counter((b.key, b.clause) for b in counted)
    latest = {(b.key, b.clause): b for b in sorted(counted, key=lambda breach: breach.happened_on)}
    least = scheme.pack.limit("breaches_of_one_clause").number
    return [
        ClauseCount(key, clause, latest[key, clause].clause_says, number, number >= least,
                    latest[key, clause].happened_on)
        for (key, clause), number in times.most_common()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom a text is not settled."""

    stay: Stay
    held: Held


@dataclass(frozen=True, slots=True)
class Often:
    """Somebody who has not kept one clause so often that a review is called for."""

    stay: Stay
    count: ClauseCount


@dataclass(frozen=True, slots=True)
class SchemeAgreements:
    """What a manager looks at: the texts, who refused, who waits for what, what repeats."""

    texts: list[Text]
    refused: list[Waiting]
    waiting: list[Waiting]
    often: list[Often]

    @property
    def waiting_by_person(self) -> list[tuple[Stay, list[Waiting]]]:
        """Each person once, with all they wait for."""
        found: dict[UUID, tuple[Stay, list[Waiting]]] = {}
        for one in self.waiting:
            found.setdefault(one.stay.pk, (one.stay, []))[1].append(one)
        return list(found.values())


def agreements_at(scheme: Scheme) -> SchemeAgreements:
    """How the agreements stand for everybody who stays here now. Five queries."""
    stays = list(current_stays(scheme))
    by_stay = held_by(stays, scheme)
    open_ones = [
        Waiting(stay, held)
        for stay in stays
        for held in by_stay[stay.pk]
        if held.text.at_admission and not held.is_done
    ]
    return SchemeAgreements(
        texts=list(texts_in_force(scheme)),
        refused=[one for one in open_ones if one.held.state is State.REFUSED],
        waiting=[one for one in open_ones if one.held.state is not State.REFUSED],
        often=_often(stays, scheme),
    )


def _often(stays: list[Stay], scheme: Scheme) -> list[Often]:
    by_stay: dict[UUID, list[Breach]] = {}
    for breach in Breach.objects.filter(stay__in=stays):
        by_stay.setdefault(breach.stay_id, []).append(breach)
    return [
        Often(stay, count)
        for stay in stays
        for count in counts_by_clause(by_stay.get(stay.pk, []), scheme)
        if count.prompts_review
    ]


def last_drill(stay: Stay) -> date | None:
    """The last fire drill they took part in, from the form that the practice keeps for it."""
    found = Sheet.objects.filter(stay=stay, key=DRILL, finished_at__isnull=False)
    answers = found.values_list("answers", flat=True)
    days = [one["day"] for one in answers if one.get("day") and one.get("took_part") == "yes"]
    return date.fromisoformat(max(days)) if days else None
