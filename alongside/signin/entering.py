"""The moment somebody is in: their session begins, and the journal says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.kit import wall
from alongside.signin import operations, queries, sessions

if TYPE_CHECKING:
    from django.http import HttpRequest

    from alongside.organisation.models import Staff

DEMO = "demo"


def entered(request: HttpRequest, staff: Staff, *, how: str, second: bool) -> None:
    """After Django's own login: note it, and give the session its limits and its organisation."""
    wall.known(staff.organisation_id)
    request.session[wall.KEY] = str(staff.organisation_id)
    kind = sessions.kind_of(request.headers)
    made = operations.sign_in(
        staff,
        by=staff,
        session_key=str(request.session.session_key),
        how=how,
        device=sessions.device(request.headers.get("User-Agent", "")),
        kind=kind,
    )
    sessions.begin(
        request.session, sign_in=made.pk, staff=staff.pk, kind=kind, how=how, second=second
    )


def proved(request: HttpRequest, staff: Staff) -> None:
    """They have shown again that it is them: the session gets a new key and counts anew."""
    request.session.cycle_key()
    sessions.prove(request.session)
    held = sessions.held(request.session)
    sign_in = queries.sign_in_of(held.sign_in) if held else None
    if sign_in:
        operations.prove(
            staff, by=staff, sign_in=sign_in, session_key=str(request.session.session_key)
        )
