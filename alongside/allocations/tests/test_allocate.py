"""Naming a key worker: load, fit, reasons, and never nobody."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.accommodation.operations import add_bed
from alongside.allocations import matching
from alongside.allocations.models import LEAD, Allocation, EndedBecause, Method
from alongside.allocations.operations import allocate, end_allocation
from alongside.allocations.queries import caseload, holder, holders, without_key_worker
from alongside.audit.operation import OPERATIONS
from alongside.kit.refusal import NotPermitted, Refused
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff

NAMES = ["Ada", "Ben", "Cleo", "Dev", "Eve", "Finn", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lou", "Mo"]


@pytest.fixture
def ravi(mill_house):
    return a_member_of_staff(mill_house, "Ravi Menon", "key_worker")


@pytest.fixture
def twelve(mill_house, grace, amina):
    """Twelve people whose key worker is Amina."""
    stays = []
    for number, name in enumerate(NAMES[:12]):
        bed = add_bed(mill_house, by=grace, name=f"2{number}")
        stays.append(a_stay(bed, by=grace, name=f"{name} Marsh"))
        allocate(stays[-1], by=grace, worker=amina, reason="skills")
    return stays


@pytest.mark.req("S1-02", "S0-34", "S3-05", "S2-14")
def test_a_resident_has_exactly_one_key_worker_from_the_day_they_moved_in(tomasz, amina, grace):
    allocation = allocate(tomasz, by=grace, worker=amina, from_on=tomasz.moved_in_on)

    assert holder(tomasz) == amina
    assert allocation.from_on == date(2026, 3, 2)
    assert holders([tomasz]) == {tomasz.pk: {LEAD: amina}}
    assert list(caseload(amina)) == [tomasz]


def test_the_same_key_worker_cannot_be_named_twice(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)

    with pytest.raises(Refused, match="already the key worker"):
        allocate(tomasz, by=grace, worker=amina)


@pytest.mark.req("S3-08")
def test_a_lasting_key_worker_is_not_replaced_in_passing(tomasz, amina, grace, ravi):
    allocate(tomasz, by=grace, worker=amina)

    with pytest.raises(Refused, match="a reason and a decision instead"):
        allocate(tomasz, by=grace, worker=ravi)
    assert holder(tomasz) == amina


def test_a_temporary_key_worker_is_followed_on_the_same_day_by_a_lasting_one(
    tomasz, amina, grace, ravi
):
    allocate(tomasz, by=grace, worker=ravi, method=Method.TEMPORARY, from_on=date(2026, 3, 2))
    allocate(tomasz, by=grace, worker=amina, from_on=date(2026, 3, 3), reason="skills")

    first, second = Allocation.objects.order_by("from_on")
    assert (first.until_on, first.ended_because) == (second.from_on, EndedBecause.REPLACED)
    assert holder(tomasz) == amina


@pytest.mark.req("S1-99")
def test_one_case_holds_several_roles_at_once(tomasz, amina, grace):
    allocate(tomasz, by=grace, worker=amina)
    coordinator = allocate(tomasz, by=grace, worker=amina, role="coordinator")
    allocate(tomasz, by=grace, worker=grace, role="manager")

    assert holders([tomasz])[tomasz.pk] == {LEAD: amina, "coordinator": amina, "manager": grace}

    end_allocation(coordinator, by=grace)
    assert holder(tomasz, "coordinator") is None


def test_a_key_worker_cannot_simply_be_taken_away(tomasz, amina, grace):
    allocation = allocate(tomasz, by=grace, worker=amina)

    with pytest.raises(Refused, match="never left without"):
        end_allocation(allocation, by=grace)


@pytest.mark.req("S1-34")
def test_choosing_another_than_proposed_needs_a_reason(tomasz, beds, amina, grace, ravi):
    rosa = a_stay(beds[1], by=grace)
    allocate(rosa, by=grace, worker=amina)

    with pytest.raises(Refused, match="Ravi Menon has the most room") as refused:
        allocate(tomasz, by=grace, worker=amina)
    assert refused.value.field == "reason"

    allocation = allocate(tomasz, by=grace, worker=amina, reason="continuity")
    assert allocation.proposed == ravi
    assert allocation.method == Method.CHOSEN


def test_a_reason_of_another_kind_needs_words(tomasz, amina, grace):
    with pytest.raises(Refused, match="needs a few words"):
        allocate(tomasz, by=grace, worker=amina, reason="other")


@pytest.mark.req("S1-34")
def test_the_proposal_shows_every_factor_and_the_spread(tomasz, beds, amina, grace, ravi):
    allocate(a_stay(beds[1], by=grace), by=grace, worker=amina)

    found = matching.candidates(tomasz)

    assert [one.worker for one in found] == [ravi, amina, grace]
    assert [factor.says for factor in found[2].factors] == ["Has nobody yet", "Another role here"]
    assert found[0].room.says == "Nobody yet, room for 12"
    assert found[0].room.can_take_more()
    assert matching.spread(found) == 1


@pytest.mark.req("S0-33")
def test_a_thirteenth_person_needs_a_manager_and_a_reason(tomasz, twelve, mill_house, amina, grace):
    project_worker = a_member_of_staff(mill_house, "Nia Rees", "project_worker")

    with pytest.raises(Refused, match="already has a caseload of 12") as refused:
        allocate(tomasz, by=project_worker, worker=amina, reason="wish", override_reason="wish")
    assert refused.value.field == "worker"
    with pytest.raises(Refused, match="already has a caseload of 12") as refused:
        allocate(tomasz, by=grace, worker=amina, reason="wish")
    assert refused.value.field == "override_reason"

    allocation = allocate(tomasz, by=grace, worker=amina, reason="wish", override_reason="wish")
    assert allocation.held_then == 12


def test_nobody_is_proposed_who_is_full_while_somebody_has_room(tomasz, twelve, amina, grace):
    found = matching.candidates(tomasz)

    assert found[0].worker == grace
    assert found[-1].worker == amina


def test_a_key_worker_cannot_allocate(tomasz, amina):
    with pytest.raises(NotPermitted):
        allocate(tomasz, by=amina, worker=amina)


def test_somebody_from_another_scheme_neither_allocates_nor_is_allocated(tomasz, owen, grace):
    with pytest.raises(NotPermitted):
        allocate(tomasz, by=owen, worker=owen)
    with pytest.raises(Refused, match="does not hold cases in this role here"):
        allocate(tomasz, by=grace, worker=owen)


def test_an_allocation_is_neither_in_the_future_nor_before_the_stay(tomasz, amina, grace):
    for day in (date(2026, 4, 21), date(2026, 3, 1)):
        with pytest.raises(Refused):
            allocate(tomasz, by=grace, worker=amina, from_on=day)


@pytest.mark.req("S1-02", "S3-05")
def test_people_without_a_key_worker_are_listed_until_they_have_one(
    tomasz, mill_house, amina, grace
):
    assert list(without_key_worker(mill_house)) == [tomasz]

    allocate(tomasz, by=grace, worker=amina)

    assert not without_key_worker(mill_house).exists()


def test_these_operations_are_known():
    assert {"allocation.made", "allocation.ended"} <= OPERATIONS.keys()
