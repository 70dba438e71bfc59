"""What the casefile shows: one person's file, from every room's own queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, DateTimeField, QuerySet, UUIDField

from alongside.allocations.models import LEAD, Allocation
from alongside.assessments.queries import Scored, latest_completed
from alongside.duties.models import Duty
from alongside.duties.queries import open_duties_of
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.moments.models import Moment, MomentQuerySet
from alongside.moments.search import search
from alongside.organisation.models import Staff
from alongside.organisation.policy import sees, whose_file_is_read
from alongside.referrals.models import Referral
from alongside.referrals.queries import referred_people_named
from alongside.residents.models import Resident
from alongside.residents.names import name_key
from alongside.residents.queries import files_of
from alongside.stays.models import Stay

MOST_OPEN = 8
MOST_STAYS = 50
MOST_NAMED = 10
KINDS = {
    "note": "Notes",
    "session": "Sessions",
    "plan": "Plans and actions",
    "assessment": "Assessments",
    "stage": "Stages",
    "review": "Reviews",
    "agreement": "Agreements",
    "moving_on": "Moving on",
    "aftercare": "After the move",
    "stay": "Coming and going",
}
# Which lines belong to which of them. Notes are told by the practice's own kinds of note.
TOLD_AS = {
    "session": ("session", "booking", "report"),
    "plan": ("plan", "action"),
    "assessment": ("assessment",),
    "stage": ("stage", "stage_task", "evidence", "evidence_note", "benefit"),
    "review": ("review",),
    "agreement": ("agreement", "breach"),
    "moving_on": ("moving_on",),
    "aftercare": ("aftercare",),
    "stay": (
        "stay",
        "referral",
        "induction",
        "admission",
        "allocation",
        "bed",
        "night_out",
        "time_away",
    ),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The first look at somebody's file."""

    next_session: Booking | None
    duties: list[Duty]
    score: Scored | None
    people: list[tuple[str, Staff]]
    other_stays: list[Stay]

    def overdue(self, on: date) -> int:
        return sum(duty.due_on < on for duty in self.duties)


def overview(stay: Stay, *, viewer: Staff) -> Overview:
    """Next session, what is owed, the last score, who works with them, where they stayed before.

    Two queries: one for the scores.
    """
    following = _following(stay=stay.pk, now=clock.now())
    owed = _owed(stay=stay.pk, on=stay.scheme.today())
    held = _held(stay=stay.pk)
    stays = _stays(resident=stay.resident_id)
    read(following, owed, held, stays)
    for duty in owed:
        duty.stay, duty.scheme = stay, stay.scheme
    roles = stay.scheme.pack.roles
    return Overview(
        next_session=next(iter(following), None),
        duties=list(owed),
        score=latest_completed(stay),
        people=[
            (roles[one.role].says if one.role in roles else one.role, one.worker)
            for one in held
            if one.role != LEAD or stay.scheme.pack.has_key_working
        ],
        other_stays=[one for one in stays if one.pk != stay.pk and sees(viewer, one)],
    )


@prepared(stay=UUIDField(), now=DateTimeField())
def _following(stay: Any, now: Any) -> QuerySet[Booking]:
    booked = Booking.objects.open().filter(stay=stay, starts_at__gte=now)
    return booked.select_related("worker").order_by("starts_at")[:1]


@prepared(stay=UUIDField(), on=DateField())
def _owed(stay: Any, on: Any) -> QuerySet[Duty]:
    # The person, the bed and the scheme are at hand already.
    return open_duties_of(stay, on=on).select_related(None)[:MOST_OPEN]


@prepared(stay=UUIDField())
def _held(stay: Any) -> QuerySet[Allocation]:
    return Allocation.objects.filter(stay=stay, until_on=None).select_related("worker")


@prepared(resident=UUIDField())
def _stays(resident: Any) -> QuerySet[Stay]:
    every = Stay.objects.filter(resident_id=resident).select_related("scheme")
    return every.order_by("-moved_in_on", "-pk")[:MOST_STAYS]


def timeline(stay: Stay, *, viewer: Staff, kind: str = "", words: str = "") -> MomentQuerySet:
    """Everything that happened with this person, at every stay the viewer may see.

    With `words`, only what holds all of them.
    """
    if words.strip():
        found = search(words, viewer=viewer, within=stay.resident)
    else:
        found = Moment.objects.visible_to(viewer).filter(resident_id=stay.resident_id)
    if kind == "note":
        found = found.filter(
            kind__in=set(stay.scheme.pack.choices("note_kinds").keys()) - {"session"}
        )
    elif kind in TOLD_AS:
        found = found.filter(kind__in=TOLD_AS[kind])
    return found.latest_first()


@dataclass(frozen=True, slots=True)
class Named:
    """Who bears a name: those who stay or stayed, and those who were only referred.

    `more` says that of one or the other there are more than are shown.
    """

    stays: list[Stay]
    referrals: list[Referral]
    more: bool


def everybody_named(words: str, *, viewer: Staff) -> Named:
    """Whose name holds these words, as far as the viewer may know of them. At most two queries.

    Most words that somebody looks for are nobody's name: then there is nothing more to ask.
    """
    if not Resident.objects.named(words).exists():
        return Named([], [], more=False)
    stays = people_named(words, viewer=viewer)[: MOST_NAMED + 1]
    referred = referred_people_named(words, viewer=viewer)[: MOST_NAMED + 1]
    read(stays, referred)
    return Named(
        stays=list(stays)[:MOST_NAMED],
        referrals=list(referred)[:MOST_NAMED],
        more=max(len(stays), len(referred)) > MOST_NAMED,
    )


def people_named(words: str, *, viewer: Staff) -> QuerySet[Stay]:
    """The latest stay of everybody whose name holds these words and whose file the viewer may open:
    at the viewer's schemes, and whom they cover elsewhere."""
    found = Stay.objects.for_page().filter(whose_file_is_read(viewer))
    keys = name_key(words).split()
    if not keys:
        return found.none()
    for word in keys:
        found = found.filter(resident__name_key__contains=word)
    return found.order_by("moved_out_on", "resident__name_key")


def other_files(stay: Stay, *, viewer: Staff) -> list[Stay]:
    """The stays in other files decided to be of the same person, where the viewer works."""
    others = files_of(stay.resident)
    if not others:
        return []
    found = Stay.objects.visible_to(viewer).for_page().filter(resident__in=others)
    return list(found.order_by("-moved_in_on", "-pk")[:10])


def contacts_of(resident: Resident) -> list[tuple[str, str]]:
    """Whom to call, as lines: name and relation, then how."""
    return [
        (
            f"{contact.name}{f', {contact.relation}' if contact.relation else ''}",
            " ".join(filter(None, [contact.phone, contact.wishes])),
        )
        for contact in resident.contacts.all()
    ]
