"""One question about a person, on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.ui.pages import StaffRequest, page


def ask(
    request: StaffRequest,
    stay: Stay,
    form: Any,
    *,
    title: str,
    back: str,
    intro: str = "",
    button: str = "Save",
    template: str = "stays/ask.html",
    **more: Any,
) -> HttpResponse:
    """The form, in the file of that person, with the way back."""
    shown = {
        **person_page(stay, section="plan"),
        "page_title": title,
        "back_url": back,
        "intro": intro,
        "button": button,
        "form": form,
        **more,
    }
    return page(request, template, shown)
