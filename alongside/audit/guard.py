"""Refuses any write to the database that does not come from an operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse

from alongside.audit.operation import inside_an_operation

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# Sessions are Django's own, as is the table that counts tries; when a second factor was last used
# is the sign-in library's; a draft is words that are not yet a record; that somebody read a file
# is told by `alongside.audit.reading` and is itself a journal, and `signin` counts how many.
FREE_TABLES = frozenset(
    {
        "alongside_cache",
        "audit_reading",
        "django_session",
        "drafts_draft",
        "mfa_authenticator",
        "signin_openedfile",
        "socialaccount_socialaccount",
    }
)


class StrayWrite(Exception):
    """Code tried to change a record outside an operation, where it would not be journalled."""


def refuse_stray_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    """An execute wrapper that lets a write through only inside an operation."""
    write = WRITE.match(sql)
    if write and write[1] not in FREE_TABLES and not inside_an_operation():
        raise StrayWrite(f"{write[1]} was written outside an operation. Move the write into one.")
    return execute(sql, params, many, context)


@contextmanager
def only_reading() -> Iterator[None]:
    """For whoever may look here and change nothing: a record that is written all the same is a
    refusal, whatever the page forgot to ask."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        write = WRITE.match(sql)
        if write and write[1] not in FREE_TABLES:
            raise PermissionDenied
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def guarded() -> Iterator[None]:
    """The guard for commands and tasks; requests have it from the middleware."""
    with connection.execute_wrapper(refuse_stray_writes):
        yield


def write_guard(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: nothing in a request writes outside an operation."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with guarded():
            return get_response(request)

    return middleware
