"""What is under seal is printed nowhere: in no paper of a file, whoever asks for it.

A paper is a template and data, and prints nothing but the data: so what goes into each PDF is read
here as it goes in. Who may read a sealed detail reads it on its own page, one at a time, and that
is written down; a paper is carried away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from alongside.kit.refusal import Refused
from alongside.rights.models import SEALS
from alongside.rights.operations import seal
from alongside.rights.tests.test_under_seal import TOKEN, again, known, put_all  # noqa: F401
from alongside.testing.cast import Cast, a_member_of_staff
from tests.house.doors import Door, doors
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_queries import address_of, fill, thrown_away

# The papers there are; a new one is found by itself and must be named here.
PAPERS = {
    "agreements:copy", "casefile:who-looked-paper", "overview:answers-paper", "paperwork:paper",
    "plans:print", "plans:print-week", "reviews:pack-pdf", "reviews:paper", "reviews:progress-pdf",
}  # fmt: skip
ROLES = ("support_worker", "key_worker", "night_worker", "coordinator", "manager", "administrator")
A_PDF = "application/pdf"


@pytest.fixture
def told_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF is what is printed in it, in words: to draw it would only hide them from us.

    How many one session opens is not counted: what each request wrote is thrown away, with it the
    session the count would be about.
    """
    monkeypatch.setattr("alongside.signin.counting.files_opened", lambda *_, **__: 0)
    monkeypatch.setattr("typst.compile", lambda *_, sys_inputs, **__: sys_inputs["data"].encode())


def printed(client: Client, these: list[Door], cast: Cast) -> Iterator[tuple[Door, str]]:
    """Each of these addresses that answers with a PDF, and what stands in that."""
    for door in these:
        try:
            with thrown_away():
                answer = client.get(address_of(door, cast))
                said = answer.getvalue().decode("utf-8", "replace")
        except (Refused, IntegrityError):
            continue  # made already, for another address of the same file
        if answer.headers.get("Content-Type", "").startswith(A_PDF):
            yield door, said


@pytest.mark.goal("G4")
@pytest.mark.slow
def test_no_paper_prints_what_is_under_seal(
    known: Cast,  # noqa: F811
    told_not_drawn: None,
    tally: Any,
) -> None:
    cast = known
    fill(cast)
    every = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]
    grace = Client()
    grace.force_login(cast.grace)
    before = dict(printed(grace, every, cast))
    assert {door.name for door in before} == PAPERS
    assert any(TOKEN in said.lower() for said in before.values()), "Then finding none is no proof."

    put_all(cast)
    for kind in SEALS:
        seal(again(cast.tomasz), by=cast.grace, kind=kind, title=f"{TOKEN} title",
             words=f"{TOKEN} words")  # fmt: skip
    shown, held = [], 0
    for role in ROLES:
        one = Client()
        one.force_login(a_member_of_staff(cast.mill_house, f"Noor {role.title()}", role))
        for door, said in printed(one, [*before], cast):
            held += TOKEN not in said.lower()
            shown += [f"{door.name}, {role}"] if TOKEN in said.lower() else []
    assert not shown
    assert held > len(PAPERS)
    tally(held, of=held + len(shown))
