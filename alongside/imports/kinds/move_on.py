"""Move on: one row is one leaver and the calls after they left, or a move being planned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.cells.dates import parse_date
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.people import days_from_leaving, days_from_today, person_nearest
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import ColumnUse
from alongside.imports.reading.headings import FOLLOW_UP_HEADING
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.register import KnownPerson, Source
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

PLAIN_TEXTS = ("destination", "type", "landlord", "deposit", "still_there", "notes")
SOME_DATE = re.compile(r"\d.*")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One call after leaving: contact, no_reply, or unclear. `after` is as the heading has it."""

    after: str
    state: str
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class MoveOnRecord:
    """A leaver followed up; or, with no day of leaving, a move that is planned."""

    source: Source
    identity: str
    person: str
    left: date | None
    follow_ups: tuple[FollowUp, ...]
    texts: Mapping[str, str]
    words: Mapping[str, str]

    def is_planned(self) -> bool:
        return self.left is None


def propose(row: RowInHand, desk: Desk) -> MoveOnRecord | None:
    """A move on. Rejected without a known person, or with a day of leaving that is wrong."""
    left = row.sure_day("left", must=False)
    if row.rejections:
        return None
    apart = days_from_leaving(left) if left else days_from_today(desk.today)
    person = person_nearest(row, desk, apart)
    if not person:
        return None
    if left and left not in _leavings(person):
        row.doubt("differs-move-out", "left")
    return MoveOnRecord(
        source=row.source,
        identity=f"move on|{squash(row.name_text())}|{left or 'planned'}",
        person=person.key,
        left=left,
        follow_ups=tuple(_follow_ups(row)),
        texts=row.texts(*PLAIN_TEXTS),
        words=row.words,
    )


def _leavings(person: KnownPerson) -> set[date | None]:
    return {stay.moved_out for stay in person.stays}


def _follow_ups(row: RowInHand) -> list[FollowUp]:
    found = []
    for column in row.columns("follow_up"):
        value = row.value_in(column)
        if is_empty(value) or squash(text_of(value)) in word_list("not_applicable"):
            continue
        follow_up = read_follow_up(value, column, day_first=row.mapping.day_first)
        if follow_up.state == "unclear":
            row.doubt("value-unclear", column=column)
        found.append(follow_up)
    return found


def read_follow_up(value: Value, column: ColumnUse, *, day_first: bool = True) -> FollowUp:
    """What one follow-up cell says: a date is a contact made, “no reply” one that was tried."""
    heading = FOLLOW_UP_HEADING.match(column.heading)
    after = heading.group().strip() if heading else column.heading
    text = text_of(value)
    if on := parse_date(value, day_first=day_first).value:
        return FollowUp(after, "contact", on)
    date_part = SOME_DATE.search(text)
    on = parse_date(date_part.group(), day_first=day_first).value if date_part else None
    words = squash(SOME_DATE.sub("", text))
    if words in word_list("tried"):
        return FollowUp(after, "no_reply", on, text)
    return FollowUp(after, "unclear", on, text)
