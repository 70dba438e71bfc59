"""Bad input at the real addresses: a clear sentence beside the field, and nothing typed is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from alongside.accommodation.operations import add_bed
from alongside.admissions.models import Admission
from alongside.admissions.operations import begin_admission
from alongside.allocations.models import Allocation
from alongside.allocations.operations import allocate
from alongside.audit.models import Entry
from alongside.drafts.models import Draft
from alongside.imports.models import ImportRun
from alongside.keywork.models import Booking, Note
from alongside.plans.models import WeeklyForm
from alongside.referrals.models import Referral
from alongside.residents.models import Resident
from alongside.stages.models import StageMove
from alongside.stages.tests.scenes import at_stage
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast
from tests.house.junk import OURS, is_back
from tests.house.page_forms import forms_of
from tests.house.things import A_PICTURE

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
FIFTY_MEGABYTES = b"Name,Moved in\n" + b"Rosa Lindqvist,02/02/2026\n" * 2_000_000
A_MILLION = "Talked by the stairs. " * 50_000
MACRONS, ARABIC, EMOJI = "Rangimārie Ōtāne", "فاطمة الزهراء", "Zoë 🦊👩‍👩‍👧"


def send(client: Any, address: str, **given: Any) -> Any:
    """Fill in the form of a page as somebody would, and send it. `given` overrides its fields."""
    forms = forms_of(client.get(address).text)
    asked = next(form for form in forms if given.keys() <= form.fields.keys())
    whole = {name: of.value for name, of in asked.fields.items() if of.is_sent}
    return client.post(asked.action or address, {**whole, **given})


def told_beside(answer: Any, name: str) -> str:
    """The sentence beside a field; the summary at the head of the form leads to it."""
    assert answer.status_code == 422
    found = re.search(rf'id="id_{name}_error">(.*?)</p>', answer.text, re.DOTALL)
    assert found, f"nothing is said beside {name}"
    assert f'href="#id_{name}' in answer.text
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).replace("Error:", "").split())


def assert_typed_text_is_back(answer: Any, **typed: str) -> None:
    shown = {name: of.value for form in forms_of(answer.text) for name, of in form.fields.items()}
    for name, words in typed.items():
        assert is_back(words, shown[name]), f"{name} lost what was typed"


@pytest.fixture
def as_grace(client, cast: Cast):
    client.force_login(cast.grace)
    return client


@pytest.fixture
def kept_apart(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


BEHIND = ["%00", "%ED%A0%BD", "9" * 40, "-1", "'; drop table", "%F0%9F%A6%8A"]
# A wrong date, beside every kind of date field.
DATES = {
    "2026-02-31": "There is no such date. Write one like 20/04/2026.",
    "31/02/2026": "There is no such date. Write one like 20/04/2026.",
    "next Tuesday": "There is no such date. Write one like 20/04/2026.",
    "0001-01-01": "The year 1 cannot be right. Write a year with four figures, such as 2026.",
    "9999-12-31": "The year 9999 cannot be right. Write a year with four figures, such as 2026.",
}
PLACES: dict[str, tuple[str, Callable[[Cast], str], dict[str, str], type[Model]]] = {
    "a note": (
        "happened_on",
        lambda cast: reverse("keywork:write-note", args=[cast.tomasz.pk]),
        {"text": "Talked by the stairs."},
        Note,
    ),
    "a booking": (
        "on",
        lambda cast: reverse("keywork:book-session", args=[cast.tomasz.pk]),
        {"starts": "14:00", "minutes": "45"},
        Booking,
    ),
    "a referral": (
        "received_on",
        lambda _: reverse("referrals:take-referral", args=["mill-house"]),
        {"given_name": MACRONS, "causes": ARABIC},
        Referral,
    ),
    "a weekly action": (
        "when_on_1",
        lambda cast: reverse("plans:write-week", args=[cast.tomasz.pk, "2026-04-20"]),
        {"text_1": "Ring the bank"},
        WeeklyForm,
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", DATES)
def test_a_wrong_date_is_named_as_one_and_nothing_is_kept(
    as_grace, cast: Cast, place: str, written: str
):
    field, where, typed, kept = PLACES[place]
    journal = Entry.objects.count()

    answer = send(as_grace, where(cast), **{**typed, field: written})

    assert told_beside(answer, field) == DATES[written]
    assert_typed_text_is_back(answer, **typed, **{field: written})
    assert kept._default_manager.count() == 0
    assert Entry.objects.count() == journal


def test_a_house_that_is_full_offers_no_bed_and_takes_none(as_grace, cast: Cast):
    admission = begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa")
    for bed in cast.beds[1:]:
        a_stay(bed, by=cast.grace)
    address = reverse("admissions:step", args=[admission.pk, "arrival"])

    answer = send(
        as_grace,
        address,
        bed=str(cast.beds[1].pk),
        moved_in_on="2026-04-20",
        service_charge="12.50",
    )

    assert told_beside(answer, "bed").startswith("That is not one of the choices.")
    assert_typed_text_is_back(answer, moved_in_on="2026-04-20", service_charge="12.50")
    assert Admission.objects.get(pk=admission.pk).bed is None


def test_a_thirteenth_person_needs_the_managers_reason(as_grace, cast: Cast):
    for number in range(12):
        bed = add_bed(cast.mill_house, by=cast.grace, name=f"2{number}")
        allocate(a_stay(bed, by=cast.grace), by=cast.grace, worker=cast.amina, reason="skills")
    address = reverse("allocations:allocate", args=[cast.tomasz.pk])

    answer = send(
        as_grace, address, worker=str(cast.amina.pk), from_on="2026-04-20", reason="skills",
        words="She knows him.",
    )  # fmt: skip

    assert "12" in told_beside(answer, "override_reason")
    assert_typed_text_is_back(answer, words="She knows him.", from_on="2026-04-20")
    assert not Allocation.objects.filter(stay=cast.tomasz).exists()


def test_a_sixth_action_of_the_week_is_refused_where_it_stands(as_grace, cast: Cast):
    address = reverse("plans:write-week", args=[cast.tomasz.pk, "2026-04-20"])
    six = {f"text_{number}": f"Thing number {number}" for number in range(1, 7)}
    page = as_grace.get(address)
    asked = next(form for form in forms_of(page.text) if "text_1" in form.fields)
    whole = {name: of.value for name, of in asked.fields.items() if of.is_sent}

    answer = as_grace.post(address, {**whole, **six})

    assert answer.status_code == 422
    assert "5" in answer.text
    assert_typed_text_is_back(answer, **six)
    assert WeeklyForm.objects.count() == 0


def test_a_promotion_without_evidence_says_what_is_missing(as_grace, cast: Cast):
    at_stage(cast.tomasz, "probation", by=cast.grace)
    address = reverse("stages:move", args=[cast.tomasz.pk, "promote"])
    moves = StageMove.objects.count()

    answer = send(as_grace, address, promoted_on="2026-04-20")

    assert answer.status_code == 422
    assert "5 tasks are still to be verified. Verify what is missing" in answer.text
    assert_typed_text_is_back(answer, promoted_on="2026-04-20")
    assert StageMove.objects.count() == moves


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.xlsx", PDF, "PDF"),
        ("list.xlsx", b"PK\x03\x04 not a workbook at all", ""),
        ("list.csv", b"", "empty"),
        ("list.csv", b"\x00\x01\x02\xff\xfe\x00", ""),
        ("list.xlsx", A_PICTURE, ""),
        ("list.csv", FIFTY_MEGABYTES, "larger than"),
    ],
    ids=["a PDF", "half a workbook", "empty", "bytes", "a picture", "50 MB"],
)
def test_a_file_that_is_no_spreadsheet_is_refused_beside_the_file(
    as_grace, kept_apart, name: str, content: bytes, says: str
):
    address = reverse("imports:imports", args=["mill-house"])

    answer = as_grace.post(address, {"file": SimpleUploadedFile(name, content)})

    assert says in told_beside(answer, "file")
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("name", ["J", "W" * 200, MACRONS, ARABIC, EMOJI, "O’Neill-Ó Briain"])
def test_any_name_that_people_have_is_taken_as_it_is_written(as_grace, cast: Cast, name: str):
    address = reverse("admissions:begin", args=["mill-house"])

    answer = send(as_grace, address, given_name=name)

    assert answer.status_code == 302
    assert Resident.objects.get(given_name=name)
    assert as_grace.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("W" * 201, "That is too long: 201 characters. Write at most 200."),
        ("Ros\x00a", "There is something in here that is not text. Type it again."),
    ],
)
def test_a_name_that_cannot_be_kept_is_told_beside_it(as_grace, cast: Cast, name: str, says: str):
    address = reverse("admissions:begin", args=["mill-house"])

    answer = send(as_grace, address, given_name=name, family_name=MACRONS)

    assert told_beside(answer, "given_name") == says
    assert_typed_text_is_back(answer, given_name=name, family_name=MACRONS)
    assert Admission.objects.count() == 0


def test_a_million_characters_are_too_many_for_a_note_and_all_of_them_come_back(
    as_grace, cast: Cast
):
    address = reverse("keywork:write-note", args=[cast.tomasz.pk])

    answer = send(as_grace, address, text=A_MILLION)

    assert told_beside(answer, "text").startswith("That is too long: 1,0")
    assert_typed_text_is_back(answer, text=A_MILLION)
    assert Note.objects.count() == 0


@pytest.mark.parametrize("minutes", ["twelve", "12 or so", "-5", "0", "9" * 40, "1e3"])
def test_a_number_that_is_none_is_told_beside_it(as_grace, cast: Cast, minutes: str):
    address = reverse("keywork:write-note", args=[cast.tomasz.pk])

    answer = send(as_grace, address, text="Talked by the stairs.", minutes=minutes)

    assert told_beside(answer, "minutes").startswith("That ")
    assert_typed_text_is_back(answer, text="Talked by the stairs.", minutes=minutes)
    assert Note.objects.count() == 0


def test_right_to_left_emoji_and_macrons_are_kept_as_they_were_typed(as_grace, cast: Cast):
    words = f"{ARABIC}\n{EMOJI}\n{MACRONS} <b>not bold</b>"
    address = reverse("keywork:write-note", args=[cast.tomasz.pk])

    answer = send(as_grace, address, text=words)

    assert answer.status_code == 302
    assert Note.objects.get().text.replace("\r\n", "\n") == words
    assert "&lt;b&gt;not bold" in as_grace.get(answer["Location"]).text


@pytest.mark.parametrize("words", ["half \ud83d a letter", "a \x00 in it", "🦊"])
def test_a_draft_keeps_what_a_program_sent_that_is_no_text(as_grace, cast: Cast, words: str):
    address = reverse("drafts:draft", args=["note"])

    answer = as_grace.post(address, json.dumps({"text": [words]}), content_type="application/json")

    assert answer.status_code == 200
    assert (
        Draft.objects.get().words["text"][0].rsplit(maxsplit=1)[-1] == words.rsplit(maxsplit=1)[-1]
    )


@pytest.mark.parametrize("body", ["[1, 2]", "not json", "[" * 100_000, '{"a": "' + "x" * 1_100_000])
def test_a_draft_that_cannot_be_read_is_refused_and_the_one_before_stays(
    as_grace, cast: Cast, body: str
):
    address = reverse("drafts:draft", args=["note"])
    as_grace.post(address, json.dumps({"text": ["Before"]}), content_type="application/json")

    answer = as_grace.post(address, body, content_type="application/json")

    assert answer.status_code == 400
    assert as_grace.get(address).json()["words"] == {"text": ["Before"]}


@pytest.mark.parametrize("asked", BEHIND)
@pytest.mark.parametrize("name", ["page", "kind", "words", "sort", "q", "whose", "level", "month"])
def test_an_address_with_junk_behind_it_still_opens(as_grace, cast: Cast, asked: str, name: str):
    rooms = ["casefile:casefile", "keywork:notes", "keywork:sessions", "stages:stage-sheet"]
    pages = [reverse(room, args=[cast.tomasz.pk]) for room in rooms]
    pages += [reverse("casefile:search"), reverse("today:today")]
    pages += [reverse("reports:reports", args=["mill-house"])]

    for address in pages:
        assert as_grace.get(f"{address}?{name}={asked}").status_code in {200, 404}, address


def test_what_the_house_asks_of_itself_is_not_counted_as_typed():
    assert {"once", "version", "csrfmiddlewaretoken"} == OURS
    assert date(2026, 4, 20).isoformat() == "2026-04-20"
