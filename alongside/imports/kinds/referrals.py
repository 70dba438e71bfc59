"""Referrals: one row is one request to take somebody in, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.cells.dates import Birth
from alongside.imports.cells.names import PersonName
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.kinds.stays import propose_duplicates
from alongside.imports.matching import same_people
from alongside.imports.register import KnownPerson, Source
from alongside.imports.spelling import squash

PLAIN_TEXTS = ("phone", "referred_by", "reason_homeless", "risks", "comment", "ref")
FAR_OFF = 100_000


@dataclass(frozen=True, slots=True)
class ReferralRecord:
    """A proposed referral. `decision` is a meaning of the vocabulary, or nothing yet."""

    source: Source
    identity: str
    person: str
    person_is_new: bool
    name: PersonName
    birth: Birth
    received: date
    interviewed: date | None
    interviewers: tuple[str, ...]
    decision: str
    decided: date | None
    room: str
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> ReferralRecord | None:
    """A referral. Rejected without a name or without a right date received."""
    name, birth = row.name(), row.birth("born", desk.today)
    received = row.sure_day("received")
    if received and received > desk.today:
        row.reject("future-date", "received")
    if row.rejections or not name or not received:
        return None
    key, is_new = _settle(row, desk, name, birth, received)
    return ReferralRecord(
        source=row.source,
        identity=_identity(name, received),
        person=key,
        person_is_new=is_new,
        name=name,
        birth=birth,
        received=received,
        interviewed=row.day("interviewed"),
        interviewers=row.workers("interviewers"),
        decision=row.choice("decision", "decision"),
        decided=row.day("decided"),
        room=row.room(),
        texts=row.texts(*PLAIN_TEXTS),
        words=row.words,
    )


def _identity(name: PersonName, received: date) -> str:
    return f"referral|{squash(name.full())}|{received}"


def _settle(
    row: RowInHand, desk: Desk, name: PersonName, birth: Birth, received: date
) -> tuple[str, bool]:
    person = KnownPerson(desk.new_key(row.source), name, birth, row.ni_number(), source=row.source)
    imported = desk.register.identities.get(_identity(name, received))
    if imported and imported.person in desk.register.people:
        return imported.person, False
    same = same_people(desk.register, person)
    if same:
        return min(same, key=lambda known: _days_until_stay(known, received)).key, False
    propose_duplicates(row, desk, person)
    desk.register.add(person)
    return person.key, True


def _days_until_stay(person: KnownPerson, received: date) -> int:
    """Of two people, a referral belongs to the one who moved in soonest after it."""
    waits = [(stay.moved_in - received).days for stay in person.stays]
    after = [wait for wait in waits if wait >= 0]
    return min(after) if after else FAR_OFF
