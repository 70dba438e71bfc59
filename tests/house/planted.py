"""Twelve faults that can be planted, one at a time: what the tests are worth is what they catch.

Each takes `patch(object, name, value)`: in a test that is undone after it, in a whole house that
was started with `DJANGO_SETTINGS_MODULE=tests.planted_settings` it stays. Production cannot be
started so: the settings refuse, and tests are not in what is installed.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any

type Patch = Callable[[Any, str, Any], None]


def view_with_no_rule(patch: Patch) -> None:
    from alongside.config import doors

    known = {key: rule for key, rule in doors.rules().items() if key != "plans:plan"}
    patch(doors, "rules", lambda: known)


def note_by_id_only(patch: Patch) -> None:
    from alongside.keywork.models import NoteQuerySet

    patch(NoteQuerySet, "visible_to", lambda self, _: self)


def deny_ignored(patch: Patch) -> None:
    from alongside.organisation import backend
    from alongside.organisation.standing import Standing

    patch(backend, "standing_from", lambda _: Standing())


def field_leaked(patch: Patch) -> None:
    """What is sealed is in the list of what is sealed, whatever one may read of it."""
    from alongside.rights import queries
    from alongside.rights.models import Sealed

    def everything(stay: Any, *, staff: Any) -> list[Any]:
        return list(Sealed.objects.filter(resident_id=stay.resident_id).for_page())

    patch(queries, "sealed_in", everything)


def marked_safe(patch: Patch) -> None:
    """As if every template said `|safe`."""
    from django.template import base

    patch(base, "render_value_in_context", lambda value, _: str(value))


def sort_by_raw_name(patch: Patch) -> None:
    from alongside.ui import paging

    class Anything(dict[str, str]):
        def __contains__(self, name: object) -> bool:
            return bool(name)

        def __missing__(self, name: str) -> str:
            return name

    patch(paging, "dict", Anything)


def next_followed(patch: Patch) -> None:
    from alongside.signin import stepping

    patch(stepping, "url_has_allowed_host_and_scheme", lambda *_, **__: True)


def url_fetched(patch: Patch) -> None:
    """A note with an address in it shows a little of what is there."""
    from alongside.keywork.operations import write_note

    whole = write_note.act

    def fetching(stay: Any, *more: Any, text: str, **named: Any) -> Any:
        for address in re.findall(r"https?://\S+", text):
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=1).read(200)  # noqa: S310 - the fault
        return whole(stay, *more, text=text, **named)

    patch(write_note, "act", fetching)


def csrf_exempt(patch: Patch) -> None:
    from django.middleware.csrf import CsrfViewMiddleware

    patch(CsrfViewMiddleware, "process_view", lambda *_: None)


def read_not_logged(patch: Patch) -> None:
    from alongside.stays import header

    patch(header, "opened", lambda *_: None)


def save_without_version(patch: Patch) -> None:
    from alongside.keywork.operations import correct_note

    whole = correct_note.act

    def anyhow(note: Any, **named: Any) -> Any:
        return whole(note, **{**named, "version": None})

    patch(correct_note, "act", anyhow)


def synchronous_normal(patch: Patch) -> None:
    from django.db import connections

    connection = connections["default"]
    said = dict(connection.settings_dict.get("OPTIONS", {}))
    if connection.vendor == "sqlite":
        said["init_command"] = said["init_command"].replace("=FULL", "=NORMAL")
    else:
        said["options"] = "-c synchronous_commit=off"
    patch(connection, "settings_dict", {**connection.settings_dict, "OPTIONS": said})


# The goal that turns red, and the fault.
TWELVE: dict[str, tuple[str, Callable[[Patch], None]]] = {
    "view with no rule": ("G1", view_with_no_rule),
    "note by id only": ("G2", note_by_id_only),
    "deny ignored": ("G6", deny_ignored),
    "field leaked in a fragment": ("G4", field_leaked),
    "marked safe": ("G19", marked_safe),
    "sort by raw name": ("G21", sort_by_raw_name),
    "next followed": ("G25", next_followed),
    "URL fetched": ("G25", url_fetched),
    "CSRF exempt": ("G17", csrf_exempt),
    "read not logged": ("G35", read_not_logged),
    "save without version check": ("G48", save_without_version),
    "synchronous=NORMAL": ("G42", synchronous_normal),
}
