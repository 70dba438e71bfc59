"""What goes otherwise in some lives: a slip of the pen, a no, a night that was cancelled.

Each turn is told at a day of its own, counted back from today, and only where the person was
there by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from alongside.allocations.operations import ask_for_change, decide_change
from alongside.audit.operation import attempt
from alongside.building.operations import book_night_out, cancel_night_out, check_in, check_out
from alongside.demo import words
from alongside.demo.lives import Happening, Life
from alongside.keywork.operations import correct_note, write_note
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.plans.operations import (
    add_goal,
    open_version,
    read_plan,
    refuse_plan,
    write_plan,
)
from alongside.plans.queries import plan_in_force
from alongside.signatures.signing import No
from alongside.stages.operations import keep_stage, lapse_task
from alongside.stages.queries import stage_of, task_of
from alongside.stages.standing import State

type Act = Callable[[Life], object]
SETTLED = timedelta(days=14)


def turns_of(life: Life, today: date) -> Iterator[Happening]:
    """The turns of this life, each at its time."""
    for key in sorted(life.turns & TURNS.keys()):
        ago, hour, act = TURNS[key]
        day = today - timedelta(days=ago)
        if day > life.moved_in_on + SETTLED:
            yield life.at(day, hour), lambda act=act: act(life)  # type: ignore[misc]


def _late_note(life: Life) -> None:
    write_note(
        life.stay, by=life.worker, kind="informal", text=life.say([words.LATE_NOTE]),
        happened_on=clock.today() - timedelta(days=2), happened_time=time(18, 15), minutes=15,
        late_reason="busy_shift",
    )  # fmt: skip


def _corrected(life: Life) -> None:
    note = write_note(
        life.stay, by=life.worker, kind="informal", text=life.say([words.WRONG_NOTE]), minutes=10
    )
    correct_note(
        note,
        by=life.worker,
        text=life.say([words.RIGHT_NOTE]),
        because="It was Monday, not Tuesday",
    )


def _confidential(life: Life) -> None:
    write_note(
        life.stay, by=life.worker, kind="informal", restricted=True, readers=[life.manager],
        text=life.say(words.CONFIDENTIAL), minutes=20,
    )  # fmt: skip


def _another_worker(life: Life) -> None:
    """Somebody asks for another key worker, and gets one."""
    team = [one for one in life.house.staff["key_worker"] if one != life.worker]
    request = ask_for_change(
        life.stay, by=life.coordinator, reason="not_working",
        words="Says that they talk past each other. No hard feelings.",
    )  # fmt: skip
    decide_change(
        request, by=life.manager, decision="change", reason="not_working", successor=team[-1],
        decision_words="Both agree. The new key worker knows them from the workshops.",
        feedback="Fine by me, thanks for asking.",
    )  # fmt: skip
    life.worker = team[-1]


def _does_not_sign(life: Life) -> None:
    """A new version of the plan that the person does not sign."""
    plan = open_version(life.stay, by=life.worker, why="The flat fell through.")
    write_plan(
        plan, by=life.worker, voice={"wants": "A flat, not another hostel.", "hopes": "By summer."},
        took_part=f"{life.resident.first_name}, {life.worker.name}",
    )  # fmt: skip
    plan.refresh_from_db()
    add_goal(
        plan, by=life.worker, words="I want to try again for a flat.", whose_idea="resident",
        need="4.1", outcome="On the list of two landlords", strength="Does not give up",
        agencies="Council housing options",
    )  # fmt: skip
    plan.refresh_from_db()
    refuse_plan(
        plan, by=life.worker,
        no=No(reason="disagrees", disagrees_with="The money part. It is nobody’s business."),
    )  # fmt: skip


def _reads_it(life: Life) -> None:
    if plan := plan_in_force(life.stay):
        read_plan(plan, by=life.worker)


def _lapse(life: Life) -> None:
    """A task lapses, and the stage is kept."""
    stage = stage_of(life.stay)
    done = [
        task.key
        for one in life.house.scheme.pack.stages
        if stage and one.next == stage.key
        for task in one.tasks
        if task_of(life.stay, task.key).state == State.VERIFIED
    ]
    if not done:
        return
    lapse_task(
        life.stay, by=life.coordinator, task=done[0], reason="no_longer_true",
        words="Three weeks without a payment.",
    )  # fmt: skip
    if "keeps" in life.turns:
        keep_stage(
            life.stay, by=life.manager, words="Paid again since Friday. Everything else holds."
        )


def _night(life: Life, *, cancelled: bool = False, tonight: bool = False) -> None:
    address = life.rng.choice(
        ("Their sister’s, 4 Elm Row", "Mum’s, 17 Quarry Lane", "A friend’s, Flat 2, 9 Dock Road")
    )
    back = life.at(clock.today() + timedelta(days=1), 12)
    try:
        with attempt():
            night = book_night_out(
                life.stay, by=life.worker, night_of=clock.today(), back_by=back, address=address,
                phone=f"01632 960{life.rng.randint(100, 999)}",
            )  # fmt: skip
    except Refused:
        return  # their stage does not open it
    if cancelled:
        cancel_night_out(night, by=life.worker, because="The trains are not running.")
    elif not tonight:
        check_out(night, by=life.worker)
        with clock.standing_at(back - timedelta(minutes=40)):
            night.refresh_from_db()
            check_in(night, by=life.worker)


# How many days ago, at what hour, and what.
TURNS: dict[str, tuple[int, int, Act]] = {
    "late_note": (5, 14, _late_note),
    "corrected": (3, 11, _corrected),
    "confidential": (10, 16, _confidential),
    "another_worker": (34, 12, _another_worker),
    "does_not_sign": (6, 15, _does_not_sign),
    "reads_it": (8, 9, _reads_it),
    "lapse": (7, 10, _lapse),
    "night": (9, 17, _night),
    "cancelled": (16, 17, lambda life: _night(life, cancelled=True)),
    "tonight": (0, 8, lambda life: _night(life, tonight=True)),
}
