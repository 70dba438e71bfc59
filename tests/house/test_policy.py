"""The policy answers both of its questions alike, closed wins, and what is taken away is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import include, path, reverse
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from alongside.config import doors
from alongside.kit import clock
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.organisation.operations import end_role
from alongside.organisation.policy import SEES, can
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.rights.models import Limit
from alongside.rights.operations import limit_file, open_in_emergency
from alongside.stays.models import Stay
from alongside.team.operations import give_role_here, leave
from alongside.testing.cast import assemble

ROLES = ["manager", "coordinator", "key_worker", "support_worker", "kitchen", "administrator"]
TODAY = clock.today


def again(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


class TwoQuestions(TestCase):
    """Whatever the roles, the lists and the emergencies: seen just when it may be read."""

    @pytest.mark.goal("G6")
    @settings(max_examples=60)
    @given(
        role=some.sampled_from(ROLES),
        at_mill_house=some.booleans(),
        starts=some.integers(-3, 3),
        lasts=some.none() | some.integers(0, 4),
        only=some.sets(some.sampled_from(["them", "another"])),
        never=some.sets(some.sampled_from(["them", "another"])),
        opened=some.none() | some.integers(0, 90),
    )
    def test_what_is_seen_is_what_may_be_read_and_closing_only_takes_away(
        self, role: str, *, at_mill_house: bool, starts: int, lasts: int | None, only: set[str],
        never: set[str], opened: int | None,
    ):  # fmt: skip
        cast = assemble()
        them = Staff.objects.create(
            organisation=cast.organisation, name="Them", email="them@x.example"
        )
        here = cast.mill_house if at_mill_house else cast.quay_street
        first = clock.today() + timedelta(days=starts)
        last = None if lasts is None else first + timedelta(days=lasts)
        Membership.objects.create(staff=them, scheme=here, role=role, from_on=first, until_on=last)
        if opened is not None:
            with clock.standing_at(clock.now() - timedelta(minutes=opened)):
                self.open(cast.tomasz, them)
        before = self.seen(them)
        people = {"them": them, "another": cast.grace}
        for kind, named in (("only", only), ("never", never)):
            for one in named:
                Limit.objects.create(resident=cast.tomasz.resident, staff=people[one], kind=kind)

        assert self.seen(them) == self.may(them, cast.tomasz)
        assert not (self.seen(them) and "them" in never), "Never wins."
        assert before or not self.seen(them), "A list never gives a right."

    def open(self, stay: Stay, them: Staff) -> None:
        if again(them).may_anywhere(Action.BREAK_GLASS):
            open_in_emergency(stay, by=again(them), because="He does not answer his door.")

    def seen(self, them: Staff) -> bool:
        them = again(them)
        kept = Stay.objects.visible_to(them).filter(scheme_id__in=them.reads_at())
        opened = them.standing.opened
        glass = Stay.objects.visible_to(them).filter(resident_id=opened) if opened else kept
        return (kept | glass).exists()

    def may(self, them: Staff, stay: Stay) -> bool:
        return can(again(them), Action.READ_FILE, stay).yes


@pytest.mark.goal("G6")
def test_the_table_names_every_kind_of_record_that_asks_it():
    from django.apps import apps

    asks = {
        model._meta.label
        for model in apps.get_models()
        if hasattr(model._default_manager.get_queryset(), "visible_to")
    }
    own = {Scheme._meta.label, Resident._meta.label, "absence.Absence", "time_away.Away"}
    own |= {"other_duties.OtherDuty"}  # whose it is, and along the stay what the table says
    assert asks - own <= SEES.keys()


WAYS: dict[str, Callable[[Any], object]] = {
    "the role ends": lambda cast: end_role(
        Membership.objects.filter(staff=cast.amina, role="key_worker").get(), by=cast.grace,
        until_on=clock.today() - timedelta(days=1),
    ) and end_role(
        Membership.objects.filter(staff=cast.amina, role="coordinator").get(), by=cast.grace,
        until_on=clock.today() - timedelta(days=1),
    ),
    "never, by name": lambda cast: limit_file(
        cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin."
    ),
    "only others": lambda cast: limit_file(
        cast.tomasz, by=cast.grace, kind="only", staff=[cast.grace], because="Known here."
    ),
}  # fmt: skip


@pytest.mark.goal("G7")
@pytest.mark.parametrize("way", WAYS)
def test_a_right_taken_away_is_gone_at_the_next_request(cast, way):
    client = Client()
    client.force_login(cast.amina)
    file = reverse("casefile:casefile", args=[cast.tomasz.pk])
    assert client.get(file).status_code == 200

    WAYS[way](cast)

    assert client.get(file).status_code in {403, 404}


@pytest.mark.goal("G7")
def test_whoever_leaves_and_whose_role_runs_out_is_out_the_next_day(cast):
    client = Client()
    client.force_login(cast.amina)
    leave(cast.amina, by=cast.grace, last_day=clock.today())
    give_role_here(
        cast.mill_house, by=cast.grace, staff=cast.owen, role="key_worker",
        from_on=clock.today(), until_on=clock.today(), line_manager=cast.grace,
    )  # fmt: skip
    other = Client()
    other.force_login(cast.owen)
    file = reverse("casefile:casefile", args=[cast.tomasz.pk])
    assert (client.get(file).status_code, other.get(file).status_code) == (200, 200)

    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert client.get(file).status_code in {302, 404}
        assert other.get(file).status_code in {302, 404}


def _bare(request: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse("here I am")


urlpatterns = [
    path("bare/", _bare, name="bare"),
    path("", include("alongside.config.urls")),
]


@pytest.mark.goal("G1")
def test_an_address_without_a_rule_answers_nobody_and_the_check_names_it(client, cast):
    with override_settings(ROOT_URLCONF=__name__):
        client.force_login(cast.grace)
        assert client.get("/bare/").status_code == 404
        assert "bare has no rule." in list(doors.faults())
    assert list(doors.faults()) == []
