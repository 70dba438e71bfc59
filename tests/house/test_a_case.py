"""A case never reaches an illegal state, whatever is tried with it and in whatever order.

Hypothesis refers people, admits them, writes and signs their plans, reviews, restricts, holds, lets
them go and erases them, in orders nobody would think of. An operation may refuse; what may not
happen is that it leaves behind what must not be.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from

from alongside.admissions.operations import move_on
from alongside.allocations.models import Allocation
from alongside.allocations.operations import allocate
from alongside.keywork.models import Booking
from alongside.keywork.operations import book_time, write_note
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.plans.models import Plan
from alongside.plans.operations import (
    agree_as_resident,
    agree_as_worker,
    open_version,
    refuse_plan,
    write_action,
)
from alongside.plans.queries import unsettled_plan
from alongside.referrals.models import Referral
from alongside.referrals.operations import decide_referral, record_move_in
from alongside.residents.models import Resident
from alongside.retention.models import Erasure, LegalHold
from alongside.retention.operations import end_hold, erase, propose_erasure, set_hold
from alongside.reviews.models import Review
from alongside.rights.models import Limit
from alongside.rights.operations import end_limit, limit_file
from alongside.signatures.signing import Mark, No
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_booked_review, a_completed_review, a_referral
from alongside.testing.cast import Cast

LONDON = ZoneInfo("Europe/London")
PAPER = Mark(method="paper", witness="Grace Okafor")
NAMES = ("Rosa Lindqvist", "Ahmed Said", "Ngaire Tūī")
EXAMPLES = int(os.environ.get("ALONGSIDE_CASES", "200"))


class ACase(RuleBasedStateMachine):
    """What people do with the files of a house. `tried` counts what was asked for."""

    cast: Cast
    tried = 0

    @initialize()
    def the_house_opens(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = datetime(2026, 4, 20, 12, tzinfo=LONDON)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do it as at this hour of this case. A refusal leaves everything as it was."""
        type(self).tried += 1
        with clock.standing_at(self.now):
            try:
                with transaction.atomic():
                    return act()
            except Refused:
                return None

    @property
    def today(self) -> date:
        return self.now.date()

    def any_of(self, model: Any, pick: int, **narrowed: Any) -> Any:
        found = list(model.objects.filter(**narrowed).order_by("pk")[:6])
        return found[pick % len(found)] if found else None

    @rule(days=sampled_from([1, 7, 30, 200, 2_600]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(name=sampled_from(NAMES))
    def somebody_is_referred(self, name: str) -> None:
        self.attempt(
            lambda: a_referral(
                self.cast.mill_house, by=self.cast.grace, name=name, received_on=self.today,
                consent_on=self.today,
            )
        )  # fmt: skip

    @rule(pick=integers(0, 5), outcome=sampled_from(["accept", "decline"]))
    def a_referral_is_decided(self, pick: int, outcome: str) -> None:
        if referral := self.any_of(Referral, pick):
            reason = "fits" if outcome == "accept" else "risk"
            self.attempt(
                lambda: decide_referral(
                    referral, by=self.cast.grace, outcome=outcome, reason=reason,
                    decided_on=self.today,
                )
            )  # fmt: skip

    @rule(pick=integers(0, 5), bed=integers(0, 3))
    def somebody_moves_in(self, pick: int, bed: int) -> None:
        referral = self.any_of(Referral, pick)
        resident = referral.resident if referral else self.any_of(Resident, pick)

        def moved_in() -> None:
            stay = begin_stay(
                self.cast.mill_house, by=self.cast.grace, resident=resident,
                bed=self.cast.beds[bed], moved_in_on=self.today,
            )  # fmt: skip
            if referral:
                record_move_in(referral, by=self.cast.grace, stay=stay)

        self.attempt(moved_in)

    @rule(pick=integers(0, 5))
    def a_key_worker_is_named(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(
                lambda: allocate(
                    stay, by=self.cast.grace, worker=self.cast.amina, from_on=self.today,
                    reason="continuity",
                )
            )  # fmt: skip

    @rule(pick=integers(0, 5), days=integers(0, 9))
    def a_session_is_booked(self, pick: int, days: int) -> None:
        if stay := self.any_of(Stay, pick):
            on = self.today + timedelta(days=days)
            self.attempt(
                lambda: book_time(
                    stay, by=self.cast.amina, worker=self.cast.amina, on=on, starts=time(15),
                    venue="office",
                )
            )  # fmt: skip

    @rule(pick=integers(0, 5))
    def a_note_is_written(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(
                lambda: write_note(stay, by=self.cast.amina, kind="informal", text="We talked.")
            )

    @rule(pick=integers(0, 5))
    def a_plan_is_written(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            plan = self.attempt(lambda: open_version(stay, by=self.cast.amina, why="New"))
            if plan:
                self.attempt(
                    lambda: write_action(
                        plan, by=self.cast.amina, text="Open an account", when_on=self.today
                    )
                )

    @rule(pick=integers(0, 5), who=sampled_from(["resident", "worker", "no"]))
    def a_plan_is_signed(self, pick: int, who: str) -> None:
        stay = self.any_of(Stay, pick)
        plan = unsettled_plan(stay) if stay else None
        if plan is None:
            return
        acts: dict[str, Callable[[], Any]] = {
            "resident": lambda: agree_as_resident(plan, by=self.cast.amina, mark=PAPER),
            "worker": lambda: agree_as_worker(plan, by=self.cast.amina, mark=PAPER),
            "no": lambda: refuse_plan(plan, by=self.cast.amina, no=No(reason="wants_advice")),
        }
        self.attempt(acts[who])

    @rule(pick=integers(0, 5))
    def a_review_is_held(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(
                lambda: a_completed_review(
                    a_booked_review(stay, by=self.cast.grace, planned_on=self.today),
                    by=self.cast.grace,
                )
            )

    @rule(pick=integers(0, 5), kind=sampled_from(["only", "never"]))
    def a_file_is_closed(self, pick: int, kind: str) -> None:
        if stay := self.any_of(Stay, pick):
            who = self.cast.grace if kind == "only" else self.cast.amina
            self.attempt(
                lambda: limit_file(stay, by=self.cast.grace, kind=kind, staff=[who], because="Kin.")
            )

    @rule(pick=integers(0, 5))
    def a_file_is_opened_again(self, pick: int) -> None:
        if limit := self.any_of(Limit, pick, ended_at=None):
            stay = Stay.objects.filter(resident=limit.resident_id).first()
            if stay:
                self.attempt(
                    lambda: end_limit(stay, by=self.cast.grace, limit=limit, because="Over.")
                )

    @rule(pick=integers(0, 5))
    def a_hold_is_set(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(lambda: set_hold(stay, by=self.cast.grace, because="A claim is made."))

    @rule(pick=integers(0, 5))
    def a_hold_ends(self, pick: int) -> None:
        if hold := self.any_of(LegalHold, pick, ended_at=None):
            self.attempt(lambda: end_hold(hold, by=self.cast.grace, because="It is settled."))

    @rule(pick=integers(0, 5), days_ago=integers(0, 3))
    def somebody_moves_on(self, pick: int, days_ago: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(
                lambda: move_on(
                    stay, by=self.cast.grace, moved_out_on=self.today - timedelta(days=days_ago),
                    left_because="planned", destination="private_tenancy",
                )
            )  # fmt: skip

    @rule(pick=integers(0, 5))
    def erasing_is_proposed(self, pick: int) -> None:
        if stay := self.any_of(Stay, pick):
            self.attempt(lambda: propose_erasure(stay, by=self.cast.amina))

    @rule(pick=integers(0, 5))
    def a_file_is_erased(self, pick: int) -> None:
        if erasure := self.any_of(Erasure, pick):
            self.attempt(lambda: erase(erasure, by=self.cast.grace))

    @invariant()
    def nobody_stays_twice_and_no_bed_is_given_twice(self) -> None:
        current = Stay.objects.filter(moved_out_on=None)
        for field in ("resident", "bed"):
            held = current.exclude(**{field: None}).values(field).annotate(n=Count("pk"))
            assert not held.filter(n__gt=1).exists()
        assert not Stay.objects.filter(moved_out_on__lt=F("moved_in_on")).exists()

    @invariant()
    def at_most_one_plan_holds_and_none_without_both_hands_or_a_refusal(self) -> None:
        holding = Plan.objects.filter(replaced_at=None)
        for which in (holding.filter(in_force_at=None), holding.exclude(in_force_at=None)):
            assert not which.values("stay").annotate(n=Count("pk")).filter(n__gt=1).exists()
        for plan in holding.exclude(in_force_at=None).select_related("stay"):
            assert plan.worker_agreed_by_id
            assert plan.sealed_at

    @invariant()
    def nothing_is_booked_or_held_for_whoever_has_left(self) -> None:
        left = Stay.objects.filter(moved_out_on__lt=self.today, case_kept_open=False)
        assert not Booking.objects.open().filter(stay__in=left, starts_at__gt=self.now).exists()
        assert not Allocation.objects.current().filter(stay__in=left).exists()

    @invariant()
    def one_person_holds_a_case(self) -> None:
        open_ones = Allocation.objects.filter(until_on=None).values("stay", "role")
        assert not open_ones.annotate(n=Count("pk")).filter(n__gt=1).exists()

    @invariant()
    def a_hold_beats_erasing(self) -> None:
        held = LegalHold.objects.filter(ended_at=None).values("resident")
        assert not Erasure.objects.filter(erased_at__isnull=False, resident_id__in=held).exists()

    @invariant()
    def whoever_was_erased_is_nowhere(self) -> None:
        gone = Erasure.objects.filter(erased_at__isnull=False).values("resident_id")
        assert not Resident.objects.filter(pk__in=gone).exists()
        assert not Stay.objects.filter(resident_id__in=gone).exists()

    @invariant()
    def a_referral_that_was_refused_brought_nobody(self) -> None:
        assert not Referral.objects.filter(Q(state="declined"), stay__isnull=False).exists()

    @invariant()
    def a_review_that_is_complete_was_held(self) -> None:
        assert not Review.objects.exclude(completed_at=None).filter(held_on=None).exists()


@pytest.mark.slow
@pytest.mark.goal("G28")
@pytest.mark.django_db
def test_whatever_is_tried_in_whatever_order_leaves_no_case_illegal(
    cast: Cast, tally: Callable[..., None]
) -> None:
    ACase.cast, ACase.tried = cast, 0
    run_state_machine_as_test(
        ACase,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=30, deadline=None, database=None,
            derandomize=True, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    tally(EXAMPLES, of=EXAMPLES)
