"""A browser of the tests in which somebody has signed in, with everything that belongs to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.audit import operation
from alongside.kit import wall
from alongside.kit.insert import insert
from alongside.kit.records import new_key
from alongside.signin import sessions
from alongside.signin.models import SignIn


def fully_signed_in(session: Any, staff: Any, *, second: bool = True) -> None:
    """Let a session that Django's `force_login` made pass for a whole sign-in."""
    session[wall.KEY] = str(staff.organisation_id)
    session.save()
    known = sessions.held(session)
    theirs = known is not None and known.staff == str(staff.pk)
    sign_in = UUID(known.sign_in) if known and theirs else _begun(staff)
    sessions.begin(
        session, sign_in=sign_in, staff=staff.pk, kind=sessions.DESK, how="test", second=second
    )
    session.save()


def _begun(staff: Any) -> UUID:
    """A sign-in that the database knows. It has a key of its own: somebody else may sign in with
    the same browser next, and no test ends this one by the session."""
    key = new_key()
    begun = SignIn(
        pk=key, staff=staff, session_key=str(key),
        how="test", device="A browser of the tests", kind=sessions.DESK,
    )  # fmt: skip
    written = operation._under_way.set(operation.UnderWay([], []))
    try:
        with wall.within(staff.organisation_id):
            insert([begun])
    finally:
        operation._under_way.reset(written)
    return key
