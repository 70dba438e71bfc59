"""Shows a sheet as it was asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from alongside.sheets.queries import sheet_for
from alongside.sheets.reading import parts_of
from alongside.stays.header import person_page
from alongside.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from alongside.ui.pages import StaffRequest


@require_safe
def sheet(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet, in the words in which it was asked; restricted answers for those who may."""
    found = sheet_for(request.user, sheet_id)
    shown = {
        "sheet": found,
        "asked": found.asked,
        "parts": parts_of(found, reader=request.user),
        "page_title": found.asked.says,
    }
    if found.stay is None:
        return page(request, "sheets/sheet_before_a_stay.html", shown)
    return page(
        request, "sheets/sheet.html", {**person_page(found.stay, section="agreements"), **shown}
    )
