"""Looking changes nothing: whatever address is looked at, by whatever method that only looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.audit.guard import FREE_TABLES, WRITE
from alongside.testing.cast import Cast
from tests.house.doors import Door, doors
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_queries import address_of, thrown_away

DOORS = [door for door in doors() if door.name not in NOT_TRIED]
# That a file was looked at is written down; nothing else is.
LOOKED_AT = frozenset({"audit_reading", "audit_read"})
DELETES = {"drafts:draft", "portal:drafts", "portal:draft"}
NEVER = ("PUT", "PATCH", "TRACE")


@contextmanager
def writes() -> Iterator[list[str]]:
    """Every table that is written meanwhile, but for sessions and for who looked."""
    found: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if (write := WRITE.match(sql)) and write[1] not in FREE_TABLES | LOOKED_AT:
            found.append(write[1])
        return execute(sql, *more)

    with connection.execute_wrapper(watch):
        yield found


@pytest.mark.goal("G17")
def test_grace_looks_everywhere_and_nothing_is_written(client: Client, cast: Cast):
    """And no page has a method that it does not declare."""
    client.force_login(cast.grace)
    client.get("/")  # the first page of the day works out what the day brings
    faults: list[str] = []
    for door in DOORS:
        with thrown_away():
            faults += _faults_of(door, client, cast)

    assert not faults, "\n".join(faults)


def _faults_of(door: Door, client: Client, cast: Cast) -> Iterator[str]:
    there = address_of(door, cast)
    with writes() as written:
        for look in ("GET", "HEAD", "OPTIONS"):
            answer = client.generic(look, there)
            answer.getvalue()  # A file is closed when it was read.
            if answer.status_code >= 500:
                yield f"{look} {door.name} answers {answer.status_code}"
        allowed = {405} if door.name not in OPEN_TO_STRANGERS else {302, 404, 405}
        for method in [*NEVER, *(["DELETE"] if door.name not in DELETES else [])]:
            status = client.generic(method, there).status_code
            if status not in allowed:
                yield f"{method} {door.name} answers {status}"
    if written:
        yield f"Looking at {door.name} writes {sorted(set(written))}"


@pytest.mark.goal("G17")
def test_a_form_from_elsewhere_is_refused_at_every_door(cast: Cast):
    """Without a token, and with one but from another site."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.grace)
    for door in DOORS:
        there = door.to()
        assert client.post(there).status_code in {403, 405}, there
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "x"
        foreign = client.post(
            there, {"csrfmiddlewaretoken": token}, headers={"origin": "https://elsewhere.example"}
        )
        assert foreign.status_code in {403, 405}, there
