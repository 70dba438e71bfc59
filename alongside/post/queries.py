"""What pages and the posting command ask about letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from alongside.post.models import Letter


def next_due(at: datetime) -> Letter | None:
    """The letter that has waited longest and is to be tried at that moment."""
    return Letter.objects.select_related(*Letter.LOCK_WITH).due(at).first()


def letters_about(records: Iterable[UUID]) -> Mapping[UUID, list[Letter]]:
    """The letters about each of these records, oldest first; one query."""
    found: defaultdict[UUID, list[Letter]] = defaultdict(list)
    for letter in Letter.objects.filter(about__in=list(records)).order_by("queued_at", "pk"):
        if letter.about:
            found[letter.about].append(letter)
    return found
