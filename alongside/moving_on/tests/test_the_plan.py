"""The move-on plan, its day, its steps, what stands in the way, what is shared."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations.operations import accept_case, allocate, hand_over_case
from alongside.allocations.queries import holder
from alongside.duties.engine import Happening
from alongside.duties.facts import occurrences
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.kit.refusal import NotPermitted, Refused
from alongside.money.operations import begin_saving, list_arrears
from alongside.moving_on import models, operations
from alongside.moving_on.facts import overdue_steps, target_of
from alongside.moving_on.queries.overview import counts_at, moving_on_at, rows_of
from alongside.moving_on.queries.readiness import readiness_of
from alongside.moving_on.tests.scenes import TODAY, a_move_on_plan, a_step
from alongside.plans.operations import report_action, verify_action
from alongside.testing.builders import a_stay
from alongside.testing.cast import SETTING_UP, a_member_of_staff

LONDON = ZoneInfo("Europe/London")


def _at(day: date):
    return time_machine.travel(
        datetime(day.year, day.month, day.day, 12, tzinfo=LONDON), tick=False
    )


def ready(stay, viewer):
    """As the page asks: with the open barriers and late steps it has at hand."""
    barriers = stay.move_on_barriers.filter(closed_on=None).count()
    return readiness_of(stay, viewer=viewer, barriers=barriers, late=overdue_steps(stay, TODAY))


@pytest.mark.req("S0-67")
def test_amina_and_tomasz_write_a_plan_for_where_he_wants_to_live(tomasz, amina):
    plan = a_move_on_plan(tomasz, by=amina, area="Canal side", their_words="Somewhere quiet.")

    assert plan.number == 1
    assert plan.housing_says == "A private rented home"
    assert occurrences("move_on_plan.written", tomasz) == [TODAY]


@pytest.mark.req("S0-67")
def test_another_kind_of_home_makes_another_version_and_needs_its_reason(tomasz, amina):
    first = a_move_on_plan(tomasz, by=amina)
    with pytest.raises(Refused, match="needs its reason"):
        a_move_on_plan(tomasz, by=amina, housing="social")

    second = a_move_on_plan(tomasz, by=amina, housing="social", change_reason="changed_mind")

    first.refresh_from_db()
    assert (first.housing, second.housing, second.number) == ("private", "social", 2)


def test_a_reason_that_says_too_little_asks_for_words_beside_the_field(tomasz, amina):
    a_move_on_plan(tomasz, by=amina)

    with pytest.raises(Refused) as refused:
        a_move_on_plan(tomasz, by=amina, change_reason="circumstances")

    assert refused.value.field == "change_words"


@pytest.mark.req("S0-20")
def test_the_day_to_move_on_by_is_84_days_after_moving_in(tomasz):
    assert target_of(tomasz) == date(2026, 5, 25)
    assert occurrences("move_on_target.reached", tomasz) == [Happening(date(2026, 5, 25), "first")]


@pytest.mark.req("S0-20")
def test_past_the_day_the_service_asks_for_a_reason_and_another_day_and_nobody_is_moved_out(
    cast, tomasz, amina
):
    with _at(date(2026, 5, 27)):
        work_out(cast.mill_house, by=SETTING_UP)
        owed = Duty.objects.get(stay=tomasz, key="move-on-target", state="open")
        assert (owed.opens_on, owed.due_on) == (date(2026, 5, 25), date(2026, 6, 1))

        operations.set_target(tomasz, by=amina, target_on=date(2026, 7, 20), reason="no_home")

        assert Duty.objects.get(pk=owed.pk).state == "met"
        tomasz.refresh_from_db()
        assert tomasz.is_current()
        assert target_of(tomasz) == date(2026, 7, 20)


def test_a_day_that_is_set_anew_before_it_comes_is_never_asked_about(tomasz, amina):
    operations.set_target(tomasz, by=amina, target_on=date(2026, 6, 30), reason="waiting")

    target = tomasz.move_on_targets.get()
    assert occurrences("move_on_target.reached", tomasz) == [
        Happening(date(2026, 6, 30), str(target.pk))
    ]
    assert not occurrences("move_on_target.renewed", tomasz)


@pytest.mark.parametrize(
    ("day", "reason", "says"),
    [
        (date(2026, 4, 19), "no_home", "day is over"),
        (date(2026, 5, 25), "no_home", "the day it has now"),
        (date(2026, 6, 30), "", "needs its reason"),
        (date(2026, 6, 30), "other", "says too little"),
    ],
)
def test_another_day_is_ahead_is_another_and_has_a_reason(tomasz, amina, day, reason, says):
    with pytest.raises(Refused, match=says):
        operations.set_target(tomasz, by=amina, target_on=day, reason=reason)


@pytest.mark.req("S0-22", "S0-20")
def test_the_list_counts_the_days_without_a_plan_and_the_mean_stay(cast, tomasz, amina, grace):
    rosa = a_stay(cast.beds[1], by=grace)
    a_move_on_plan(rosa, by=amina)

    rows = {row.stay.pk: row for row in rows_of(cast.mill_house, moving_on_at(cast.mill_house))}

    assert rows[tomasz.pk].days_without == 49
    assert rows[rosa.pk].days_without is None
    assert counts_at(cast.mill_house).without == 1
    assert counts_at(cast.mill_house).mean_days is None


@pytest.mark.req("S0-52")
def test_a_barrier_stands_until_it_is_out_of_the_way(tomasz, amina, grace):
    barrier = operations.name_barrier(
        tomasz, by=amina, area="papers", what="No passport", since_on=date(2026, 3, 9),
        effect="No agent will let to him.", who_helps="The consulate", step="Book a day there",
    )  # fmt: skip
    shown = {line.label: line for line in ready(tomasz, amina)}
    assert (shown["Barriers"].says, shown["Barriers"].tone) == ("1 open", "warn")

    operations.close_barrier(barrier, by=amina, closed_on=TODAY, words="He has it now.")

    shown = {line.label: line for line in ready(tomasz, amina)}
    assert shown["Barriers"].says == "None open"
    with pytest.raises(Refused, match="out of the way already"):
        operations.close_barrier(barrier, by=amina, closed_on=TODAY, words="Again")


@pytest.mark.req("S0-52")
def test_a_step_against_a_barrier_is_an_action_of_the_plan(tomasz, amina):
    barrier = operations.name_barrier(
        tomasz, by=amina, area="papers", what="No passport", since_on=TODAY
    )
    task = operations.add_task(
        tomasz, by=amina, text="Book a day at the consulate", when_on=date(2026, 4, 24),
        barrier=barrier,
    )  # fmt: skip

    assert task.action in tomasz.plan_actions.all()
    assert task.action.state == "Agreed"


def test_a_barrier_of_somebody_else_is_refused(cast, tomasz, amina, grace):
    rosa = a_stay(cast.beds[1], by=grace)
    theirs = operations.name_barrier(rosa, by=amina, area="money", what="Debt", since_on=TODAY)

    with pytest.raises(Refused, match="another file"):
        operations.add_task(tomasz, by=amina, text="x", when_on=TODAY, barrier=theirs)


@pytest.mark.req("S1-82")
def test_the_manager_confirms_a_plan_that_has_a_step_and_it_is_evidence_for_stage_three(
    tomasz, amina, grace
):
    plan = a_move_on_plan(tomasz, by=amina)
    with pytest.raises(Refused, match="no step yet"):
        operations.confirm_plan(plan, by=grace)
    a_step(tomasz, by=amina)

    with pytest.raises(NotPermitted):
        operations.confirm_plan(plan, by=amina)
    operations.confirm_plan(plan, by=grace, words="Two agents let to people on benefits.")

    assert occurrences("move_on_plans.confirmed", tomasz) == [TODAY]


@pytest.mark.req("S1-82")
def test_another_version_is_confirmed_again(tomasz, amina, grace):
    a_step(tomasz, by=amina)
    plan = a_move_on_plan(tomasz, by=amina)
    operations.confirm_plan(plan, by=grace)

    a_move_on_plan(tomasz, by=amina, housing="social", change_reason="not_to_be_had")

    assert not occurrences("move_on_plans.confirmed", tomasz)
    with pytest.raises(Refused, match="confirmed already"):
        operations.confirm_plan(plan, by=grace)


@pytest.mark.req("S1-94")
def test_all_appropriate_action_means_that_no_step_is_late(tomasz, amina, grace):
    assert not occurrences("move_on.none_overdue", tomasz)
    a_move_on_plan(tomasz, by=amina)
    task = a_step(tomasz, by=amina)
    assert occurrences("move_on.none_overdue", tomasz) == [TODAY]

    with _at(date(2026, 4, 25)):
        assert not occurrences("move_on.none_overdue", tomasz)
        report_action(task.action, by=amina)
        verify_action(task.action, by=grace, ending="achieved")
        assert occurrences("move_on.none_overdue", tomasz) == [date(2026, 4, 25)]


def test_readiness_gathers_what_other_rooms_know(tomasz, amina):
    begin_saving(tomasz, by=amina, where="Credit union", goal=Decimal(300), opened_on=TODAY)
    list_arrears(tomasz, by=amina, creditor="Northside Homes")
    operations.plan_home_step(tomasz, by=amina, kind="furniture", phase="before")

    shown = {line.label: line.says for line in ready(tomasz, amina)}

    assert shown["Savings"] == "0.00 of 300.00"
    assert shown["Arrears"] == "1 of 1 without an agreement"
    assert shown["New home"] == "0 of 1 arranged"
    assert shown["Skills"] == "No assessment with a score yet"


@pytest.mark.req("S0-71")
def test_what_the_new_home_needs_is_listed_with_where_it_comes_from_and_what_it_costs(
    tomasz, amina
):
    step = operations.plan_home_step(
        tomasz, by=amina, kind="furniture", phase="before", what="Bed and table",
        due_on=date(2026, 5, 1),
    )  # fmt: skip

    operations.do_home_step(
        step, by=amina, done_on=TODAY, source="Furniture project", cost=Decimal("80.00")
    )

    step.refresh_from_db()
    assert (step.source, step.cost, step.done_by) == ("Furniture project", Decimal("80.00"), amina)
    with pytest.raises(Refused, match="done already"):
        operations.do_home_step(step, by=amina, done_on=TODAY)


@pytest.mark.req("S1-37")
def test_the_project_worker_and_the_coordinator_share_what_is_to_be_settled(cast, tomasz, amina):
    dylan = a_member_of_staff(cast.mill_house, "Dylan Shaw", "project_worker")
    issue = operations.raise_issue(tomasz, by=dylan, what="Who pays the deposit?", owner=amina)

    operations.comment_on_issue(issue, by=amina, words="The council has a fund; I have asked.")
    operations.settle_issue(issue, by=dylan, words="The fund pays it.")

    issue.refresh_from_db()
    assert [one.recorded_by for one in issue.comments.all()] == [amina]
    assert issue.settled_by == dylan
    with pytest.raises(Refused, match="settled"):
        operations.comment_on_issue(issue, by=amina, words="One more thing")


def test_somebody_of_another_house_cannot_own_what_is_shared(cast, tomasz, amina):
    with pytest.raises(Refused, match="does not work here"):
        operations.raise_issue(tomasz, by=amina, what="Keys", owner=cast.owen)


@pytest.mark.req("S1-41")
def test_the_case_passes_to_the_reintegration_worker_who_accepts_it(cast, tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=grace)
    offered = hand_over_case(
        tomasz, by=grace, to=bilal, summary="Moves in May.", risks="None", open_actions="Deposit"
    )
    assert holder(tomasz) == amina

    accept_case(offered, by=bilal)

    assert holder(tomasz) == bilal


def _refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_what_contradicts_itself(tomasz, amina):
    said = {"stay": tomasz, "housing": "private", "written_on": TODAY}
    make = models.MoveOnPlan.objects.create
    _refuses(lambda: make(goal="", **said))
    _refuses(lambda: make(goal="x", number=2, **said))
    _refuses(lambda: make(goal="x", confirmed_on=TODAY, **said))
    make(goal="x", **said)
    _refuses(lambda: make(goal="y", **said))
    target = {"stay": tomasz, "before_on": TODAY, "set_on": TODAY}
    aim = models.Target.objects.create
    _refuses(lambda: aim(target_on=date(2026, 4, 19), reason="x", **target))
    _refuses(lambda: aim(target_on=TODAY, reason="", **target))
    hurdle, day = models.Barrier.objects.create, date(2026, 4, 1)
    _refuses(lambda: hurdle(stay=tomasz, area="money", what="", since_on=day))
    stands = {"stay": tomasz, "area": "money", "what": "x", "since_on": TODAY}
    _refuses(lambda: hurdle(closed_on=TODAY, **stands))
    _refuses(lambda: hurdle(closed_on=day, closed_by=amina, **stands))
    need = models.HomeStep.objects.create
    _refuses(lambda: need(stay=tomasz, kind="x", phase="x", cost=-1))
    _refuses(lambda: need(stay=tomasz, kind="x", phase="x", done_on=TODAY))
    share = {"stay": tomasz, "owner": amina, "raised_on": TODAY}
    _refuses(lambda: models.Issue.objects.create(what="", **share))
    _refuses(lambda: models.Issue.objects.create(what="x", settled_on=TODAY, **share))
    issue = models.Issue.objects.create(what="x", **share)
    _refuses(lambda: models.IssueComment.objects.create(issue=issue, words="", recorded_by=amina))


def test_the_page_keeps_what_was_typed_and_says_what_is_missing(client, tomasz, amina):
    client.force_login(amina)
    address = reverse("moving_on:record", args=[tomasz.pk, "plan"])

    wrong = client.post(address, {"housing": "private", "area": "Canal side"})

    assert wrong.status_code == 422
    assert "Canal side" in wrong.content.decode()
    right = client.post(address, {"housing": "private", "goal": "A flat", "area": "Canal side"})
    assert right.status_code == 302
    shown = client.get(reverse("moving_on:moving-on", args=[tomasz.pk])).content.decode()
    assert "A private rented home" in shown


def test_a_form_sent_twice_writes_one_version(client, tomasz, amina):
    client.force_login(amina)
    address = reverse("moving_on:record", args=[tomasz.pk, "plan"])
    sent = {"housing": "private", "goal": "A flat", "once": "1f0a4c1e6f5b4c0ba1d5a5d0f3a9f001"}

    client.post(address, sent)
    client.post(address, sent)

    assert models.MoveOnPlan.objects.count() == 1


def test_the_pages_ask_the_same_however_long_the_file(
    client, tomasz, amina, grace, django_assert_max_num_queries
):
    a_move_on_plan(tomasz, by=amina)
    client.force_login(amina)
    client.get("/")
    for number in range(6):
        operations.name_barrier(
            tomasz, by=amina, area="money", what=f"Debt {number}", since_on=TODAY
        )
        a_step(tomasz, by=amina)
        operations.raise_issue(tomasz, by=amina, what=f"Thing {number}", owner=grace)
        operations.plan_home_step(tomasz, by=amina, kind="furniture", phase="before")
    for name, most in (("moving-on", 12), ("housing", 12), ("new-home", 12)):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"moving_on:{name}", args=[tomasz.pk]))


def test_the_list_asks_the_same_for_one_and_for_many(
    client, cast, amina, grace, django_assert_max_num_queries
):
    for bed, name in zip(cast.beds[1:], ("Rosa Lind", "Idris Khan", "Mina Sato"), strict=True):
        a_move_on_plan(a_stay(bed, by=grace, name=name), by=amina)
    client.force_login(grace)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("moving_on:moving-on-here", args=["mill-house"]))

    assert "None for 49 days" in page.content.decode()


def test_to_owen_none_of_this_exists(client, tomasz, amina, owen):
    barrier = operations.name_barrier(
        tomasz, by=amina, area="papers", what="No passport", since_on=TODAY
    )
    client.force_login(owen)
    for address in (
        reverse("moving_on:moving-on", args=[tomasz.pk]),
        reverse("moving_on:record", args=[tomasz.pk, "plan"]),
        reverse("moving_on:follow-up", args=["close-barrier", barrier.pk]),
        reverse("moving_on:moving-on-here", args=["mill-house"]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        a_move_on_plan(tomasz, by=owen)


def test_the_kitchen_does_not_read_it(client, cast, tomasz):
    client.force_login(a_member_of_staff(cast.mill_house, "Kit Brown", "kitchen"))

    assert client.get(reverse("moving_on:moving-on", args=[tomasz.pk])).status_code == 403
