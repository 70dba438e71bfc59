"""Moving on at the hostel of the demo: plans in every state, the search, a move that fell through.

Each builder takes a stay and who acts, so that the demo of another service can call it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from alongside.kit import clock
from alongside.moving_on import operations
from alongside.moving_on.facts import target_of
from alongside.moving_on.models import MoveOnPlan
from alongside.organisation.models import Staff
from alongside.plans.operations import report_action, verify_action
from alongside.stays.models import Stay

LONGER = (
    ("no_home", "Four homes looked at, none of them let to people on benefits."),
    ("waiting", "The council has not decided on the rating yet."),
    ("health", "Wants the operation behind them first."),
    ("not_ready", "Says that another month here would help."),
)
GOALS = (
    ("private", "A room of my own with a door that locks", "Near the canal"),
    ("social", "A flat I can stay in for good", "The north side"),
    ("social", "Ground floor, somewhere my daughter can visit", "Close to her school"),
    ("family", "Back with my brother, if it works out", "Leeds"),
    ("undecided", "Somewhere quiet. I do not know where yet", ""),
)
STEPS = ("Ring two letting agents", "Ask for the letter of the doctor", "Open a savings account",
         "Book a day for the passport")  # fmt: skip
BARRIERS = (
    ("papers", "No proof of identity", "No agent will register them.", "The consulate"),
    ("money", "Rent owed for the last flat", "The council asks for an agreement.", "Debt advice"),
    ("confidence", "Has not lived alone for nine years", "Puts off every viewing.", "Peer group"),
)


SETTLED_DAYS = 45


@dataclass(frozen=True, slots=True)
class Workers:
    """Who acts: the key worker, whoever shares the resettlement, and the manager."""

    key_worker: Staff
    project_worker: Staff
    manager: Staff


def stays_longer(stay: Stay, *, by: Staff, now: datetime, number: int) -> None:
    """Whoever is past their day has said why, and has another; the day was set in good time."""
    reason, words = LONGER[number % len(LONGER)]
    while (due := target_of(stay)) < now.date():
        when = datetime.combine(due, time(11), stay.scheme.zone)
        with clock.standing_at(when):
            operations.set_target(
                stay, by=by, target_on=due + timedelta(weeks=8), reason=reason, words=words
            )


def a_plan(stay: Stay, who: Workers, *, now: datetime, number: int, days: int = 20) -> MoveOnPlan:
    """A plan written together some days ago, with a step, sometimes with a barrier."""
    housing, goal, area = GOALS[number % len(GOALS)]
    with clock.standing_at(now - timedelta(days=days)):
        plan = operations.write_plan(
            stay, by=who.key_worker, housing=housing, goal=goal, area=area, size="One bedroom",
            documents="Identity, proof of income, a reference",
        )  # fmt: skip
        if number % 3 == 0:
            kind, what, effect, helper = BARRIERS[number % len(BARRIERS)]
            operations.name_barrier(
                stay, by=who.key_worker, area=kind, what=what, since_on=stay.moved_in_on,
                effect=effect, who_helps=helper, step="Go there together",
            )  # fmt: skip
        operations.add_task(
            stay, by=who.key_worker, text=STEPS[number % len(STEPS)], who="resident",
            when_on=clock.today() + timedelta(days=days + 4 if number % 4 else days - 3),
        )  # fmt: skip
    return plan


def a_confirmed_plan(stay: Stay, who: Workers, *, now: datetime, number: int) -> MoveOnPlan:
    """A plan with a step that was taken, found clear and achievable."""
    plan = a_plan(stay, who, now=now, number=number)
    with clock.standing_at(now - timedelta(days=9)):
        task = operations.add_task(
            stay, by=who.key_worker, text="Get the proof of income", when_on=clock.today()
        )
        report_action(task.action, by=who.key_worker, words="Brought it along.")
        verify_action(task.action, by=who.key_worker, ending="achieved")
    with clock.standing_at(now - timedelta(days=6)):
        operations.confirm_plan(plan, by=who.manager, words="Income, a deposit, and two agents.")
    return plan


def a_changed_plan(stay: Stay, who: Workers, *, now: datetime, number: int) -> MoveOnPlan:
    """A plan of which there is another version, because they want another kind of home."""
    a_plan(stay, who, now=now, number=number, days=40)
    with clock.standing_at(now - timedelta(days=5)):
        return operations.write_plan(
            stay, by=who.key_worker, housing="social", goal="A housing association flat",
            change_reason="not_to_be_had", change_words="Private rents went up again.",
        )  # fmt: skip


def looking_for_a_home(stay: Stay, who: Workers, *, now: datetime) -> None:
    """On the register with a rating that rose, a paper missing, a refusal, a viewing tomorrow."""
    worker = who.key_worker
    with clock.standing_at(now - timedelta(days=30)):
        listed = operations.apply_for_home(
            stay, by=worker, kind="register", where="City housing register",
            applied_on=clock.today(), reference="HR-20418",
        )  # fmt: skip
        operations.rate_application(listed, by=worker, rating="Band 3", rated_on=clock.today())
        operations.record_search(
            stay, by=worker, searched_on=clock.today(), where="Letting agents on Mill Lane",
            found="Five rooms, two within the housing allowance.",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=8)):
        operations.rate_application(
            listed, by=worker, rating="Band 2", rated_on=clock.today(),
            words="After the letter about their back.",
        )  # fmt: skip
        operations.ask_for_evidence(
            listed, by=worker, what="Proof of local connection", asked_on=clock.today()
        )
        offer = operations.record_offer(
            stay, by=worker, address="9 Hill Road", landlord="Hill Lettings",
            offered_on=clock.today(),
        )  # fmt: skip
        operations.answer_offer(
            offer, by=worker, answer="refused", answered_on=clock.today(), reason="safety",
            words="My old crowd live there.",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=1)):
        viewing = operations.plan_viewing(
            stay, by=worker, address="4 Canal Street, flat 2", landlord="Elm Lettings",
            accompanied_by=worker, application=listed,
            starts_at=_tomorrow_at(stay, now, 10),
        )  # fmt: skip
        operations.coach_for_viewing(
            viewing, by=worker, coached_on=clock.today(),
            words="What to ask about the deposit, and what to say about the last two years.",
        )  # fmt: skip


def a_move_ahead(stay: Stay, who: Workers, *, now: datetime, tenure: str = "association") -> None:
    """The day is set, half of what is needed is arranged, and the deposit is being settled."""
    leaves_on = now.date() + timedelta(days=12)
    with clock.standing_at(now - timedelta(days=4)):
        operations.set_move(
            stay, by=who.key_worker, tenure=tenure, address="21 Weir Court",
            landlord="Northside Homes", leaves_on=leaves_on, tenancy_starts_on=leaves_on,
            moves_in_on=leaves_on,
        )  # fmt: skip
        for kind, phase, what in (
            ("furniture", "before", "Bed, table and two chairs"),
            ("whiteware", "before", "Fridge"),
            ("utilities", "before", ""),
            ("transport", "on_the_day", "The van of the furniture project"),
            ("doctor", "after", "Register at Weir Surgery"),
        ):
            step = operations.plan_home_step(
                stay, by=who.key_worker, kind=kind, phase=phase, what=what,
                due_on=leaves_on - timedelta(days=2),
            )  # fmt: skip
            if kind == "furniture":
                operations.do_home_step(
                    step, by=who.key_worker, done_on=clock.today(), source="Furniture project"
                )
        issue = operations.raise_issue(
            stay, by=who.project_worker, what="Who pays the first week’s rent?",
            owner=who.key_worker,
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=2)):
        operations.comment_on_issue(
            issue, by=who.key_worker, words="Asked the council for a payment; an answer by Friday."
        )


def a_move_that_fell_through(stay: Stay, who: Workers, *, now: datetime) -> None:
    """A move whose day was set, and which will not happen."""
    leaves_on = now.date() + timedelta(days=5)
    with clock.standing_at(now - timedelta(days=9)):
        move = operations.set_move(
            stay, by=who.key_worker, tenure="private", address="30 Dock Road, room 4",
            landlord="Mr Sandhu", leaves_on=leaves_on, tenancy_starts_on=leaves_on,
            moves_in_on=leaves_on,
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=3)):
        operations.move_fell_through(
            move, by=who.key_worker, reason="landlord", words="He has sold the house."
        )


def providers(stay: Stay, *, by: Staff, now: datetime) -> None:
    """Three who let homes."""
    with clock.standing_at(now - timedelta(days=60)):
        for name, kind, contact in (
            ("Northside Homes", "association", "Lettings team"),
            ("Elm Lettings", "agent", "Mrs Aldridge"),
            ("City Council housing", "council", "Options desk"),
        ):
            operations.list_provider(
                stay.scheme, by=by, name=name, kind=kind, contact=contact, phone="01632 960420"
            )


def _tomorrow_at(stay: Stay, now: datetime, hour: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(hour), stay.scheme.zone)


def tell_moving_on(
    stays: Iterable[Stay], *, workers: Callable[[Stay], Workers], now: datetime
) -> None:
    """The whole house: whoever has been here longest is furthest along, some have no plan yet."""
    here = sorted(stays, key=lambda stay: stay.moved_in_on)
    for number, stay in enumerate(here):
        stays_longer(stay, by=workers(stay).key_worker, now=now, number=number)
    providers(here[0], by=workers(here[0]).key_worker, now=now)
    settled = [stay for stay in here if stay.nights(now.date()) > SETTLED_DAYS]
    for number, stay in enumerate(settled[: len(settled) * 3 // 4]):
        who = workers(stay)
        make = (a_confirmed_plan, a_plan, a_changed_plan)[number % 3]
        make(stay, who, now=now, number=number)
        if number == 0:
            a_move_ahead(stay, who, now=now)
        if number in (1, 3):
            looking_for_a_home(stay, who, now=now)
        if number == 2:
            a_move_that_fell_through(stay, who, now=now)
