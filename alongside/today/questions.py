"""What today asks every time for one person alone, put into SQL once (`kit/prepared.py`).

Each takes keys and dates. Where a file is closed to whoever looks, that is a part of the
question, and it is then built anew.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, DateTimeField, Q, QuerySet, UUIDField

from alongside.building.models import NightOut
from alongside.building.queries import nights_at_the_door
from alongside.casefile.people import held_by, with_key_facts
from alongside.duties.models import Duty, DutyQuerySet, State
from alongside.keywork.models import Booking
from alongside.kit.prepared import Prepared, prepared
from alongside.organisation.policy import nothing_is_left_out
from alongside.plans.models import HandedOn, PlanAction, Who
from alongside.plans.queries.handed_on import handed_to
from alongside.stays.models import Stay

MOST_OWED = 200
MOST_SETTLED = 200
MOST_PEOPLE = 50
MOST_SESSIONS = 30
MOST_GIVEN = 20


def together(question: Prepared, **values: Any) -> Any:
    """The rows, to be filled with others by `kit.together.read`."""
    return question(**values) if nothing_is_left_out() else question.build(**values)


def at_once(question: Prepared, **values: Any) -> Any:
    """The rows, in a query of their own."""
    return question.at_once(**values) if nothing_is_left_out() else question.build(**values)


@prepared(scheme=UUIDField(), staff=UUIDField(), on=DateField())
def owed(scheme: Any, staff: Any, on: Any) -> QuerySet[Duty]:
    """What this person owes at the scheme, the most urgent first."""
    return outstanding(scheme, on).filter(owed_by=staff)[:MOST_OWED]


@prepared(scheme=UUIDField(), staff=UUIDField(), on=DateField())
def owed_or_unled(scheme: Any, staff: Any, on: Any) -> QuerySet[Duty]:
    """The same, and what nobody owes because whom it is about answers to nobody yet: for those
    who can name a line manager."""
    unled = Q(owed_by=None, worker__isnull=False)
    return outstanding(scheme, on).filter(Q(owed_by=staff) | unled)[:MOST_OWED]


def outstanding(scheme: Any, on: Any) -> DutyQuerySet:
    """What is owed at the scheme, the most urgent first."""
    return Duty.objects.for_list().filter(scheme=scheme).outstanding(on).order_by("due_on", "pk")


@prepared(scheme=UUIDField(), staff=UUIDField(), since=DateField())
def settled(scheme: Any, staff: Any, since: Any) -> QuerySet[Duty]:
    """What was met or excused since that day for the people this person holds."""
    mine = Q(stay__in=held_by(staff)) | Q(stay=None, owed_by=staff)
    return settled_since(scheme, since).filter(mine)[:MOST_SETTLED]


def settled_since(scheme: Any, since: Any) -> DutyQuerySet:
    """What was met or excused at the scheme since that day, the latest first."""
    met = Q(state__in=[State.MET, State.MET_LATE], met_on__gte=since)
    excused = Q(state__in=[State.EXCUSED, State.PAUSED], due_on__gte=since)
    found = Duty.objects.for_list().filter(met | excused, scheme=scheme)
    return found.order_by("-met_on", "due_on", "pk")


@prepared(
    scheme=UUIDField(), staff=UUIDField(), but=CharField(), on=DateField(), now=DateTimeField()
)
def people(scheme: Any, staff: Any, but: Any, on: Any, now: Any) -> QuerySet[Stay]:
    """Everybody this person holds here in any role but one, with the key facts."""
    mine = Stay.objects.for_page().current().filter(scheme=scheme, pk__in=held_by(staff, but=but))
    return with_key_facts(mine, on=on, now=now).order_by("resident__name_key", "pk")[:MOST_PEOPLE]


@prepared(scheme=UUIDField(), staff=UUIDField(), start=DateTimeField(), end=DateTimeField())
def sessions(scheme: Any, staff: Any, start: Any, end: Any) -> QuerySet[Booking]:
    """Sessions of this person that begin between the two, by time."""
    return sessions_here(scheme, start, end).filter(worker=staff)[:MOST_SESSIONS]


def sessions_here(scheme: Any, start: Any, end: Any) -> QuerySet[Booking]:
    """Sessions at the scheme that begin between the two, by time."""
    here = Booking.objects.for_page().filter(stay__scheme=scheme).between(start, end)
    return only_with(here, "worker").order_by("starts_at", "pk")


@prepared(scheme=UUIDField(), staff=UUIDField())
def given(scheme: Any, staff: Any) -> QuerySet[PlanAction]:
    """Actions of anybody's plan that this person has taken on, the soonest first."""
    found = PlanAction.objects.for_page().open().filter(staff=staff, stay__scheme=scheme)
    return only_with(found.filter(stay__moved_out_on=None)).soonest_first()[:MOST_GIVEN]


@prepared(scheme=UUIDField(), staff=UUIDField())
def by_others(scheme: Any, staff: Any) -> QuerySet[PlanAction]:
    """Actions of this person's people that somebody else has taken on, the soonest first."""
    found = PlanAction.objects.for_page().open().filter(stay__scheme=scheme, who=Who.STAFF)
    mine = found.filter(stay__in=held_by(staff), stay__moved_out_on=None)
    return only_with(mine.exclude(staff=staff), "staff").soonest_first()[:MOST_GIVEN]


@prepared(scheme=UUIDField(), staff=UUIDField())
def handed(scheme: Any, staff: Any) -> QuerySet[HandedOn]:
    """What was handed to this person here and is open, the soonest first."""
    return only_with(handed_to(staff, scheme), "action")[:MOST_GIVEN]


@prepared(scheme=UUIDField(), on=DateField())
def nights(scheme: Any, on: Any) -> QuerySet[NightOut]:
    """The nights out the door must know of."""
    return only_with(nights_at_the_door(scheme, on=on), "stay__scheme")


def only_with[R: QuerySet[Any, Any]](rows: R, *more: str) -> R:
    """With whom they are about, and no more than the page shows.

    A database takes longer to plan a question of a dozen joins than to answer it.
    """
    narrowed: R = rows.select_related(None).select_related("stay__resident", *more)
    return narrowed
