"""What is said when a request fails: the disk is full, or the database does not answer, in words.

Nothing that was typed is lost: the page holds it, and sends it again. A form with a token acts once
however often it is sent, so that this is safe even where nobody knows whether it was saved.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import bad_request, server_error

from alongside.signin.stepping import MOST_KEPT, NEVER_KEPT

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FAILS = {errno.EIO, errno.EROFS}
# What SQLite says when it is its surroundings that fail, and not the question.
SQLITE_SAYS = ("disk", "locked", "full", "unable to open", "readonly")
RETRY_AFTER = "10"
DEEPEST = 12


@requires_csrf_token
def fault(request: HttpRequest) -> HttpResponse:
    """The last resort of every request: 503 when it is the disk or the database, else 500."""
    why = out_of_order(sys.exc_info()[1])
    return _out_of_order(request, why) if why else server_error(request)


@requires_csrf_token
def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be understood; also a session that could not be kept, which Django calls so."""
    why = out_of_order(exception)
    return _out_of_order(request, why) if why else bad_request(request, exception)


def _out_of_order(request: HttpRequest, why: str) -> HttpResponse:
    typed = list(_typed(request))
    said = {
        "no_room": why == "no room",
        "posted": request.method == "POST",
        "typed": typed,
        "acts_once": any(name == "once" for name, _ in typed),
        "shown": [value for _, value in typed if " " in value.strip()],
        "files": bool(typed) and bool(request.FILES),
        "to": request.get_full_path(),
        "csrf_token": get_token(request),
    }
    # Without the request: what pages ask about whoever is signed in needs the database.
    return HttpResponse(
        render_to_string("503.html", said),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        headers={"Retry-After": RETRY_AFTER},
    )


def out_of_order(fault: BaseException | None) -> str:
    """“no room” or “no answer” where the disk or the database failed, else nothing."""
    found = {_one_out_of_order(one) for one in _behind(fault)}
    return next((one for one in ("no room", "no answer") if one in found), "")


def _behind(fault: BaseException | None) -> Iterator[BaseException]:
    """A fault and those that led to it: undoing after the first often fails as well."""
    for _ in range(DEEPEST):
        if fault is None:
            return
        yield fault
        fault = fault.__cause__ or fault.__context__


def _one_out_of_order(fault: BaseException) -> str:
    if isinstance(fault, OSError) and fault.errno in NO_ROOM:
        return "no room"
    if isinstance(fault, OSError) and fault.errno in DISK_FAILS:
        return "no answer"
    if not isinstance(fault, OperationalError | InterfaceError):
        return ""
    words = str(fault)
    if "disk is full" in words or "No space left" in words:
        return "no room"
    of_sqlite = isinstance(fault.__cause__, sqlite3.Error)
    return "no answer" if not of_sqlite or any(one in words for one in SQLITE_SAYS) else ""


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was sent, to be sent again; no secret, and not more than a form holds."""
    if request.method != "POST":
        return
    try:
        sent = [(name, str(one)) for name, some in request.POST.lists() for one in some]
    except Exception:  # what was sent could not even be read
        return
    kept = [(name, value) for name, value in sent if not _is_secret(name)]
    if sum(len(value) for _, value in kept) <= MOST_KEPT:
        yield from kept


def _is_secret(name: str) -> bool:
    return any(secret in name.lower() for secret in NEVER_KEPT)
