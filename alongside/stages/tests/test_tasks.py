"""Tasks: evidence, verification, what is set aside, and what lapses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit.models import Entry
from alongside.health.operations import register_with
from alongside.kit.refusal import NotPermitted, Refused
from alongside.money.operations import list_benefit, record_status
from alongside.stages import operations, queries
from alongside.stages.models import Decided, TaskDecision
from alongside.stages.standing import State, longest_run
from alongside.stages.tests.scenes import TODAY, evidence_for, verified
from alongside.testing.cast import a_member_of_staff
from alongside.workshops.tests.test_taking_part import some_workshops


def state(stay, task):
    return queries.task_of(stay, task).state


def both_benefits(stay, by):
    return [
        list_benefit(stay, by=by, kind=kind, status="live", from_on=date(2026, 4, 1))
        for kind in ("housing_benefit", "universal_credit")
    ]


@pytest.mark.req("S1-25", "S1-61")
def test_benefits_that_are_both_live_evidence_the_task_and_staff_verify_it(tomasz, amina):
    with pytest.raises(Refused, match="Not everything is evidenced"):
        operations.verify_task(tomasz, by=amina, task="P2")
    both_benefits(tomasz, amina)
    assert state(tomasz, "P2") == State.OFFERED

    decision = operations.verify_task(tomasz, by=amina, task="P2")

    assert state(tomasz, "P2") == State.VERIFIED
    assert "Housing Benefit is live: Yes, 1 April 2026" in decision.stood_on


@pytest.mark.req("S1-61", "S1-29")
def test_when_a_benefit_is_suspended_the_task_lapses_and_the_stage_stays(tomasz, amina, grace):
    operations.enter_first_stage(tomasz, by=grace)
    benefit, _ = both_benefits(tomasz, amina)
    operations.verify_task(tomasz, by=amina, task="P2")

    record_status(benefit, by=amina, status="suspended", from_on=TODAY)

    assert state(tomasz, "P2") == State.LAPSED
    lapse = TaskDecision.objects.get(kind=Decided.LAPSED)
    assert (lapse.reason, lapse.decided_by) == ("benefit_stopped", None)
    entry = Entry.objects.get(record_id=lapse.pk)
    assert (entry.actor_kind, entry.system) == ("system", "the record")
    assert [one.task for one in queries.lapses_waiting(tomasz.scheme)] == ["P2"]
    assert str(queries.stage_of(tomasz)) == "Probation"

    record_status(benefit, by=amina, status="live", from_on=TODAY)
    operations.verify_task(tomasz, by=amina, task="P2")
    assert not queries.lapses_waiting(tomasz.scheme)


@pytest.mark.req("S1-63")
def test_a_task_of_several_parts_needs_every_part(tomasz, amina):
    for kind in ("gp", "dentist"):
        register_with(tomasz, by=amina, kind=kind, name="Canal Street", registered_on=TODAY)
    with pytest.raises(Refused, match="Registered with every other service"):
        operations.verify_task(tomasz, by=amina, task="P4")

    verified(tomasz, "P4", by=amina)

    assert state(tomasz, "P4") == State.VERIFIED


@pytest.mark.req("S1-81")
def test_three_separate_confirmations_are_needed(tomasz, amina):
    for of in ("hygiene", "sleep"):
        line = f"observations.good:{of}"
        operations.confirm_line(tomasz, by=amina, task="3.4", line=line, words="Seen")
    operations.read_evidence(evidence_for(tomasz, "3.4", by=amina), by=amina, verdict="accepted")

    with pytest.raises(Refused, match="Exercises regularly"):
        operations.verify_task(tomasz, by=amina, task="3.4")


@pytest.mark.req("S1-78")
@pytest.mark.parametrize(
    ("attended", "met", "shown"),
    [
        (8, True, "8 of 16 workshops: 50.0 per cent, needs 50"),
        (7, False, "7 of 16 workshops: 43.8 per cent, needs 50"),
    ],
)
def test_half_of_the_workshops_is_worked_out_and_shown(tomasz, amina, attended, met, shown):
    some_workshops(tomasz, amina, attended=attended, held=16)

    (line,) = queries.task_of(tomasz, "3.1").lines

    assert (line.met, line.shown) == (met, shown)


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40))
def test_the_longest_run_of_weeks_is_no_longer_than_the_weeks_there_are(days):
    weeks = {day - timedelta(days=day.weekday()) for day in days}

    run = longest_run(days)

    assert run <= len(weeks)
    assert (run == 0) == (not days)
    if weeks and (max(weeks) - min(weeks)).days == 7 * (len(weeks) - 1):
        assert run == len(weeks)


@pytest.mark.req("S1-26")
def test_what_the_resident_says_is_a_report_until_staff_read_it(tomasz, amina):
    one = evidence_for(tomasz, "5.4", by=tomasz.resident)
    (offered,) = queries.task_of(tomasz, "5.4").offered
    assert offered.says == "Reported by them"
    with pytest.raises(Refused):
        operations.verify_task(tomasz, by=amina, task="5.4")

    operations.read_evidence(one, by=amina, verdict="accepted")

    operations.verify_task(tomasz, by=amina, task="5.4")


@pytest.mark.req("S1-54")
def test_evidence_for_a_higher_stage_waits_and_counts(tomasz, amina, grace):
    operations.enter_first_stage(tomasz, by=grace)

    verified(tomasz, "5.4", by=amina)

    assert state(tomasz, "5.4") == State.VERIFIED
    assert str(queries.stage_of(tomasz)) == "Probation"


@pytest.mark.req("S1-25")
def test_a_disputed_rejection_has_a_second_reader(tomasz, amina, grace):
    one = evidence_for(tomasz, "5.4", by=tomasz.resident)
    with pytest.raises(Refused, match="not refused without a reason"):
        operations.read_evidence(one, by=amina, verdict="rejected")
    operations.read_evidence(one, by=amina, verdict="rejected", reason="not_enough")

    operations.dispute_reading(one, by=tomasz.resident, words="It was all of them")
    with pytest.raises(Refused, match="disputed already"):
        operations.dispute_reading(one, by=amina, words="Again")
    with pytest.raises(Refused, match="second reader"):
        operations.read_evidence(one, by=amina, verdict="rejected", reason="not_enough")
    operations.read_evidence(one, by=grace, verdict="accepted")

    (offered,) = queries.task_of(tomasz, "5.4").offered
    assert offered.is_accepted
    assert not offered.waits_for_second_reader


@pytest.mark.req("S1-97")
def test_a_conditional_task_is_set_aside_with_a_reason_agreed_with_them(tomasz, amina):
    with pytest.raises(Refused, match="for everybody"):
        operations.set_not_applicable(
            tomasz, by=amina, task="1.4", reason="no_need", agreed_on=TODAY
        )
    with pytest.raises(Refused, match="a few words more"):
        operations.set_not_applicable(tomasz, by=amina, task="1.2", reason="other", agreed_on=TODAY)
    operations.set_not_applicable(
        tomasz, by=amina, task="1.2", reason="no_medication", agreed_on=TODAY
    )

    assert queries.task_of(tomasz, "1.2").is_done
    operations.apply_task(tomasz, by=amina, task="1.2")
    assert state(tomasz, "1.2") == State.OPEN


@pytest.mark.req("S1-53", "S1-62")
def test_only_a_manager_waives_or_replaces_a_task(tomasz, amina, grace):
    with pytest.raises(NotPermitted):
        operations.waive_task(tomasz, by=amina, task="P3", reason="not_medically_fit")

    operations.substitute_task(
        tomasz, by=grace, task="P3", reason="not_medically_fit", replaced_by="Walks with a friend"
    )
    assert state(tomasz, "P3") == State.SUBSTITUTED
    verified(tomasz, "P3", by=amina)

    assert state(tomasz, "P3") == State.VERIFIED


def test_a_restricted_reason_is_not_in_the_report_for_everybody(cast, tomasz, grace):
    operations.waive_task(tomasz, by=grace, task="P3", reason="not_medically_fit", words="Heart")
    rui = a_member_of_staff(cast.mill_house, "Rui Costa", "key_worker")
    period = {"first": date(2026, 4, 1), "last": TODAY}

    (seen,) = queries.variations(cast.mill_house, staff=rui, **period)
    (known,) = queries.variations(cast.mill_house, staff=grace, **period)

    assert (seen.reason, seen.words) == ("A reason that few may read", "")
    assert (known.reason, known.words, known.approved_by) == (
        "Not medically fit", "Heart", "Grace Okafor",
    )  # fmt: skip


def test_old_evidence_does_not_verify_a_task_again_after_it_lapsed(tomasz, amina):
    verified(tomasz, "5.4", by=amina)
    later = datetime(2026, 4, 21, 12, tzinfo=ZoneInfo("Europe/London"))
    operations.lapse_task(tomasz, by=amina, task="5.4", reason="no_longer_true")

    with time_machine.travel(later, tick=False):
        with pytest.raises(Refused, match="Not everything is evidenced"):
            operations.verify_task(tomasz, by=amina, task="5.4")
        verified(tomasz, "5.4", by=amina)
        assert state(tomasz, "5.4") == State.VERIFIED


def test_only_a_verified_task_lapses(tomasz, amina):
    with pytest.raises(Refused, match="Only a verified task"):
        operations.lapse_task(tomasz, by=amina, task="5.4", reason="no_longer_true")


def test_evidence_of_tomorrow_of_no_part_or_of_nothing_is_refused(tomasz, amina):
    with pytest.raises(Refused, match="no such part"):
        evidence_for(tomasz, "P4", by=amina, line="nonsense")
    with pytest.raises(Refused, match="shows nothing"):
        evidence_for(tomasz, "P4", by=amina, words="")
    with pytest.raises(Refused, match="not happened yet"):
        operations.offer_evidence(
            tomasz, by=amina, task="P4", kind="note", words="x", happened_on=date(2026, 4, 21)
        )
    with pytest.raises(Refused, match="worked out from the record"):
        operations.confirm_line(
            tomasz, by=amina, task="3.1", line="workshops.percent", words="I think so"
        )


def test_owen_can_do_nothing_with_the_tasks_of_mill_house(tomasz, amina, owen):
    one = evidence_for(tomasz, "5.4", by=amina)
    for act in (
        lambda: evidence_for(tomasz, "5.4", by=owen),
        lambda: operations.read_evidence(one, by=owen, verdict="accepted"),
        lambda: operations.verify_task(tomasz, by=owen, task="5.4"),
        lambda: operations.waive_task(tomasz, by=owen, task="5.4", reason="not_available"),
        lambda: operations.write_note(tomasz, by=owen, words="x"),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.req("S1-27")
def test_what_they_say_is_done_is_compared_with_its_evidence(tomasz, amina):
    one = evidence_for(tomasz, "5.4", by=tomasz.resident)
    since = date(2026, 4, 1)
    (compared,) = queries.reconciliation_of(tomasz, since=since)
    assert compared.claim.evidence == "Nobody has read it yet"

    for outcome in ("matched", "evidence_missing"):
        operations.reconcile(
            tomasz, by=amina, record_type="stages.Evidence", record_id=one.pk,
            says=compared.claim.says, outcome=outcome,
        )  # fmt: skip

    (compared,) = queries.reconciliation_of(tomasz, since=since)
    assert compared.latest
    assert compared.latest.outcome == "evidence_missing"


@pytest.mark.req("S1-10")
def test_tasks_without_an_action_are_known(tomasz, grace):
    operations.enter_first_stage(tomasz, by=grace)

    found = queries.tasks_without_action(tomasz, ["P1", "P2"])

    assert [task.key for task in found] == ["P3", "P4", "P5"]
