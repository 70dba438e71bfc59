"""Bringing a file, saying how its sheets are read, and who its names are."""

from __future__ import annotations

from alongside.imports.forms.files_and_names import (
    AgreeForm,
    BringFileForm,
    NamesForm,
    WorkersForm,
)
from alongside.imports.forms.sheets import SheetForm

__all__ = ["AgreeForm", "BringFileForm", "NamesForm", "SheetForm", "WorkersForm"]
