"""Everybody knows who answers for the service; who leads others sees how they get on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.casefile.doors import Door, door_of
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.paperwork.operations import fill_in_about_who_answers_to_me
from alongside.plans.operations import hand_on
from alongside.practice import own
from alongside.team.models import Acknowledgement, ServiceStatement
from alongside.team.operations import acknowledge, give_role_here, leave, let_role_end
from alongside.team.queries import not_acknowledged
from alongside.team.statement import statement_of
from alongside.testing.cast import OPENED, Cast, a_member_of_staff, assemble
from tests.house.things import an_action

TODAY = date(2026, 4, 20)


def digest(cast: Cast) -> str:
    return statement_of(cast.mill_house).digest


@pytest.mark.req("S4-99")
def test_amina_reads_who_answers_for_the_service_and_grace_sees_who_has_not(db, client) -> None:
    cast = assemble("coordinated-care")
    address = reverse("team:service", args=[cast.mill_house.slug])
    client.force_login(cast.amina)
    shown = client.get(address).content.decode()
    assert "Grace Okafor" in shown
    assert "responsible to it for the service" in shown
    assert "Any abuse, or allegation of it." in shown
    assert "CQC Registration Regulations 2009, regulation 18(2)(e)" in shown
    assert "Health and Social Care Act 2008" in shown
    assert "Not yet" not in shown
    client.post(address, {"digest": digest(cast)})
    assert "You have read this version" in client.get(address).content.decode()
    assert client.post(address, {"digest": digest(cast)}).status_code == 422

    assert not_acknowledged(cast.mill_house, digest(cast)) == [cast.grace]
    client.force_login(cast.grace)
    shown = client.get(address).content.decode()
    assert "Not yet (1)" in shown
    assert "Amina Yusuf" in shown
    assert Entry.objects.get(event="service_statement.acknowledged").actor_id == cast.amina.pk
    client.force_login(cast.owen)
    assert client.get(address).status_code == 404


@pytest.mark.req("S4-99")
def test_it_is_asked_again_when_the_manager_or_a_line_changes(cast: Cast) -> None:
    first = acknowledge(cast.mill_house, by=cast.amina, digest=digest(cast))
    assert first.statement.number == 1
    assert first.statement.content["managers"] == [["Grace Okafor", "Manager"]]
    give_role_here(
        cast.mill_house, by=cast.grace, staff=cast.owen, role="manager", from_on=TODAY,
        line_manager=cast.grace,
    )  # fmt: skip
    second = digest(cast)
    assert cast.amina in not_acknowledged(cast.mill_house, second)
    with pytest.raises(Refused, match="changed since you opened it"):
        acknowledge(cast.mill_house, by=cast.amina, digest=first.statement.digest)
    assert acknowledge(cast.mill_house, by=cast.amina, digest=second).statement.number == 2

    line = ["choice_lists", "manager_law", "replace_me", "says"]
    scheme = type(cast.mill_house).objects.get(pk=cast.mill_house.pk)
    scheme.own_values = [own.kept(line, "The Housing Act 1985", from_on=TODAY, named="a line")]
    assert statement_of(scheme).digest not in {second, first.statement.digest}


def test_a_manager_who_comes_back_is_read_anew(cast: Cast) -> None:
    hana = a_member_of_staff(cast.mill_house, "Hana Clarke", "manager", line_manager=cast.grace)
    before = digest(cast)
    post = hana.memberships.get()
    let_role_end(post, by=cast.grace, until_on=TODAY - timedelta(days=1))
    give_role_here(cast.mill_house, by=cast.grace, staff=hana, role="manager", from_on=TODAY,
                   line_manager=cast.grace)  # fmt: skip
    assert digest(cast) != before


def test_whoever_does_not_work_here_acknowledges_nothing_and_once_is_enough(cast: Cast) -> None:
    with pytest.raises(Refused, match="do not work here"):
        acknowledge(cast.mill_house, by=cast.owen, digest=digest(cast))
    said = acknowledge(cast.mill_house, by=cast.amina, digest=digest(cast))
    with pytest.raises(Refused, match="acknowledged this version already"):
        acknowledge(cast.mill_house, by=cast.amina, digest=digest(cast))
    twice = Acknowledgement(statement=said.statement, staff=cast.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.bulk_create([twice])
    for number, same in ((1, "another"), (2, said.statement.digest)):
        wrong = ServiceStatement(scheme=cast.mill_house, number=number, digest=same, content={})
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceStatement.objects.bulk_create([wrong])


def owed(staff: Staff) -> list[Duty]:
    found = Duty.objects.filter(key="who-answers-read", worker=staff, scheme__slug="mill-house")
    return list(found.order_by("period_from"))


@pytest.mark.req("S4-99")
def test_amina_owes_it_until_she_says_so_and_again_when_a_manager_comes(cast: Cast) -> None:
    (duty,) = owed(cast.amina)
    assert duty.due_on == OPENED + timedelta(days=14)
    assert (duty.owed_by, duty.state) == (cast.amina, State.OPEN)
    assert door_of(duty, by=cast.amina) == Door(
        reverse("team:service", args=[cast.mill_house.slug]), "Read it"
    )
    acknowledge(cast.mill_house, by=cast.amina, digest=digest(cast))
    assert [(one.state, one.met_on) for one in owed(cast.amina)] == [(State.MET_LATE, TODAY)]
    assert [one.state for one in owed(cast.grace)] == [State.OPEN]

    post = give_role_here(
        cast.mill_house, by=cast.grace, staff=cast.owen, role="manager", from_on=TODAY,
        line_manager=cast.grace,
    )  # fmt: skip
    read, anew = owed(cast.amina)
    assert (read.state, anew.state) == (State.MET_LATE, State.OPEN)
    assert anew.due_on == TODAY + timedelta(days=14)
    assert [one.due_on for one in owed(cast.owen)] == [TODAY + timedelta(days=14)]
    acknowledge(cast.mill_house, by=cast.amina, digest=digest(cast))
    assert [one.state for one in owed(cast.amina)] == [State.MET_LATE, State.MET]

    with clock.standing_at(clock.now() + timedelta(days=2)):
        let_role_end(post, by=cast.grace, until_on=TODAY + timedelta(days=1))
        work_out(cast.mill_house, by=cast.grace)
        assert State.OPEN not in {one.state for one in owed(cast.amina)}  # read before, as it is
    before = [(one.due_on, one.state) for one in owed(cast.amina)]
    rebuild()
    assert [(one.due_on, one.state) for one in owed(cast.amina)] == before


@pytest.mark.req("S4-99")
def test_whoever_has_two_roles_owes_it_once_and_whoever_left_owes_nothing(cast: Cast) -> None:
    assert len(cast.amina.memberships.all()) == 2
    assert len(owed(cast.amina)) == 1
    for post in cast.amina.memberships.all():
        let_role_end(post, by=cast.grace, until_on=TODAY - timedelta(days=1))
    assert State.OPEN not in {one.state for one in owed(cast.amina)}
    assert [one.owed_by for one in owed(cast.grace)] == [cast.grace]

    both = a_member_of_staff(cast.mill_house, "Bilal Khan", "support_worker", cast.grace)
    give_role_here(
        cast.mill_house, by=cast.grace, staff=both, role="night_worker", from_on=TODAY,
        line_manager=cast.grace,
    )  # fmt: skip
    leave(both, by=cast.grace, last_day=TODAY, because="A new post.")
    assert len(owed(both)) == 1


def led(cast: Cast) -> Staff:
    """Bilal, level 2, who answers to Amina the co-ordinator."""
    return a_member_of_staff(
        cast.mill_house, "Bilal Khan", "support_worker", line_manager=cast.amina
    )


def with_goals(cast: Cast, bilal: Staff, by: Staff) -> Any:
    return fill_in_about_who_answers_to_me(
        cast.mill_house, by=by, worker=bilal, key="development-goals",
        answers={
            "goal": "Lead a care review", "steps": "Shadow two of them", "by_when": "2026-07-01",
        },
    )  # fmt: skip


@pytest.mark.req("S4-08")
def test_a_coordinator_sees_tasks_competence_supervision_and_goals_of_her_team(db, client) -> None:
    cast = assemble("coordinated-care")
    bilal = led(cast)
    hand_on(
        an_action(cast), by=cast.amina, to=bilal, due_on=date(2026, 4, 24),
        instruction="Walk to the surgery with him.",
    )  # fmt: skip
    with_goals(cast, bilal, cast.amina)
    address = reverse("team:mine", args=[cast.mill_house.slug])
    client.force_login(cast.amina)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = client.get(address).content.decode()
    assert len(asked) <= 12
    for words in ("Bilal Khan", "Walk to the surgery with him.", "Tasks handed on (1)",
                  "The induction pathway: not shown", "Hold supervision", "Lead a care review",
                  "1 July 2026"):  # fmt: skip
        assert words in shown
    client.force_login(cast.grace)
    shown = client.get(address).content.decode()
    assert "Amina Yusuf" in shown
    assert "Bilal Khan" not in shown
    client.force_login(bilal)
    assert "Nobody answers to you here" in client.get(address).content.decode()
    client.force_login(cast.owen)
    assert client.get(address).status_code == 404


@pytest.mark.req("S4-08")
def test_she_writes_supervision_of_those_who_answer_to_her_and_of_nobody_else(db, client) -> None:
    cast = assemble("coordinated-care")
    bilal = led(cast)
    mine, hers = (
        reverse("paperwork:colleague-form", args=[cast.mill_house.slug, "supervision", one.pk])
        for one in (bilal, cast.grace)
    )
    client.force_login(cast.amina)
    said = {"held_with": "Amina", "talked": "Medicines", "agreed": "Shadow on Friday"}
    assert client.post(mine, {"held_with": "Amina"}).status_code == 422
    answer = client.post(mine, said)
    assert answer.status_code == 302
    assert "Shadow on Friday" in client.get(answer.url).content.decode()
    assert client.post(hers, said).status_code == 403
    with pytest.raises(Refused, match="does not answer to you"):
        with_goals(cast, bilal, cast.grace)
    client.force_login(a_member_of_staff(cast.mill_house, "Nia Bevan", "support_worker"))
    assert client.get(answer.url).status_code == 404
