"""Grace lets things be called otherwise for Tomasz alone, and back again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty
from alongside.duties.recalculation import rebuild
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.moments.recalculation import rebuild as rebuild_moments
from alongside.plans.operations import open_version
from alongside.practice.pack import check
from alongside.practice.shelf import SHIPPED
from alongside.schemes.models import OwnValue
from alongside.schemes.operations import set_value, set_value_for_person, set_words_for_person
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay

WHY = "He asked us to."


def again(stay: Stay) -> Stay:
    return Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=stay.pk)


def call(cast: Any, key: str = "key_worker", **words: Any) -> OwnValue:
    asked = {"from_on": cast.mill_house.today(), "because": WHY, **words}
    return set_words_for_person(again(cast.tomasz), by=cast.grace, key=key, **asked)


@pytest.mark.req("S0-12")
def test_a_link_worker_for_tomasz_and_a_key_worker_for_the_others(cast: Any) -> None:
    other = a_stay(cast.beds[1], by=cast.grace, moved_in_on=cast.tomasz.moved_in_on)
    call(cast, singular="link worker", plural="link workers")
    term = again(cast.tomasz).pack.term("key_worker")
    assert (term.singular, term.plural, term.possessive) == (
        "link worker", "link workers", "link worker’s",
    )  # fmt: skip
    assert again(cast.tomasz).pack.role("key_worker").says == "Link worker"
    assert again(other).pack.term("key_worker").singular == "key worker"
    made = OwnValue.objects.filter(stay=cast.tomasz, section="terms").order_by("pk")
    assert [(one.field, one.value, one.was) for one in made] == [
        ("singular", "link worker", "key worker"), ("plural", "link workers", "key workers"),
        ("possessive", "link worker’s", "key worker’s"),
    ]  # fmt: skip


@pytest.mark.req("S0-12")
def test_a_possessive_of_its_own_and_one_that_the_pack_spells_out(cast: Any) -> None:
    call(cast, key="staff", singular="helper", plural="helpers")
    assert again(cast.tomasz).pack.term("staff").possessive == "helper’s"
    call(cast, key="resident", possessive="residentens")
    assert again(cast.tomasz).pack.term("resident").possessive == "residentens"
    assert again(cast.tomasz).pack.term("resident").singular == "resident"


@pytest.mark.req("S0-12")
def test_his_file_says_it_and_nobody_elses_and_no_page_asks_more(cast: Any, client: Any) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    other = a_stay(cast.beds[1], by=cast.grace, moved_in_on=cast.tomasz.moved_in_on)
    client.force_login(cast.grace)
    pages = ["casefile:casefile", "allocations:allocation", "schemes:person", "plans:plan"]

    def asked() -> list[int]:
        counts = []
        for name in pages:
            with CaptureQueriesContext(connection) as found:
                client.get(reverse(name, args=[cast.tomasz.pk]))
            counts.append(len(found))
        return counts

    asked()
    before = asked()
    call(cast, singular="link worker", plural="link workers")
    call(cast, key="plan", singular="road map", plural="road maps")
    asked()
    assert asked() == before
    said = client.get(reverse("allocations:allocation", args=[cast.tomasz.pk])).text
    assert "link worker" in said
    assert "road map" in client.get(reverse("plans:plan", args=[cast.tomasz.pk])).text.lower()
    theirs = client.get(reverse("allocations:allocation", args=[other.pk])).text
    assert "link worker" not in theirs
    assert "key worker" in theirs


@pytest.mark.req("S0-12")
def test_the_title_of_what_is_owed_is_otherwise_for_him(cast: Any) -> None:
    at = ("duties", "first-plan", "says")
    today = cast.mill_house.today()
    set_value_for_person(
        again(cast.tomasz), by=cast.grace, at=at, value="His first road map", from_on=today,
        because=WHY,
    )  # fmt: skip
    mine = Duty.objects.filter(key="first-plan", stay=cast.tomasz)
    assert set(mine.values_list("says", flat=True)) == {"His first road map"}
    rows = sorted(mine.values_list("says", "due_on", "state", "why"))
    rebuild()
    assert sorted(mine.values_list("says", "due_on", "state", "why")) == rows
    set_value_for_person(
        again(cast.tomasz), by=cast.grace, at=at, value=None, from_on=today, because="Back."
    )
    assert "His first road map" not in set(mine.values_list("says", flat=True))


@pytest.mark.req("S0-12")
def test_what_was_written_before_keeps_its_words_also_when_the_timeline_is_made_anew(
    cast: Any,
) -> None:
    open_version(cast.tomasz, by=cast.amina)
    before = list(Moment.objects.filter(stay=cast.tomasz).order_by("pk").values_list("title"))
    assert any("action plan" in title for (title,) in before)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        call(cast, key="plan", singular="road map", plural="road maps")
        rebuild_moments()
    after = Moment.objects.filter(stay=cast.tomasz).values_list("title", flat=True)
    assert {title for (title,) in before} <= set(after)
    assert not [title for title in after if "road map was begun" in title]


@pytest.mark.req("S0-12")
def test_it_is_set_back_and_every_step_stays_on_file(cast: Any, client: Any) -> None:
    client.force_login(cast.grace)
    url = reverse("schemes:call-for-person", args=[cast.tomasz.pk, "key_worker"])
    page = client.get(url).text
    assert "As for everybody here again" not in page
    said = {"singular": "link worker", "plural": "link workers", "possessive": "key worker’s",
            "from_on": "2026-04-20", "because": ""}  # fmt: skip
    wrong = client.post(url, said)
    assert wrong.status_code == 422
    assert "link workers" in wrong.text
    assert client.post(url, {**said, "because": WHY}).status_code == 302
    back = {**said, "because": "Not any more.", "back": "on"}
    assert client.post(url, back).status_code == 302
    assert again(cast.tomasz).pack.term("key_worker").singular == "key worker"
    page = client.get(reverse("schemes:person", args=[cast.tomasz.pk])).text
    assert WHY in page
    assert "Not any more." in page


@pytest.mark.req("S0-12")
def test_from_a_later_day_it_waits_for_that_day(cast: Any) -> None:
    later = cast.mill_house.today() + timedelta(days=1)
    call(cast, singular="link worker", plural="link workers", from_on=later)
    assert again(cast.tomasz).pack.term("key_worker").singular == "key worker"
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert again(cast.tomasz).pack.term("key_worker").singular == "link worker"


@pytest.mark.req("S0-12")
def test_what_cannot_be_and_who_may_not(cast: Any, client: Any) -> None:
    with pytest.raises(Refused, match="past"):
        call(cast, singular="link worker", from_on=cast.mill_house.today() - timedelta(days=1))
    with pytest.raises(Refused, match="words already"):
        call(cast, singular="key worker")
    with pytest.raises(Refused, match="words already"):
        call(cast, back=True)
    with pytest.raises(Refused, match="Nothing can be changed"):
        call(cast, key="no-such", singular="x")
    with pytest.raises(NotPermitted):
        set_words_for_person(
            cast.tomasz, by=cast.amina, key="key_worker", singular="x", plural="y",
            from_on=cast.mill_house.today(), because=WHY,
        )  # fmt: skip
    client.force_login(cast.owen)
    url = reverse("schemes:call-for-person", args=[cast.tomasz.pk, "key_worker"])
    assert client.get(url).status_code == 404
    client.force_login(cast.grace)
    assert (
        client.get(reverse("schemes:call-for-person", args=[cast.tomasz.pk, "no-such"])).status_code
        == 404
    )


def test_the_database_lets_one_person_differ_in_duties_and_words_alone(cast: Any) -> None:
    made = call(cast, singular="link worker", plural="link workers")
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnValue.objects.filter(pk=made.pk).update(section="limits")


@pytest.mark.req("S0-12")
def test_a_service_gives_its_own_title_and_possessive(cast: Any, client: Any) -> None:
    today = cast.mill_house.today()
    for at, value in (
        (("duties", "first-plan", "says"), "Our first road map"),
        (("terms", "resident", "possessive"), "the resident’s own"),
    ):
        set_value(cast.mill_house, by=cast.grace, at=at, value=value, from_on=today, because=WHY)
    client.force_login(cast.grace)
    page = client.get(reverse("schemes:words", args=["mill-house"])).text
    assert "Our first road map" in page
    assert "the resident’s own" in page
    assert Duty.objects.filter(key="first-plan", says="Our first road map").exists()


def test_a_pack_with_an_aim_of_a_services_key_is_told_where(tmp_path: Any) -> None:
    folder = tmp_path / "staged-hostel" / "1.0.0"
    folder.mkdir(parents=True)
    for file in (SHIPPED / "staged-hostel" / "1.0.0").iterdir():
        (folder / file.name).write_text(file.read_text())
    (folder / "aims.toml").write_text('[aims.own-tea]\nsays = "Tea"\nsource = "ours"\n')
    [fault] = check(folder)
    assert (fault.file, fault.line, fault.key) == (
        "staged-hostel/1.0.0/aims.toml", 1, "aims.own-tea",
    )  # fmt: skip
    assert "service’s own" in fault.problem
