"""Acts that do harm in the wrong hands ask for proof, wherever in the house they are done."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import timedelta
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
import time_machine
from django.conf import settings as house
from django.urls import resolve, reverse
from django.utils import timezone

from alongside.audit.operation import Operation
from alongside.config.doors import faults, rules
from alongside.practice.actions import Action
from tests.house.doors import Door, doors

# What takes something out, joins, erases or unseals, opens a closed file, or changes who may what.
GRAVE = frozenset(
    {
        "export.made", "export.fetched", "sealed.read", "sealed.lift_asked", "sealed.lifted",
        "emergency.sought", "emergency.opened",
        "erasure.proposed", "person.erased", "file_hold.ended", "access.bundle_made",
        "resident.duplicate_decided", "calendar.address_opened",
    }
)  # fmt: skip
GRAVE_RIGHTS = frozenset(
    {Action.MANAGE_STAFF, Action.LIMIT_FILE, Action.DELEGATE, Action.ARRANGE_STAND_IN}
)
# A look that is noted, and a form about the team, give nobody a right.
HARMLESS = frozenset({"alarm.seen", "team.access_checked", "team_form.finished"})
ASKED = {door.name: door for door in doors() if rules()[door.name].proof == "post"}
ASKED_BY_THE_VIEW = {door.name: door for door in doors() if rules()[door.name].proof == "view"}


def operations_behind(door: Door) -> set[Operation[Any, Any, Any]]:
    """Every operation that the view of an address names, itself or through its own module."""
    view = inspect.unwrap(resolve(door.to()).func)
    view = getattr(view, "view_class", view)
    return set(_named_by(view, set()))


def _named_by(view: Any, seen: set[Any]) -> Iterator[Operation[Any, Any, Any]]:
    if isinstance(view, type):
        for one in vars(view).values():
            yield from _named_by(one, seen)
    view = inspect.unwrap(view) if callable(view) else view
    if not isinstance(view, FunctionType) or view in seen:
        return
    seen.add(view)
    for there in _known_to(view):
        if isinstance(there, Operation):
            yield there
        elif isinstance(there, FunctionType) and there.__module__ == view.__module__:
            yield from _named_by(there, seen)


def _known_to(view: FunctionType) -> list[Any]:
    """What the names in its code stand for: in its own module, and in a module of operations."""
    names = list(_names(view.__code__))
    there = [view.__globals__.get(name) for name in names]
    rooms = [one for one in there if isinstance(one, ModuleType) and "operations" in one.__name__]
    return there + [getattr(room, name, None) for room in rooms for name in names]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _names(const)


def is_grave(act: Operation[Any, Any, Any]) -> bool:
    return act.event in GRAVE or (act.needs in GRAVE_RIGHTS and act.event not in HARMLESS)


@pytest.mark.goal("G15")
def test_whatever_does_something_grave_carries_the_mark(tally):
    every = [door for door in doors() if any(map(is_grave, operations_behind(door)))]
    bare = [door.name for door in every if not rules()[door.name].proof]
    assert not bare, "Give it proof = in rules.toml, or say above why it is harmless."
    assert len(every) > 15, "The reading of the views finds what it should."
    tally(len(every) - len(bare), of=len(every))


def test_an_address_that_does_something_grave_without_the_mark_would_be_found():
    erased = next(door for door in doors() if door.name == "retention:answer")
    assert "person.erased" in {act.event for act in operations_behind(erased)}


def test_the_mark_and_what_asks_agree():
    assert not list(faults())
    assert set(ASKED) == set(house.ASKS_FOR_PROOF)
    carrying = {d.name for d in doors() if getattr(resolve(d.to()).func, "step_up", False)}
    assert carrying == set(ASKED_BY_THE_VIEW)


@pytest.mark.goal("G15")
@pytest.mark.parametrize("name", sorted(ASKED))
def test_grace_is_asked_who_she_is_when_she_last_showed_it_long_ago(client, cast, settings, name):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "proof": 5}
    client.force_login(cast.grace)
    address = ASKED[name].to()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_reauthenticate"))
    answer = client.post(address)
    assert answer.headers.get("Location") != reverse("account_reauthenticate"), "Not before."


@pytest.mark.goal("G15")
@pytest.mark.parametrize("name", sorted(ASKED_BY_THE_VIEW))
def test_a_view_that_asks_by_itself_does_so_before_it_shows_anything(client, cast, settings, name):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "proof": 5}
    client.force_login(cast.grace)
    address = ASKED_BY_THE_VIEW[name].to()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.post(address)
        if answer.status_code == 405:  # a page that only shows
            answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_reauthenticate"))
