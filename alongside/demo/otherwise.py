"""What went otherwise in this house lately, so that every page has something of it to show."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.admissions.operations import begin_admission, keep_answers
from alongside.admissions.visiting import record_visit
from alongside.demo import words
from alongside.demo.house import House
from alongside.demo.lives import answered
from alongside.duties.models import Duty
from alongside.duties.operations import excuse
from alongside.keywork.models import Booking
from alongside.keywork.operations import cancel_booking, record_session
from alongside.kit import clock
from alongside.organisation.models import Membership
from alongside.organisation.queries import staff_at
from alongside.paperwork.operations import fill_in_about_the_team
from alongside.plans.models import PlanAction
from alongside.plans.operations import accept_task, hand_on, look_at_plan, record_goal_result
from alongside.plans.queries import plan_in_force
from alongside.referrals.operations import (
    accept_offer,
    decide_referral,
    hold_interview,
    offer_bed,
    register_referral,
    screen_referral,
)
from alongside.referrals.queries import free_beds
from alongside.residents.operations import register_resident
from alongside.stays.models import Stay

DAY = timedelta(days=1)
AGAIN = timedelta(days=20)
FORTNIGHT = timedelta(weeks=2)


def tell_what_went_otherwise(house: House, stays: list[Stay], *, now: datetime) -> None:
    """A cancelled session, one held by cover, a task handed on, a plan kept, somebody arriving."""
    with clock.standing_at(now - timedelta(hours=3)):
        _session_is_cancelled(house, stays)
        _cover_holds_a_session(house, stays)
        _task_is_handed_on(house, stays)
        _plan_is_kept(stays)
        _goals_come_along(stays)
        _somebody_is_arriving(house)


def tell_of_the_team(house: House, stays: list[Stay], *, now: datetime) -> None:
    """The team meetings with the spokespersons since the house began; the last supervisions."""
    manager, pack = house.first("manager"), house.scheme.pack
    began = Membership.objects.filter(scheme=house.scheme).earliest("from_on").from_on
    on = now - 5 * DAY
    meetings = [on - number * FORTNIGHT for number in range((on.date() - began) // FORTNIGHT + 1)]
    for held_at in reversed(meetings):
        here = [stay.resident for stay in stays if stay.moved_in_on <= held_at.date()]
        who = " and ".join(one.first_name for one in here[:2]) or "Those who lived here then"
        with clock.standing_at(held_at):
            fill_in_about_the_team(
                house.scheme, by=manager, key="team-meeting",
                answers={
                    "held_on": clock.today().isoformat(), "who": who,
                    "said": words.AT_THE_MEETING,
                },
            )  # fmt: skip
    asked = pack.sheets.get("supervision")
    team = staff_at(house.scheme) if asked else []
    for number, worker in enumerate(one for one in team if one != manager):
        with clock.standing_at(now - (2 + number) * DAY):
            fill_in_about_the_team(
                house.scheme, by=manager, key="supervision", worker=worker,
                answers={
                    "held_with": manager.name,
                    "talked": words.IN_SUPERVISION[number % len(words.IN_SUPERVISION)],
                    "agreed": "We look at it again in a month.",
                },
            )  # fmt: skip


def excuse_something(house: House) -> None:
    """One duty that could not be done, and whose fault that was not."""
    owed = Duty.objects.for_page().filter(scheme=house.scheme, stay__isnull=False, met_on=None)
    found = owed.filter(key="weekly-session", state__in=["missed", "open"])
    if duty := found.filter(due_on__lt=clock.today()).order_by("-due_on", "pk").first():
        excuse(duty, by=house.first("manager"), reason="In hospital for three nights, unplanned.")


def _session_is_cancelled(house: House, stays: list[Stay]) -> None:
    booked = Booking.objects.for_page().open().filter(stay__in=stays, starts_at__gt=clock.now())
    if booking := booked.order_by("-starts_at", "pk").first():
        cancel_booking(booking, by=booking.worker, reason="resident_cancelled")


def _cover_holds_a_session(house: House, stays: list[Stay]) -> None:
    stay = stays[-3]
    leads = stay.allocations.filter(until_on=None).values_list("worker_id", flat=True)
    cover = next(one for one in house.staff["key_worker"] if one.pk not in set(leads))
    action = PlanAction.objects.filter(stay=stay).open().first()
    if action is None:
        return
    headings = house.scheme.pack.choices("session_headings")
    record_session(
        stay, by=cover, held_on=clock.today() - DAY, minutes=45,
        headings={one.key: words.WITH_COVER for one in headings}, actions=[action],
    )  # fmt: skip


def _task_is_handed_on(house: House, stays: list[Stay]) -> None:
    worker = house.first("key_worker")
    night, support = house.first("night_worker"), house.first("support_worker")
    theirs = PlanAction.objects.open().filter(stay__in=stays, stay__allocations__worker=worker)
    for to, action in zip((support, night), theirs.order_by("-pk")[:2], strict=False):
        task = hand_on(
            action, by=worker, to=to, instruction=words.HOW_TO, due_on=clock.today() + 3 * DAY
        )
        if to is support:
            accept_task(task, by=to, accept=True)


def _plan_is_kept(stays: list[Stay]) -> None:
    for stay in stays[4:6]:
        if plan := plan_in_force(stay):
            worker = stay.allocations.filter(until_on=None).first()
            if worker:
                look_at_plan(
                    plan, by=worker.worker, words=words.STILL_RIGHT,
                    again_on=clock.today() + AGAIN,
                )  # fmt: skip


def _goals_come_along(stays: list[Stay]) -> None:
    """What became of some goals, in the words of those whose they are."""
    said = ("achieved", "on_the_way", "achieved", "partly", "parked", "slow")
    for stay, result in zip(stays[5:11], said, strict=False):
        plan = plan_in_force(stay)
        goal = plan.goals.first() if plan else None
        if plan and goal:
            record_goal_result(
                plan, by=stay.resident, goal=goal, result=result, comment=words.SAID_OF[result]
            )


def _somebody_is_arriving(house: House) -> None:
    """Accepted, with a bed kept, and an admission that is half done."""
    scheme, manager, worker = house.scheme, house.first("manager"), house.first("project_worker")
    today = clock.today()
    beds = free_beds(scheme, today)
    if not beds:
        return
    person = register_resident(scheme, by=worker, given_name="Priya", family_name="Raman")
    agency, name = words.REFERRERS[0]
    referral = register_referral(
        scheme, by=worker, resident=person, received_on=today, referrer_agency=agency,
        referrer_name=name, homelessness="hostel_or_shelter", consent_on=today,
        reason=words.REASONS[0], risks=["none_known"],
    )  # fmt: skip
    screen_referral(referral, by=worker, on=today)
    hold_interview(
        referral, by=worker, held_on=today, interviewers=[worker, manager],
        answers=answered(scheme.pack.sheet("interview").questions),
    )  # fmt: skip
    reasons = scheme.pack.reasons("referral_accepted")
    decide_referral(
        referral, by=manager, outcome="accept", reason=reasons.keys()[0], decided_on=today,
        words="Both of us think it can work.",
    )  # fmt: skip
    offer_bed(referral, by=manager, bed=beds[0])
    accept_offer(referral, by=worker, on=today)
    referral.refresh_from_db()
    record_visit(
        referral, by=worker, visited_on=today, place="Here", took_part=f"Priya, {worker.name}",
        questions="Can my brother come and see it first?", key_worker=house.first("key_worker"),
        key_worker_there=True,
    )  # fmt: skip
    begun = begin_admission(scheme, by=manager, referral=referral)
    keep_answers(begun, by=manager, answers={"allergies": "None known"})
