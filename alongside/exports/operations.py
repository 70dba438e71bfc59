"""Taking a list out of the house, fetching its file, and ending that before its time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from alongside.audit.operation import operation
from alongside.exports.leaving import WAYS, Content, Leaving
from alongside.exports.models import Export, Fetch
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.kit.two_people import require_another
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import looked_at_by
from alongside.practice.actions import Action


class NotThere(Refused):
    """The list that was asked for is not there, or not for this person."""


def given_out(staff: Staff, scheme: Scheme, what: str, asked: str) -> Leaving:
    """The list as it was asked for. Refused to whoever may not read it, there and now."""
    way = WAYS.get(what)
    if way is None:
        raise Refused("There is no such list.", instead="Begin at the page of the list.")
    if not staff.may(way.needs, scheme):
        raise NotPermitted(
            "Your role here does not include reading this list.",
            instead=f"Ask {scheme.one('manager')} to take it out, or to change your role.",
        )
    found = way.give(staff, scheme, dict(parse_qsl(asked, keep_blank_values=True)))
    if found is None:
        raise NotThere("This list is not there any more.", instead="Begin at its own page.")
    return found


def cannot_be_fetched(export: Export) -> Refused | None:
    """A file is there until it expires, or until somebody ended it."""
    if export.withdrawn_at:
        return Refused("This file was taken back.", instead="Take the list out anew.")
    if export.declined_at:
        return Refused("This file was not released.", instead="Read why, and ask whoever said so.")
    if export.waits(clock.now()):
        return Refused(
            "This file waits for somebody else to release it.",
            instead="Ask whoever may to look at what left the house.",
        )
    if not export.can_be_fetched(clock.now()):
        return Refused(
            "This file has expired.",
            instead="Take the list out anew, with what it is for.",
        )
    return None


@operation("export.made", needs=None)
def take_out(
    scheme: Scheme,
    *,
    by: Staff,
    what: str,
    asked: str,
    columns: Sequence[str],
    purpose: str,
    words: str,
    kind: str = "",
) -> Export:
    """Let a list leave as a file: these columns, for this purpose, until the pack's limit is over.

    A file that names more people than the pack's limit `export_alone` waits until somebody
    else releases it, for as long as `export_waits` says.

    Refused without the right to read the list, without a column or with one it does not have,
    without a purpose of the pack's list `export_purposes`, and without words on who gets it.

    Source: OWASP ASVS 5.0, 2.3.5, 7.5.3 and 14.2.6.
    """
    found = given_out(by, scheme, what, asked)
    known = [one.key for one in found.columns]
    chosen = [key for key in known if key in columns]
    if not chosen or len(chosen) != len(set(columns)):
        raise Refused(
            "No column is chosen." if not columns else "This list has no such column.",
            instead="Tick what whoever gets it needs, and nothing else.",
            field="columns",
        )
    if found.kinds and kind not in found.kinds:
        raise Refused("That is no kind of file.", instead="Choose one of the list.", field="kind")
    if purpose not in scheme.pack.choices("export_purposes"):
        raise Refused("That is not on the list.", instead="Choose one that is.", field="purpose")
    if not words.strip():
        raise Refused(
            "Nothing says who gets it.", instead="Say who gets it, and why.", field="words"
        )
    now = clock.now()
    people = _named(found, chosen, by)
    waits = people > scheme.pack.limit("export_alone").number
    return Export.objects.create(
        scheme=scheme, what=what, title=found.title[:200], asked=asked, columns=chosen,
        kind=kind if found.kinds else "", purpose=purpose, words=words.strip(), made_by=by,
        made_at=now, people=people, needs_release=waits,
        expires_at=_hours_from_now(scheme, "export_waits" if waits else "export_lasts"),
    )  # fmt: skip


def does_not_wait(export: Export) -> Refused | None:
    """Only what waits is released or not."""
    if export.waits(clock.now()):
        return None
    return Refused("This file does not wait any more.", instead="Look at the list.")


@operation("export.released", needs=Action.RELEASE_EXPORT, unless=does_not_wait)
def release(export: Export, *, by: Staff) -> Export:
    """Let a file that names many people leave: the second of two people. Its hours begin now.

    Refused to whoever asked for it, and without the right to read the list.

    Source: OWASP ASVS 5.0, 2.3.5.
    """
    require_another(export.made_by_id, by.pk)
    given_out(by, export.scheme, export.what, export.asked)
    export.released_by, export.released_at = by, clock.now()
    export.expires_at = _hours_from_now(export.scheme, "export_lasts")
    export.save(update_fields=["released_by", "released_at", "expires_at"])
    return export


@operation("export.declined", needs=Action.RELEASE_EXPORT, unless=does_not_wait)
def decline(export: Export, *, by: Staff, because: str) -> Export:
    """Do not let a file leave, with the reason. Refused to whoever asked for it."""
    require_another(export.made_by_id, by.pk)
    if not because.strip():
        raise Refused("Nothing says why.", instead="Say why it stays here.", field="because")
    export.declined_by, export.declined_at = by, clock.now()
    export.declined_because = because.strip()
    export.save(update_fields=["declined_by", "declined_at", "declined_because"])
    return export


def _named(found: Leaving, columns: Sequence[str], by: Staff) -> int:
    """How many people a file would name, of those whom this person sees."""
    with looked_at_by(by):
        return found.naming(columns)


def _hours_from_now(scheme: Scheme, limit: str) -> datetime:
    return clock.now() + timedelta(hours=int(scheme.pack.limit(limit)))


def content_of(export: Export, staff: Staff) -> Content:
    """The file as it is now, to this very person: without anybody whose file is closed to them.

    It is made before it is handed out by `fetch`, for inside an operation everything is seen.
    Refused like `fetch`.
    """
    if refusal := _not_theirs(export, staff) or cannot_be_fetched(export):
        raise refusal
    with looked_at_by(staff):
        found = given_out(staff, export.scheme, export.what, export.asked)
        return found.content(export.kind, export.columns)


@operation("export.fetched", needs=None, unless=cannot_be_fetched)
def fetch(export: Export, *, by: Staff, content: Content) -> Fetch:
    """Hand the file out; how many rows left, and which bytes, is written down.

    Refused to anybody but whoever asked for it, when it has expired or was taken back, when they
    may no longer read the list, and when it has grown past what one person takes out alone.
    """
    if refusal := _not_theirs(export, by):
        raise refusal
    found = given_out(by, export.scheme, export.what, export.asked)
    alone = export.scheme.pack.limit("export_alone").number
    if not export.needs_release and _named(found, export.columns, by) > alone:
        raise Refused(
            f"It names more than {alone} people by now.",
            instead="Take the list out anew: somebody else releases it.",
        )
    return Fetch.objects.create(
        export=export, fetched_by=by, rows=content.rows,
        digest=hashlib.sha256(content.data).hexdigest(),
    )  # fmt: skip


def _not_theirs(export: Export, staff: Staff) -> Refused | None:
    if export.made_by_id == staff.pk:
        return None
    return NotPermitted("Somebody else asked for this file.", instead="Take the list out yourself.")


def cannot_be_ended(export: Export) -> Refused | None:
    """What waits can be taken back as well as what can be fetched."""
    return None if export.waits(clock.now()) else cannot_be_fetched(export)


@operation("export.withdrawn", needs=None, unless=cannot_be_ended)
def withdraw(export: Export, *, by: Staff) -> Export:
    """End the file now: it cannot be fetched any more. What was fetched is out, and stays written.

    Refused to anybody but whoever asked for it and those who read the journal there.
    """
    if export.made_by_id != by.pk and not by.may(Action.READ_JOURNAL, export.scheme):
        raise NotPermitted(
            "Somebody else asked for this file.", instead=f"Ask {export.scheme.one('manager')}."
        )
    export.withdrawn_at, export.withdrawn_by = clock.now(), by
    export.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return export
