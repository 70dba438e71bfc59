"""Residents: one row is one stay of one person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alongside.imports.cells.dates import Birth
from alongside.imports.cells.names import PersonName
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.living_here import (
    check_status,
    day_in_status,
    is_still_here,
    says_gone,
)
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.matching import SHARED_NI, duplicates, same_people
from alongside.imports.reading.sheets import is_empty, text_of
from alongside.imports.register import KnownPerson, KnownStay, Source
from alongside.imports.spelling import squash

SHORTENED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
PLAIN_TEXTS = (
    "phone", "email", "next_of_kin", "gp", "ethnicity", "heritage", "gender", "nationality",
    "language", "other_number", "hb_ref", "housing_register", "referred_by", "reason_left",
    "alerts", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StayRecord:
    """A proposed stay, with the person it belongs to.

    `texts` are fields imported as they stand; `words` what stood where nothing was understood.
    Amounts are in the currency of the place; `charge` is a week's.
    """

    source: Source
    identity: str
    person: str
    person_is_new: bool
    name: PersonName
    birth: Birth
    ni_number: str
    ref: str
    moved_in: date
    moved_out: date | None
    room: str
    stage: str
    worker: str
    hb_live: str
    charge: Decimal | None
    arrears: Decimal | None
    savings: Decimal | None
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> StayRecord | None:
    """A stay. Rejected without a name or a right day of moving in, or with a wrong moving out."""
    name, birth = row.name(), row.birth("born", desk.today)
    moved_in = row.sure_day("moved_in", must="out-without-in" not in row.rejections)
    moved_out = None if is_still_here(row) or _only_says_gone(row) else _moved_out(row)
    if moved_in and moved_in > desk.today:
        row.reject("future-date", "moved_in")
    if moved_in and moved_out and moved_out < moved_in:
        row.reject("out-before-in", "moved_out")
    check_status(row, moved_in, moved_out, desk.today)
    person = _person(row, desk, name, birth) if name else None
    if row.rejections or not person or not moved_in:
        _remember_rejected(row, desk, person)
        return None
    if moved_out and moved_out > desk.today:
        row.doubt("future-date", "moved_out")
        row.words["moved_out"], moved_out = row.text("moved_out"), None
    stay = KnownStay(moved_in, moved_out, row.stage(), row.room())
    desk.register.forget_rejected(person.name, person.ref)
    key, is_new = _settle(row, desk, person, stay)
    _doubt_room(row, desk, key, stay)
    return _record(row, person, stay, key, is_new=is_new)


def _only_says_gone(row: RowInHand) -> bool:
    """Whether “Yes”, “left” or a tick stands where the day of moving out would."""
    return says_gone(row, row.value("moved_out"))


def _moved_out(row: RowInHand) -> date | None:
    """The day in its own column, else the one beside the words that say they left."""
    if is_empty(row.value("moved_out")) and (day := day_in_status(row)):
        return day
    return row.sure_day("moved_out", must=False)


def _person(row: RowInHand, desk: Desk, name: PersonName, birth: Birth) -> KnownPerson:
    ref = row.text("ref") if row.mapping.ref_is == "person" else ""
    person = KnownPerson(
        desk.new_key(row.source), name, birth, row.ni_number(), ref, source=row.source
    )
    owner = desk.register.with_ref(ref) if ref else None
    if owner and not owner.row_rejected and not owner.same_name(name):
        row.reject("ref-used-twice", "ref")
    return person


def _remember_rejected(row: RowInHand, desk: Desk, person: KnownPerson | None) -> None:
    """So that rows about this person can say that their own row must be mended first."""
    if person:
        rejected = KnownPerson(
            person.key, person.name, person.birth, ref=person.ref, source=row.source,
            row_rejected=True,
        )  # fmt: skip
        desk.register.add(rejected)


def _settle(row: RowInHand, desk: Desk, person: KnownPerson, stay: KnownStay) -> tuple[str, bool]:
    """The person's key, and whether they are new; possible duplicates are proposed."""
    imported = desk.register.identities.get(_identity(row, person, stay))
    same = same_people(desk.register, person)
    if imported and imported.person in desk.register.people:
        key, is_new = imported.person, False
    elif grouped := desk.same_person(row):
        key, is_new = grouped, False
    elif same:
        key, is_new = same[0].key, False
    else:
        key, is_new = person.key, True
        propose_duplicates(row, desk, person)
        desk.register.add(person)
    if not is_new:
        desk.register.learn(key, person)
    desk.note_person(row, key)
    _add_stay(desk, key, stay)
    return key, is_new


def _doubt_room(row: RowInHand, desk: Desk, key: str, stay: KnownStay) -> None:
    """A room of this house with somebody in it already cannot be given to another."""
    if not stay.room or stay.moved_out or not row.setting.rooms:
        return
    if desk.living.setdefault(stay.room, key) != key:
        row.doubt("room-taken", "room")
        row.words["room"] = row.text("room")


def _add_stay(desk: Desk, key: str, stay: KnownStay) -> None:
    """A stay that began on the same day is the same stay, told again."""
    before = next((s for s in desk.register.people[key].stays if s.moved_in == stay.moved_in), None)
    if before:
        desk.register.replace_stay(key, before, stay)
    else:
        desk.register.add_stay(key, stay)


def propose_duplicates(row: RowInHand, desk: Desk, person: KnownPerson) -> None:
    """Name everybody who may be this person, and warn on the rows concerned."""
    for pair in duplicates(desk.register, person):
        desk.duplicates.append(pair)
        if pair.why == SHARED_NI:
            row.doubt("ni-shared", "ni_number")
            desk.also.append((desk.register.people[pair.one].source, "ni-shared"))
        else:
            row.doubt("possible-duplicate", "surname" if row.has("surname") else "name")


def _identity(row: RowInHand, person: KnownPerson, stay: KnownStay) -> str:
    mark = row.text("ref") or stay.moved_in.isoformat()
    return f"stay|{squash(person.name.full())}|{mark}"


def _record(
    row: RowInHand, person: KnownPerson, stay: KnownStay, key: str, *, is_new: bool
) -> StayRecord:
    return StayRecord(
        source=row.source,
        identity=_identity(row, person, stay),
        person=key,
        person_is_new=is_new,
        name=person.name,
        birth=person.birth,
        ni_number=person.ni_number,
        ref=row.text("ref"),
        moved_in=stay.moved_in,
        moved_out=stay.moved_out,
        room=stay.room,
        stage=stay.stage,
        worker=row.worker(),
        hb_live=row.choice("hb_live", "yes_no"),
        charge=row.amount("charge"),
        arrears=row.amount("arrears"),
        savings=row.amount("savings"),
        texts=_texts(row),
        words=row.words,
    )


def _texts(row: RowInHand) -> dict[str, str]:
    """The plain fields; whom to call may stand in columns of its own, several of each person."""
    told = row.texts(*PLAIN_TEXTS)
    if told.get("phone", "").startswith("'"):
        told["phone"] = told["phone"].removeprefix("'")
    if SHORTENED.fullmatch(told.get("phone", "")):
        row.doubt("number-shortened", "phone")
    people: dict[str, list[str]] = {}
    for column in row.columns("contact"):
        if text := text_of(row.value_in(column)):
            number = "".join(c for c in column.heading if c.isdigit())
            people.setdefault(number, []).append(text)
    lines = [told.get("next_of_kin", ""), *(", ".join(said) for said in people.values())]
    if people:
        told["next_of_kin"] = "\n".join(line for line in lines if line)
    return told
