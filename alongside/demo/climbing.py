"""How a resident of the demo moves up the stages, and once down again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from alongside.audit.operation import attempt
from alongside.demo.lives import Life
from alongside.health.operations import register_with
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.money.operations import (
    begin_payment_plan,
    begin_saving,
    list_arrears,
    list_benefit,
    record_arrears_step,
    record_deposit,
    record_payment,
)
from alongside.stages.operations import (
    confirm_line,
    demote,
    lapse_task,
    promote,
    set_not_applicable,
    tell_of_move,
    verify_task,
    waive_task,
)
from alongside.stages.queries import stage_of, task_of, tasks_at
from alongside.stages.standing import Standing
from alongside.workshops.operations import record_activity, record_volunteering

CONFIRMED = "Seen by the team over the last weeks, and talked through together."


def climb(life: Life) -> None:
    """Evidence what can be evidenced at this stage, verify it, and move up if all is done."""
    stage = stage_of(life.stay)
    if stage is None or not stage.next:
        return
    for standing in tasks_at(life.stay, stage):
        _settle(life, standing)
    promote(life.stay, by=life.manager, promoted_on=clock.today())


def part_of_the_way(life: Life) -> None:
    """Some tasks of this stage, and no move yet: what most people's sheet looks like."""
    stage = stage_of(life.stay)
    if stage is None or not stage.next:
        return
    for standing in tasks_at(life.stay, stage)[: life.rng.randint(1, 4)]:
        _settle(life, standing, waive=False)


def slip(life: Life) -> None:
    """A task lapses, and the manager decides on a stage lower."""
    now, before = stage_of(life.stay), None
    for stage in life.house.scheme.pack.stages:
        if now and stage.next == now.key:
            before = stage
    if now is None or before is None or not before.tasks:
        return
    done = [task.key for task in before.tasks if task_of(life.stay, task.key).state == "verified"]
    if not done:
        return
    lapse_task(
        life.stay, by=life.coordinator, task=done[-1], reason="no_longer_true",
        words="Not for three weeks now.",
    )  # fmt: skip
    move = demote(
        life.stay, by=life.manager, stage=before.key, reason="tasks_lapsed",
        starts_at=clock.now(), tasks=[done[-1]],
    )  # fmt: skip
    tell_of_move(
        move, by=life.worker, told_on=clock.today(), answer="Fair enough. I want it back by May."
    )


def _settle(life: Life, standing: Standing, *, waive: bool = True) -> None:
    code = standing.task.key
    if standing.is_done:
        return
    if standing.task.conditional and life.rng.random() < 0.35:
        set_not_applicable(
            life.stay, by=life.worker, task=code, reason="no_need", agreed_on=clock.today()
        )
        return
    if code in AIDS:
        AIDS[code](life)
    for line in standing.lines:
        if not line.automatic and not line.met:
            confirm_line(life.stay, by=life.worker, task=code, line=line.key, words=CONFIRMED)
    try:
        with attempt():
            verify_task(life.stay, by=life.worker, task=code)
    except Refused:
        if waive:
            waive_task(life.stay, by=life.manager, task=code, reason="not_available",
                       agreed_on=clock.today())  # fmt: skip


def _benefits(life: Life) -> None:
    for kind in ("housing_benefit", "universal_credit"):
        list_benefit(life.stay, by=life.worker, kind=kind, status="live", from_on=clock.today())


def _fitness(life: Life) -> None:
    record_activity(
        life.stay, by=life.worker, kind="fitness", what="Walking group", done_on=clock.today(),
        rating=4,
    )  # fmt: skip


def _registrations(life: Life) -> None:
    for kind, name in (("gp", "Mill Lane Surgery"), ("dentist", "Harbour Dental")):
        register_with(life.stay, by=life.worker, kind=kind, name=name, registered_on=clock.today())


def _payment_plan(life: Life) -> None:
    plan = begin_payment_plan(
        life.stay, by=life.worker, owed=Decimal(120), amount=Decimal(10), every="P1W",
        starts_on=clock.today(),
    )  # fmt: skip
    record_payment(plan, by=life.worker, paid_on=clock.today(), amount=Decimal(10))


def _saving(life: Life) -> None:
    saving = begin_saving(
        life.stay, by=life.worker, where="Credit union", goal=Decimal(400),
        opened_on=clock.today(),
    )  # fmt: skip
    record_deposit(saving, by=life.worker, saved_on=clock.today(), amount=Decimal(15), seen=True)


def _fun(life: Life) -> None:
    record_activity(
        life.stay, by=life.worker, kind="leisure", what="Five-a-side in the park",
        done_on=clock.today(), rating=5,
    )  # fmt: skip


def _arrears(life: Life) -> None:
    debt = list_arrears(life.stay, by=life.worker, creditor="Former landlord", amount=Decimal(310))
    record_arrears_step(debt, by=life.worker, kind="contact", happened_on=clock.today())


def _volunteering(life: Life) -> None:
    record_volunteering(
        life.stay, by=life.worker, organisation="Harbour Food Bank", what="Sorting",
        from_on=clock.today(), hours_a_week=Decimal(4),
    )  # fmt: skip


AIDS: dict[str, Callable[[Life], None]] = {
    "P2": _benefits,
    "P3": _fitness,
    "P4": _registrations,
    "1.3": _payment_plan,
    "2.4": _saving,
    "3.2": _fun,
    "3.3": _arrears,
    "4.3": _volunteering,
}
