"""What changes who may open a file, and what is sealed in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.post.operations import queue_letter
from alongside.practice.actions import Action
from alongside.rights import queries
from alongside.rights.models import LONGEST_TITLE, SEALS, Limit, LimitKind, Opening, Sealed, Told
from alongside.rights.parts import parts_of
from alongside.stays.models import Stay

SUBJECT = "A file was opened in an emergency"
TEXT = "Somebody opened a file in an emergency. Sign in and look at it under Today."


@operation("file.limited", needs=Action.LIMIT_FILE)
def limit_file(stay: Stay, *, by: Actor, kind: str, staff: Sequence[Staff], because: str) -> Stay:
    """Let only these people open somebody’s file, or never these.

    Refused without anybody, without a reason, when one would shut oneself out, and when nobody
    would be left who may lead the case.
    """
    if not staff:
        raise Refused("Nobody was chosen.", instead="Tick who it is about.", field="staff")
    only = kind == LimitKind.ONLY
    named = queries.named_in(stay, LimitKind.ONLY) | {one.pk for one in staff}
    shuts_out = by.actor_id not in named if only else by in staff
    if by.ACTOR_KIND == "staff" and shuts_out:
        raise Refused(
            "You would shut yourself out.",
            instead="Tick yourself too, or ask a colleague to do it."
            if only
            else "Say on the page before that they are close to you.",
            field="staff",
        )
    there = queries.named_in(stay, LimitKind(kind))
    Limit.objects.bulk_create(
        Limit(resident=stay.resident, staff=one, kind=kind, because=because, set_by=_staff(by))
        for one in staff
        if one.pk not in there
    )
    return stay


@operation("file.relation_declared", needs=Action.READ_FILE)
def declare_relation(stay: Stay, *, by: Actor, because: str) -> Limit:
    """Say that somebody is close to oneself. Their file is closed to one from now on."""
    return Limit.objects.create(
        resident=stay.resident, staff=cast("Staff", by), kind=LimitKind.NEVER, declared=True,
        because=because, set_by=_staff(by),
    )  # fmt: skip


@operation("file.limit_ended", needs=Action.LIMIT_FILE)
def end_limit(stay: Stay, *, by: Actor, limit: Limit, because: str) -> Limit:
    """Take somebody off a list. Refused for oneself on the list of those who never may."""
    if limit.resident_id != stay.resident_id or limit.ended_at:
        raise Refused("This is no longer on the list.", instead="Look at the page again.")
    if limit.kind == LimitKind.NEVER and by.actor_id == limit.staff_id:
        raise Refused("Nobody opens a file to themselves.", instead="Ask a colleague.")
    last = queries.named_in(stay, LimitKind.ONLY)
    if limit.kind == LimitKind.ONLY and by.actor_id == limit.staff_id and len(last) > 1:
        raise Refused(
            "You would shut yourself out.", instead="Let somebody else on the list do it."
        )
    limit.ended_at, limit.ended_by, limit.ended_because = clock.now(), _staff(by), because
    limit.save(update_fields=["ended_at", "ended_by", "ended_because"])
    return limit


@operation("emergency.opened", needs=None)
def open_in_emergency(stay: Stay, *, by: Actor, because: str) -> Opening:
    """Open one person’s file for a time, with a reason, and tell two people of it.

    An opening that runs already ends. Refused without the right to, and with too short a reason.
    """
    staff = cast("Staff", by)
    if not staff.may_anywhere(Action.BREAK_GLASS):
        raise NotPermitted(
            "Your role does not include this.", instead=f"Call {stay.scheme.one('manager')}."
        )
    shortest = stay.scheme.pack.limit("emergency_reason").number
    if len(because.strip()) < shortest:
        raise Refused(
            "That is too short to be a reason.",
            instead="Write what happened, so that others understand it afterwards.",
            field="because",
        )
    now = clock.now()
    Opening.objects.open_at(now).filter(staff=staff).update(closed_at=now)
    lasts = timedelta(minutes=stay.scheme.pack.limit("emergency_opening").number)
    made = Opening.objects.create(
        staff=staff, stay=stay, resident=stay.resident, because=because.strip(), opened_at=now,
        until_at=now + lasts,
    )  # fmt: skip
    for one in queries.whom_to_tell(stay, but=staff):
        Told.objects.create(opening=made, staff=one)
        queue_letter(stay.scheme, by=by, to=one.email, subject=SUBJECT, text=TEXT, about=made.pk)
    return made


@operation("emergency.asked", needs=None)
def note_asked(staff: Staff, *, by: Actor) -> Staff:
    """Write down that somebody asked for a file in an emergency and none was opened to them."""
    return staff


@operation("emergency.sought", needs=None)
def seek_in_emergency(
    staff: Staff, *, by: Actor, name: str, born_on: date, because: str
) -> Opening:
    """Open the file of whoever has that whole name and birthday, at any service of ours.

    Refused in the same words when there is nobody, and when the file is never to be opened to
    this person; that they asked stays in the journal. Refused, too, when it is open to them.
    """
    stay = queries.stay_of_somebody(staff, name, born_on)
    if stay is None:
        raise Refused(
            "Nobody of that name and birthday is on file.",
            instead="Check both, with the whole name as it is in the file.",
            field="name",
            afterwards=lambda: note_asked(staff, by=by),
        )
    if staff.may(Action.READ_FILE, stay):
        raise Refused("This file is open to you.", instead="Nobody has to be told: go to it.")
    return open_in_emergency(stay, by=by, because=because)


def _is_closed(opening: Opening) -> Refused | None:
    if opening.is_open(clock.now()):
        return None
    return Refused("It is closed already.", instead="There is nothing left to close.")


@operation("emergency.closed", needs=None, unless=_is_closed)
def close_opening(opening: Opening, *, by: Actor) -> Opening:
    """Close the file before its time is over. Refused for somebody else’s."""
    if by != opening.staff:
        raise NotPermitted(
            "Somebody else opened it.", instead="They close it, or its time runs out."
        )
    opening.closed_at = clock.now()
    opening.save(update_fields=["closed_at"])
    return opening


def _is_reviewed(opening: Opening) -> Refused | None:
    if opening.reviewed_at:
        return Refused("Somebody has looked at it already.", instead="Read what they found.")
    return None


@operation("emergency.reviewed", needs=Action.REVIEW_BREAK_GLASS, unless=_is_reviewed)
def review_opening(opening: Opening, *, by: Actor, verdict: str, words: str = "") -> Opening:
    """Say whether it was in order. Refused for one’s own, and without words where it was not."""
    if by == opening.staff:
        raise Refused("You opened it yourself.", instead="Somebody else looks at it.")
    choice = opening.scheme.pack.choices("emergency_verdicts").get(verdict)
    if choice is None or (choice.needs_text and not words.strip()):
        raise Refused(
            "Say what was not in order.", instead="Write it in a sentence or two.", field="words"
        )
    opening.reviewed_by, opening.reviewed_at = _staff(by), clock.now()
    opening.verdict, opening.review_words = verdict, words.strip()
    opening.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "review_words"])
    return opening


@operation("sealed.written", needs=Action.SEAL_DETAILS)
def seal(
    stay: Stay, *, by: Actor, kind: str, title: str, words: str, corrects: Sealed | None = None
) -> Sealed:
    """Seal something in a file. Whoever writes it need not have the right to read it later.

    Refused for a kind that the practice does not know, and for correcting what one may not read.
    """
    if kind not in SEALS:
        raise Refused("There is no such kind.", instead="Choose one of the list.", field="kind")
    if corrects and not by.may(SEALS[corrects.kind], corrects):
        raise NotPermitted("You may not read what is there.", instead="Ask somebody who may.")
    if corrects and Sealed.objects.filter(pk=corrects.pk, lifted_at__isnull=False).exists():
        raise Refused("This seal is lifted.", instead="Put it right where it stands in the file.")
    return Sealed.objects.create(
        stay=stay, resident=stay.resident, kind=kind, title=title, words=words,
        sealed_by=cast("Staff", by), corrects=corrects, **_place_of(corrects, words),
    )  # fmt: skip


def _place_of(corrects: Sealed | None, words: str) -> dict[str, str]:
    """A correction goes back where the detail stood. What is of several lines, such as whom to
    call, is told apart again by whoever asks for the seal to be lifted."""
    if corrects is None:
        return {}
    is_one = set(corrects.values_kept) == {"words"}
    return {"place": corrects.place, "put_back": json.dumps({"words": words}) if is_one else ""}


@operation("sealed.put_away", needs=Action.SEAL_DETAILS)
def put_under_seal(stay: Stay, *, by: Actor, part: str, kind: str) -> Sealed:
    """Take a detail of a file from its place and keep it under seal: next of kin, a doctor, whom to
    call, a registration.

    Refused for a detail that is not there, and for a kind that the practice does not know.

    Source: UK GDPR Article 25; the lessons of the ICO's reprimands on safe addresses, 2023.
    """
    if kind not in SEALS:
        raise Refused("There is no such kind.", instead="Choose one of the list.", field="kind")
    found = next((one for one in parts_of(stay) if one.key == part), None)
    if found is None:
        raise Refused(
            "This detail is not in the file any more.", instead="Choose one of the list.",
            field="part",
        )  # fmt: skip
    found.take(by)
    return Sealed.objects.create(
        stay=stay, resident=stay.resident, kind=kind, title=found.says[:LONGEST_TITLE],
        words=found.words, sealed_by=cast("Staff", by), place=found.key,
        put_back=json.dumps(dict(found.values)),
    )  # fmt: skip


@operation("sealed.read", needs=Action.READ_FILE)
def unseal(sealed: Sealed, *, by: Actor) -> Sealed:
    """Read what is sealed; that it was read is in the journal. Refused without its own right."""
    if not by.may(SEALS[sealed.kind], sealed):
        raise NotPermitted(
            "This is for others to read.", instead=f"Ask {sealed.scheme.one('manager')}."
        )
    return sealed


def _staff(by: Actor) -> Staff | None:
    return cast("Staff", by) if by.ACTOR_KIND == "staff" else None
