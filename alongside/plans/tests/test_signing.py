"""Two signatures bring a plan into force; one lock, one refusal, one substitute."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from alongside.duties.facts import FACTS
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.operations import give_role
from alongside.plans import queries
from alongside.plans.models import Plan
from alongside.plans.operations import (
    agree_as_resident,
    agree_as_substitute,
    agree_as_worker,
    open_version,
    propose_action,
    read_plan,
    reconsider_plan,
    refuse_plan,
    withdraw_agreement,
    write_action,
    write_plan,
)
from alongside.plans.tests.conftest import DRAWN
from alongside.signatures.models import digest_of
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Mark, No
from alongside.stays.models import Stay


def days(name: str, stay: Stay) -> list[Any]:
    return list(FACTS[name].ask(stay, ""))


@pytest.mark.req("S1-11", "S1-07", "S1-60")
def test_a_plan_is_in_force_only_when_both_have_signed(draft, tomasz, amina) -> None:
    half = agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)
    assert half.state == "agreed_by_resident"
    assert days("plan.in_force", tomasz) == []

    whole = agree_as_worker(draft, by=amina, mark=DRAWN)
    assert whole.state == "in_force"
    assert queries.plan_in_force(tomasz) == whole
    assert days("plan.in_force", tomasz) == [date(2026, 4, 20)]


@pytest.mark.req("S1-11")
def test_the_worker_may_sign_first_and_alone_it_is_not_in_force(draft, tomasz, amina) -> None:
    half = agree_as_worker(draft, by=amina, mark=DRAWN)

    assert half.state == "agreed_by_worker"
    assert queries.plan_in_force(tomasz) is None


@pytest.mark.req("S1-11")
def test_the_first_signature_locks_the_words_by_their_digest(draft, tomasz, amina) -> None:
    signed = agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)

    assert signed.digest == digest_of(signed.content)
    assert signed.content
    assert signed.content["goals"][0]["actions"][0]["text"] == "Open an account"
    with pytest.raises(Refused, match="words are locked"):
        write_plan(draft, by=amina, voice={"wants": "Something else"})
    with pytest.raises(Refused, match="words are locked"):
        write_action(draft, by=amina, text="One more", when_on=date(2026, 4, 24))


@pytest.mark.req("S1-11")
def test_a_later_change_needs_new_signatures_while_the_old_version_holds(
    in_force, tomasz, amina
) -> None:
    second = open_version(tomasz, by=amina, why="He has found work")
    write_plan(second, by=amina, voice={"wants": "A flat near work"})
    assert queries.plan_in_force(tomasz) == in_force

    agree_as_resident(second, by=tomasz.resident, mark=DRAWN)
    assert queries.plan_in_force(tomasz) == in_force

    agree_as_worker(second, by=amina, mark=DRAWN)
    assert queries.plan_in_force(tomasz) == second
    assert Plan.objects.get(pk=in_force.pk).state == "replaced"
    assert second.goals.get().line == in_force.goals.get().line


def test_the_same_person_does_not_sign_twice(draft, tomasz) -> None:
    agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)

    with pytest.raises(Refused, match="has signed this already"):
        agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)


def test_nothing_is_signed_with_an_empty_box_or_a_wrong_pin(draft, tomasz) -> None:
    for mark, field in [(Mark(), "strokes"), (Mark(method="pin", pin="0000"), "pin")]:
        with pytest.raises(Refused) as refusal:
            agree_as_resident(draft, by=tomasz.resident, mark=mark)
        assert refusal.value.field == field
    assert not Plan.objects.get(pk=draft.pk).is_sealed()


@pytest.mark.req("S1-22")
def test_a_plan_is_not_signed_while_a_proposal_waits_for_an_answer(draft, tomasz, amina) -> None:
    propose_action(tomasz, by=amina, text="See the doctor")

    with pytest.raises(Refused, match="1 proposed action waits"):
        agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)


@pytest.mark.req("S1-07")
def test_a_plan_without_an_action_with_a_day_is_not_signed(tomasz, amina, key_worker) -> None:
    plan = open_version(tomasz, by=amina)
    write_plan(plan, by=amina, voice={"wants": "Peace"})
    write_action(plan, by=amina, text="Some time")

    with pytest.raises(Refused, match="by when"):
        agree_as_worker(plan, by=amina, mark=DRAWN)


@pytest.mark.req("S0-63")
def test_a_plan_without_the_persons_own_words_needs_the_reason(tomasz, amina, key_worker) -> None:
    plan = open_version(tomasz, by=amina)
    write_action(plan, by=amina, text="Open an account", when_on=date(2026, 4, 24))
    with pytest.raises(Refused, match="own words"):
        agree_as_worker(plan, by=amina, mark=DRAWN)

    write_plan(plan, by=amina, voice={}, no_voice_because="He did not want to say")

    assert agree_as_worker(plan, by=amina, mark=DRAWN).is_sealed()


@pytest.mark.req("S1-12")
def test_when_amina_is_away_a_colleague_signs_for_her_and_she_reads_it(
    draft, tomasz, amina, grace, mill_house
) -> None:
    from alongside.testing.cast import a_member_of_staff

    ben = a_member_of_staff(mill_house, "Ben Ashworth", "support_worker")
    agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)
    with pytest.raises(NotPermitted):
        agree_as_worker(draft, by=ben, mark=DRAWN)
    with pytest.raises(Refused) as refusal:
        agree_as_substitute(draft, by=ben, mark=DRAWN, reason="")
    assert refusal.value.field == "reason"

    plan = agree_as_substitute(draft, by=ben, mark=DRAWN, reason="The key worker is off sick")

    assert plan.state == "in_force"
    assert signatures_on(plan).get(party="worker").in_absence_of == amina
    assert days("plan.signed_by_substitute", tomasz) == [date(2026, 4, 20)]
    read_plan(plan, by=grace)
    assert days("plan.read_by_key_worker", tomasz) == []
    read_plan(plan, by=amina)
    assert days("plan.read_by_key_worker", tomasz) == [date(2026, 4, 20)]


@pytest.mark.req("S1-12")
def test_another_worker_signs_only_as_a_substitute(draft, tomasz, mill_house) -> None:
    from alongside.testing.cast import a_member_of_staff

    dana = a_member_of_staff(mill_house, "Dana Reid", "key_worker")

    with pytest.raises(Refused, match="Amina Yusuf is the key worker"):
        agree_as_worker(draft, by=dana, mark=DRAWN)


def test_the_manager_signs_in_their_own_right(draft, grace) -> None:
    assert agree_as_worker(draft, by=grace, mark=DRAWN).in_absence_of is None


def test_a_refused_signature_keeps_its_reason_and_does_not_count(draft, tomasz, amina) -> None:
    no = No(reason="Disagrees", disagrees_with="The savings", next_offer_on=date(2026, 4, 27))

    refused = refuse_plan(draft, by=amina, no=no)
    assert refused.state == "not_agreed"
    assert refused.is_sealed()

    signed = agree_as_worker(draft, by=amina, mark=DRAWN)
    assert signed.state == "not_agreed"
    assert days("plan.in_force", tomasz) == []
    assert signatures_on(signed).get(refused=True).disagrees_with == "The savings"


def test_a_refused_plan_is_offered_again_and_can_then_be_signed(draft, tomasz, amina) -> None:
    refuse_plan(draft, by=amina, no=No(reason="Wants time to think"))
    agree_as_worker(draft, by=amina, mark=DRAWN)

    assert agree_as_resident(draft, by=tomasz.resident, mark=DRAWN).state == "in_force"


def test_agreement_is_withdrawn_with_a_day_and_the_plan_is_gone_through(
    in_force, tomasz, amina
) -> None:
    plan = withdraw_agreement(in_force, by=tomasz.resident, words="I was rushed")

    assert plan.state == "withdrawn"
    assert queries.plan_in_force(tomasz) is None
    assert days("plan.agreement_withdrawn", tomasz) == [date(2026, 4, 20)]
    assert days("plan.reconsidered", tomasz) == []

    reconsider_plan(plan, by=amina, words="We took the gym out")
    assert days("plan.reconsidered", tomasz) == [date(2026, 4, 20)]


def test_what_was_not_agreed_is_not_withdrawn(draft, tomasz) -> None:
    with pytest.raises(Refused, match="have not agreed"):
        withdraw_agreement(draft, by=tomasz.resident)


def test_owen_signs_nothing_here(draft, owen) -> None:
    with pytest.raises(NotPermitted):
        agree_as_worker(draft, by=owen, mark=DRAWN)


def test_rosa_does_not_sign_for_tomasz(draft, grace, beds) -> None:
    from alongside.testing.builders import a_stay

    with pytest.raises(NotPermitted):
        agree_as_resident(draft, by=a_stay(beds[1], by=grace).resident, mark=DRAWN)


def test_a_coordinator_of_the_case_signs_for_themselves(draft, tomasz, grace, mill_house) -> None:
    from alongside.allocations.operations import allocate
    from alongside.testing.cast import OPENED, SETTING_UP, a_member_of_staff

    dana = a_member_of_staff(mill_house, "Dana Reid", "coordinator")
    give_role(mill_house, by=SETTING_UP, staff=dana, role="key_worker", from_on=OPENED)
    allocate(tomasz, by=grace, worker=dana, role="coordinator")

    assert agree_as_worker(draft, by=dana, mark=DRAWN).in_absence_of is None
