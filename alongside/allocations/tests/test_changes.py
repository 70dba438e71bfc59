"""Wishes, changes and handing over: the resident's word counts, the old worker has no veto."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from alongside.allocations import matching
from alongside.allocations.facts import change_asked, change_decided
from alongside.allocations.models import LEAD, Allocation, ChangeRequest
from alongside.allocations.operations import (
    accept_case,
    allocate,
    ask_for_change,
    change_key_worker,
    decide_change,
    describe_worker,
    feed_back,
    hand_over_case,
    open_changes,
    record_wish,
    withdraw_change,
)
from alongside.allocations.queries import (
    holder,
    holding,
    is_late,
    still_held,
    unanswered_changes,
    who_is_whose,
)
from alongside.duties.engine import Happening
from alongside.kit.refusal import NotPermitted, Refused
from alongside.testing.cast import a_member_of_staff

CHANGE: Any = {"decision": "change", "reason": "not_working"}


@pytest.fixture
def ravi(mill_house):
    return a_member_of_staff(mill_house, "Ravi Menon", "key_worker")


@pytest.fixture
def hers(tomasz, grace, amina):
    """Tomasz, whose key worker Amina is since he moved in."""
    allocate(tomasz, by=grace, worker=amina, from_on=tomasz.moved_in_on)
    return tomasz


@pytest.fixture
def asked(hers):
    return ask_for_change(hers, by=hers.resident, reason="not_working", words="We do not talk.")


@pytest.mark.req("S2-17")
def test_the_residents_wish_lifts_the_worker_they_named(tomasz, amina, grace, ravi):
    record_wish(tomasz, by=tomasz.resident, wish="named", worker=ravi, words="He is calm.")

    found = matching.candidates(tomasz)
    assert found[0].worker == ravi
    assert "Their own wish" in [factor.says for factor in found[0].factors]
    with pytest.raises(Refused, match="Nobody is named"):
        record_wish(tomasz, by=grace, wish="named")


def test_a_shared_language_speaks_for_a_worker(tomasz, mill_house, amina, grace, ravi):
    tomasz.resident.languages = "Polish, English"
    describe_worker(mill_house, by=grace, worker=ravi, languages="polish")

    found = {one.worker: one for one in matching.candidates(tomasz)}
    assert "Speaks Polish" in [factor.says for factor in found[ravi].factors]


@pytest.mark.req("S3-09", "S0-34")
def test_a_resident_asks_and_the_manager_decides_and_nobody_is_without(asked, hers, grace, ravi):
    decide_change(asked, by=grace, successor=ravi, feedback="Glad of it.", **CHANGE)

    assert holder(hers) == ravi
    old, new = Allocation.objects.filter(role=LEAD).order_by("from_on")
    assert old.until_on == new.from_on == date(2026, 4, 20)
    assert change_asked(hers, "") == [Happening(date(2026, 4, 20))]
    assert change_decided(hers, "") == [date(2026, 4, 20)]
    assert ChangeRequest.objects.get().feedback == "Glad of it."


def test_the_old_worker_neither_sees_nor_decides(asked, hers, mill_house, amina, client):
    client.force_login(amina)

    assert client.get(f"/key-worker-changes/{asked.pk}/").status_code == 404
    for page in (f"/stays/{hers.pk}/key-worker/", "/schemes/mill-house/key-workers/"):
        answer = client.get(page).content
        assert b"We do not talk" not in answer
        assert str(asked.pk).encode() not in answer
    with pytest.raises(NotPermitted):
        decide_change(asked, by=amina, decision="keep", reason="other", decision_words="No.")


def test_a_colleague_does_not_read_what_was_written(asked, ravi, grace, client):
    client.force_login(ravi)
    assert b"We do not talk" not in client.get(f"/key-worker-changes/{asked.pk}/").content

    client.force_login(grace)
    assert b"We do not talk" in client.get(f"/key-worker-changes/{asked.pk}/").content


def test_a_decision_names_its_reason_and_who_takes_over(asked, grace):
    with pytest.raises(Refused, match="needs its reason"):
        decide_change(asked, by=grace, decision="keep", reason="")
    with pytest.raises(Refused, match="Nobody was chosen"):
        decide_change(asked, by=grace, **CHANGE)
    with pytest.raises(Refused, match="needs a few words"):
        decide_change(asked, by=grace, decision="keep", reason="other")


@pytest.mark.req("S3-11")
def test_each_reason_is_brought_by_those_it_is_for(hers, amina, ravi):
    with pytest.raises(Refused, match="is not yours to bring"):
        ask_for_change(hers, by=ravi, reason="best_interests")

    assert ask_for_change(hers, by=amina, reason="no_relationship").about == amina


def test_a_request_that_waits_more_than_a_week_is_late(asked, mill_house, grace):
    assert not is_late(unanswered_changes(mill_house, grace).get())

    with time_machine.travel("2026-04-28T12:00:00+01:00", tick=False):
        assert is_late(unanswered_changes(mill_house, grace).get())


def test_only_who_asked_takes_it_back(asked, hers, grace):
    with pytest.raises(NotPermitted):
        withdraw_change(asked, by=grace)

    withdraw_change(asked, by=hers.resident)
    with pytest.raises(Refused, match="has been answered"):
        decide_change(asked, by=grace, decision="keep", reason="not_working")


def test_what_the_resident_said_can_be_added_after_the_decision(asked, grace):
    with pytest.raises(Refused, match="Nothing has been decided"):
        feed_back(asked, by=grace, feedback="Fine.")
    decide_change(asked, by=grace, decision="keep", reason="not_working")

    assert feed_back(asked, by=grace, feedback="Fine.").fed_back_by == grace


@pytest.mark.req("S3-10")
def test_a_worker_who_leaves_opens_a_change_for_each_they_hold(hers, mill_house, amina, grace):
    assert [one.stay for one in still_held(amina, mill_house)] == [hers]

    open_changes(mill_house, by=grace, worker=amina)
    open_changes(mill_house, by=grace, worker=amina)

    assert unanswered_changes(mill_house, grace).get().stay == hers


@pytest.mark.req("S3-08")
def test_the_days_with_each_key_worker_are_counted(hers, grace, amina, ravi):
    change_key_worker(hers, by=grace, successor=ravi, reason="leaving_or_absent")

    with time_machine.travel("2026-04-30T12:00:00+01:00", tick=False):
        assert holding(hers, grace).days == [(amina, 49), (ravi, 10)]


@pytest.mark.req("S1-41")
def test_a_case_is_handed_over_once_the_next_worker_accepts(hers, amina, grace, ravi):
    handover = hand_over_case(hers, by=grace, to=ravi, summary="Likes mornings.")
    assert holder(hers) == amina

    with pytest.raises(NotPermitted):
        accept_case(handover, by=grace)
    accept_case(handover, by=ravi)
    assert holder(hers) == ravi


def test_who_is_whose_counts_each_worker(hers, mill_house, amina):
    first = who_is_whose(mill_house)[0]

    assert (first.worker, first.count, first.leaves_on) == (amina, 1, None)


@pytest.mark.req("S0-33")
def test_the_page_names_a_worker_and_shows_the_refusal_beside_the_field(
    tomasz, amina, grace, ravi, client
):
    client.force_login(grace)
    url = f"/stays/{tomasz.pk}/key-worker/allocate/"
    assert b"Nobody yet, room for 12" in client.get(url).content

    empty = client.post(url, {"worker": "", "from_on": "2026-04-20"})
    future = client.post(url, {"worker": str(ravi.pk), "from_on": "2026-05-20"})
    done = client.post(url, {"worker": str(ravi.pk), "from_on": "2026-04-20"})

    assert (empty.status_code, future.status_code, done.status_code) == (422, 422, 302)
    assert b"not happened yet" in future.content
    assert holder(tomasz) == ravi


def test_the_manager_decides_on_the_page(asked, hers, grace, ravi, client):
    client.force_login(grace)
    sent = {"decision": "change", "reason": "not_working", "successor": str(ravi.pk)}

    assert client.post(f"/key-worker-changes/{asked.pk}/", sent).status_code == 302
    assert holder(hers) == ravi


def test_whoever_chooses_another_key_worker_sees_how_much_room_each_has(
    hers, amina, grace, ravi, client
):
    client.force_login(grace)

    page = client.get(f"/stays/{hers.pk}/key-worker/change/").text

    assert f"{ravi.name}: Nobody yet, room for 12" in page
    shown = client.get(f"/schemes/{hers.scheme.slug}/key-workers/").text
    assert "People each of them holds" in shown
    assert "0 to 1" in shown
