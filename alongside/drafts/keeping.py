"""Keeps and finds drafts. Not operations: a draft is not a record and is not journalled."""

from __future__ import annotations

from typing import Any

from alongside.drafts.models import Draft
from alongside.kit import clock
from alongside.organisation.models import Staff

MOST_WORDS = 200_000


def keep(staff: Staff, form: str, words: dict[str, Any]) -> Draft:
    """Keep what has been typed so far, in place of what was kept before."""
    draft, _ = Draft.objects.update_or_create(
        staff=staff, form=form[:200], defaults={"words": words, "saved_at": clock.now()}
    )
    return draft


def kept(staff: Staff, form: str) -> Draft | None:
    """The draft of this form by this person, if there is one."""
    return Draft.objects.filter(staff=staff, form=form[:200]).first()


def let_go(staff: Staff, form: str) -> None:
    """Forget a draft: its words have become a record, or its author does not want them."""
    Draft.objects.filter(staff=staff, form=form[:200]).delete()


def all_kept(staff: Staff) -> list[Draft]:
    """Everything this person has begun and not finished, latest first."""
    return list(Draft.objects.filter(staff=staff).order_by("-saved_at")[:50])
