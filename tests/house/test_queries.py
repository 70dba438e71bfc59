"""Every page makes few queries, and as many for a long file as for a short one.

Both tests open every page that can be opened by address, as Grace, who may open them all, and
count everything: the session, who she is, where she works, and what the page itself asks. Together
they take some fifteen seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.agreements.models import Breach
from alongside.allocations.operations import allocate
from alongside.audit.reading import forget_what_was_told, learn_the_end
from alongside.duties.models import Duty
from alongside.keywork.models import Booking, Note
from alongside.kit.records import new_key
from alongside.kit.refusal import Refused
from alongside.moments.models import Moment
from alongside.plans.models import PlanAction
from alongside.reviews.models import Review
from alongside.stages.models import Evidence
from alongside.testing.cast import Cast
from tests.house.doors import Door, doors
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.things import ASKS, THINGS, maker

MOST = 12
MANY = 40
DOORS = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]
OF_THE_FILE = [door for door in DOORS if door.wants == ["stay_id"]]
# What can stand in one file at the same time, so that a page is counted with something to show.
IN_ONE_FILE = (
    "note_id", "booking_id", "report_id", "assessment_id", "explanation_id", "breach_id",
    "health pk", "money pk", "plan_id", "goal_id", "action_id", "disagreement_id", "form_id",
    "decision_id", "reviews line_id", "stages pk", "workshops pk", "workshops:follow-up pk",
)  # fmt: skip
# What grows as time goes by, and what must differ from one to the next.
GROWS: dict[type[models.Model], Callable[[Any, int], dict[str, Any]]] = {
    Note: lambda _, __: {},
    Booking: lambda row, n: {
        "starts_at": row.starts_at + timedelta(days=n), "ends_at": row.ends_at + timedelta(days=n)
    },
    Moment: lambda _, __: {"id": None, "record_id": new_key()},
    Evidence: lambda _, __: {"file": "", "file_name": ""},
    PlanAction: lambda _, __: {},
    Breach: lambda _, __: {},
    Duty: lambda row, n: {"period_from": row.period_from + timedelta(days=7 * n)},
    Review: lambda row, n: {"planned_on": row.planned_on - timedelta(days=n)},
}  # fmt: skip


def fill(cast: Cast) -> None:
    """Tomasz with one of everything that a file can hold."""
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    for name in IN_ONE_FILE:
        THINGS[name](cast)


@contextmanager
def thrown_away() -> Iterator[None]:
    """What was made for one door is not there for the next."""
    mark = transaction.savepoint_create()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def address_of(door: Door, cast: Cast) -> str:
    made = {part: make(cast) for part in door.wants if (make := maker(door.name, part))}
    return (door.to(made) if door.parts else door.to()) + ASKS.get(door.name, "")


def opened(client: Client, address: str) -> int:
    """How many queries a page makes, the line in the journal of who read what among them."""
    with CaptureQueriesContext(connection) as counted:
        client.get(address).getvalue()
    return len(counted)


@pytest.fixture
def as_grace(client: Client, cast: Cast) -> Client:
    """After the first page of the day, which works out what the day brings."""
    client.force_login(cast.grace)
    client.get("/")
    return client


def test_no_page_makes_more_than_twelve_queries(as_grace: Client, cast: Cast):
    counted = pages_of(as_grace, cast)
    fill(cast)
    counted_filled = pages_of(as_grace, cast, made_already=(Refused, IntegrityError))

    most = {name: max(n, counted_filled.get(name, 0)) for name, n in counted.items()}
    assert {name: n for name, n in most.items() if n > MOST} == {}, f"More than {MOST} queries."


def pages_of(
    client: Client, cast: Cast, made_already: tuple[type[Exception], ...] = ()
) -> dict[str, int]:
    """How many queries each page makes, in a file as it is now, with the thing it is about."""
    found = {}
    for door in DOORS:
        with thrown_away(), suppress(*made_already):
            forget_what_was_told()  # for what the last page wrote has been rolled back
            learn_the_end(cast.organisation.pk)
            found[door.name] = opened(client, address_of(door, cast))
    return found


def test_a_long_file_makes_as_many_queries_as_a_short_one(as_grace: Client, cast: Cast):
    fill(cast)
    addresses = {door.name: address_of(door, cast) for door in OF_THE_FILE}
    short = {name: opened(as_grace, to) for name, to in addresses.items()}
    for kind, differs in GROWS.items():
        grown(kind, differs, cast)
    long = {name: opened(as_grace, to) for name, to in addresses.items()}

    assert {name: (short[name], long[name]) for name in short if short[name] < long[name]} == {}


def grown(
    kind: type[models.Model], differs: Callable[[Any, int], dict[str, Any]], cast: Cast
) -> None:
    """Forty more of these in the file, as years would bring them."""
    row: Any = kind._default_manager.filter(stay=cast.tomasz).order_by("pk")[0]
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    kind._default_manager.bulk_create(
        kind(**{**same, "id": new_key(), **differs(row, n)}) for n in range(1, MANY + 1)
    )
