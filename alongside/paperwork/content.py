"""What is offered in somebody's file, and what may be done with a form that is there."""

from __future__ import annotations

from collections.abc import Callable

from alongside.kit.refusal import Refused
from alongside.practice.pack import Pack
from alongside.practice.sheets import About
from alongside.practice.sheets import Sheet as Asked
from alongside.sheets.models import Sheet
from alongside.signatures.queries import signatures_on
from alongside.stays.models import Stay

RESIDENT, WORKER = "resident", "worker"


def offered(pack: Pack) -> list[Asked]:
    """The forms that the practice offers in everybody's file, in its order."""
    return [asked for asked in pack.sheets if asked.on_file]


def asked_here(stay: Stay, key: str) -> Asked | None:
    """That form as it is asked today, if the practice here offers it."""
    asked = stay.scheme.pack.sheets.get(key)
    return asked if asked and asked.on_file else None


def offered_about(pack: Pack, about: About) -> list[Asked]:
    """The forms that the practice offers about a colleague, or about the service."""
    return [asked for asked in pack.sheets if asked.about is about]


def parties(sheet: Sheet) -> tuple[str, ...]:
    """Who signs it, in order: the person themselves, then somebody of the service."""
    named = dict.fromkeys(RESIDENT if who == RESIDENT else WORKER for who in sheet.asked.signed_by)
    return tuple(named)


def still_to_sign(sheet: Sheet) -> tuple[str, ...]:
    """Who has neither signed nor refused a finished form."""
    if sheet.is_draft():
        return ()
    answered = {mark.party for mark in signatures_on(sheet)}
    return tuple(party for party in parties(sheet) if party not in answered)


def cannot_be_signed(party: str) -> Callable[[Sheet], Refused | None]:
    """A finished form is signed once by each of those whom the practice names."""

    def refusal(sheet: Sheet) -> Refused | None:
        if sheet.is_draft():
            return Refused("This form is not finished yet.", instead="Finish it, then sign it.")
        if party not in parties(sheet):
            return Refused("Nobody is asked to sign this form.", instead="It counts as it stands.")
        if party not in still_to_sign(sheet):
            return Refused(
                "This form has been signed or refused already.",
                instead="If something on it is wrong, put it right in a new one.",
            )
        return None

    return refusal


def corrected(sheet: Sheet) -> Refused | None:
    """Only the latest of its corrections is put right."""
    if sheet.is_draft():
        return Refused("This form is not finished yet.", instead="Go on with it instead.")
    if Sheet.objects.filter(corrects=sheet).exists():
        return Refused(
            "This form has been put right already.", instead="Open the later one and change that."
        )
    return None
