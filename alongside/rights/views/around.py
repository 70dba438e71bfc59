"""What stands around a page about rights in somebody's file."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from alongside.stays.header import person_page
from alongside.stays.models import Stay


def about(stay: Stay, section: str, title: str, **more: Any) -> dict[str, Any]:
    """The head of the person, the title, and the way back."""
    up = reverse(f"rights:{section}", args=[stay.pk])
    return {**person_page(stay, section=section), "page_title": title, "back_url": up, **more}
