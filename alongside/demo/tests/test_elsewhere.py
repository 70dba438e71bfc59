"""The second organisation lives by its own practices, and to the first it does not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.aftercare.models import Episode
from alongside.demo.elsewhere.founding import found_elsewhere
from alongside.demo.elsewhere.people import AUCKLAND, HARAKEKE, KOWHAI, MEADOW, SERVICES
from alongside.demo.elsewhere.telling import tell_elsewhere
from alongside.duties.models import Duty, State
from alongside.keywork.models import Note
from alongside.kit import clock
from alongside.organisation.models import Scheme
from alongside.plans.models import Goal, Plan
from alongside.reports.aims import aims_of
from alongside.reports.month import Month
from alongside.signatures.models import Signature
from alongside.stays.models import Stay


@pytest.mark.slow
def test_the_second_organisation_is_told(db, client):
    houses = {house.scheme.slug: house for house in tell_elsewhere(clock.now())}

    assert {s.slug: s.pack for s in SERVICES} == {
        slug: house.scheme.pack_key for slug, house in houses.items()
    }
    for service in SERVICES:
        here = Scheme.objects.select_related("organisation").get(slug=service.slug)
        duties = Duty.objects.filter(scheme=here)
        assert Stay.objects.filter(scheme=here, moved_out_on=None).count() == len(service.people)
        met = duties.filter(state__in=[State.MET, State.MET_LATE]).count()
        late = duties.overdue(here.today()).count()
        assert 0 < late < met, service.name
        client.force_login(houses[service.slug].staff["manager"][0])
        for page in ("today:today",):
            assert client.get(reverse(page)).status_code == 200
        assert client.get(reverse("coverage:coverage", args=[here.slug])).status_code == 200
    asked = set(Episode.objects.values_list("stay__scheme__slug", flat=True))
    assert asked == {HARAKEKE.slug, KOWHAI.slug}
    _aims_and_principles_show()
    noes = Signature.objects.filter(record_type="aftercare.AftercarePlan", refused=True)
    assert {one.party for one in noes} == {"whanau"}
    assert Scheme.objects.get(slug=KOWHAI.slug).time_zone == AUCKLAND


def _aims_and_principles_show() -> None:
    """Goals name aims and say what became of them; notes and plans name principles, and not all."""
    became: list[Any] = []
    for service in SERVICES:
        here = Scheme.objects.select_related("organisation").get(slug=service.slug)
        named = set(Goal.objects.filter(plan__stay__scheme=here).values_list("aim", flat=True))
        assert bool(named - {""}) == bool(here.pack.aims_in_order), service.name
        tags = {bool(one.principles) for one in Note.objects.filter(stay__scheme=here)}
        assert tags == ({True, False} if here.pack.principles else {False}), service.name
        became += [row.became for row in aims_of(here, Month.of(here.today(), here.zone)).rows]
    assert any(became)
    assert any(plan.principles for plan in Plan.objects.all())


def test_nobody_of_it_works_at_the_first(db):
    houses = found_elsewhere(clock.today() - timedelta(days=90))

    assert len({house.scheme.organisation_id for house in houses}) == 1
    home = next(house for house in houses if house.scheme.slug == MEADOW.slug)
    worker = home.staff["key_worker"][0]
    assert [one.slug for one in worker.schemes()] == [MEADOW.slug]
    assert worker.email.isascii()
