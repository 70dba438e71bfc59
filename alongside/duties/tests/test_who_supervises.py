"""Who owes what is owed about a colleague: their line manager, and never they themselves."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.casefile.doors import door_of
from alongside.duties.models import Duty, How
from alongside.duties.operations import work_out
from alongside.duties.owners import Directory, owner_of
from alongside.duties.subjects import About
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.operations import end_role, give_role
from alongside.practice.pack import pack
from alongside.team.operations import change_line_manager
from alongside.testing.cast import SETTING_UP, Cast, a_member_of_staff, assemble

TODAY = date(2026, 4, 20)


def owed(cast: Cast, worker: Staff, key: str = "supervision") -> Duty:
    return Duty.objects.filter(key=key, worker=worker).latest("due_on")


def test_a_manager_with_nobody_above_them_does_not_owe_their_own_supervision(client, cast: Cast):
    client.force_login(cast.grace)
    duty = owed(cast, cast.grace)

    assert duty.owed_by is None
    assert {duty.told, duty.told_next} == {None}
    text = client.get(reverse("casefile:duty", args=[duty.pk])).content.decode()
    assert "name a line manager for Grace" in text
    assert reverse("team:team", args=[cast.mill_house.slug]) in text
    assert owed(cast, cast.amina).owed_by == cast.grace


def test_naming_a_line_manager_gives_it_to_them_in_the_same_minute(cast: Cast):
    judith = a_member_of_staff(cast.mill_house, "Judith Amory", "manager")
    post = cast.grace.memberships.get(scheme=cast.mill_house)

    change_line_manager(post, by=cast.grace, line_manager=judith, from_on=TODAY)

    assert (owed(cast, cast.grace).owed_by, owed(cast, cast.grace).owed_how) == (judith, How.HOLDS)
    # And Grace, who answers to Judith now, does not supervise her.
    assert owed(cast, judith).owed_by is None


def test_where_the_practice_names_a_role_above_whoever_is_in_it_supervises(db):
    court = assemble("coordinated-care")
    assert court.mill_house.pack.role("manager").reports_to == "contracts_manager"
    above = a_member_of_staff(court.mill_house, "Judith Amory", "contracts_manager")

    assert owed(court, court.grace).owed_by == above


def test_the_button_of_supervision_opens_its_form(cast: Cast):
    duty = owed(cast, cast.amina)
    form = reverse(
        "paperwork:colleague-form", args=[cast.mill_house.slug, "supervision", cast.amina.pk]
    )
    assert door_of(duty, by=cast.grace).url == form


@pytest.mark.req("S0-83")
def test_external_supervision_is_asked_of_key_workers_and_of_nobody_else(db):
    hostel = assemble("aotearoa-transitional")
    sio = a_member_of_staff(hostel.mill_house, "Sio Leavai", "support_worker",
                            line_manager=hostel.grace)  # fmt: skip

    def asked() -> set[Staff | None]:
        work_out(hostel.mill_house, by=SETTING_UP)
        found = Duty.objects.filter(key="external-supervision", state="open")
        return {duty.worker for duty in found.select_related("worker")}

    assert hostel.amina in asked()
    assert not {sio, hostel.grace} & asked()
    post = give_role(hostel.mill_house, by=hostel.grace, staff=sio, role="key_worker",
                     from_on=TODAY, line_manager=hostel.grace)  # fmt: skip
    assert sio in asked()
    assert owed(hostel, sio, "external-supervision").period_from == TODAY
    end_role(post, by=hostel.grace, until_on=TODAY)
    assert sio not in asked()


PEOPLE = [uuid4() for _ in range(6)]
ROLES = ("manager", "coordinator", "key_worker")


@st.composite
def a_directory(draw) -> Directory:
    """Some people in some roles, each under somebody before them or under nobody."""
    staff = PEOPLE[: draw(st.integers(1, len(PEOPLE)))]
    roles: dict[str, list[UUID]] = {}
    managers: dict[UUID, UUID] = {}
    for at, one in enumerate(staff):
        roles.setdefault(draw(st.sampled_from(ROLES)), []).append(one)
        if at and draw(st.booleans()):
            managers[one] = draw(st.sampled_from(staff[:at]))
    free = {role: dict.fromkeys(those) for role, those in roles.items()}
    return Directory(pack("staged-hostel"), roles, managers, {}, {}, free, frozenset(staff))


@settings(max_examples=200, deadline=None)
@given(a_directory(), st.lists(st.sampled_from(["line_manager", *ROLES]), min_size=1, unique=True))
def test_nobody_is_ever_supervised_by_themselves_or_by_those_who_answer_to_them(here, owners):
    for worker in sorted(here.present):
        about = About(
            row=Staff(pk=worker), scheme=Scheme(), starts_on=date(2026, 1, 1),
            worker=Staff(pk=worker),
        )  # fmt: skip
        owner = owner_of(owners, about, here).staff
        line, above = [], owner
        while above and above not in line:
            line.append(above)
            above = here.managers.get(above)
        assert worker not in line
