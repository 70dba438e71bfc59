"""The forms of these pages: the questions of the pack, kept for later or finished."""

from __future__ import annotations

from alongside.organisation.queries import staff_at
from alongside.practice.sheets import Sheet as Asked
from alongside.sheets.forms import SheetForm, sheet_form
from alongside.stays.models import Stay


def questions_of(asked: Asked, stay: Stay) -> type[SheetForm]:
    """A form class for these questions, with the staff of the scheme to choose from."""
    return sheet_form(asked, pack=stay.scheme.pack, staff=staff_at(stay.scheme))
