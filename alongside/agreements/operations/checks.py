"""What has to hold for a text, asked by more than one operation."""

from __future__ import annotations

from alongside.agreements import texts
from alongside.agreements.models import (
    Explanation,
)
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.stays.operations import already_ended


def cannot_be_answered(explanation: Explanation) -> Refused | None:
    """Only the newest version of a text that is to be signed, by somebody who stays here."""
    if ended := already_ended(explanation.stay):
        return ended
    text = texts.texts_in_force(explanation.scheme).get(explanation.key)
    if text is None or not text.is_signed:
        return Refused(
            f"{explanation.says} is explained and not signed.",
            instead="Record whether they understood it.",
        )
    if text.version != explanation.version:
        return Refused(
            f"There is a newer version of this text: {text.version}.",
            instead="Explain the newer version, then sign that one.",
        )
    return None


def require_text(scheme: Scheme, key: str) -> texts.Text:
    found = texts.texts_in_force(scheme).get(key)
    if found is None:
        raise Refused(
            "This service has no such text.", instead="Choose one of the list.", field="key"
        )
    return found
