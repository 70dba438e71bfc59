"""Who opened somebody's file: seen by those who may, by the person, and told truly."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.audit.models import Reading
from alongside.keywork.operations import write_note
from alongside.stays.looking import looks
from alongside.testing.cast import Cast

PARTS = ("", "details/", "notes/", "health/")


def page_of(cast: Cast, part: str = "who-looked/") -> str:
    return f"/stays/{cast.tomasz.pk}/{part}"


@pytest.mark.req("S4-43")
@pytest.mark.goal("G38")
def test_the_list_of_who_looked_is_what_was_read(cast: Cast, client: Client, tally) -> None:
    for reader in (cast.amina, cast.grace):
        client.force_login(reader)
        for part in PARTS:
            client.get(page_of(cast, part))
    client.force_login(cast.grace)
    shown = client.get(page_of(cast)).content.decode()
    told = list(looks(cast.tomasz, Reading.objects.all()))

    assert len(told) == 2 * len(PARTS) + 1  # this page is a part of the file, too
    tally(sum(shown.count(name) >= len(PARTS) for name in ("Amina Yusuf", "Grace Okafor")), of=2)


@pytest.mark.goal("G35")
def test_opening_a_restricted_note_is_told_as_that_note(cast: Cast, client: Client) -> None:
    note = write_note(
        cast.tomasz, by=cast.amina, kind="informal", text="He told me why.", restricted=True
    )
    client.force_login(cast.amina)
    client.get(f"/notes/{note.pk}/")

    assert Reading.objects.filter(what="restricted_note", about=str(note.pk)).count() == 1


def test_the_list_is_printed_for_the_person(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    answer = client.get(page_of(cast, "who-looked/paper/"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_who_may_not_read_the_journal_is_told_so_and_owen_finds_nothing(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.amina)
    assert client.get(page_of(cast)).status_code == 403
    client.force_login(cast.owen)
    assert client.get(page_of(cast)).status_code == 404
