"""The forms of these pages: the questions of the pack, kept for later or finished."""

from __future__ import annotations

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.paperwork.answering import Whom, things_to_answer
from alongside.practice.sheets import Sheet as Asked
from alongside.sheets.forms import SheetForm, sheet_form
from alongside.stays.models import Stay


def questions_of(asked: Asked, stay: Stay, *, reader: Staff, now: str = "") -> type[SheetForm]:
    """A form class for these questions, with the staff of the scheme to choose from.

    It asks which of the things that wait for such a form it answers; `now` is what it answers
    already.
    """
    things = things_to_answer(Whom.of(stay), asked.key, reader=reader, now=now)
    return sheet_form(asked, pack=stay.pack, staff=staff_at(stay.scheme), things=things)


def questions_of_the_team(
    asked: Asked, scheme: Scheme, worker: Staff | None, *, reader: Staff
) -> type[SheetForm]:
    """The same for a form about a colleague, or about the service."""
    things = things_to_answer(Whom.of(scheme, worker), asked.key, reader=reader)
    return sheet_form(asked, pack=scheme.pack, staff=staff_at(scheme), things=things)
