"""A message about Tomasz is part of his record; one about nobody goes when its time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.audit.actors import System
from alongside.conversations.models import Conversation, Member, Message, Read, Wording
from alongside.conversations.operations import (
    add_colleague,
    begin_conversation,
    expire,
    put_right,
    say_it_is_read,
    take_back,
    take_out,
)
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.moments.recalculation import rebuild
from alongside.moments.search import search
from alongside.residents.operations import add_contact
from alongside.retention.leavers import hold_leaver
from alongside.retention.messages import expire_messages
from alongside.subject_access.gathering import everything
from alongside.subject_access.operations import take_request
from alongside.subject_access.queries import shown
from alongside.team.operations import leave
from alongside.testing.cast import a_member_of_staff

S4_33 = pytest.mark.req("S4-33")
NIGHT = System("the night")
YEAR = timedelta(days=366)


@S4_33
def test_search_and_the_timeline_show_it_to_those_who_are_in_it(
    client, about_tomasz, keys, amina, grace
):
    vera = a_member_of_staff(about_tomasz.scheme, "Vera Lund", "manager")
    file = reverse("casefile:casefile", args=[about_tomasz.stay_id])
    for somebody, found in ((amina, 1), (grace, 1), (vera, 0)):
        assert search("wednesday", viewer=somebody).count() == found
        client.force_login(somebody)
        assert ("come along on Wednesday" in client.get(file).text) == bool(found)
    assert not search("cellar", viewer=amina).exists()

    add_colleague(about_tomasz, by=amina, staff=vera, because="She decides.")
    assert search("wednesday", viewer=vera).count() == 1
    take_out(Member.objects.get(staff=vera), by=amina, because="Decided.")
    assert not search("wednesday", viewer=vera).exists()

    before = list(Moment.objects.filter(kind="message").values("title", "text", "note", "link"))
    rebuild()
    again = Moment.objects.filter(kind="message").values("title", "text", "note", "link")
    assert list(again) == before
    assert not search("wednesday", viewer=vera).exists()


@S4_33
def test_what_is_put_right_and_taken_back_is_told_on_the_timeline(about_tomasz, amina):
    message = about_tomasz.messages.get()
    put_right(message, by=amina, text="It is on Thursday.", because="It was moved.")
    line = Moment.objects.get(kind="message")
    assert (line.text, line.note) == ("His appointment: It is on Thursday.", "Corrected")
    take_back(message, by=amina, because="It is off.")
    line.refresh_from_db()
    assert (line.title, line.text) == ("A message was taken back", "")


@S4_33
def test_he_is_given_what_was_written_about_him_less_what_names_others(
    mill_house, tomasz, amina, grace
):
    add_contact(
        mill_house, by=grace, resident=tomasz.resident, name="Ewa Zielinska", relation="Sister"
    )
    begin_conversation(
        mill_house, by=amina, to=[grace], subject="His sister", stay=tomasz,
        text="Ewa Zielinska rang and asked how he is.",
    )  # fmt: skip
    told = everything(tomasz)
    assert [row["text"] for row in told["conversations.Wording"]] == [
        "Ewa Zielinska rang and asked how he is."
    ]
    assert "words_key" not in told["conversations.Wording"][0]
    asked = take_request(tomasz, by=grace, received_on=clock.today(), identity_on=clock.today())
    proposed = asked.mentions.filter(where="conversations.Wording.text")
    assert [str(one) for one in shown(asked, proposed, grace)] == ["Ewa Zielinska"]


@S4_33
def test_what_is_about_nobody_goes_a_year_after_its_last_message(
    keys, about_tomasz, mill_house, grace
):
    say_it_is_read(keys, by=grace)
    with pytest.raises(Refused, match="time is not over"):
        expire(mill_house, by=NIGHT, conversation=keys, before=clock.today())
    assert expire_messages(mill_house, by=NIGHT) == 0
    with clock.standing_at(clock.now() + YEAR):
        assert expire_messages(mill_house, by=NIGHT) == 1
        assert expire_messages(mill_house, by=NIGHT) == 0
    assert list(Conversation.objects.all()) == [about_tomasz]
    for kind in (Message, Wording, Read):
        assert kind.objects.count() == (0 if kind is Read else 1)


@S4_33
def test_a_hold_on_somebody_who_was_in_it_beats_that(keys, mill_house, sal, grace):
    add_colleague(keys, by=grace, staff=sal, because="He locks up.")
    leave(sal, by=grace, last_day=clock.today(), because="A new post.")
    with clock.standing_at(clock.now() + YEAR):
        hold_leaver(mill_house, by=grace, staff=sal, because="A claim is being made.")
        assert expire_messages(mill_house, by=NIGHT) == 0
    assert keys.messages.exists()
