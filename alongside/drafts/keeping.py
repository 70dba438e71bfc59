"""Keeps and finds drafts. Not operations: a draft is not a record and is not journalled."""

from __future__ import annotations

from typing import Any

from alongside.audit.actors import Actor
from alongside.drafts.models import LONGEST_PATH, Draft, GoneDraft
from alongside.kit import clock
from alongside.kit.refusal import Refused

MOST_WORDS = 1_000_000
MOST_SHOWN = 50
MOST_KEPT = 200


def keep(writer: Actor, form: str, words: dict[str, Any], *, at: str = "") -> Draft:
    """Keep what has been typed so far, in place of what was kept before; `at` is its page.

    Refused to whoever has `MOST_KEPT` others already. Source: OWASP ASVS 5.0, 2.4.1.
    """
    told: dict[str, Any] = {"words": words, "saved_at": clock.now()}
    if at and len(at) <= LONGEST_PATH:
        told["at"] = at
    theirs = Draft.objects.filter(**_of(writer))
    if not theirs.filter(form=form[:200]).exists() and theirs.count() >= MOST_KEPT:
        raise Refused(
            "You have begun too many things at once.", instead="Finish or let go of some first."
        )
    draft, _ = Draft.objects.update_or_create(**_of(writer), form=form[:200], defaults=told)
    return draft


def kept(writer: Actor, form: str) -> Draft | None:
    """The draft of this form by this person, if there is one."""
    return Draft.objects.filter(**_of(writer), form=form[:200]).first()


def let_go(writer: Actor, form: str) -> None:
    """Forget a draft: its words have become a record, or its author does not want them."""
    Draft.objects.filter(**_of(writer), form=form[:200]).delete()


def all_kept(writer: Actor) -> list[Draft]:
    """Everything this person has begun and not finished, latest first."""
    return list(Draft.objects.filter(**_of(writer)).order_by("-saved_at")[:MOST_SHOWN])


def gone(writer: Actor, *, unread: bool = False) -> list[GoneDraft]:
    """What this person began and never finished, and which went in time; the latest first."""
    found = GoneDraft.objects.filter(**_of(writer)).select_related("scheme__organisation")
    if unread:
        found = found.filter(read_at=None)
    return list(found.order_by("-gone_at", "-pk")[:MOST_SHOWN])


def _of(writer: Actor) -> dict[str, Any]:
    whose = "resident_id" if writer.ACTOR_KIND == "resident" else "staff_id"
    return {whose: writer.actor_id}
