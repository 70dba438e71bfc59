"""Every address declares its rule; one without answers nobody.

The rules stand in `rules.toml`, by room and name. Three things read them: this middleware, which
lets nobody through a door without one; the check that keeps the house shut while one is missing;
and the tests, which try every door as everybody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.audit.guard import only_reading
from alongside.practice.actions import Action

STRANGER, RESIDENT, STAFF = "stranger", "resident", "staff"
type View = Callable[..., HttpResponse]
NO_ROOM, NOBODY = "no_room", "nobody"
ANYBODY = frozenset({STRANGER, RESIDENT})
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one must be, or what one's role must include, to come in (`see`) and to change
    something there (`act`, where that is one right more). `also` is asked besides `see`.

    `others`: what the page asks of whoever it is not about: a right, or "nobody" (comes in).
    `proof`: whether one must show again who one is: when something is sent there ("post"), or
    before the view shows anything ("view").
    `wall`: "open" where it is the page that finds out who is there, so that on PostgreSQL the
    records of every organisation are reached until it has.
    """

    see: str
    act: str = ""
    also: str = ""
    others: str = ""
    proof: str = ""
    wall: str = ""

    @property
    def to_come_in(self) -> list[Action]:
        """The rights that a role must include to come in; none where any member of staff may."""
        asked = filter(None, (self.see, self.also))
        return [Action(right) for right in asked if right not in {*ANYBODY, STAFF}]

    @property
    def to_change(self) -> list[Action]:
        return [Action(self.act)] if self.act else []


@cache
def rules() -> dict[str, Rule]:
    """Every rule, by the full name of its address: "plans:plan"."""
    told = tomllib.loads((Path(__file__).parent / "rules.toml").read_text("utf-8"))
    return {
        _full(room, name): Rule(**rule)
        for room, there in told.items()
        for name, rule in there.items()
    }


def _full(room: str, name: str) -> str:
    """The name of an address as Django knows it; those of allauth are in no room of ours."""
    return name if room in {"", NO_ROOM} else f"{room}:{name}"


class DeclaredDoors:
    """Answers 404 at an address without a rule, whoever asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        found = request.resolver_match
        if found is None or found.view_name not in rules():
            raise Http404


class RolesComeIn:
    """Answers 403 to a role that never comes in at a page, and 404 where a record is named.

    Who may come in and change nothing sees the page, also its refusal in words; nothing that is
    sent there can be written.

    After `PartsInUse`: what is switched off is not there for anybody. Whose record it is, and
    whether this person may see that one, the page asks the policy.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        found = request.resolver_match
        rule = rules().get(found.view_name) if found else None
        user: Any = request.user
        if not (rule and user.is_authenticated):
            return None
        if not all(map(user.may_anywhere, rule.to_come_in)):
            record = any(isinstance(one, UUID) for key, one in kwargs.items() if key != "stay_id")
            raise Http404 if record and "scheme" not in kwargs else PermissionDenied
        if all(map(user.may_anywhere, rule.to_change)):
            return None
        with only_reading():
            return view(request, *args, **kwargs)


def doors(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address there is, by its full name, with its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, pattern.namespace or space)
        else:
            yield _full(space, str(pattern.name)), pattern


def faults() -> Iterator[str]:
    """What is wrong with the rules: a door without one, one without a door, a lock that differs."""
    there = dict(doors())
    known = rules()
    yield from (f"{name} has no rule." for name in sorted(there.keys() - known.keys()))
    yield from (
        f"{name} has a rule and no address." for name in sorted(known.keys() - there.keys())
    )
    for name in sorted(there.keys() & known.keys()):
        locked = getattr(there[name].callback, "login_required", True)
        if locked is (known[name].see in ANYBODY):
            yield f"{name} and its rule differ in whether a stranger may come in."
        if getattr(there[name].callback, "step_up", False) is not (known[name].proof == "view"):
            yield f"{name} and its rule differ in whether the view asks for proof."
        if known[name].proof not in {"", "post", "view"}:
            yield f"{name} asks for “{known[name].proof}”, which is no kind of proof."
        rule = known[name]
        if rule.wall not in {"", OPEN} or (rule.wall and rule.see not in ANYBODY):
            yield f"{name} opens the wall, and it is known who comes in there."
        for right in (rule.see, rule.act, rule.also, rule.others):
            if right and right not in {*ANYBODY, STAFF, NOBODY, *Action}:
                yield f"{name} asks for “{right}”, which is no right."
