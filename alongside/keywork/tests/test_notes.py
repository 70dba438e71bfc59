"""Notes and sessions: in under a minute, never changed in silence, read by whom they should be."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.audit.models import Entry
from alongside.keywork.facts import held
from alongside.keywork.models import EarlierText, Note, NoteMove, NoteOpening, Session
from alongside.keywork.operations import (
    book_slot,
    correct_note,
    move_note,
    open_restricted,
    record_session,
    remove_note,
    write_note,
)
from alongside.keywork.queries import moved_away, notes_of
from alongside.keywork.tests.conftest import HEADINGS
from alongside.kit.refusal import ChangedMeanwhile, NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.plans.queries import proposals
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)


@pytest.fixture
def note(tomasz, amina):
    return write_note(tomasz, by=amina, kind="informal", text="Talked by the stairs.", minutes=5)


@pytest.fixture
def night_worker(mill_house):
    return a_member_of_staff(mill_house, "Ines Prado", "night_worker")


def a_session(stay, by, **more):
    told: Any = {"held_on": TODAY, "began": time(11), "minutes": 40, "headings": HEADINGS, **more}
    return record_session(stay, by=by, **told)


def test_the_page_of_sessions_shows_those_held(tomasz, amina, college, signed_in):
    a_session(tomasz, amina, actions=[college])

    answer = signed_in(amina).get(f"/stays/{tomasz.pk}/key-work/")

    assert answer.status_code == 200
    assert "40 minutes with" in answer.text


@pytest.mark.req("S1-01", "S3-14")
def test_a_talk_in_passing_stands_on_the_same_timeline_as_a_session(
    note, tomasz, amina, college, night_worker
):
    write_note(tomasz, by=night_worker, kind="night", text="Awake at three, made tea.")
    a_session(tomasz, amina, actions=[college])

    assert {one.kind for one in notes_of(tomasz, amina)} == {"informal", "night", "session"}
    assert Moment.objects.visible_to(amina).filter(kind="informal").count() == 1


@pytest.mark.req("S0-16")
def test_a_note_says_what_kind_of_help_it_was(tomasz, amina):
    note = write_note(tomasz, by=amina, kind="phone", text="Rang the office.", minutes=10,
                      help_kinds=["housing", "speaking_up"])  # fmt: skip

    assert note.help_says == ["Housing", "Speaking up for them"]
    with pytest.raises(Refused, match="not on the list"):
        write_note(tomasz, by=amina, kind="phone", text="Rang.", help_kinds=["magic"])


@pytest.mark.req("S1-21")
def test_a_session_is_about_the_plan_or_raises_an_issue(tomasz, amina, college):
    with pytest.raises(Refused, match="is about the action plan") as refused:
        a_session(tomasz, amina)
    assert refused.value.field == "actions"

    session = a_session(tomasz, amina, actions=[college])
    assert session.note.links.get().action == college


@pytest.mark.req("S1-22")
def test_an_issue_raised_in_a_session_waits_for_the_residents_answer(tomasz, amina):
    session = a_session(tomasz, amina, raise_issue="Sort out the bus pass")

    action = proposals(tomasz).get()
    assert action.text == "Sort out the bus pass"
    assert session.note.links.get().raised
    assert action.source_id == session.pk


@pytest.mark.req("S3-107", "S3-104")
def test_every_heading_has_words_or_nothing_today(tomasz, amina, college):
    with pytest.raises(Refused, match="Nothing is said under “Problems”"):
        a_session(tomasz, amina, actions=[college], headings={"progress": "Well."})

    assert a_session(tomasz, amina, actions=[college]).note.headings["problems"] == ""


@pytest.mark.req("S1-14")
def test_a_session_held_by_cover_counts_and_says_so(slot, tomasz, amina, grace, college):
    booking = book_slot(tomasz, by=amina, slot=slot)
    then = datetime(2026, 4, 21, 16, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(then, tick=False):
        session = a_session(
            tomasz, grace, actions=[college], booking=booking, held_on=date(2026, 4, 21),
            began=time(14),
        )  # fmt: skip

    assert session.instead_of == amina
    assert held(tomasz, "") == [date(2026, 4, 21)]


def test_a_session_in_the_future_or_in_somebody_elses_plan_is_refused(
    tomasz, amina, grace, beds, college
):
    rosa = a_stay(beds[1], by=grace)

    with pytest.raises(Refused, match="not happened yet"):
        a_session(tomasz, amina, actions=[college], began=time(13))
    with pytest.raises(Refused, match="somebody else’s plan"):
        a_session(rosa, amina, actions=[college])
    assert not Session.objects.exists()


@pytest.mark.req("S4-102")
def test_a_correction_keeps_the_earlier_words_their_author_and_their_time(note, amina, grace):
    correct_note(note, by=grace, text="Talked by the lift.", because="It was the lift", version=1)

    earlier, now = EarlierText.objects.get(), Note.objects.get()
    assert (earlier.text, earlier.written_by) == ("Talked by the stairs.", amina)
    assert (now.text, now.corrected_by, now.version) == ("Talked by the lift.", grace, 2)


def test_two_people_correcting_one_entry_both_see_both_texts(note, amina, grace):
    correct_note(note, by=grace, text="Talked by the lift.", version=1)

    with pytest.raises(ChangedMeanwhile) as change:
        correct_note(note, by=amina, text="Talked at the door.", version=1)
    assert change.value.theirs == {"text": "Talked by the lift."}


@pytest.mark.req("S0-51")
def test_a_sensitive_note_is_read_by_named_people_only(tomasz, amina, grace, night_worker, client):
    note = write_note(tomasz, by=amina, kind="informal", text="Wept about home.",
                      restricted=True, readers=[grace])  # fmt: skip

    client.force_login(night_worker)
    listed, opened = client.get(f"/stays/{tomasz.pk}/notes/"), client.get(f"/notes/{note.pk}/")
    found = client.get(f"/stays/{tomasz.pk}/notes/?words=Wept")
    assert b"Restricted entry" in listed.content
    assert b"Wept" not in listed.content + opened.content
    assert b"Nothing like that here" in found.content
    assert client.get(f"/notes/{note.pk}/correct/").status_code == 403
    assert not Moment.objects.visible_to(night_worker).filter(record_id=note.pk).exists()

    client.force_login(grace)
    assert b"Wept" in client.get(f"/notes/{note.pk}/").content


@pytest.mark.req("S0-51")
def test_who_opens_a_restricted_note_is_written_down(tomasz, amina, grace, night_worker, client):
    note = write_note(tomasz, by=amina, kind="informal", text="Wept about home.",
                      restricted=True, readers=[grace])  # fmt: skip
    client.force_login(grace)
    assert b"Wept" not in client.get(f"/stays/{tomasz.pk}/notes/").content
    assert not note.openings.exists()

    page = client.get(f"/notes/{note.pk}/").content.decode()
    client.get(f"/notes/{note.pk}/")
    assert note.openings.get().staff == grace
    assert "Who has opened it" in page
    entry = Entry.objects.get(event="note.opened")
    assert (entry.actor_id, entry.subject_id) == (grace.pk, note.pk)

    client.force_login(night_worker)
    client.get(f"/notes/{note.pk}/")
    with pytest.raises(Refused, match="not one of its readers"):
        open_restricted(note, by=night_worker)
    assert note.openings.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        NoteOpening.objects.create(note=note, staff=grace, quarter=note.openings.get().quarter)


@pytest.mark.parametrize("page", ["correct", "move", "remove"])
def test_whoever_has_its_words_before_them_to_change_it_is_written_down_too(
    tomasz, amina, grace, client, page
):
    note = write_note(tomasz, by=amina, kind="informal", text="Talked about her mother.",
                      restricted=True, readers=[grace])  # fmt: skip
    client.force_login(grace)

    client.get(f"/notes/{note.pk}/{page}/")
    client.get(f"/notes/{note.pk}/{page}/")

    assert note.openings.get().staff == grace


def test_a_note_on_health_is_restricted_by_itself(tomasz, night_worker, grace):
    note = write_note(tomasz, by=night_worker, kind="health", text="Asked for the inhaler.")

    assert note.restricted
    assert {one.staff for one in note.readers.all()} >= {night_worker, grace}


@pytest.mark.req("S0-60")
def test_an_entry_written_later_than_it_happened_is_marked(tomasz, amina, note):
    late = write_note(tomasz, by=amina, kind="phone", text="Rang.", happened_on=date(2026, 4, 17))

    assert late.is_late()
    assert not note.is_late()


def test_an_entry_on_the_wrong_file_is_moved_with_a_trace(note, tomasz, amina, grace, beds):
    rosa = a_stay(beds[1], by=grace)

    move_note(note, by=amina, to=rosa, because="Two tabs were open")

    assert list(notes_of(rosa, amina)) == [note]
    assert not notes_of(tomasz, amina).exists()
    assert moved_away(tomasz).get().moved_by == amina
    assert Moment.objects.get(record_id=note.pk).resident == rosa.resident


def test_an_entry_is_removed_by_a_manager_with_a_reason(note, tomasz, amina, grace):
    with pytest.raises(NotPermitted):
        remove_note(note, by=amina, because="Wrong")
    with pytest.raises(Refused, match="Nothing has been written yet"):
        remove_note(note, by=grace, because=" ")

    remove_note(note, by=grace, because="It names another resident")

    told = Moment.objects.get(record_id=note.pk)
    assert (told.title, told.text) == ("An entry was removed", "")
    assert not NoteMove.objects.exists()


def test_owen_writes_nothing_on_tomasz(tomasz, owen):
    with pytest.raises(NotPermitted):
        write_note(tomasz, by=owen, kind="informal", text="Hello.")


@pytest.mark.req("S4-36")
def test_a_note_takes_three_fields_on_the_page_behind_every_page(tomasz, amina, signed_in):
    sent = {"person": str(tomasz.pk), "kind": "informal", "text": "Fixed the lamp together."}

    answer = signed_in(amina).post("/schemes/mill-house/notes/write/", sent)

    assert answer.status_code == 302
    assert Note.objects.get().text == "Fixed the lamp together."


def test_an_empty_note_is_answered_beside_the_field_and_keeps_what_was_chosen(
    tomasz, amina, signed_in
):
    answer = signed_in(amina).post(f"/stays/{tomasz.pk}/notes/write/", {"kind": "phone"})

    assert answer.status_code == 422
    assert "What happened?" in answer.content.decode()
    assert not Note.objects.exists()


def test_a_session_form_refuses_beside_the_heading(tomasz, amina, signed_in, college):
    sent = {
        "held_on": "2026-04-20", "began": "11:00", "minutes": "40", "attendance": "came",
        "held_by": str(amina.pk), "actions": [str(college.pk)],
        "heading_progress": "Well.", "nothing_achievements": "on",
    }  # fmt: skip
    client, url = signed_in(amina), f"/stays/{tomasz.pk}/key-work/record-session/"

    refused = client.post(url, sent)
    done = client.post(url, {**sent, "nothing_problems": "on"})

    assert refused.status_code == 422
    assert "Nothing is said under “Problems”" in refused.content.decode()
    assert done.status_code == 302
    assert Session.objects.get().note.headings["progress"] == "Well."
