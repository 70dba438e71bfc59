"""Opening a file in an emergency: a reason, an hour, one person, two told, one who looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.post.models import Letter
from alongside.practice.contents import Pack
from alongside.rights.models import Opening, Told
from alongside.rights.operations import (
    limit_file,
    open_in_emergency,
    review_opening,
    seek_in_emergency,
)
from alongside.rights.queries import read_during
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff

WHY = "He is not answering and has talked of the bridge."


def again(staff: Staff) -> Staff:
    return Staff.objects.get(pk=staff.pk)


def asked(cast, **more):
    return {"name": "Tomasz Nowak", "born_on": "1990-05-17", "because": WHY, **more}


def file_of(stay):
    return reverse("casefile:casefile", args=[stay.pk])


@pytest.fixture
def ben(cast):
    return a_member_of_staff(cast.mill_house, "Ben Marsden", "coordinator", cast.grace)


@pytest.fixture
def as_owen(client, cast, ben):
    client.force_login(cast.owen)
    client.post(reverse("rights:emergency"), asked(cast))
    return client


@pytest.mark.req("S0-62")
def test_a_file_of_another_service_opens_for_one_hour_and_only_that_one(as_owen, cast):
    other = a_stay(cast.beds[1], by=cast.grace)

    assert as_owen.get(file_of(cast.tomasz)).status_code == 200
    assert as_owen.get(file_of(other)).status_code == 404
    assert "You have opened a file in an emergency" in as_owen.get("/").content.decode()
    with time_machine.travel(clock.now() + timedelta(minutes=60), tick=False):
        assert as_owen.get(file_of(cast.tomasz)).status_code == 404


@pytest.mark.goal("G37")
@pytest.mark.req("S0-62")
def test_two_people_are_told_at_once_and_no_letter_says_of_whom(as_owen, cast, ben):
    assert {one.staff for one in Told.objects.select_related("staff")} == {
        cast.grace,
        ben,
        cast.amina,
    }
    letters = list(Letter.objects.all())
    assert {letter.to for letter in letters} == {cast.grace.email, ben.email, cast.amina.email}
    assert not any("Tomasz" in letter.subject + letter.text for letter in letters)

    as_owen.force_login(cast.grace)
    assert "Files opened in an emergency" in as_owen.get("/").content.decode()


def test_it_is_to_read_and_not_to_write(as_owen, cast):
    with pytest.raises(NotPermitted):
        write_note(cast.tomasz, by=again(cast.owen), kind="informal", text="I was here.")


@pytest.mark.goal("G37")
@pytest.mark.req("S0-62")
def test_somebody_else_looks_at_it_and_never_oneself(as_owen, cast):
    opening = Opening.objects.get()
    with pytest.raises(Refused, match=r"does not include this|opened it yourself"):
        review_opening(opening, by=again(cast.owen), verdict="in_order")

    as_owen.force_login(cast.grace)
    page = reverse("rights:review", args=[opening.pk])
    assert WHY in as_owen.get(page).content.decode()
    assert as_owen.post(page, {"verdict": "not_in_order", "words": ""}).status_code == 422
    assert as_owen.post(page, {"verdict": "in_order", "words": ""}).status_code == 302
    assert Opening.objects.get().reviewed_by == cast.grace


def test_a_manager_does_not_review_her_own(client, cast, ben):
    opening = open_in_emergency(cast.tomasz, by=cast.grace, because=WHY)

    with pytest.raises(Refused, match="opened it yourself"):
        review_opening(opening, by=again(cast.grace), verdict="in_order")
    client.force_login(cast.grace)
    assert "Somebody else looks at it" in client.get(
        reverse("rights:review", args=[opening.pk])
    ).content.decode()  # fmt: skip
    assert {one.staff for one in Told.objects.select_related("staff")} == {ben, cast.amina}


def test_whoever_is_never_to_open_a_file_does_not_in_an_emergency_either(client, cast, ben):
    limit_file(cast.tomasz, by=cast.grace, kind="never", staff=[cast.amina], because="Kin.")
    client.force_login(cast.amina)

    answer = client.post(reverse("rights:emergency"), asked(cast))
    missing = client.post(reverse("rights:emergency"), asked(cast, name="Nobody Known"))

    assert answer.status_code == missing.status_code == 422
    for one in (answer, missing):
        assert "Nobody of that name and birthday is on file" in one.content.decode()
    assert not Opening.objects.exists()
    assert Entry.objects.filter(event="emergency.asked", actor_id=cast.amina.pk).count() == 2


def test_a_file_that_only_others_may_open_opens(client, cast, ben):
    limit_file(cast.tomasz, by=cast.grace, kind="only", staff=[cast.grace], because="Known here.")
    client.force_login(cast.amina)
    assert client.get(file_of(cast.tomasz)).status_code == 404

    client.post(reverse("rights:emergency"), asked(cast))
    assert client.get(file_of(cast.tomasz)).status_code == 200


def test_it_asks_for_a_real_reason_and_for_the_right(cast):
    with pytest.raises(Refused, match="too short to be a reason"):
        open_in_emergency(cast.tomasz, by=cast.owen, because="urgent")
    cook = a_member_of_staff(cast.mill_house, "Nadia Costa", "kitchen", cast.grace)
    with pytest.raises(NotPermitted):
        seek_in_emergency(
            cook, by=cook, name="Tomasz Nowak", born_on=date(1990, 5, 17), because=WHY
        )


def test_a_second_one_closes_the_first_and_one_closes_it_oneself(as_owen, cast):
    first = Opening.objects.get()
    as_owen.post(reverse("rights:close", args=[first.pk]), {})
    assert as_owen.get(file_of(cast.tomasz)).status_code == 404

    for _ in range(2):
        open_in_emergency(cast.tomasz, by=again(cast.owen), because=WHY)
    assert Opening.objects.open_at(clock.now()).count() == 1


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("opening_ends_after_it_begins", {"until_at": -1}),
        ("opening_has_a_reason", {"because": ""}),
        ("opening_review_is_whole", {"verdict": "in_order"}),
        ("nobody_reviews_their_own_opening", {"own": True}),
    ],
)
def test_the_database_says_no(cast, says, wrong):
    now = clock.now()
    given = {"staff": cast.amina, "stay": cast.tomasz, "resident": cast.tomasz.resident,
             "because": WHY, "opened_at": now, "until_at": now + timedelta(hours=1)}  # fmt: skip
    if wrong.pop("own", False):
        wrong = {"reviewed_by": cast.amina, "reviewed_at": now, "verdict": "in_order"}
    if "until_at" in wrong:
        wrong = {"until_at": now}
    with pytest.raises(IntegrityError, match=says), transaction.atomic():
        Opening.objects.create(**{**given, **wrong})


@pytest.mark.req("S0-62")
def test_whoever_reviews_sees_what_was_opened_and_a_reading_says_it_was_in_an_emergency(
    as_owen, cast
):
    as_owen.get(file_of(cast.tomasz))
    as_owen.get(f"/stays/{cast.tomasz.pk}/notes/")
    as_owen.force_login(cast.grace)
    as_owen.get(f"/stays/{cast.tomasz.pk}/notes/")

    shown = as_owen.get(reverse("rights:review", args=[Opening.objects.get().pk])).text
    read = shown[shown.index("What they opened") : shown.index("What did you find?")]
    assert read.count("Mon 20 Apr 2026, 12:00") == 2
    assert "Notes" in read

    lines = as_owen.get(f"/stays/{cast.tomasz.pk}/who-looked/").text.split("<tr>")[1:]
    marked = [one for one in lines if "Opened in an emergency" in one]
    assert len(marked) == 2
    assert all("Owen" in one for one in marked)


def test_nothing_of_before_or_after_is_taken_for_read_in_the_emergency(as_owen, cast):
    as_owen.get(file_of(cast.tomasz))
    first = Opening.objects.get()
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        as_owen.post(reverse("rights:emergency"), asked(cast))
        as_owen.get(f"/stays/{cast.tomasz.pk}/notes/")
        later = Opening.objects.exclude(pk=first.pk).get()
    assert {one.what for one in read_during(first)} != {one.what for one in read_during(later)}
    assert read_during(first).count() == read_during(later).count() == 1


@pytest.mark.goal("G37")
def test_what_was_not_in_order_leads_on_to_the_report_of_a_data_breach(as_owen, cast):
    page = reverse("rights:review", args=[Opening.objects.get().pk])
    as_owen.force_login(cast.grace)
    assert "?of=" not in as_owen.get(page).text

    answer = as_owen.post(page, {"verdict": "not_in_order", "words": "Nobody was in danger."})
    assert answer.url == page
    to = reverse("data_breaches:report", args=["mill-house"]) + f"?of={cast.tomasz.resident_id}"
    assert to in as_owen.get(page).text
    ticked = as_owen.get(to).text
    assert f'value="{cast.tomasz.resident_id}"' in ticked
    line = ticked[ticked.index(f'value="{cast.tomasz.resident_id}"') :]
    assert "checked" in line[: line.index(">")]
    assert as_owen.get(f"{to}&of=junk").status_code == 200


@pytest.mark.req("S0-62")
def test_a_file_that_is_open_anyway_alarms_nobody_and_leads_to_it(client, cast, ben):
    client.force_login(cast.amina)
    answer = client.post(reverse("rights:emergency"), asked(cast))
    assert answer.status_code == 422
    assert "This file is open to you" in answer.text
    assert file_of(cast.tomasz) in answer.text
    assert WHY in answer.text
    assert not Opening.objects.exists()
    assert not Letter.objects.exists()


def test_while_it_stands_open_it_is_not_opened_again(as_owen, cast):
    answer = as_owen.post(reverse("rights:emergency"), asked(cast))
    assert answer.status_code == 422
    assert Opening.objects.count() == 1


def test_the_form_says_what_the_practice_says(client, cast, monkeypatch):
    client.force_login(cast.owen)
    page = reverse("rights:emergency")
    assert "for 60 minutes" in client.get(page).text
    assert "to at least 2" in client.get(page).text

    real = Pack.limit

    def other(pack, key):
        told = {"emergency_opening": 30, "emergency_told": 3}
        return replace(real(pack, key), number=told.get(key, real(pack, key).number))

    monkeypatch.setattr(Pack, "limit", other)
    assert "for 30 minutes" in client.get(page).text
    assert "to at least 3" in client.get(page).text
