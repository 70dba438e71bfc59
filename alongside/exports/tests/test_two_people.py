"""A whole list of people leaves by two people: one asks, and another releases it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.exports.leaving import Content
from alongside.exports.models import Export, Fetch
from alongside.exports.operations import content_of, decline, fetch, release, take_out, withdraw
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.schemes.operations import set_value
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff
from alongside.today.waiting import at_a_glance

ASKED: dict[str, Any] = {
    "what": "people", "asked": "", "columns": ["name", "bed"], "kind": "csv",
    "purpose": "planning", "words": "For the evacuation plan.",
}  # fmt: skip


@pytest.fixture
def house(cast: Any) -> Any:
    """Three live at Mill House, and one person alone takes out two rows."""
    for bed in cast.beds[1:3]:
        a_stay(bed, by=cast.grace)
    changed = set_value(
        cast.mill_house, by=cast.grace, at=("limits", "export_alone", "number"), value=2,
        from_on=cast.mill_house.today(), because="We are small.",
    )  # fmt: skip
    assert changed
    return SimpleNamespace(
        mill_house=Scheme.objects.select_related("organisation").get(pk=cast.mill_house.pk),
        grace=cast.grace, amina=cast.amina, owen=cast.owen,
        vera=a_member_of_staff(cast.mill_house, "Vera Lund", "coordinator", cast.grace),
    )  # fmt: skip


def asked(house: Any, by: Any = None, **differs: Any) -> Export:
    return take_out(house.mill_house, by=by or house.grace, **{**ASKED, **differs})


@pytest.mark.goal("G39")
@pytest.mark.req("S0-62")
def test_grace_asks_vera_releases_and_only_then_it_is_fetched(client, house):
    one = asked(house)
    assert (one.needs_release, one.people) == (True, 3)
    assert one.expires_at - one.made_at == timedelta(hours=48)
    client.force_login(house.grace)
    shown = client.get(reverse("exports:export", args=[one.pk])).text
    assert "Waits for a second person" in shown
    assert "Fetch the file" not in shown
    assert client.post(reverse("exports:file", args=[one.pk])).status_code == 410
    with pytest.raises(Refused, match="waits for somebody else"):
        content_of(one, house.grace)

    client.force_login(house.vera)
    assert (
        "Waits for a second person" in client.get(reverse("exports:left", args=["mill-house"])).text
    )
    client.post(reverse("exports:release", args=[one.pk]), {})
    one.refresh_from_db()
    assert one.released_by == house.vera
    assert one.released_at
    assert one.expires_at - one.released_at == timedelta(hours=24)
    assert client.post(reverse("exports:file", args=[one.pk])).status_code == 403
    client.force_login(house.grace)
    assert client.post(reverse("exports:file", args=[one.pk])).status_code == 200
    assert Fetch.objects.get().rows == 3
    events = Entry.objects.filter(event__startswith="export.").order_by("number")
    assert [one.event for one in events] == ["export.made", "export.released", "export.fetched"]


@pytest.mark.goal("G39")
def test_nobody_releases_their_own_whatever_they_may(client, house):
    one = asked(house)
    with pytest.raises(Refused, match="You asked for this yourself"):
        release(one, by=house.grace)
    with pytest.raises(Refused, match="You asked for this yourself"):
        decline(one, by=house.grace, because="Mine.")
    client.force_login(house.grace)
    assert client.post(reverse("exports:release", args=[one.pk]), {}).status_code == 422
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        Export.objects.filter(pk=one.pk).update(released_by=house.grace, released_at=clock.now())


def test_a_project_worker_may_ask_and_not_release_and_owen_finds_nothing(client, house):
    one = asked(house)
    bilal = a_member_of_staff(house.mill_house, "Bilal Khan", "project_worker", house.grace)
    with pytest.raises(NotPermitted):
        release(one, by=bilal)
    assert asked(house, by=bilal).needs_release
    client.force_login(bilal)
    assert client.get(reverse("exports:release", args=[one.pk])).status_code in {403, 404}
    client.force_login(house.owen)
    for name in ("release", "decline"):
        assert client.get(reverse(f"exports:{name}", args=[one.pk])).status_code == 404
        assert client.post(reverse(f"exports:{name}", args=[one.pk])).status_code == 404


def test_what_names_nobody_or_few_leaves_at_one_persons_word(house):
    assert not asked(house, columns=["bed", "in"]).needs_release
    assert not asked(house, asked="q=Tomasz").needs_release
    assert asked(house, columns=["bed", "worker"]).needs_release


def test_it_is_not_released_with_a_reason_or_never_when_nobody_answers(client, house):
    one = asked(house)
    client.force_login(house.vera)
    page = reverse("exports:decline", args=[one.pk])
    assert client.post(page, {"because": ""}).status_code == 422
    client.post(page, {"because": "The plan needs beds, not names."})
    client.force_login(house.grace)
    assert "not names" in client.get(reverse("exports:export", args=[one.pk])).text
    one.refresh_from_db()
    with pytest.raises(Refused, match="was not released"):
        content_of(one, house.grace)
    other = asked(house)
    with time_machine.travel(other.expires_at, tick=False):
        with pytest.raises(Refused, match="does not wait any more"):
            release(other, by=house.vera)
        with pytest.raises(Refused, match="expired"):
            content_of(other, house.grace)


def test_what_waits_can_be_taken_back_and_a_list_that_grew_is_asked_for_anew(house):
    one = asked(house)
    assert withdraw(one, by=house.grace).withdrawn_at
    with pytest.raises(Refused, match="does not wait"):
        release(one, by=house.vera)
    few = asked(house, asked="q=Tomasz")
    Export.objects.filter(pk=few.pk).update(asked="")
    few.refresh_from_db()
    with pytest.raises(Refused, match="names more than 2 people by now"):
        fetch(few, by=house.grace, content=Content(b"x", "text/csv", "csv", 3))


def test_today_tells_whoever_may_release_and_not_whoever_asked(house):
    asked(house)
    told = {one.says: one.count for one in at_a_glance(house.vera, house.mill_house).waiting}
    assert told["Files to release"] == 1
    told = {one.says: one.count for one in at_a_glance(house.grace, house.mill_house).waiting}
    assert not told.get("Files to release")


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"released_at": clock.now()}, "a_released_export_has_a_time_and_a_person"),
        ({"declined_because": "x"}, "a_declined_export_has_a_time_a_person_and_a_reason"),
    ],
)
def test_the_database_refuses_half_of_it(house, broken, name):
    one = asked(house)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Export.objects.filter(pk=one.pk).update(**broken)
