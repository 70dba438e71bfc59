"""Who left the team: in time what is personal goes, and the name stays where they signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from alongside.absence.operations import report_sick
from alongside.audit.models import Entry, Payload, Permit
from alongside.audit.verifying import verify
from alongside.keywork.models import Note
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Staff
from alongside.retention import colleague
from alongside.retention.leavers import (
    end_leaver_hold,
    erase_leaver,
    hold_leaver,
    keep_leaver_longer,
    kept_of,
    leavers_due,
    propose_of_leaver,
)
from alongside.retention.models import StaffErasure, StaffHold
from alongside.retention.tests.canaries import everything_stored
from alongside.signin.models import SignIn
from alongside.testing.cast import Cast, a_member_of_staff

LONG_AGO = date(2019, 3, 29)
WORD = "cnrystaffqz"


def mo_at_work(cast: Cast) -> Staff:
    """A support worker who wrote a note, was away, and signed in."""
    mo = a_member_of_staff(cast.mill_house, "Mo Iqbal", "support_worker", cast.grace)
    write_note(cast.tomasz, by=mo, kind="informal", text="He fixed the lamp.")
    Staff.objects.filter(pk=mo.pk).update(
        email=f"{WORD}@example.org",
        username=f"{WORD}-mo",
        left_because=f"{WORD} to study",
    )
    SignIn.objects.create(
        staff=mo, session_key=f"{WORD}key", how="app", device=f"{WORD} phone", kind="desk"
    )
    return Staff.objects.get(pk=mo.pk)


def has_left(cast: Cast) -> Staff:
    """Mo, who left seven years ago as far as the record says."""
    mo = mo_at_work(cast)
    Membership.objects.filter(staff=mo).update(from_on=date(2017, 3, 1), until_on=LONG_AGO)
    Staff.objects.filter(pk=mo.pk).update(last_day=LONG_AGO)
    return Staff.objects.get(pk=mo.pk)


@pytest.mark.goal("G39")
@pytest.mark.req("S4-81")
def test_six_years_after_the_last_day_it_waits_for_review(cast: Cast) -> None:
    mo = has_left(cast)
    state = kept_of(cast.mill_house, mo)
    assert (state.left_on, state.due_on) == (LONG_AGO, date(2025, 3, 29))
    assert state.rule.says == "A member of staff’s record"
    assert list(leavers_due(cast.mill_house)) == [mo]
    assert not leavers_due(cast.owen.schemes()[0])

    Staff.objects.filter(pk=mo.pk).update(last_day=date(2021, 3, 29))
    assert not leavers_due(cast.mill_house)
    with pytest.raises(Refused, match="kept until 29 March 2027"):
        propose_of_leaver(cast.mill_house, by=cast.amina, staff=mo)


def test_of_whoever_works_here_nothing_is_asked(cast: Cast) -> None:
    with pytest.raises(Refused, match="Nobody who left"):
        propose_of_leaver(cast.mill_house, by=cast.grace, staff=cast.amina)


@pytest.mark.goal("G39")
@pytest.mark.req("S4-81")
def test_two_people_erase_what_is_personal_and_the_name_stays_on_the_note(cast: Cast) -> None:
    mo = has_left(cast)
    rows = [row for row in everything_stored() if WORD in row]
    assert len(rows) > 1
    before = Entry.objects.count()
    asked = propose_of_leaver(cast.mill_house, by=cast.amina, staff=mo)
    with pytest.raises(Refused, match="already asked"):
        propose_of_leaver(cast.mill_house, by=cast.grace, staff=mo)
    with pytest.raises(NotPermitted):
        erase_leaver(asked, by=cast.amina)
    done = erase_leaver(asked, by=cast.grace)

    assert done.counts["signin.SignIn"] == 1
    assert WORD not in "\n".join(everything_stored())
    mo.refresh_from_db()
    assert (mo.name, mo.email) == ("Mo Iqbal", f"{mo.pk}@erased.invalid")
    assert not mo.has_usable_password()
    assert str(Note.objects.get(text="He fixed the lamp.").written_by) == "Mo Iqbal"
    assert Payload.objects.filter(erased_by=done.pk).exists()
    written = Payload.objects.get(entry__event="note.written")
    assert written.values
    assert Entry.objects.count() == before + 2
    assert not Permit.objects.exists()
    assert not verify().faults
    assert not leavers_due(cast.mill_house)


@pytest.mark.goal("G39")
def test_who_asked_does_not_decide_and_a_hold_beats_the_rule(cast: Cast) -> None:
    mo = has_left(cast)
    asked = propose_of_leaver(cast.mill_house, by=cast.grace, staff=mo)
    with pytest.raises(Refused, match="You asked for this yourself"):
        erase_leaver(asked, by=cast.grace)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffErasure.objects.update(answered_by=cast.grace)
    StaffErasure.objects.update(asked_by=cast.amina)
    asked.refresh_from_db()
    hold = hold_leaver(cast.mill_house, by=cast.grace, staff=mo, because="A tribunal.")
    assert not leavers_due(cast.mill_house)
    with pytest.raises(Refused, match="legal hold"):
        erase_leaver(asked, by=cast.grace)
    with pytest.raises(Refused, match="a hold on this record already"):
        hold_leaver(cast.mill_house, by=cast.grace, staff=mo, because="Another.")
    end_leaver_hold(hold, by=cast.grace, because="It was settled.")
    kept = keep_leaver_longer(
        asked, by=cast.grace, answer_words="A reference is asked for.",
        look_again_on=date(2027, 4, 1),
    )  # fmt: skip
    assert kept.answer == "keep"
    assert not leavers_due(cast.mill_house)


def test_who_came_back_is_not_erased(cast: Cast) -> None:
    mo = has_left(cast)
    asked = propose_of_leaver(cast.mill_house, by=cast.amina, staff=mo)
    Staff.objects.filter(pk=mo.pk).update(last_day=None)
    with pytest.raises(Refused, match="Nobody who left"):
        erase_leaver(asked, by=cast.grace)


def test_why_somebody_was_away_goes_and_that_they_were_stays(cast: Cast) -> None:
    mo = mo_at_work(cast)
    away = report_sick(
        cast.mill_house, by=cast.grace, worker=mo, from_on=clock.today("Europe/London")
    )
    type(away).objects.filter(pk=away.pk).update(words=f"{WORD} a knee")
    Membership.objects.filter(staff=mo).update(from_on=date(2017, 3, 1), until_on=LONG_AGO)
    Staff.objects.filter(pk=mo.pk).update(last_day=LONG_AGO)
    asked = propose_of_leaver(cast.mill_house, by=cast.amina, staff=mo)
    erase_leaver(asked, by=cast.grace)
    away.refresh_from_db()
    assert (away.worker, away.words) == (mo, "erased")


def test_every_table_that_names_a_colleague_is_told_apart() -> None:
    """A new one says here whether it goes with them or stays, and why."""
    told = {*colleague.THEIRS, *colleague.WITHOUT_WORDS, *colleague.STAYS}
    missing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model in (Staff, Membership)
        and not field.name.endswith("_by")
        and model._meta.app_label not in ("auth", "audit")
    }
    assert missing - told == set()
    assert {label for label in told if not _there(label)} == set()


def _there(label: str) -> bool:
    try:
        apps.get_model(label)
    except LookupError:
        return False
    return True


def test_on_the_pages_it_is_held_asked_for_and_erased(client, cast: Cast) -> None:
    mo = has_left(cast)
    listed = reverse("retention:queue", args=["mill-house"]) + "?show=staff-due"
    here = reverse("retention:leaver-keeping", args=["mill-house", mo.pk])
    hold = reverse("retention:hold-leaver", args=["mill-house", mo.pk])
    ask = reverse("retention:propose-of-leaver", args=["mill-house", mo.pk])
    client.force_login(cast.grace)
    assert "Mo Iqbal" in client.get(listed).text
    assert client.post(hold, {"because": ""}).status_code == 422
    client.post(hold, {"because": "A claim"})
    assert "Legal hold" in client.get(here).text
    assert client.post(ask, {}).status_code == 422
    end = reverse("retention:end-leaver-hold", args=[StaffHold.objects.get().pk])
    client.post(end, {"because": "Settled"})

    client.force_login(cast.amina)
    assert client.get(hold).status_code in {403, 404}
    client.post(ask, {})
    asked = StaffErasure.objects.get()
    answer = reverse("retention:answer-of-leaver", args=[asked.pk])
    assert client.get(answer).status_code in {403, 404}
    client.force_login(cast.owen)
    keep = reverse("retention:keep-leaver", args=[asked.pk])
    for url in (here, hold, ask, end, answer, keep):
        assert client.get(url).status_code == 404, url
    client.force_login(cast.grace)
    assert "Mo Iqbal" in client.get(answer).text
    assert client.post(keep, {"answer_words": "Wait"}).status_code == 422
    client.post(answer, {})
    shown = client.get(listed).text
    assert "Erased by Grace Okafor" in shown
    assert client.get(here).status_code == 404


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"because": ""}, "a_hold_on_a_colleague_says_why"),
        ({"ended_because": "x"}, "a_hold_on_a_colleague_ends_by_somebody_and_why"),
    ],
)
def test_the_database_refuses_half_a_hold(cast: Cast, broken: dict[str, Any], name: str) -> None:
    hold_leaver(cast.mill_house, by=cast.grace, staff=has_left(cast), because="A claim")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StaffHold.objects.update(**broken)


def test_the_database_lets_nobody_decide_about_themselves(cast: Cast) -> None:
    mo = has_left(cast)
    asked = propose_of_leaver(cast.mill_house, by=cast.amina, staff=mo)
    for broken, name in (
        ({"asked_by": mo}, "nobody_decides_about_their_own_record"),
        ({"answer": "erase"}, "what_is_erased_of_a_colleague_was_answered"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            StaffErasure.objects.filter(pk=asked.pk).update(**broken)


@pytest.mark.req("S4-81")
def test_the_list_opens_where_somebody_waits_for_the_second_person(client, cast: Cast) -> None:
    asked = propose_of_leaver(cast.mill_house, by=cast.amina, staff=has_left(cast))
    listed = reverse("retention:queue", args=["mill-house"])
    erase = reverse("retention:answer-of-leaver", args=[asked.pk])
    client.force_login(cast.grace)
    first = client.get(listed).text
    assert "Nothing has been asked for" not in first
    assert "Left the team, time over (1 to decide)" in first
    assert erase in first
    assert "Nothing has been asked for" in client.get(f"{listed}?show=files").text

    answered = client.post(erase, {})
    assert "Erased by Grace Okafor" in client.get(answered.url).text


@pytest.mark.goal("G39")
@pytest.mark.req("S4-81")
def test_their_own_page_gives_the_buttons_to_the_second_person_alone(client, cast: Cast) -> None:
    mo = has_left(cast)
    asked = propose_of_leaver(cast.mill_house, by=cast.grace, staff=mo)
    here = reverse("retention:leaver-keeping", args=["mill-house", mo.pk])
    listed = reverse("retention:queue", args=["mill-house"])
    erase = reverse("retention:answer-of-leaver", args=[asked.pk])
    keep = reverse("retention:keep-leaver", args=[asked.pk])
    client.force_login(cast.grace)
    for page in (here, listed):
        assert erase not in client.get(page).text
        assert keep not in client.get(page).text
    for page in (erase, keep):
        told = client.get(page)
        assert told.status_code == client.post(page, {}).status_code == 422
        assert "You asked for this yourself" in told.text

    client.force_login(cast.amina)
    for page in (here, listed):
        assert erase not in client.get(page).text
    assert client.get(erase).status_code == client.get(keep).status_code == 403

    StaffErasure.objects.update(asked_by=cast.amina)
    client.force_login(cast.grace)
    for page in (here, listed):
        assert erase in client.get(page).text
        assert keep in client.get(page).text


def test_a_hold_on_a_colleague_is_refused_in_words_for_a_colleague(client, cast: Cast) -> None:
    mo = has_left(cast)
    hold_leaver(cast.mill_house, by=cast.grace, staff=mo, because="A tribunal.")
    client.force_login(cast.grace)
    told = client.post(reverse("retention:propose-of-leaver", args=["mill-house", mo.pk]), {})
    assert told.status_code == 422
    assert "legal hold on what is kept of this colleague" in told.text
    assert "this file" not in told.text


def test_judith_sees_on_today_that_an_erasure_waits_for_a_second_and_grace_who_asked_does_not(
    client, cast
):
    mo = has_left(cast)
    judith = a_member_of_staff(cast.mill_house, "Judith Amory", "manager")
    propose_of_leaver(cast.mill_house, by=cast.grace, staff=mo)
    line = "Records of those who left the team, to erase or keep"

    client.force_login(cast.grace)
    assert line not in client.get(reverse("today:today")).text
    client.force_login(judith)
    today = client.get(reverse("today:today")).text

    assert line in today
    page = f"{reverse('retention:queue', args=['mill-house'])}?show=staff-due"
    assert f"{page}#asked" in today
    assert "Waits for a second person" in client.get(page).text
