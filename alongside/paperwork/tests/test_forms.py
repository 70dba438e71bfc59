"""Forms in somebody's file, under the practice of a hostel and of a children's home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.duties.models import Duty, State
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.paperwork.operations import (
    begin_form,
    go_on,
    put_right,
    refuse_form,
    sign_form_as_resident,
    sign_form_as_worker,
)
from alongside.sheets.models import Sheet
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark, No
from alongside.testing.cast import Cast, a_member_of_staff, assemble

AGENCY = {"agency": "Citizens Advice", "need": "My debts", "agreed": "Yes, all of it"}
NEWS = {
    "good_news": "Scored twice on Saturday.",
    "difficulties": "Slept badly.",
    "sent_by": "email",
    "to": "Rae Holm",
}
PAPER = Mark(method="paper", witness="Grace Okafor")


@pytest.fixture
def home(db) -> Cast:
    """The same people, in a children's home."""
    return assemble("childrens-home")


def a_form(cast: Cast) -> Sheet:
    return begin_form(
        cast.tomasz, by=cast.amina, key="agency-referral", answers=AGENCY, finish=True
    )


def test_amina_fills_in_a_form_and_it_is_on_the_timeline(client, cast):
    client.force_login(cast.amina)
    to = reverse("paperwork:fill-in", args=[cast.tomasz.pk, "agency-referral"])
    sent = client.post(to, {**AGENCY, "sensitive": "Diabetes", "finish": "yes"})

    sheet = Sheet.objects.get(key="agency-referral")
    assert sent.url == reverse("paperwork:form", args=[sheet.pk])
    assert sheet.finished_by == cast.amina
    moment = Moment.objects.get(record_id=sheet.pk)
    assert "My debts" in moment.text
    assert "Diabetes" not in moment.text
    assert b"Citizens Advice" in client.get(sent.url).content


def test_an_open_question_is_told_beside_it_and_nothing_typed_is_lost(client, cast):
    client.force_login(cast.amina)
    to = reverse("paperwork:fill-in", args=[cast.tomasz.pk, "agency-referral"])
    sent = client.post(to, {**AGENCY, "agreed": "", "finish": "yes"})

    assert sent.status_code == 422
    assert sent.context["form"].errors.keys() == {"agreed"}
    assert b"My debts" in sent.content
    assert not Sheet.objects.filter(key="agency-referral").exists()


def test_half_a_form_is_kept_and_gone_on_with_by_a_colleague(client, cast):
    client.force_login(cast.amina)
    to = reverse("paperwork:fill-in", args=[cast.tomasz.pk, "agency-referral"])
    client.post(to, {"agency": "Shelter", "keep": "yes"})
    draft = Sheet.objects.get(key="agency-referral")
    assert draft.is_draft()

    client.force_login(cast.grace)
    assert b"Go on" in client.get(reverse("paperwork:forms", args=[cast.tomasz.pk])).content
    rest = {**AGENCY, "agency": "Shelter", "version": draft.version, "finish": "yes"}
    client.post(reverse("paperwork:go-on", args=[draft.pk]), rest)

    draft.refresh_from_db()
    assert draft.finished_by == cast.grace
    assert draft.given["agency"]["name"] == cast.amina.name


def test_a_finished_form_is_put_right_in_a_new_one(cast):
    first = a_form(cast)
    with pytest.raises(Refused, match="finished and cannot be changed"):
        go_on(first, by=cast.amina, answers={"need": "Rent"})
    with pytest.raises(Refused, match="Nothing was changed"):
        put_right(first, by=cast.amina, answers=AGENCY)

    second = put_right(first, by=cast.amina, answers={"need": "Rent"})

    first.refresh_from_db()
    assert (first.answers["need"], second.answers["need"]) == ("My debts", "Rent")
    assert second.corrects == first
    with pytest.raises(Refused, match="put right already"):
        put_right(first, by=cast.amina, answers={"need": "Food"})


def test_those_sign_whom_the_practice_names_each_once(cast):
    sheet = a_form(cast)
    sign_form_as_resident(sheet, by=cast.amina, mark=PAPER)
    sign_form_as_worker(sheet, by=cast.amina, mark=PAPER)

    assert {mark.party for mark in Signature.objects.filter(record_id=sheet.pk)} == {
        "resident",
        "worker",
    }
    with pytest.raises(Refused, match="signed or refused already"):
        sign_form_as_resident(sheet, by=cast.amina, mark=PAPER)


def test_not_wanting_to_sign_is_kept_with_its_reason(client, cast):
    sheet = a_form(cast)
    refuse_form(sheet, by=cast.amina, no=No(reason="Wants time to think"))

    client.force_login(cast.amina)
    assert b"Wants time to think" in client.get(sheet_page(sheet)).content


def test_a_draft_is_signed_by_nobody(cast):
    draft = begin_form(cast.tomasz, by=cast.amina, key="agency-referral", answers={"agency": "A"})
    with pytest.raises(Refused, match="not finished yet"):
        sign_form_as_worker(draft, by=cast.amina, mark=PAPER)


def test_a_form_the_practice_does_not_offer_is_refused(client, cast):
    with pytest.raises(Refused, match="no such form"):
        begin_form(cast.tomasz, by=cast.amina, key="interview", answers={})
    client.force_login(cast.amina)
    to = reverse("paperwork:fill-in", args=[cast.tomasz.pk, "social-worker-update"])
    assert client.get(to).status_code == 404


def test_a_form_is_printed_for_those_who_may_read_it(client, cast):
    client.force_login(cast.amina)
    printed = client.get(reverse("paperwork:paper", args=[a_form(cast).pk]))
    assert printed.content.startswith(b"%PDF")


@pytest.mark.req("S3-83")
def test_the_social_worker_is_told_every_week_the_good_news_too(client, home):
    [owed] = Duty.objects.filter(stay=home.tomasz, key="social-worker-update", met_on=None)
    assert owed.due_on == home.tomasz.moved_in_on + timedelta(days=7)

    client.force_login(home.amina)
    to = reverse("paperwork:fill-in", args=[home.tomasz.pk, "social-worker-update"])
    without = client.post(to, {**NEWS, "good_news": "", "finish": "yes"})
    assert without.context["form"].errors.keys() == {"good_news"}
    client.post(to, {**NEWS, "finish": "yes"})

    first, after = Duty.objects.filter(stay=home.tomasz, key="social-worker-update").order_by(
        "due_on"
    )
    assert first.state == State.MET_LATE
    assert after.due_on == date(2026, 4, 27)


@pytest.mark.req("S3-55")
def test_a_birthday_is_planned_two_weeks_ahead(home):
    [owed] = Duty.objects.filter(stay=home.tomasz, key="special-day")
    assert owed.due_on == date(2026, 5, 3)  # Tomasz was born on 17 May

    day = {"what": "Birthday", "day": "2026-05-17", "wish": "A cake", "plan": "Amina bakes"}
    begin_form(home.tomasz, by=home.amina, key="special-day", answers=day, finish=True)
    owed.refresh_from_db()
    assert owed.state == State.MET


@pytest.mark.req("S3-59")
def test_a_young_person_is_told_of_a_change_that_was_recorded(home):
    change = {"area": "education", "what": "A new school from May", "who_tells": "Amina"}
    begin_form(home.tomasz, by=home.amina, key="change-ahead", answers=change, finish=True)
    [owed] = Duty.objects.filter(stay=home.tomasz, key="change-told")
    assert (owed.state, owed.due_on) == (State.OPEN, date(2026, 4, 21))

    told = {"area": "education", "day": "2026-04-20", "how": "Amina", "reaction": "Curious"}
    begin_form(home.tomasz, by=home.amina, key="change-told", answers=told, finish=True)
    owed.refresh_from_db()
    assert owed.state == State.MET


def test_a_restricted_form_is_read_by_few(client, home):
    plan = {
        "valid_until": "2026-10-01", "physical": "Well", "emotional": "Counselling",
        "appointments": "Dentist in May", "own_view": "Fine",
    }  # fmt: skip
    sheet = begin_form(
        home.tomasz, by=home.amina, key="health-care-plan", answers=plan, finish=True
    )
    night = a_member_of_staff(home.mill_house, "Lena Brandt", "night_worker")

    client.force_login(night)
    assert client.get(sheet_page(sheet)).status_code == 404
    listed = client.get(reverse("paperwork:forms", args=[home.tomasz.pk])).content.decode()
    assert reverse("paperwork:form", args=[sheet.pk]) not in listed
    client.force_login(home.amina)
    assert b"Counselling" in client.get(sheet_page(sheet)).content


def test_the_list_asks_the_same_few_questions_however_long_the_file(
    client, cast, django_assert_max_num_queries
):
    for _ in range(8):
        a_form(cast)
    client.force_login(cast.amina)
    with django_assert_max_num_queries(12):
        client.get(reverse("paperwork:forms", args=[cast.tomasz.pk]))


def sheet_page(sheet: Sheet) -> str:
    return reverse("paperwork:form", args=[sheet.pk])


@pytest.mark.req("S3-33")
def test_how_they_settle_in_is_asked_in_their_first_week_with_mood_and_worries(client, home):
    owed = Duty.objects.filter(stay=home.tomasz, key="settling-in")
    client.force_login(home.amina)
    to = reverse("paperwork:fill-in", args=[home.tomasz.pk, "settling-in"])
    said = {
        "mood": "low", "safe": "yes", "happy": "The garden", "worries": "My old school",
        "seen": "Sleeps late, eats well.", "next_steps": "Ring the school together.",
    }  # fmt: skip

    assert client.post(to, {**said, "worries": "", "finish": "yes"}).status_code == 422
    assert client.post(to, {**said, "finish": "yes"}).status_code == 302

    sheet = Sheet.objects.get(key="settling-in")
    assert (sheet.answers["mood"], sheet.answers["worries"]) == ("low", "My old school")
    assert owed.get().met_on == home.mill_house.today()
    assert "My old school" in client.get(reverse("paperwork:form", args=[sheet.pk])).text
