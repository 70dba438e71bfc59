"""What colleagues were asked to do once: overdue, to come, training, and one that is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.demo.house import House
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.other_duties.models import Kind, Outcome
from alongside.other_duties.operations import answer_other_duty, give_other_duty
from alongside.other_duties.queries import people_here


def tell_other_duties(house: House, *, now: datetime) -> None:
    """The manager asks four things of two workers; one was done, one should have been."""
    manager, worker = house.first("manager"), house.first("key_worker")
    colleague = house.staff["key_worker"][-1]
    with clock.standing_at(now - timedelta(days=9)):
        today = house.scheme.today()
        give_other_duty(
            house.scheme, by=manager, to=worker, what="Bring the fire log up to date",
            why="The fire officer comes next month and found two weeks empty the last time.",
            due_on=today + timedelta(days=7),
        )  # fmt: skip
        done = give_other_duty(
            house.scheme, by=manager, to=colleague, what="Order bedding for two rooms",
            why="Two people move in within the fortnight.", due_on=today + timedelta(days=5),
        )  # fmt: skip
        course = give_other_duty(
            house.scheme, by=manager, to=worker, what="First aid, half a day", kind=Kind.TRAINING,
            why="Yours runs out at the end of the quarter.", due_on=today + timedelta(days=20),
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=5)):
        today = house.scheme.today()
        answer_other_duty(done, by=colleague, on=today, words="Ordered; it comes on Thursday.")
        answer_other_duty(
            course, by=worker, on=today, outcome=Outcome.NOT_ATTENDED,
            words="The trainer was ill. There is another date in two weeks.",
        )  # fmt: skip
        about = next(iter(people_here(worker, house.scheme)), None)
        give_other_duty(
            house.scheme, by=manager, to=worker, what="Ask the council about the lost letter",
            why="Nobody there answered the first time.", due_on=today + timedelta(days=8),
            stay=about if about in people_here(manager, house.scheme) else None,
        )  # fmt: skip
    work_out(house.scheme, by=manager)
