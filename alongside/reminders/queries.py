"""Who is to be reminded now, and of how much: a few queries for a whole organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from uuid import UUID

from django.db.models import Count, Q

from alongside.conversations.models import Conversation
from alongside.conversations.queries import waited_for_too_long
from alongside.duties.models import Duty, State
from alongside.duties.queries import merged
from alongside.kit import clock
from alongside.organisation.models import Membership, Organisation, Scheme, Staff
from alongside.practice.actions import Action
from alongside.reminders.models import Kind, MailChoice, Reminder

WEEK = timedelta(weeks=1)
SHOWN = 14


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that is to be sent: to whom, which, for which day, and how much it counts.

    `soon` falls due later and is reminded of today; `passed_up` is late, of somebody else, and
    comes to their line manager today.
    """

    staff: Staff
    scheme: Scheme
    kind: Kind
    on: date
    due: int
    late: int
    soon: int = 0
    passed_up: int = 0


@dataclass(slots=True)
class Place:
    """What is open at one scheme: by who owes it, and altogether; `waited` are the conversations
    that each has left unread for longer than the practice says."""

    scheme: Scheme
    due: Counter[UUID]
    late: Counter[UUID]
    soon: Counter[UUID]
    passed_up: Counter[UUID]
    overdue: int
    let_down: int
    waited: dict[UUID, set[UUID]]


def reminders_due(organisation: Organisation) -> list[Due]:
    """Every reminder that has not gone out today, whose hour has come where its reader works."""
    schemes = list(Scheme.objects.select_related("organisation").filter(organisation=organisation))
    places = {scheme.pk: _place(scheme) for scheme in schemes}
    choices = {
        one.staff_id: one for one in MailChoice.objects.filter(staff__organisation=organisation)
    }
    days = {scheme.today() for scheme in schemes}
    told = {
        kind: set(Reminder.objects.on(kind, days).values_list("staff_id", "on")) for kind in Kind
    }
    found = []
    for staff, works_at in _team(organisation):
        scheme = works_at[0].scheme
        choice = choices.get(staff.pk) or usual_choice(staff, scheme)
        today = scheme.today()
        if _here(scheme).hour < choice.from_hour:
            continue
        if choice.daily and (staff.pk, today) not in told[Kind.DAILY]:
            found += _daily(staff, works_at, places, today)
        if choice.weekly and (staff.pk, today) not in told[Kind.WEEKLY]:
            found += _weekly(staff, works_at, places, today)
        if choice.unread and (staff.pk, today) not in told[Kind.UNREAD]:
            found += _unread(staff, works_at, places, today)
    return found


def usual_choice(staff: Staff, scheme: Scheme) -> MailChoice:
    """What somebody is sent who has not chosen: everything, from the hour the practice gives."""
    return MailChoice(staff=staff, from_hour=int(scheme.pack.limit("reminder_hour")))


def choice_of(staff: Staff) -> MailChoice | None:
    """What this person has chosen, or what is usual where they work; None if nowhere."""
    if chosen := MailChoice.objects.filter(staff_id=staff.pk).first():
        return chosen
    schemes = staff.schemes()
    return usual_choice(staff, schemes[0]) if schemes else None


def leads_at(staff: Staff) -> list[Scheme]:
    """Where this person is sent the week: wherever they may excuse what was not done."""
    return [scheme for scheme in staff.schemes() if staff.may(Action.EXCUSE_DUTY, scheme)]


def _place(scheme: Scheme) -> Place:
    today = scheme.today()
    open_ = list(_told_of(scheme, today))
    overdue = [one for one in open_ if one.due_on < today]
    owed = [one for one in merged(open_) if one.owed_by_id]
    let_down = Duty.objects.filter(
        scheme=scheme, state=State.MISSED, due_on__gte=today - WEEK, due_on__lt=today
    ).aggregate(people=Count("stay", distinct=True))["people"]
    return Place(
        scheme,
        due=_by_owner(one for one in owed if one.due_on == today),
        late=_by_owner(one for one in owed if one.due_on < today),
        soon=_by_owner(one for one in owed if one.due_on > today),
        passed_up=_passed_up(overdue, today),
        overdue=len(overdue),
        let_down=let_down,
        waited=_waited(scheme),
    )


def _waited(scheme: Scheme) -> dict[UUID, set[UUID]]:
    """Nothing where the practice names no hours."""
    found: dict[UUID, set[UUID]] = {}
    if limit := scheme.pack.limits.get("message_unread"):
        for who, conversation in waited_for_too_long(scheme, limit.number):
            found.setdefault(who, set()).add(conversation)
    return found


def _told_of(scheme: Scheme, today: date) -> Iterator[Duty]:
    """What is due or late, and what falls due later and whose rule says that today is the day."""
    several = {rule.key: rule for rule in scheme.pack.duties if len(rule.remind) > 1}
    found = Duty.objects.filter(scheme=scheme, state=State.OPEN).filter(
        Q(opens_on__lte=today, due_on__lte=today)
        | Q(remind_on=today)
        | Q(key__in=several, remind_on__lt=today)
    )
    for one in found:
        days = several[one.key].remind if one.key in several else ()
        on_a_day = today in {one.remind_on, *(length.after(one.period_from) for length in days)}
        if one.due_on <= today or on_a_day:
            yield one


def _by_owner(duties: Iterable[Duty]) -> Counter[UUID]:
    return Counter(one.owed_by_id for one in duties if one.owed_by_id)


def _passed_up(overdue: Iterable[Duty], today: date) -> Counter[UUID]:
    """How many late things come to whom today: to the line manager, or to the level above."""
    passed: Counter[UUID] = Counter()
    for one in overdue:
        told = {one.told_id: one.escalate_on, one.told_next_id: one.escalate_again_on}
        passed.update(who for who, on in told.items() if who and on == today)
    return passed


def _team(organisation: Organisation) -> Iterable[tuple[Staff, list[Membership]]]:
    """Everybody who works somewhere today, with where, by name."""
    today = clock.today()
    memberships = (
        Membership.objects.current(today)
        .at_hand()
        .filter(Q(scheme__organisation=organisation), staff__is_active=True)
    )
    team: dict[UUID, tuple[Staff, list[Membership]]] = {}
    for one in memberships.order_by("staff__name", "staff_id", "scheme__name", "role"):
        team.setdefault(one.staff_id, (one.staff, []))[1].append(one)
    return team.values()


def _daily(
    staff: Staff, works_at: list[Membership], places: dict[UUID, Place], today: date
) -> list[Due]:
    here = {one.scheme_id for one in works_at}
    due = sum(places[key].due[staff.pk] for key in here)
    late = sum(places[key].late[staff.pk] for key in here)
    soon = sum(places[key].soon[staff.pk] for key in here)
    passed_up = sum(places[key].passed_up[staff.pk] for key in here)
    if not any((due, late, soon, passed_up)):
        return []
    return [Due(staff, works_at[0].scheme, Kind.DAILY, today, due, late, soon, passed_up)]


def _weekly(
    staff: Staff, works_at: list[Membership], places: dict[UUID, Place], today: date
) -> list[Due]:
    first = works_at[0].scheme
    leads = {
        one.scheme_id for one in works_at
        if one.scheme.pack.permits(one.role, Action.EXCUSE_DUTY)
    }  # fmt: skip
    if not leads or today.isoweekday() != int(first.pack.limit("weekly_reminder_weekday")):
        return []
    let_down = sum(places[key].let_down for key in leads)
    overdue = sum(places[key].overdue for key in leads)
    return [Due(staff, first, Kind.WEEKLY, today, let_down, overdue)]


def _unread(
    staff: Staff, works_at: list[Membership], places: dict[UUID, Place], today: date
) -> list[Due]:
    """How many conversations wait for this person, of those they may still read. One query, only
    for somebody for whom any waits."""
    waited = [places[one.scheme_id].waited.get(staff.pk, ()) for one in works_at]
    if not any(waited):
        return []
    open_to_them = Conversation.objects.visible_to(staff).filter(pk__in={*chain(*waited)})
    many = open_to_them.count()
    return [Due(staff, works_at[0].scheme, Kind.UNREAD, today, many, 0)] if many else []


def _here(scheme: Scheme) -> datetime:
    return clock.now().astimezone(scheme.zone)


def lately(staff: Staff) -> list[Reminder]:
    """What somebody was sent in the last two weeks or so, latest first."""
    return list(Reminder.objects.filter(staff_id=staff.pk).order_by("-on", "-pk")[:SHOWN])
