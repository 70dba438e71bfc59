"""What waits to be read: the number in the navigation, and since when."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from alongside.conversations.models import Conversation, Member
from alongside.conversations.operations import (
    add_colleague,
    put_right,
    say_it_is_read,
    take_back,
    take_out,
    write_message,
)
from alongside.kit import clock
from alongside.rights.operations import limit_file

S4_33 = pytest.mark.req("S4-33")
TUESDAY = datetime(2026, 4, 21, 11, tzinfo=UTC)


def navigation(client) -> str:
    page: str = client.get(reverse("drafts:mine")).text
    return page[page.index('<nav class="house-nav"') : page.index("</nav>")]


def unread_in(client) -> str | None:
    """The number beside Messages, as a screen reader says it."""
    found = re.search(
        r">Messages<span[^>]*>[^<]*</span><span[^>]*>, (\S+) unread<", navigation(client)
    )
    return found[1] if found else None


def waits(conversation: Conversation, staff) -> datetime | None:
    return Member.objects.get(conversation=conversation, staff=staff, until_at=None).waits_since


@S4_33
def test_the_navigation_says_how_many_conversations_grace_has_not_read(
    client, keys, about_tomasz, amina, grace
):
    client.force_login(grace)
    assert unread_in(client) == "2"
    # Also on the door that hides it, and on the menu of a phone.
    assert len(re.findall(r">House<span[^>]*>2</span>", navigation(client))) == 2
    assert re.search(r"<summary>Menu<span[^>]*>2</span>", navigation(client))
    write_message(keys, by=amina, text="And the one for the yard.")
    assert unread_in(client) == "2"
    client.post(reverse("conversations:read", args=[keys.pk]))
    assert unread_in(client) == "1"
    client.post(reverse("conversations:reply", args=[about_tomasz.pk]), {"text": "Yes."})
    assert unread_in(client) is None
    client.force_login(amina)
    assert unread_in(client) == "1"


@S4_33
def test_the_number_counts_nothing_that_one_may_not_open(client, keys, about_tomasz, amina, grace):
    for one in (keys, about_tomasz):
        write_message(one, by=grace, text="I have seen it.")
    client.force_login(amina)
    assert unread_in(client) == "2"
    limit_file(about_tomasz.stay, by=grace, kind="never", staff=[amina], because="Kin.")
    assert unread_in(client) == "1"


@S4_33
def test_whoever_is_not_in_it_is_told_of_nothing(client, keys, owen, sal):
    for somebody in (owen, sal):
        client.force_login(somebody)
        assert unread_in(client) is None


@S4_33
def test_messages_are_lit_while_grace_is_in_a_conversation(client, keys, about_tomasz, grace):
    client.force_login(grace)
    lit = re.compile(
        r'<summary data-here>House.*?<a href="[^"]*/messages/" aria-current="page">', re.S
    )
    assert not lit.search(client.get(reverse("drafts:mine")).text)
    for page in ("one", "add", "close"):
        assert lit.search(client.get(reverse(f"conversations:{page}", args=[keys.pk])).text)
    file = client.get(reverse("conversations:about", args=[about_tomasz.stay_id])).text
    assert not lit.search(file)


@S4_33
def test_something_waits_since_it_was_first_unread(keys, amina, grace, sal):
    first = keys.messages.get()
    noon = clock.now()
    assert (waits(keys, grace), waits(keys, amina)) == (noon, None)
    with time_machine.travel(TUESDAY, tick=False):
        second = write_message(keys, by=amina, text="And the yard.")
        assert waits(keys, grace) == noon
        take_back(first, by=amina, because="It was there.")
        assert waits(keys, grace) == TUESDAY
        take_back(second, by=amina, because="That too.")
        assert waits(keys, grace) is None

        third = write_message(keys, by=grace, text="Good.")
        say_it_is_read(keys, by=amina)
        assert waits(keys, amina) is None
        put_right(third, by=grace, text="Very good.", because="It is.")
        assert waits(keys, amina) == TUESDAY
        add_colleague(keys, by=grace, staff=sal, because="Nights.")
        assert waits(keys, sal) == TUESDAY


@S4_33
def test_whoever_left_a_conversation_has_nothing_to_read_in_it(client, keys, grace):
    take_out(keys.members.get(staff=grace), by=grace, because="Not mine.")
    client.force_login(grace)
    assert unread_in(client) is None
