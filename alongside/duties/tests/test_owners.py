"""Who owes a duty: the first who exists and is present, and never the one it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError

from alongside.allocations.models import Method
from alongside.allocations.operations import allocate, ask_for_change
from alongside.duties import owners
from alongside.duties.models import Duty, DutyQuerySet, How
from alongside.duties.operations import work_out
from alongside.duties.owners import Away
from alongside.duties.queries import merged
from alongside.organisation.models import Staff
from alongside.organisation.operations import give_role
from alongside.testing.cast import OPENED, SETTING_UP, Cast, a_member_of_staff

TODAY = date(2026, 4, 20)


@pytest.fixture
def away() -> Iterator[dict[UUID, Away]]:
    """Who is away today, as the room that keeps absences would say."""
    told: dict[UUID, Away] = {}
    owners.knows_absence(reads=[])(lambda *_: told)
    yield told
    owners.ABSENCES.pop()


def assessment(cast: Cast) -> Duty:
    return Duty.objects.get(stay=cast.tomasz, key="initial-assessment")


def owed(cast: Cast, by: Staff) -> DutyQuerySet:
    """What this person owes here now, as the pages ask."""
    now = Duty.objects.for_page().outstanding(TODAY).filter(scheme=cast.mill_house, owed_by=by)
    return now.order_by("due_on", "pk")


def the_day_comes(cast: Cast) -> None:
    work_out(cast.mill_house, by=SETTING_UP)


def test_before_anybody_is_named_it_falls_to_the_manager_at_the_end_of_the_list(cast) -> None:
    assert assessment(cast).owed_by == cast.grace
    assert assessment(cast).owed_how == How.WORKS


def test_the_key_worker_has_the_coordinators_duties_when_nobody_else_is_named(cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=bilal, reason="skills")

    assert assessment(cast).owed_by == bilal
    assert assessment(cast).owed_as == "coordinator"
    assert assessment(cast).owed_how == How.HOLDS


def test_naming_another_key_worker_moves_what_is_owed_in_the_same_minute(cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, method=Method.TEMPORARY)
    before = owed(cast, bilal).filter(stay__isnull=False).count()

    allocate(cast.tomasz, by=cast.grace, worker=bilal, reason="skills")

    assert before == 0
    assert owed(cast, bilal).filter(stay__isnull=False).exists()
    assert not owed(cast, cast.amina).filter(stay__isnull=False).exists()


def test_while_the_owner_is_away_it_falls_to_the_cover(cast, away) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    away[cast.amina.pk] = Away(cover=bilal.pk)
    the_day_comes(cast)

    duty = assessment(cast)
    assert (duty.owed_by, duty.owed_how, duty.instead_of) == (bilal, How.COVER, cast.amina)


def test_with_no_cover_it_falls_to_the_line_manager_and_back_when_the_owner_returns(
    cast, away
) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    away[cast.amina.pk] = Away()
    the_day_comes(cast)
    assert (assessment(cast).owed_by, assessment(cast).owed_how) == (cast.grace, How.LINE)

    away.clear()
    the_day_comes(cast)
    assert assessment(cast).owed_by == cast.amina


def test_cover_who_is_away_too_does_not_get_it(cast, away) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    away[cast.amina.pk], away[bilal.pk] = Away(cover=bilal.pk), Away()
    the_day_comes(cast)

    assert assessment(cast).owed_by == cast.grace


def test_what_the_resident_is_first_to_do_is_support_for_the_worker(cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    the_day_comes(cast)
    week = Duty.objects.get(stay=cast.tomasz, key="weekly-session", period_from=TODAY)

    assert week.support
    assert week.owed_by == cast.amina
    assert not assessment(cast).support


def test_a_request_about_the_only_manager_never_falls_to_that_manager(cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.grace, reason="skills")
    ask_for_change(cast.tomasz, by=cast.amina, reason="other", words="He would like a change.")

    duty = Duty.objects.get(stay=cast.tomasz, key="change-of-key-worker")
    assert duty.concerning == cast.grace
    assert duty.owed_by != cast.grace


def test_the_database_refuses_a_duty_that_falls_to_whom_it_concerns(cast) -> None:
    with pytest.raises(IntegrityError):
        Duty.objects.filter(pk=assessment(cast).pk).update(concerning=assessment(cast).owed_by)


def test_the_database_refuses_an_owner_who_came_from_nowhere(cast) -> None:
    with pytest.raises(IntegrityError):
        Duty.objects.filter(pk=assessment(cast).pk).update(owed_how="")


def test_somebody_who_stops_working_here_owes_nothing_here(cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    cast.amina.memberships.update(until_on=date(2026, 4, 19))
    the_day_comes(cast)

    assert assessment(cast).owed_by == cast.grace


def test_somebody_who_takes_over_as_manager_owes_what_that_role_owes_at_once(cast) -> None:
    cast.grace.memberships.update(until_on=date(2026, 4, 19))
    the_day_comes(cast)
    assert assessment(cast).owed_by != cast.grace
    wanjiru = a_member_of_staff(cast.mill_house, "Wanjiru Kamau", "support_worker")

    give_role(cast.mill_house, by=SETTING_UP, staff=wanjiru, role="manager", from_on=OPENED)

    assert assessment(cast).owed_by == wanjiru


@pytest.mark.req("S1-99")
def test_what_one_person_owes_in_two_roles_appears_once(cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    mine = list(owed(cast, cast.amina))
    twin = next(duty for duty in mine if duty.key == "initial-assessment")
    other = Duty.objects.for_page().get(pk=twin.pk)
    other.pk, other.key, other.owed_as = other.scheme_id, "assessment-seen", "key_worker"

    both = merged([*mine, other])

    assert [duty.key for duty in both] == [duty.key for duty in mine]
