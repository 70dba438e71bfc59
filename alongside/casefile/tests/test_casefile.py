"""One person's file, the list of people, and the search."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.assessments.operations import start_assessment
from alongside.duties.models import Duty
from alongside.keywork.operations import write_note
from alongside.testing.builders import a_stay, an_assessment
from alongside.testing.cast import Cast


@pytest.fixture
def page(cast: Cast, client: Client):
    client.force_login(cast.amina)
    return lambda name, *args, **asked: client.get(reverse(name, args=args), asked)


def test_the_file_says_what_is_owed_and_why(cast: Cast, page) -> None:
    text = page("casefile:casefile", cast.tomasz.pk).text

    assert "Complete the first assessment" in text
    assert "Key Working, step 2" in text
    assert "Tomasz Nowak" in text


def test_the_file_asks_the_same_few_questions_however_long_it_is(
    cast: Cast, page, django_assert_max_num_queries
) -> None:
    for day in (9, 16, 23, 30):
        begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 3, day))
        an_assessment(begun, by=cast.amina)

    with django_assert_max_num_queries(12):
        text = page("casefile:casefile", cast.tomasz.pk).text

    assert text.count("Assessment completed") == 4


def test_the_timeline_can_be_narrowed_to_one_kind(cast: Cast, page) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    an_assessment(begun, by=cast.amina)

    assert (
        "Assessment completed" in page("casefile:casefile", cast.tomasz.pk, kind="assessment").text
    )
    assert "Assessment completed" not in page("casefile:casefile", cast.tomasz.pk, kind="note").text


def test_words_are_looked_for_in_one_file_only(cast: Cast, page) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist")
    write_note(cast.tomasz, by=cast.amina, kind="informal", text="Bought a kettle for the room.")
    write_note(rosa, by=cast.amina, kind="informal", text="Asked for a kettle as well.")

    shown = page("casefile:casefile", cast.tomasz.pk, q="kettle")

    assert "Bought a kettle" in shown.text
    assert "as well" not in shown.text
    assert "Bought a kettle" in page("casefile:casefile", cast.tomasz.pk, kind="note").text
    assert "Nothing here" in page("casefile:casefile", cast.tomasz.pk, q="bicycle").text


def test_everybody_here_is_listed_with_whom_they_have_and_what_is_late(
    cast: Cast, page, django_assert_max_num_queries
) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    a_stay(cast.beds[1], by=cast.grace, name="Hēmi Ngāwaka")

    with django_assert_max_num_queries(10):
        text = page("casefile:residents", "mill-house").text

    assert "Amina Yusuf" in text
    assert "Hēmi Ngāwaka" in text
    assert "Nobody yet" in text


def test_a_name_is_found_without_its_macrons(cast: Cast, page) -> None:
    a_stay(cast.beds[1], by=cast.grace, name="Hēmi Ngāwaka")

    assert "Hēmi Ngāwaka" in page("casefile:residents", "mill-house", q="hemi ngawaka").text
    assert "Tomasz" not in page("casefile:residents", "mill-house", q="hemi ngawaka").text
    assert "Hēmi Ngāwaka" in page("casefile:search", q="HEMI").text


def test_words_in_what_was_written_are_found_whatever_their_accents(cast: Cast, page) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    from alongside.assessments.operations import save_answers

    save_answers(begun, by=cast.amina, answers={}, strengths="Cooks kai for the whole whānau")
    an_assessment(begun, by=cast.amina)

    assert "Cooks kai" in page("casefile:search", q="whanau cooking").text
    assert "Nothing found" in page("casefile:search", q="violin").text


def test_to_somebody_of_another_scheme_nothing_of_it_exists(cast: Cast, client: Client) -> None:
    client.force_login(cast.owen)
    duty = Duty.objects.filter(stay=cast.tomasz).first()
    assert duty

    for name, args in (
        ("casefile:casefile", [cast.tomasz.pk]), ("casefile:duties", [cast.tomasz.pk]),
        ("casefile:details", [cast.tomasz.pk]), ("casefile:amend-details", [cast.tomasz.pk]),
        ("casefile:new-contact", [cast.tomasz.pk]), ("casefile:excuse-duty", [duty.pk]),
        ("casefile:residents", ["mill-house"]),
    ):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert "Tomasz" not in client.get(reverse("casefile:search"), {"q": "tomasz"}).text


def test_details_are_changed_and_bad_ones_refused_beside_the_field(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.grace)
    url = reverse("casefile:amend-details", args=[cast.tomasz.pk])

    wrong = client.post(url, {"given_name": "Tomasz", "born_on": "2190-01-01", "phone": "0123"})
    assert wrong.status_code == 422
    assert "cannot be a date of birth" in wrong.text
    assert "0123" in wrong.text

    client.post(url, {"given_name": "Tomasz", "family_name": "Nowak", "known_as": "Tomek"})
    cast.tomasz.resident.refresh_from_db()
    assert cast.tomasz.resident.name == "Tomek Nowak"


def test_a_contact_is_added_with_the_wishes_about_calling_them(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    client.post(
        reverse("casefile:new-contact", args=[cast.tomasz.pk]),
        {
            "name": "Ewa Nowak",
            "relation": "sister",
            "phone": "01632 960001",
            "wishes": "Not at work",
        },
    )

    text = client.get(reverse("casefile:details", args=[cast.tomasz.pk])).text
    assert "Ewa Nowak, sister" in text
    assert "Not at work" in text


def test_a_manager_excuses_a_duty_on_screen(cast: Cast, client: Client) -> None:
    duty = Duty.objects.get(stay=cast.tomasz, key="initial-assessment")
    url = reverse("casefile:excuse-duty", args=[duty.pk])

    client.force_login(cast.amina)
    assert client.post(url, {"reason": "In hospital"}).status_code == 422
    client.force_login(cast.grace)
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "In hospital"})

    duty.refresh_from_db()
    assert duty.state == "excused"
