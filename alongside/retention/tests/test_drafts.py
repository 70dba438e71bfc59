"""What nobody finished goes when its time is over, and whoever began it is told."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.actors import System
from alongside.audit.models import Entry
from alongside.audit.verifying import verify
from alongside.drafts import keeping
from alongside.drafts.models import Draft, GoneDraft
from alongside.drafts.operations import expire, read_of_all
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.post.models import Letter
from alongside.retention.operations import end_hold, erase, propose_erasure, set_hold
from alongside.retention.tests.canaries import everything_stored
from alongside.retention.tests.test_retention import has_left_long_ago
from alongside.retention.unfinished import expire_drafts, over_at
from alongside.testing.cast import Cast, a_member_of_staff

NIGHT = System("the night")
WORD = "cnrydraftqzx"
NOON = datetime(2026, 4, 20, 12, tzinfo=ZoneInfo("Europe/London"))


def began(writer: Any, form: str, days_ago: int) -> Draft:
    """A draft that was last changed so many days before today."""
    draft = keeping.keep(writer, form, {"text": [f"{WORD} and more"]})
    Draft.objects.filter(pk=draft.pk).update(saved_at=NOON - timedelta(days=days_ago))
    draft.refresh_from_db()
    return draft


def work_out_the_night() -> None:
    call_command("duties", "work-out", stdout=StringIO())


@pytest.mark.goal("G39")
@pytest.mark.req("S4-81")
def test_after_the_packs_time_a_draft_goes_by_the_night_and_no_word_is_left(cast: Cast) -> None:
    began(cast.amina, f"note-{cast.tomasz.pk}", 91)
    began(cast.amina, f"session-{cast.tomasz.pk}", 90)
    work_out_the_night()

    assert [one.form for one in Draft.objects.all()] == [f"session-{cast.tomasz.pk}"]
    gone = GoneDraft.objects.get()
    assert (gone.staff, gone.what) == (cast.amina, "A note")
    assert gone.rule_says == "Drafts that were never finished: 90 days"
    assert Entry.objects.get(event="draft.expired").system == "the night"
    Draft.objects.all().delete()
    assert WORD not in "\n".join(everything_stored())
    assert not verify().faults
    work_out_the_night()
    assert GoneDraft.objects.count() == 1


def test_amina_is_told_by_a_letter_that_names_nobody_and_on_her_page(client, cast: Cast) -> None:
    began(cast.amina, f"note-{cast.tomasz.pk}", 120)
    began(cast.amina, f"note-{cast.mill_house.pk}", 120)
    work_out_the_night()

    letter = Letter.objects.get(to=cast.amina.email)
    assert "A note (2 times)" in letter.text
    assert "Tomasz" not in letter.text + letter.subject
    page = reverse("drafts:mine")
    client.force_login(cast.amina)
    assert "These went" in client.get(page).text
    client.force_login(cast.grace)
    assert "These went" not in client.get(page).text
    with pytest.raises(NotPermitted):
        read_of_all(GoneDraft.objects.all()[0], by=cast.grace)
    client.force_login(cast.amina)
    client.post(page, {})
    assert "These went" not in client.get(page).text
    assert not GoneDraft.objects.filter(read_at=None).exists()
    with pytest.raises(Refused, match="have read this"):
        read_of_all(GoneDraft.objects.all()[0], by=cast.amina)


def test_her_page_says_until_when_the_rest_is_kept(client, cast: Cast) -> None:
    began(cast.amina, f"plan-{cast.tomasz.pk}", 10)
    client.force_login(cast.amina)
    shown = client.get(reverse("drafts:mine")).text
    assert "A plan" in shown
    assert "goes after 9 Jul 2026" in shown
    client.force_login(cast.owen)
    assert "A plan" not in client.get(reverse("drafts:mine")).text


def test_in_good_time_before_it_goes_today_says_so_and_leads_to_the_very_form(
    client, cast: Cast
) -> None:
    page = reverse("keywork:write-note", args=[cast.tomasz.pk])
    form = f"note-{cast.tomasz.pk}"
    client.force_login(cast.amina)
    client.post(
        f"/drafts/{form}/", json.dumps({"text": ["He rang"]}), content_type="application/json",
        headers={"Referer": f"http://testserver{page}"},
    )  # fmt: skip
    today = reverse("today:today")
    line = "Begun, not finished, and soon to go"
    for days_ago, says in ((75, False), (76, True), (90, True)):
        Draft.objects.update(saved_at=NOON - timedelta(days=days_ago))
        assert (line in client.get(today).text) is says
        shown = client.get(reverse("drafts:mine")).text
        assert f'href="{page}"' in shown
        assert ("Soon" in shown) is says
    assert "He rang" not in shown
    client.force_login(cast.grace)
    assert line not in client.get(today).text


@pytest.mark.parametrize(
    "led_here", ["https://elsewhere.example/x", "//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_a_draft_leads_nowhere_but_into_this_house(client, cast: Cast, led_here: str) -> None:
    client.force_login(cast.amina)
    client.post(
        "/drafts/note-x/", "{}", content_type="application/json", headers={"Referer": led_here}
    )
    assert Draft.objects.get().at == ""


def test_whoever_opens_no_files_hears_of_their_drafts_too(client, cast: Cast) -> None:
    cook = a_member_of_staff(cast.mill_house, "Ines Faro", "kitchen", cast.grace)
    began(cook, "note-x", 80)
    client.force_login(cook)
    assert "soon to go</a>: 1" in client.get(reverse("today:today")).text


def test_what_tomasz_began_goes_too_and_nobody_of_another_service_is_touched(cast: Cast) -> None:
    mine = began(cast.tomasz.resident, f"own-words-{cast.tomasz.pk}", 100)
    owens = began(cast.owen, "note-x", 100)
    assert list(over_at(cast.mill_house)) == [mine]
    assert expire_drafts(cast.mill_house, by=NIGHT) == 1
    assert Draft.objects.get() == owens
    gone = keeping.gone(cast.tomasz.resident, unread=True)
    assert [one.what for one in gone] == ["Your own words"]
    assert not Letter.objects.exists()
    read_of_all(gone[0], by=cast.tomasz.resident)
    assert keeping.gone(cast.tomasz.resident, unread=True) == []


def test_a_hold_beats_it(cast: Cast) -> None:
    began(cast.amina, f"note-{cast.tomasz.pk}", 100)
    began(cast.tomasz.resident, "own-words", 100)
    hold = set_hold(cast.tomasz, by=cast.grace, because="A claim is being made.")
    assert expire_drafts(cast.mill_house, by=NIGHT) == 0
    end_hold(hold, by=cast.grace, because="Settled.")
    assert expire_drafts(cast.mill_house, by=NIGHT) == 2


def test_what_somebody_has_just_gone_on_with_stays(cast: Cast) -> None:
    draft = began(cast.amina, f"note-{cast.tomasz.pk}", 100)
    keeping.keep(cast.amina, draft.form, {"text": ["More."]})
    with pytest.raises(Refused, match="gone on with it"):
        expire(cast.mill_house, by=NIGHT, draft=draft)
    assert Draft.objects.count() == 1


def test_an_erased_person_is_in_no_draft_of_a_colleague(cast: Cast) -> None:
    began(cast.amina, f"note-{cast.tomasz.pk}", 3)
    other = began(cast.amina, f"note-{cast.mill_house.pk}", 3)
    erase(propose_erasure(has_left_long_ago(cast), by=cast.amina), by=cast.grace)
    assert Draft.objects.get() == other


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"staff": None}, "a_gone_draft_had_one_writer"),
        ({"gone_at": NOON - timedelta(days=900)}, "a_draft_goes_after_it_was_written"),
    ],
)
def test_the_database_refuses_half_of_it(cast: Cast, broken: dict[str, Any], name: str) -> None:
    began(cast.amina, "note-x", 100)
    expire_drafts(cast.mill_house, by=NIGHT)
    assert clock.now() == NOON
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        GoneDraft.objects.update(**broken)
