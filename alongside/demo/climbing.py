"""How a resident of the demo moves up the stages, and once down again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from alongside.audit.operation import attempt
from alongside.chores.models import HouseDuty
from alongside.chores.operations import check_duty, give_duty
from alongside.demo.lives import Life
from alongside.health.operations import record_observation, register_with
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
from alongside.stages.standing import Standing, State
from alongside.workshops.operations import (
    add_contact,
    begin_house_role,
    confirm_contact,
    record_activity,
    record_part_taken,
    record_volunteering,
)

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
    done = [
        task.key for task in before.tasks if task_of(life.stay, task.key).state == State.VERIFIED
    ]
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
        standing = task_of(life.stay, code)
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


def _seen(*kinds: str) -> Callable[[Life], None]:
    """What staff saw of it, a week ago and today."""

    def see(life: Life) -> None:
        for kind in kinds:
            for back, stands, words in ((7, "getting_there", EARLIER), (0, "good", LATELY)):
                day = max(clock.today() - timedelta(days=back), life.stay.moved_in_on)
                record_observation(
                    life.stay, by=life.worker, kind=kind, stands=stands, words=words, seen_on=day
                )

    return see


def _good(*kinds: str) -> Callable[[Life], None]:
    """Good, twice within the week."""

    def see(life: Life) -> None:
        for kind in kinds:
            for back in (4, 0):
                day = max(clock.today() - timedelta(days=back), life.stay.moved_in_on)
                record_observation(
                    life.stay, by=life.worker, kind=kind, stands="good", words=LATELY, seen_on=day
                )

    return see


def _house_duties(life: Life) -> None:
    """Their turn in the kitchen, week after week, and somebody who looked."""
    first = max(clock.today() - timedelta(weeks=3), life.stay.moved_in_on)
    weeks = (clock.today() - first).days // 7 + 1
    give_duty(life.stay, by=life.worker, kind="kitchen", first_on=first, weeks=weeks)
    for duty in HouseDuty.objects.filter(stay=life.stay, result=""):
        check_duty(duty, by=life.worker, result="done")


def _in_role(role: str, part: str, *, times: int) -> Callable[[Life], None]:
    """A role in the house, and the part they took in it."""

    def take(life: Life) -> None:
        begun = max(clock.today() - timedelta(weeks=2 * times), life.stay.moved_in_on)
        begin_house_role(life.stay, by=life.worker, role=role, from_on=begun)
        for number in range(times):
            day = max(clock.today() - timedelta(weeks=2 * number), begun)
            record_part_taken(life.stay, by=life.worker, kind=part, done_on=day)

    return take


def _spokesperson(life: Life) -> None:
    _in_role("house_spokesperson", "team_meeting", times=2)(life)
    record_part_taken(
        life.stay, by=life.worker, kind="peer_support", done_on=clock.today(),
        words="Showed somebody new how the laundry works.",
    )  # fmt: skip


def _network(life: Life) -> None:
    for kind, name, words in (
        ("group", "Harbour Choir", "sings on Wednesdays"),
        ("person", "A former workmate", "rings on Sundays"),
    ):
        contact = add_contact(
            life.stay, by=life.worker, kind=kind, name=name, words=words,
            since_on=life.stay.moved_in_on,
        )  # fmt: skip
        confirm_contact(contact, by=life.worker, confirmed_on=clock.today())


EARLIER = "Better some days than others."
LATELY = "Steady now, and they say so themselves."

AIDS: dict[str, Callable[[Life], None]] = {
    "P2": _benefits,
    "P3": _fitness,
    "P4": _registrations,
    "1.1": _seen("hygiene"),
    "1.2": _good("medication"),
    "1.3": _payment_plan,
    "1.4": _house_duties,
    "2.1": _seen("healthy_eating"),
    "2.3": _seen("sleep"),
    "2.4": _saving,
    "3.2": _fun,
    "3.3": _arrears,
    "3.4": _good("hygiene", "sleep", "exercise"),
    "4.3": _volunteering,
    "4.5": _spokesperson,
    "5.1": _in_role("committee_representative", "committee_meeting", times=1),
    "5.3": _in_role("buddy", "buddy_contact", times=1),
    "5.4": _network,
}
