"""Every page opens for those who work here, in few queries, and not for Owen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.allocations.operations import allocate, ask_for_change
from alongside.keywork.models import Note, NoteLink
from alongside.keywork.operations import book_slot, record_session, write_note, write_report
from alongside.keywork.tests.conftest import HEADINGS
from alongside.organisation.operations import give_role
from alongside.stays.operations import end_stay
from alongside.testing.cast import OPENED, SETTING_UP

REPORT = {"progress": "Well.", "assessment": "Steady.", "risks": "None."}


@pytest.fixture
def pages(tomasz, amina, grace, slot, college):
    allocate(tomasz, by=grace, worker=amina)
    asked = ask_for_change(tomasz, by=grace, reason="other", words="They would like a change.")
    booking = book_slot(tomasz, by=amina, slot=slot)
    note = write_note(tomasz, by=amina, kind="informal", text="Talked by the stairs.")
    report = write_report(tomasz, by=amina, headings=REPORT, team_question="Is it safe?")
    stay, scheme = [tomasz.pk], [tomasz.scheme.slug]
    of_stay = [
        "keywork:notes", "keywork:write-note", "keywork:sessions", "keywork:book-session",
        "keywork:record-session", "keywork:write-report", "portal:hand-over",
        "allocations:allocation", "allocations:allocate", "allocations:record-wish",
        "allocations:ask-for-change", "allocations:change-key-worker", "allocations:hand-over",
    ]  # fmt: skip
    of_booking = ["booking", "move-booking", "cancel-booking", "record-missed", "prepare-session"]
    of_note = ["note", "correct-note", "move-note", "remove-note"]
    of_scheme = ["keywork:week", "keywork:slots", "keywork:booking-sheet", "keywork:quick-note",
                 "allocations:key-workers"]  # fmt: skip
    return [
        *(reverse(name, args=stay) for name in of_stay),
        *(reverse(f"keywork:{name}", args=[booking.pk]) for name in of_booking),
        *(reverse(f"keywork:{name}", args=[note.pk]) for name in of_note),
        *(reverse(name, args=scheme) for name in of_scheme),
        reverse("keywork:report", args=[report.pk]),
        reverse("allocations:change", args=[asked.pk]),
        reverse("allocations:describe-worker", args=[*scheme, amina.pk]),
    ]


def test_every_page_opens_in_few_queries(pages, signed_in, grace, django_assert_max_num_queries):
    client = signed_in(grace)

    for url in pages:
        with django_assert_max_num_queries(12):
            answer = client.get(url)
        assert answer.status_code == 200, url


def test_a_note_that_names_nobody_else_is_saved_without_looking_them_up(
    tomasz, amina, college, signed_in
):
    url = reverse("keywork:write-note", args=[tomasz.pk])
    client = signed_in(amina)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(url, {"kind": "informal", "text": "Talked by the stairs."})
    assert answer.status_code == 302
    assert not [one for one in asked.captured_queries if 'FROM "plans_planaction"' in one["sql"]]

    client.post(
        url, {"kind": "informal", "text": "About the college.", "actions": [str(college.pk)]}
    )
    assert [link.action for link in NoteLink.objects.all()] == [college]


def test_a_note_about_an_action_nobody_offered_keeps_what_was_typed(tomasz, amina, signed_in):
    url = reverse("keywork:write-note", args=[tomasz.pk])
    sent = {"kind": "informal", "text": "About the college.", "actions": [str(uuid4())]}
    answer = signed_in(amina).post(url, sent)
    assert answer.status_code == 422
    assert "About the college." in answer.content.decode()


def test_a_session_that_was_held_stands_on_the_page_of_sessions(tomasz, amina, college, signed_in):
    record_session(
        tomasz, by=amina, held_on=date(2026, 4, 17), minutes=40, headings=HEADINGS,
        actions=[college],
    )  # fmt: skip
    answer = signed_in(amina).get(reverse("keywork:sessions", args=[tomasz.pk]))

    assert "40 minutes with Amina Yusuf" in answer.content.decode()


def test_to_owen_none_of_it_exists(pages, signed_in, owen):
    client = signed_in(owen)

    assert {url: client.get(url).status_code for url in pages} == dict.fromkeys(pages, 404)


def test_only_a_late_session_is_recorded_of_somebody_who_has_left(client, tomasz, amina, grace):
    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 18))
    client.force_login(amina)

    file = client.get(reverse("keywork:sessions", args=[tomasz.pk])).text
    page = client.get(reverse("keywork:record-session", args=[tomasz.pk])).text

    assert "Record a late one" in file
    assert "Tomasz left on" in page
    assert "can still be recorded" in page
    assert 'value="2026-04-18"' in page


def test_who_goes_back_and_sends_the_same_words_again_has_written_one_note(cast, client):
    client.force_login(cast.amina)
    page = reverse("keywork:write-note", args=[cast.tomasz.pk])
    words = {"kind": "informal", "text": "Talked by the stairs."}

    client.post(page, {**words, "once": uuid4().hex})
    again = client.post(page, {**words, "once": uuid4().hex})
    client.post(page, {**words, "text": "Talked by the door.", "once": uuid4().hex})

    assert again.status_code == 302
    assert sorted(Note.objects.values_list("text", flat=True)) == [
        "Talked by the door.",
        "Talked by the stairs.",
    ]


@pytest.mark.parametrize(
    ("later", "notes"), [(timedelta(seconds=4), 1), (timedelta(minutes=11), 2)]
)
def test_the_same_words_are_one_note_whatever_the_clock_says(cast, client, later, notes):
    page = reverse("keywork:write-note", args=[cast.tomasz.pk])
    words = {"kind": "informal", "text": "Talked by the stairs."}
    first = datetime(2026, 4, 20, 11, 9, 58, tzinfo=UTC)  # two seconds before a stretch ends

    with time_machine.travel(first, tick=False):
        client.force_login(cast.amina)
    for at in (first, first + later):
        with time_machine.travel(at, tick=False):
            client.post(page, {**words, "once": uuid4().hex})

    assert Note.objects.count() == notes


@pytest.mark.parametrize("name", ["keywork:book-session", "keywork:record-session"])
def test_a_session_is_offered_with_those_who_hold_sessions_and_not_with_the_kitchen(
    name, cast, signed_in
):
    mill_house, owen, tomasz, amina = cast.mill_house, cast.owen, cast.tomasz, cast.amina
    give_role(mill_house, by=SETTING_UP, staff=owen, role="kitchen", from_on=OPENED)
    form = signed_in(amina).get(reverse(name, args=[tomasz.pk])).context["form"]
    field = form.fields["worker" if "worker" in form.fields else "held_by"]
    offered = " ".join(str(says) for _, says in field.choices)
    assert "Amina Yusuf" in offered
    assert "Grace" in offered
    assert "Owen" not in offered
