"""Who has read who answers for a service, what is to be spent, and the goals of whoever is led."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from alongside.demo.house import House
from alongside.kit import clock
from alongside.money.operations import decide_spending, record_spending
from alongside.organisation.models import Staff
from alongside.organisation.queries import staff_at
from alongside.paperwork.operations import fill_in_about_who_answers_to_me
from alongside.plans.models import PlanAction
from alongside.plans.operations import accept_task, hand_on
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off
from alongside.stays.queries import current_stays
from alongside.team.leading import GOALS
from alongside.team.operations import acknowledge, change_line_manager
from alongside.team.statement import since, statement_of

NOT_YET = 3
LATE = 2
FIRST = 2
HOW = "Go through it together first; they do it, you are beside them. Write down how it went."
ASKED_FOR = (
    ("Bus fares to the clinic, four times", "18.40", "approved", "Keep the tickets, please."),
    ("A second lamp for the reading corner", "24.99", "declined", "There is one in the cellar."),
    ("A birthday tea for everybody", "30.00", "", ""),
)


def tell_who_answers(house: House, *, now: datetime) -> None:
    """Most read it in time, two late, one not yet; three things are to be spent, one waits."""
    with clock.standing_at(_soon_after(house, now)):
        in_time = list(staff_at(house.scheme))[:-NOT_YET]
        for one in in_time:
            acknowledge(house.scheme, by=one, digest=statement_of(house.scheme).digest)
    with clock.standing_at(now - timedelta(days=30)):
        late = [one for one in staff_at(house.scheme) if one not in in_time][:LATE]
        for one in late:
            acknowledge(house.scheme, by=one, digest=statement_of(house.scheme).digest)
    _spending(house, now)
    if GOALS in house.scheme.pack.sheets:
        _level_two(house, now)
        _tasks(house)


def _soon_after(house: House, now: datetime) -> datetime:
    """At the same hour a week after it began to stand as it does."""
    days = (house.scheme.today() - since(house.scheme)).days - 7
    return now - timedelta(days=max(days, 0))


def _spending(house: House, now: datetime) -> None:
    worker, leader = house.first("key_worker"), _leader(house)
    if switched_off("money", house.scheme.pack) or not worker.may(
        Action.RECORD_SPENDING, house.scheme
    ):
        return
    stay = current_stays(house.scheme).first()
    for days, (what, amount, answer, words) in enumerate(ASKED_FOR, 2):
        with clock.standing_at(now - timedelta(days=days)):
            asked = record_spending(
                house.scheme, by=worker, what=what, amount=Decimal(amount),
                stay=stay if days == len(ASKED_FOR) - 1 else None,
            )  # fmt: skip
            if answer:
                decide_spending(asked, by=leader, answer=answer, answer_words=words)


def _level_two(house: House, now: datetime) -> None:
    """The workers of level 2 answer to a co-ordinator, who agrees their goals with them."""
    leader, coordinator = _leader(house), house.first("key_worker")
    with clock.standing_at(now - timedelta(days=25)):
        today = house.scheme.today()
        for one in house.staff.get("support_worker", []):
            post = one.memberships.select_related("scheme__organisation", "staff").get(
                scheme=house.scheme, until_on=None
            )
            change_line_manager(post, by=leader, line_manager=coordinator, from_on=today)
    with clock.standing_at(now - timedelta(days=11)):
        for one in house.staff.get("support_worker", [])[:1]:
            fill_in_about_who_answers_to_me(
                house.scheme, by=coordinator, worker=one, key=GOALS,
                answers={
                    "goal": "Lead a care review from start to finish.",
                    "steps": "Shadow two reviews; write one set of minutes; lead one with help.",
                    "by_when": (house.scheme.today() + timedelta(days=80)).isoformat(),
                    "standing": "Has shadowed one.",
                },
            )  # fmt: skip


def _tasks(house: House) -> None:
    """Two actions of plans that the co-ordinator handed on to a worker of level 2."""
    coordinator, worker = house.first("key_worker"), house.first("support_worker")
    theirs = PlanAction.objects.open().filter(
        stay__scheme=house.scheme, stay__moved_out_on=None, handed_on=None
    )
    for days, action in enumerate(theirs.order_by("pk")[:2], 2):
        task = hand_on(
            action, by=coordinator, to=worker, instruction=HOW,
            due_on=house.scheme.today() + timedelta(days=days),
        )  # fmt: skip
        if days == FIRST:
            accept_task(task, by=worker, accept=True)


def _leader(house: House) -> Staff:
    return house.first("manager")
