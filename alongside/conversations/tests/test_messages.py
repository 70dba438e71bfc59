"""Amina writes to Grace inside the house: who can read it, who has, and what is put right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.models import Entry, Reading
from alongside.conversations.models import Closing, Conversation, Member, Message, Read, Wording
from alongside.conversations.operations import (
    add_colleague,
    begin_conversation,
    close_conversation,
    open_again,
    put_right,
    say_it_is_read,
    take_back,
    take_out,
    write_message,
)
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.rights.operations import limit_file
from alongside.team.operations import leave
from alongside.testing.cast import a_member_of_staff

S4_33 = pytest.mark.req("S4-33")


def page_of(conversation: Conversation) -> str:
    return reverse("conversations:one", args=[conversation.pk])


def again(staff: Staff) -> Staff:
    """As the next request knows them."""
    return Staff.objects.get(pk=staff.pk)


def sees(staff: Staff, conversation: Conversation) -> bool:
    return Conversation.objects.visible_to(again(staff)).filter(pk=conversation.pk).exists()


@S4_33
def test_amina_writes_to_grace_who_reads_it_and_amina_sees_that(client, mill_house, amina, grace):
    client.force_login(amina)
    address = reverse("conversations:begin", args=[mill_house.slug])
    sent = client.post(
        address, {"to": [grace.pk], "subject": "The keys", "text": "The cellar key is missing."}
    )
    found = Conversation.objects.get()
    assert sent.url == page_of(found)
    assert "Read by nobody yet" in client.get(page_of(found)).text

    client.force_login(grace)
    today = client.get(reverse("today:today")).text
    assert "Unread messages" in today
    assert "The keys" not in today
    unread = client.get(reverse("conversations:here", args=[mill_house.slug]), {"show": "unread"})
    assert "The keys" in unread.text
    assert "The cellar key is missing." in client.get(page_of(found)).text
    client.post(reverse("conversations:read", args=[found.pk]))
    assert "Unread messages" not in client.get(reverse("today:today")).text

    client.force_login(amina)
    assert "Read by Grace Okafor (20 Apr, 12:00)" in client.get(page_of(found)).text


@S4_33
def test_nobody_reads_it_who_is_not_in_it_not_even_whoever_leads(
    client, mill_house, keys, sal, owen
):
    vera = a_member_of_staff(mill_house, "Vera Lund", "manager")
    for somebody in (sal, owen, vera):
        client.force_login(somebody)
        assert client.get(page_of(keys)).status_code == 404
        assert not sees(somebody, keys)
        with pytest.raises(NotPermitted):
            write_message(keys, by=somebody, text="May I?")
    client.force_login(vera)
    assert "The spare keys" not in client.get(
        reverse("conversations:here", args=[mill_house.slug])
    ).text  # fmt: skip


@S4_33
def test_only_who_may_open_the_file_is_in_a_conversation_about_somebody(
    mill_house, tomasz, amina, grace, owen
):
    limit_file(tomasz, by=grace, kind="never", staff=[amina], because="Kin.")
    with pytest.raises(Refused, match="Amina Yusuf may not open the file of Tomasz Nowak"):
        begin_conversation(
            mill_house, by=grace, to=[again(amina)], subject="Him", text="Hm.", stay=tomasz
        )
    with pytest.raises(Refused, match="Owen Price does not work here"):
        begin_conversation(mill_house, by=grace, to=[owen], subject="Hello", text="Hm.")
    with pytest.raises(Refused, match="You do not work here"):
        begin_conversation(mill_house, by=owen, to=[grace], subject="Hello", text="Hm.")
    with pytest.raises(Refused, match="Nobody would read it"):
        begin_conversation(mill_house, by=grace, to=[grace], subject="Hello", text="Hm.")


@S4_33
def test_a_limit_put_on_later_cuts_somebody_off_at_once(client, about_tomasz, keys, amina, grace):
    client.force_login(grace)
    client.post(reverse("conversations:reply", args=[about_tomasz.pk]), {"text": "I shall come."})
    client.force_login(amina)
    assert "Unread messages" in client.get(reverse("today:today")).text
    assert client.get(page_of(about_tomasz)).status_code == 200
    limit_file(about_tomasz.stay, by=grace, kind="never", staff=[amina], because="Kin.")
    assert client.get(page_of(about_tomasz)).status_code == 404
    assert "Unread messages" not in client.get(reverse("today:today")).text
    assert client.get(page_of(keys)).status_code == 200
    with pytest.raises(NotPermitted):
        write_message(about_tomasz, by=again(amina), text="And now?")


@S4_33
def test_whoever_leaves_reads_nothing_more_and_what_they_wrote_stays(client, keys, sal, grace):
    add_colleague(keys, by=grace, staff=sal, because="He locks up.")
    write_message(keys, by=sal, text="I have it.")
    client.force_login(sal)
    assert client.get(page_of(keys)).status_code == 200
    leave(sal, by=grace, last_day=clock.today(), because="A new post.")
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert not sees(sal, keys)
        assert client.get(page_of(keys)).status_code in {302, 404}
    client.force_login(grace)
    assert "I have it." in client.get(page_of(keys)).text


@S4_33
def test_opening_one_about_somebody_is_journalled_like_their_file(
    client, about_tomasz, keys, grace
):
    client.force_login(grace)
    client.get(page_of(keys))
    assert not Reading.objects.filter(actor_id=grace.pk).exists()
    client.get(page_of(about_tomasz))
    line = Reading.objects.get(actor_id=grace.pk)
    assert (line.resident_id, line.what) == (about_tomasz.stay.resident_id, "messages")


@S4_33
def test_no_title_names_what_it_is_about_and_the_journal_keeps_no_words(
    client, about_tomasz, grace
):
    client.force_login(grace)
    shown = client.get(page_of(about_tomasz)).text
    title = shown.partition("<title>")[2].partition("</title>")[0]
    assert "His appointment" not in title
    assert "Tomasz" not in title
    kept = [str(one.payload.values) for one in Entry.objects.filter(event__startswith="conversa")]
    assert kept
    assert not [one for one in kept if "appointment" in one or "Wednesday" in one]


@S4_33
def test_what_is_put_right_or_taken_back_stays_to_be_seen(client, keys, amina, grace):
    message = keys.messages.get()
    say_it_is_read(keys, by=grace)
    with pytest.raises(NotPermitted, match="Somebody else wrote it"):
        put_right(message, by=grace, text="No.", because="No.")
    with pytest.raises(Refused, match="It says just that"):
        put_right(message, by=amina, text="The spare kēy for the cellar is missing.", because="Hm.")
    client.force_login(amina)
    address = reverse("conversations:put-right", args=[message.pk])
    refused = client.post(address, {"text": "The attic key is missing."})
    assert refused.status_code == 422
    assert "The attic key is missing." in refused.text
    client.post(address, {"text": "The attic key is missing.", "because": "The wrong room."})

    client.force_login(grace)
    shown = client.get(page_of(keys)).text
    for words in ("The attic key", "The wrong room.", "Before: The spare kēy", "I have read it"):
        assert words in shown
    assert client.get(address).status_code == 404

    client.force_login(amina)
    taking = reverse("conversations:take-back", args=[message.pk])
    asked = client.get(taking).text
    assert "The attic key is missing." in asked
    assert "They stay on record." in asked
    client.post(taking, {"because": "It is found."})
    assert "attic" not in client.get(taking).text

    client.force_login(grace)
    shown = client.get(page_of(keys)).text
    assert "It is found." in shown
    assert "attic" not in shown
    with pytest.raises(Refused, match="was taken back"):
        take_back(message, by=amina, because="Once more.")


@S4_33
def test_a_colleague_is_added_with_a_reason_reads_all_and_is_taken_out(
    client, keys, sal, grace, amina
):
    client.force_login(grace)
    address = reverse("conversations:add", args=[keys.pk])
    assert client.post(address, {"staff": sal.pk}).status_code == 422
    client.post(address, {"staff": sal.pk, "because": "He locks up."})
    client.force_login(sal)
    shown = client.get(page_of(keys)).text
    assert "The spare kēy" in shown
    assert "added by Grace Okafor" in shown
    assert "He locks up." in shown
    with pytest.raises(Refused, match="in it already"):
        add_colleague(keys, by=grace, staff=sal, because="Again.")
    his = Member.objects.get(staff=sal)
    with pytest.raises(NotPermitted, match="Amina Yusuf began this"):
        take_out(Member.objects.get(staff=grace), by=sal, because="No.")
    take_out(his, by=amina, because="It was the day shift.")
    assert client.get(page_of(keys)).status_code == 404
    assert not sees(sal, keys)


@S4_33
def test_it_is_closed_with_what_came_of_it_and_opened_again_with_a_message(
    client, keys, grace, amina
):
    client.force_login(grace)
    client.post(reverse("conversations:close", args=[keys.pk]), {"because": "A new key is cut."})
    keys.refresh_from_db()
    with pytest.raises(Refused, match="is closed"):
        write_message(keys, by=amina, text="Thank you.")
    with pytest.raises(Refused, match="is closed"):
        close_conversation(keys, by=amina, because="Done.")
    listed = reverse("conversations:here", args=[keys.scheme.slug])
    assert "The spare keys" not in client.get(listed).text
    assert "The spare keys" in client.get(listed, {"show": "closed"}).text
    client.post(reverse("conversations:reply", args=[keys.pk]), {"text": "It does not fit."})
    assert "It does not fit." in client.get(page_of(keys)).text
    assert "The spare keys" in client.get(listed).text
    assert Closing.objects.get().because == "A new key is cut."
    keys.refresh_from_db()
    with pytest.raises(Refused, match="is open"):
        open_again(keys, by=amina, text="Hm.")


@S4_33
def test_the_same_message_sent_twice_is_one(client, keys, grace):
    client.force_login(grace)
    twice = {"text": "Look behind the door.", "once": "0b8f9a52-3a54-4be5-8f60-3c2b5f0d8a11"}
    for _ in range(2):
        client.post(reverse("conversations:reply", args=[keys.pk]), twice)
    assert keys.messages.count() == 2
    empty = client.post(reverse("conversations:reply", args=[keys.pk]), {"text": ""})
    assert empty.status_code == 422
    assert "Write something" in empty.text


@S4_33
def test_the_list_finds_words_without_their_accents_and_whom_it_is_about(
    client, keys, about_tomasz, amina
):
    client.force_login(amina)
    listed = reverse("conversations:here", args=[keys.scheme.slug])
    found = client.get(listed, {"q": "KEY cellar"}).text
    assert "The spare keys" in found
    assert "His appointment" not in found
    found = client.get(listed, {"about": about_tomasz.stay_id}).text
    assert "His appointment" in found
    assert page_of(keys) not in found
    found = client.get(listed, {"about": "nobody"}).text
    assert page_of(about_tomasz) not in found
    assert "Nothing like that here" in client.get(listed, {"q": "attic"}).text
    assert client.get(listed, {"about": "junk", "show": "junk"}).status_code == 200


@S4_33
def test_a_message_about_him_opens_a_note_and_a_task_with_its_words(
    client, about_tomasz, amina, grace, sal
):
    message = about_tomasz.messages.get()
    words = "He wants somebody to come along on Wednesday."
    note = reverse("keywork:write-note", args=[about_tomasz.stay_id])
    task = reverse("other_duties:give", args=[about_tomasz.scheme.slug])
    client.force_login(grace)
    for address in (note, task):
        assert f"{address}?message={message.pk}" in client.get(page_of(about_tomasz)).text
        assert words in client.get(address, {"message": message.pk}).text
    vera = a_member_of_staff(about_tomasz.scheme, "Vera Lund", "manager")
    client.force_login(vera)
    for asked in (message.pk, "junk"):
        answer = client.get(note, {"message": asked})
        assert answer.status_code == 200
        assert words not in answer.text


def test_the_database_takes_no_half_of_a_message(keys, amina, grace, sal):
    message = keys.messages.get()
    wording = message.wordings.get()
    now = clock.now()
    wrong: list[Any] = [
        Conversation(scheme=keys.scheme, subject="", subject_key="", begun_by=amina),
        Member(conversation=keys, staff=amina, first=True, added_by=amina),
        Member(conversation=keys, staff=sal, added_by=amina),
        Member(conversation=keys, staff=sal, first=True, added_by=amina, until_at=now),
        Message(conversation=keys, number=1, written_by=amina),
        Message(conversation=keys, number=2, written_by=amina, taken_back_at=now),
        Wording(message=message, number=2, text="Hm", words_key="hm", because="Hm"),
        Wording(message=message, number=1, text="Hm", words_key="hm", replaced_at=now),
        Wording(message=message, number=2, text="", words_key="", because="H", replaced_at=now),
        Wording(message=message, number=2, text="Hm", words_key="hm", replaced_at=now),
        Closing(conversation=keys, closed_by=amina, because=""),
        Closing(conversation=keys, closed_by=amina, because="Hm", opened_at=now),
    ]
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(one).objects.bulk_create([one])
    Closing.objects.bulk_create([Closing(conversation=keys, closed_by=amina, because="Hm")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.bulk_create([Closing(conversation=keys, closed_by=amina, because="Hm")])
    Read.objects.bulk_create([Read(wording=wording, staff=grace)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Read.objects.bulk_create([Read(wording=wording, staff=grace)])
