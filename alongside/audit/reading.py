"""Tells who read whose file: one line for each reader, person, part and quarter of an hour.

A page about a person says so with `opened`; the middleware writes it down when the page was really
shown, before the answer leaves. No line, no page: when it cannot be written the request fails.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from alongside.audit.chain import said_by, seal
from alongside.audit.models import Reading
from alongside.kit import clock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DOCUMENT = "document"
RESTRICTED = "restricted_note"
REMEMBERED = 20_000
MOST_TRIES = 50
SHOWN = 200

# The line goes in behind the one it names, and only there: what this process remembers of the end
# of the chain may be behind what others have written, or ahead of what was rolled back.
INSERT = (
    "INSERT INTO audit_reading ({names}) SELECT {marks} WHERE"
    " EXISTS (SELECT 1 FROM audit_reading"
    " WHERE organisation_id = %s AND number = %s AND digest = %s)"
    " OR (%s = 0 AND NOT EXISTS (SELECT 1 FROM audit_reading WHERE organisation_id = %s))"
    " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of somebody's file that this request shows."""

    organisation_id: UUID
    scheme_id: UUID | None
    resident_id: UUID
    what: str
    about: str = ""


_opened: ContextVar[list[Opened] | None] = ContextVar("opened_in_this_request", default=None)
# What this process has told already. The database says so too, but asking it costs a query.
_told: OrderedDict[tuple[Any, ...], None] = OrderedDict()
# Where this process believes each chain to end: number and digest.
_ends: dict[UUID, tuple[int, str]] = {}


def opened(stay: Any, what: str, about: Any = "") -> None:
    """Say that this request shows a part of the file of whoever's stay this is.

    `what` is the part of the file, `DOCUMENT` or `RESTRICTED`; `about` the record, for those two.
    """
    shown = _opened.get()
    if shown is not None:
        shown.append(
            Opened(stay.scheme.organisation_id, stay.scheme_id, stay.resident_id, what, str(about))
        )


def readings(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what was shown of somebody's file is written down before the answer leaves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        shown = vars(request)["files_shown"] = list[Opened]()
        mark = _opened.set(shown)
        try:
            response = get_response(request)
            if response.status_code == SHOWN:
                for one in dict.fromkeys(shown):
                    tell(one, by=request.user)
        finally:
            _opened.reset(mark)
        return response

    return middleware


def shown_in(request: HttpRequest) -> list[Opened]:
    """What of whose files the answer to this request shows."""
    return list(vars(request).get("files_shown", ()))


def tell(one: Opened, *, by: Any) -> None:
    """Append a line to the chain of readings, unless this quarter of an hour has it already."""
    if getattr(by, "actor_id", None) is None:
        return
    now = clock.now()
    quarter = quarter_of(now)
    known = (by.actor_id, one, quarter)
    if known in _told:
        return
    for tried in range(MOST_TRIES):
        # The first no mostly means that another process has written meanwhile.
        if _appended(one, by, now, quarter) or (tried and _is_there(one, by, quarter)):
            _remember(known)
            return
    raise RuntimeError("The journal of readings cannot be written.")


def quarter_of(at: datetime) -> datetime:
    """When the quarter of an hour began that this time lies in."""
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def forget_what_was_told() -> None:
    """For tests, and for whoever puts another database under a running process."""
    _told.clear()
    _ends.clear()


def learn_the_end(organisation_id: UUID) -> None:
    """Look up where the chain of an organisation ends, as the first reading of a process does."""
    _ends[organisation_id] = _end_of(organisation_id)


def _appended(one: Opened, by: Any, now: datetime, quarter: datetime) -> bool:
    """Whether the line went in; it does not when the chain ends elsewhere, or it is there."""
    last = _ends.pop(one.organisation_id, None) or _end_of(one.organisation_id)
    line = Reading(
        organisation_id=one.organisation_id, scheme_id=one.scheme_id, resident_id=one.resident_id,
        at=now, quarter=quarter, actor_kind=by.ACTOR_KIND, actor_id=by.actor_id, what=one.what,
        about=one.about, number=last[0] + 1, previous=last[1],
    )  # fmt: skip
    line.digest = seal(said_by(line))
    if went_in := _inserted_behind(last, line):
        _ends[one.organisation_id] = line.number, line.digest
    return went_in


def _end_of(organisation_id: UUID) -> tuple[int, str]:
    chain = Reading.objects.filter(organisation_id=organisation_id).order_by("-number")
    return chain.values_list("number", "digest").first() or (0, "")


def _inserted_behind(last: tuple[int, str], line: Reading) -> bool:
    fields = line._meta.concrete_fields
    names, marks = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    values: list[Any] = [
        field.get_db_prep_save(getattr(line, field.attname), connection) for field in fields
    ]
    whose = values[[field.name for field in fields].index("organisation_id")]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT.format(names=names, marks=marks), [*values, whose, *last, last[0], whose]
        )
        return bool(cursor.rowcount == 1)


def _is_there(one: Opened, by: Any, quarter: datetime) -> bool:
    same = Reading.objects.filter(resident_id=one.resident_id, what=one.what, about=one.about)
    return same.filter(actor_id=by.actor_id, quarter=quarter).exists()


def _remember(known: tuple[Any, ...]) -> None:
    _told[known] = None
    while len(_told) > REMEMBERED:
        _told.popitem(last=False)
