"""Grace lets Mill House work without named workers for a while, and then with them again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from alongside.admissions.operations import begin_admission, keep_key_worker
from alongside.admissions.steps import steps_of
from alongside.allocations.models import Allocation
from alongside.allocations.operations import allocate, ask_for_change, hand_over_case, record_wish
from alongside.allocations.queries import loads, split_of, still_held
from alongside.audit.actors import System
from alongside.casefile.people import people_at
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.practice.pack import check
from alongside.practice.shelf import SHIPPED
from alongside.schemes.models import OwnValue
from alongside.schemes.operations import set_value
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.today.queries import my_people

NIGHT = System("the night")
TODAY = date(2026, 4, 20)
AT = ("features", "key_working", "on")
WHY = "The team is there for everybody until two posts are filled."
BELONGS = {
    "key-worker-allocated", "lasting-key-worker", "weekly-session", "missed-session-rebooked",
    "case-review", "leave-preparation", "change-of-key-worker", "substitute-signed-plan",
}  # fmt: skip
ROWS = (
    "subject_kind", "subject_id", "key", "period_from", "ref", "opens_on", "due_on", "met_on",
    "state", "why", "practice",
)  # fmt: skip


def on(day: date) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("UTC")))


def switch(cast: Any, *, to: bool | None, from_on: date = TODAY) -> OwnValue:
    here = Scheme.objects.select_related("organisation").get(pk=cast.mill_house.pk)
    return set_value(here, by=cast.grace, at=AT, value=to, from_on=from_on, because=WHY)


def tomasz(cast: Any) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)


def kept() -> list[str]:
    return sorted(map(str, Duty.objects.values_list(*ROWS)))


def of_key_working(state: str) -> list[tuple[str, date]]:
    found = Duty.objects.filter(key__in=BELONGS, state=state).exclude(stay=None)
    return sorted(found.values_list("key", "period_from"))


@pytest.fixture
def named(cast: Any) -> Any:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return cast


@pytest.mark.req("S2-03")
def test_off_takes_what_is_open_and_keeps_what_was_met_or_missed(named: Any) -> None:
    met, missed = of_key_working(State.MET_LATE), of_key_working(State.MISSED)
    others = Duty.objects.filter(state=State.OPEN, stay=named.tomasz).exclude(key__in=BELONGS)
    still = set(others.values_list("key", flat=True))
    assert met
    assert len(missed) > 3
    assert of_key_working(State.OPEN)

    made = switch(named, to=False)

    assert (made.because, made.decided_by, made.was) == (WHY, named.grace, True)
    assert not of_key_working(State.OPEN)
    assert of_key_working(State.MET_LATE) == met
    assert set(missed) <= set(of_key_working(State.MISSED))
    assert still == set(others.values_list("key", flat=True))
    assert not others.filter(owed_by=named.amina, owed_as="key_worker").exists()


@pytest.mark.req("S2-03")
def test_on_again_it_is_owed_from_that_day_and_nothing_of_the_time_between(named: Any) -> None:
    switch(named, to=False)
    with on(date(2026, 5, 20)):
        work_out(Scheme.objects.get(pk=named.mill_house.pk), by=NIGHT)
        missed = of_key_working(State.MISSED)
        assert not of_key_working(State.OPEN)
        switch(named, to=None, from_on=date(2026, 5, 20))
        arisen = of_key_working(State.OPEN)
        assert ("weekly-session", date(2026, 5, 20)) in arisen
        assert not [
            day for key, day in arisen if key == "weekly-session" and day < date(2026, 5, 20)
        ]
        assert {one for one in missed if one[0] == "weekly-session"} <= set(
            of_key_working(State.MISSED)
        )
        back = Duty.objects.filter(key__in=BELONGS, state=State.OPEN, due_on__gte=TODAY)
        assert not back.filter(due_on__lt=date(2026, 5, 20)).exists()


@pytest.mark.req("S2-03")
def test_amina_sees_nobody_as_hers_while_nobody_has_a_key_worker(named: Any) -> None:
    assert [stay.pk for stay in my_people(named.amina, named.mill_house)] == [named.tomasz.pk]
    switch(named, to=False)
    here = Scheme.objects.select_related("organisation").get(pk=named.mill_house.pk)
    assert my_people(named.amina, here) == []
    assert not people_at(here, viewer=named.amina, show="mine").exists()
    allocate(tomasz(named), by=named.grace, worker=named.amina, role="coordinator")
    assert [stay.pk for stay in my_people(named.amina, here)] == [named.tomasz.pk]


@pytest.mark.req("S2-03")
def test_what_is_kept_in_step_is_what_is_made_again(named: Any) -> None:
    switch(named, to=False)
    for day in (TODAY, date(2026, 5, 6)):
        with on(day):
            work_out(Scheme.objects.get(pk=named.mill_house.pk), by=NIGHT)
            before = kept()
            rebuild()
            assert kept() == before
    with on(date(2026, 5, 20)):
        switch(named, to=True, from_on=date(2026, 5, 20))
        before = kept()
        rebuild()
        assert kept() == before


@pytest.mark.req("S2-03")
def test_nobody_is_asked_for_a_key_worker_on_admission(cast: Any) -> None:
    before = begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa", family_name="Lind")
    assert "key-worker" in [step.key for step in steps_of(before)]
    switch(cast, to=False)
    here = Scheme.objects.select_related("organisation").get(pk=cast.mill_house.pk)
    before.scheme = here
    assert "key-worker" not in [step.key for step in steps_of(before)]
    with pytest.raises(Refused, match="works without key workers"):
        keep_key_worker(before, by=cast.grace, worker=cast.amina)

    stay = a_stay(cast.beds[1], by=cast.grace, moved_in_on=TODAY)
    assert not Duty.objects.filter(stay=stay, key__in=BELONGS).exists()
    assert Duty.objects.filter(stay=stay, key="first-plan").exists()


@pytest.mark.req("S2-03")
def test_what_would_name_somebody_is_refused_kindly(named: Any) -> None:
    switch(named, to=False)
    stay, act = tomasz(named), {"by": named.grace}
    for attempt in (
        lambda: allocate(stay, worker=named.grace, **act),
        lambda: ask_for_change(stay, reason="leaving_or_absent", **act),
        lambda: hand_over_case(stay, to=named.grace, summary="All of it", **act),
        lambda: record_wish(stay, wish="nobody_in_mind", **act),
    ):
        with pytest.raises(Refused, match="works without key workers now") as no:
            attempt()
        assert "there for everybody" in no.value.instead
    allocate(stay, worker=named.amina, role="coordinator", **act)
    assert Allocation.objects.filter(stay=stay, role="key_worker", until_on=None).exists()
    here = stay.scheme
    assert [one.role for one in still_held(named.amina, here)] == ["coordinator"]


@pytest.mark.req("S2-03")
def test_pages_say_so_and_still_show_who_it_was(named: Any, client: Any) -> None:
    switch(named, to=False)
    client.force_login(named.grace)
    page = client.get(reverse("allocations:allocation", args=[named.tomasz.pk])).text
    assert "Mill House works without key workers now." in page
    assert "Amina Yusuf" in page
    assert "Change the key worker" not in page
    assert "has no key worker" not in page

    listed = client.get(reverse("allocations:key-workers", args=["mill-house"])).text
    assert "works without key workers now" in listed
    assert "Nobody is named for" not in listed
    asked = reverse("allocations:allocate", args=[named.tomasz.pk])
    assert (
        client.post(asked, {"worker": named.grace.pk, "from_on": "2026-04-20"}).status_code == 422
    )
    for name, args in (
        ("casefile:casefile", [named.tomasz.pk]), ("casefile:residents", ["mill-house"]),
        ("admissions:arrivals", ["mill-house"]), ("today:today", []),
    ):  # fmt: skip
        text = client.get(reverse(name, args=args)).text
        assert "Without a key worker" not in text
        assert "Nobody yet" not in text


@pytest.mark.req("S2-03")
def test_a_leader_switches_it_on_screen_with_a_reason(named: Any, client: Any) -> None:
    client.force_login(named.grace)
    switches = client.get(reverse("schemes:switches", args=["mill-house"])).text
    url = reverse("schemes:change", args=["mill-house", *AT])
    assert "Everybody has a named worker of their own" in switches
    assert url in switches

    silent = client.post(url, {"from_on": "2026-04-20", "switch": "off", "because": ""})
    assert silent.status_code == 422
    done = client.post(url, {"from_on": "2026-04-20", "switch": "off", "because": WHY}, follow=True)
    assert done.status_code == 200
    assert not Scheme.objects.get(pk=named.mill_house.pk).pack.has_key_working
    assert Scheme.objects.get(pk=named.quay_street.pk).pack.has_key_working
    assert WHY in client.get(reverse("schemes:decided", args=["mill-house"])).text


@pytest.mark.req("S2-03")
def test_who_does_not_lead_or_works_elsewhere_cannot(cast: Any, client: Any) -> None:
    with pytest.raises(NotPermitted):
        set_value(cast.mill_house, by=cast.amina, at=AT, value=False, from_on=TODAY, because=WHY)
    client.force_login(cast.owen)
    assert client.get(reverse("schemes:change", args=["mill-house", *AT])).status_code == 404


def test_a_limit_that_claims_to_belong_to_it_is_a_fault(tmp_path: Any) -> None:
    folder = tmp_path / "staged-hostel" / "1.0.0"
    folder.mkdir(parents=True)
    for file in (SHIPPED / "staged-hostel" / "1.0.0").iterdir():
        text = file.read_text()
        if file.name == "duties.toml":
            text = text.replace(
                "[duties.caseload-limit]\n", "[duties.caseload-limit]\nkey_working = true\n"
            )
        (folder / file.name).write_text(text)
    [fault] = check(folder)
    assert "never owed" in fault.problem


@pytest.mark.req("S2-03")
def test_nobody_counts_as_held_while_there_are_no_key_workers_here(named: Any) -> None:
    amina = named.amina
    assert (loads([amina])[amina.pk].people, loads([amina])[amina.pk].weighs) == (1, 1)
    switch(named, to=False)
    assert (loads([amina])[amina.pk].people, loads([amina])[amina.pk].weighs) == (0, 0)
    assert split_of([amina])[amina.pk] == (0, 0)
    allocate(tomasz(named), by=named.grace, worker=amina, role="coordinator")
    assert loads([amina], "coordinator")[amina.pk].people == 1
    switch(named, to=None)
    assert loads([amina])[amina.pk].people == 1
