"""How sessions begin, go on and end; what must be shown again; how much one may read."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.kit.refusal import NotPermitted, Refused
from alongside.signin import operations, queries, sessions
from alongside.signin.counting import files_opened
from alongside.signin.models import Alarm, SignIn
from alongside.signin.tests.conftest import (
    FIREFOX,
    PHONE,
    SECRET,
    App,
    browser,
    is_in,
    types_code,
    types_password,
    with_password,
)
from alongside.testing.cast import Cast, a_member_of_staff, a_resident


def later(**how: int):
    return time_machine.travel(timezone.now() + timedelta(**how), tick=False)


@pytest.fixture
def signed_in(amina, amina_with_app):
    """Amina at the desk in the office."""

    def enter(agent: str = FIREFOX):
        client = browser(agent)
        types_password(client, amina.email)
        assert types_code(client, amina_with_app.shows()).status_code == 302
        return client

    return enter


@pytest.mark.goal("G14")
def test_a_session_planted_before_signing_in_is_worth_nothing_after(amina, amina_with_app):
    client = browser()
    client.get(reverse("account_login"))
    types_password(client, amina.email)
    planted = client.session.session_key
    types_code(client, amina_with_app.shows())

    thief = browser()
    thief.cookies["sessionid"] = str(planted)
    assert client.session.session_key != planted
    assert not is_in(thief)
    assert is_in(client)


@pytest.mark.goal("G14")
@pytest.mark.parametrize(
    ("agent", "goes_on", "over"), [(FIREFOX, 30, 31), (PHONE, 15, 16), ("", 15, 16)]
)
def test_a_session_nobody_uses_ends_sooner_on_a_phone(signed_in, agent, goes_on, over):
    client = signed_in(agent)
    with later(minutes=goes_on):
        assert is_in(client)
    with later(minutes=goes_on + over):
        answer = client.get("/")
    assert answer.status_code == 302
    assert "ended=idle" in answer["Location"]
    assert "nobody had used this page" in client.get(answer["Location"]).content.decode()


@pytest.mark.goal("G14")
def test_a_session_that_is_used_all_day_ends_after_twelve_hours(signed_in):
    client = signed_in()
    for minutes in range(25, 12 * 60, 25):
        with later(minutes=minutes):
            assert is_in(client), minutes
    with later(minutes=12 * 60 + 1):
        assert "ended=absolute" in client.get("/")["Location"]


@pytest.mark.goal("G14")
@pytest.mark.parametrize(("agent", "goes_on"), [(FIREFOX, True), (PHONE, False)])
def test_a_house_can_let_a_phone_end_sooner_in_all_than_a_desk(signed_in, settings, agent, goes_on):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "phone_in_all": 60}
    client = signed_in(agent)
    for minutes in range(10, 60, 10):
        with later(minutes=minutes):
            assert is_in(client)
    with later(minutes=61):
        assert is_in(client) is goes_on


@pytest.mark.goal("G14")
def test_the_cookie_of_an_ended_session_opens_nothing(signed_in):
    client = signed_in()
    key = client.cookies["sessionid"].value
    answer = client.post(reverse("signin:sign-out"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'

    replayed = browser()
    replayed.cookies["sessionid"] = key
    assert not is_in(replayed)
    assert SignIn.objects.get().ended_at


@pytest.mark.goal("G14")
def test_a_session_that_nobody_entered_by_the_door_is_none(client, amina):
    """Only Django's own part of it is there: no beginning, no second factor."""
    client.force_login(amina)
    session = client.session
    del session[sessions.KEY]
    session.save()

    assert not is_in(client)


def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in_again(
    signed_in, amina, amina_with_app
):
    client = signed_in()
    with later(minutes=31):
        answer = client.post("/drafts/somewhere/", {"text": "He rang his sister."})
        assert answer.status_code == 302
        types_password(client, amina.email)
        answer = types_code(client, amina_with_app.shows())
        assert answer["Location"] == reverse("signin:go-on")
        page = client.get(answer["Location"]).content.decode()
    assert 'value="He rang his sister."' in page
    assert 'action="/drafts/somewhere/"' in page


def test_what_amina_had_typed_is_not_shown_to_whoever_signs_in_after_her(signed_in, cast):
    client = signed_in()
    grace = with_password(cast.grace)
    app = App(grace)
    with later(minutes=31):
        client.post("/drafts/somewhere/", {"text": "He rang his sister."})
        types_password(client, grace.email)
        assert types_code(client, app.shows())["Location"] == "/"
        answer = client.get(reverse("signin:go-on"))
    assert answer.status_code == 302
    assert "sister" not in answer.content.decode()


def test_what_was_typed_is_kept_even_when_nothing_is_left_of_the_session(
    signed_in, amina, amina_with_app
):
    client = signed_in()
    client.get("/")
    Session.objects.all().delete()

    client.post("/drafts/somewhere/", {"text": "He rang his sister.", "pin": "2468"})
    with later(minutes=1):  # a code opens once
        types_password(client, amina.email)
        answer = types_code(client, amina_with_app.shows())
        page = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == reverse("signin:go-on")
    assert 'value="He rang his sister."' in page
    assert "2468" not in page


def test_nothing_of_it_is_shown_to_somebody_else_or_kept_for_a_stranger(signed_in, cast):
    client, stranger = signed_in(), browser()
    client.get("/")
    Session.objects.all().delete()
    grace = with_password(cast.grace)
    app = App(grace)

    client.post("/drafts/somewhere/", {"text": "He rang his sister."})
    types_password(client, grace.email)
    assert types_code(client, app.shows())["Location"] != reverse("signin:go-on")
    assert "sister" not in client.get(reverse("signin:go-on")).content.decode()
    stranger.cookies["who"] = f"{cast.amina.pk}:forged"
    stranger.post("/drafts/somewhere/", {"text": "Words"})
    assert "suspended" not in stranger.session


@pytest.mark.goal("G14")
def test_amina_sees_where_she_is_signed_in_and_ends_the_one_on_the_tram(signed_in, amina):
    desk, phone = signed_in(), None
    with later(minutes=1):
        phone = signed_in(PHONE)
        page = desk.get(reverse("mfa_index")).content.decode()
        assert "Firefox on Windows" in page
        assert "Safari on iPhone" in page
        (on_the_tram,) = [
            one.sign_in for one in queries.open_sessions(amina) if one.sign_in.kind == "phone"
        ]
        desk.post(reverse("signin:end-session", args=[on_the_tram.pk]))
        assert not is_in(phone)
        assert is_in(desk)


def test_grace_ends_a_session_of_her_team_and_owen_does_not_find_it(signed_in, cast, client):
    amina_at_desk = signed_in()
    address = reverse("signin:end-session", args=[SignIn.objects.get().pk])
    client.force_login(cast.owen)
    assert client.post(address).status_code == 404
    assert is_in(amina_at_desk)

    client.force_login(cast.grace)
    assert client.post(address).status_code == 302
    assert not is_in(amina_at_desk)
    assert SignIn.objects.get(staff=cast.amina).ended_by == cast.grace


def test_a_key_worker_cannot_end_a_colleagues_session(signed_in, cast, mill_house):
    signed_in()
    ben = a_member_of_staff(mill_house, "Ben Ito", "key_worker")
    with pytest.raises(Refused, match="not your session"):
        operations.end_session(SignIn.objects.get(), by=ben)


@pytest.mark.goal("G15")
def test_a_dangerous_act_asks_again_after_five_minutes_and_keeps_what_was_typed(
    signed_in, amina_with_app
):
    client = signed_in()
    address, again = reverse("rights:emergency"), reverse("account_reauthenticate")
    typed = {"reason": "court order", "pin": "2468"}
    with later(minutes=4):
        assert client.post(address, typed).headers.get("Location") != again
    with later(minutes=6):
        key = client.session.session_key
        assert client.post(address, typed)["Location"] == again
        assert client.post(again, {"code": "000000"}).status_code == 422
        assert client.post(address, typed)["Location"] == again
        answer = client.post(again, {"code": amina_with_app.shows()})
        assert answer["Location"] == reverse("signin:go-on")
        page = client.get(answer["Location"])
        assert dict(page.context["sent"]) == {"reason": "court order"}
        assert page.context["kept"]["to"] == address
        assert client.session.session_key != key, "A step up gives the session a new key."
        assert client.post(address, typed).headers.get("Location") != again
        assert Entry.objects.filter(event="staff.proved").count() == 1


@pytest.mark.goal("G15")
def test_a_password_alone_does_not_step_up(signed_in):
    client = signed_in()
    with later(minutes=6):
        answer = client.post(reverse("account_reauthenticate"), {"password": SECRET})
        assert answer.status_code == 422
        held = sessions.held(client.session)
        assert held
        assert not held.fresh(sessions.now())


def test_guesses_at_a_step_up_are_counted(signed_in, amina_with_app):
    client = signed_in()
    with later(minutes=6):
        for _ in range(10):
            client.post(reverse("account_reauthenticate"), {"code": "000000"})
        answer = client.post(reverse("account_reauthenticate"), {"code": amina_with_app.shows()})
    assert answer.status_code == 429


@pytest.mark.goal("G15")
@pytest.mark.parametrize(
    "name",
    ["invite", "start-again", "shut-out", "let-back-in"],
)
def test_letting_people_in_and_out_asks_for_proof(cast: Cast, name, client, settings):
    client.force_login(cast.grace)
    with later(minutes=6):
        answer = client.post(reverse(f"signin:{name}", args=[cast.amina.pk]))

    assert answer["Location"] == reverse("account_reauthenticate")


def residents(cast: Cast, n: int) -> list[UUID]:
    from alongside.accommodation.operations import add_bed
    from alongside.stays.operations import begin_stay
    from alongside.testing.cast import SETTING_UP

    made = []
    for number in range(n):
        bed = add_bed(
            cast.mill_house, by=SETTING_UP, name=f"9{number}", floor="Attic", order=100 + number
        )
        person = a_resident(cast.mill_house, "Kiri", f"Number {number}")
        stay = begin_stay(
            cast.mill_house, by=cast.grace, resident=person, bed=bed, moved_in_on=date(2026, 3, 2)
        )
        made.append(stay.pk)
    return made


@pytest.mark.goal("G32")
def test_whoever_opens_too_many_files_too_quickly_must_show_again_who_they_are(
    signed_in, amina_with_app, cast, settings
):
    settings.READING_BRAKE = {"people": 4, "minutes": 10}
    client = signed_in()
    people = [reverse("casefile:casefile", args=[pk]) for pk in residents(cast, 5)]

    for address in people[:4] * 3:
        assert client.get(address).status_code == 200, "The same people again do not count."
    answer = client.get(people[4])

    assert answer["Location"] == reverse("account_reauthenticate")
    assert client.get(people[0]).status_code == 302, "Nor does any other open meanwhile."
    assert is_in(client), "What is about nobody does."
    alarm = Alarm.objects.get()
    assert (alarm.staff, alarm.people) == (cast.amina, 5)
    assert Entry.objects.filter(event="alarm.reading", actor_id=cast.amina.pk).count() == 1
    with later(minutes=1):
        client.post(reverse("account_reauthenticate"), {"code": amina_with_app.shows()})
        assert client.get(people[4]).status_code == 200


@pytest.mark.goal("G32")
def test_whoever_takes_one_document_after_another_must_show_again_who_they_are(
    signed_in, amina_with_app, cast, settings, tmp_path
):
    settings.MEDIA_ROOT, settings.DOCUMENT_BRAKE = tmp_path, {"documents": 3, "minutes": 5}
    client = signed_in()
    papers = [reverse("documents:file", args=[pk]) for pk in documents(cast, 4)]

    for address in papers[:3] * 2:
        assert client.get(address).getvalue(), "The same ones again do not count."
    answer = client.get(papers[3])

    assert answer["Location"] == reverse("account_reauthenticate")
    alarm = Alarm.objects.get()
    assert (alarm.staff, alarm.kind, alarm.people) == (cast.amina, "documents", 4)
    client.force_login(cast.grace)
    assert "opened 4 documents" in client.get(reverse("signin:team")).content.decode()


def documents(cast: Cast, n: int) -> list[UUID]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from alongside.documents.operations import add_document

    return [
        add_document(
            cast.tomasz, by=cast.grace, kind="letter", title=f"Letter {number}",
            dated_on=date(2026, 4, 20), file=SimpleUploadedFile("a.txt", b"Dear Tomasz"),
        ).pk
        for number in range(n)
    ]  # fmt: skip


@pytest.mark.goal("G32")
@pytest.mark.slow
def test_sixty_people_in_ten_minutes_and_thirty_documents_in_five_are_the_most(
    signed_in, cast, settings, tmp_path, tally
):
    """By the numbers that ship, at doors that name a person and at doors that name a paper."""
    settings.MEDIA_ROOT = tmp_path
    client = signed_in()
    files = [reverse("casefile:casefile", args=[pk]) for pk in residents(cast, 61)]
    answers = [client.get(file).status_code for file in files]
    Alarm.objects.all().delete()
    client = signed_in_again(cast)
    for pk in documents(cast, 31):
        answer = client.get(reverse("documents:file", args=[pk]))
        answers.append(answer.status_code)
        answer.getvalue()

    wanted = [200] * 60 + [302] + [200] * 30 + [302]
    assert Alarm.objects.get().at == timezone.now(), "It is told at once."
    tally(sum(one == other for one, other in zip(answers, wanted, strict=True)), of=len(wanted))


def signed_in_again(cast: Cast):
    client = browser()
    client.force_login(cast.amina)
    return client


@pytest.mark.goal("G32")
def test_doors_that_name_no_person_count_too(signed_in, cast, settings):
    """A note or a document is somebody's: walking those is walking people."""
    from alongside.keywork.operations import write_note
    from alongside.stays.models import Stay

    settings.READING_BRAKE = {"people": 2, "minutes": 10}
    notes = [
        write_note(Stay.objects.get(pk=pk), by=cast.amina, kind="informal", text="By the stairs.")
        for pk in residents(cast, 3)
    ]
    client = signed_in()
    answers = [
        client.get(reverse("keywork:note", args=[note.pk])).headers.get("Location")
        for note in notes
    ]

    assert answers == [None, None, reverse("account_reauthenticate")]


@pytest.mark.goal("G32")
def test_the_same_number_of_files_over_a_day_is_work(signed_in, cast, settings):
    settings.READING_BRAKE = {"people": 2, "minutes": 10}
    client = signed_in()
    for n, pk in enumerate(residents(cast, 4)):
        with later(minutes=6 * n):
            assert client.get(reverse("casefile:casefile", args=[pk])).status_code == 200
    assert not Alarm.objects.exists()


def test_pages_asked_for_at_the_same_moment_are_all_counted(signed_in, settings):
    """Sixty requests at once overwrite one session; the rows do not overwrite each other."""
    from alongside.kit.records import new_key

    signed_in()
    mine = SignIn.objects.get()
    counts = [files_opened(mine.pk, new_key(), since=0) for _ in range(5)]

    assert counts == [1, 2, 3, 4, 5]


def test_grace_looks_at_the_alarm_and_amina_cannot_clear_her_own(cast, client):
    alarm = operations.raise_alarm(cast.amina, by=cast.amina, people=61)
    with pytest.raises((Refused, NotPermitted)):
        operations.see_alarm(alarm, by=cast.amina)

    client.force_login(cast.owen)
    assert client.post(reverse("signin:see-alarm", args=[alarm.pk])).status_code == 404
    client.force_login(cast.grace)
    assert "opened 61 files" in client.get(reverse("signin:team")).content.decode()
    client.post(reverse("signin:see-alarm", args=[alarm.pk]))
    alarm.refresh_from_db()
    assert alarm.seen_by == cast.grace
    assert "opened 61 files" not in client.get(reverse("signin:team")).content.decode()
