"""A browser of the tests in which somebody has signed in, with everything that belongs to it."""

from __future__ import annotations

from typing import Any

from alongside.kit import wall
from alongside.kit.records import new_key
from alongside.signin import sessions


def fully_signed_in(session: Any, staff: Any, *, second: bool = True) -> None:
    """Let a session that Django's `force_login` made pass for a whole sign-in."""
    sessions.begin(
        session, sign_in=new_key(), staff=staff.pk, kind=sessions.DESK, how="test", second=second
    )
    session[wall.KEY] = str(staff.organisation_id)
    session.save()
