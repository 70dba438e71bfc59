"""Agreeing to share, taking it back, and telling an agency something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.names import name_key
from alongside.sharing.models import Consent, Disclosure
from alongside.sharing.queries import agreement_for, known_since
from alongside.stays.models import Stay


def already_withdrawn(consent: Consent) -> Refused | None:
    """What was taken back once is not taken back again."""
    if consent.withdrawn_on is None:
        return None
    return Refused("This agreement was withdrawn.", instead="Ask for a new one.")


@operation("consent.given", needs=Action.SHARE_INFORMATION)
def record_consent(
    stay: Stay,
    *,
    by: Staff,
    agency: str,
    purpose: str,
    scope: Sequence[str],
    given_by: str,
    capacity: str,
    how: str,
    given_on: date,
    until_on: date | None = None,
    given_by_name: str = "",
    capacity_words: str = "",
    words: str = "",
) -> Consent:
    """Write down that this agency may be told this much for this purpose.

    Left without an end it runs for the pack's limit `consent_lasts`, and never longer. Refused for
    a day to come, before the person was born, when it had run out before they were known here, with
    an end before it began, without anything to share, when capacity is in doubt and nobody says
    what was done about it, and when somebody else gave it and is not named.

    Source: requirement S0-77 and S4-81; Data Protection Act 2018.
    """
    _not_to_come(stay, given_on, "given_on")
    _not_before_they_were_known(stay, given_on)
    _on_the_lists(stay, purpose=purpose, scope=scope)
    pack = stay.pack
    if pack.choices("consent_capacity")[capacity].needs_text and not capacity_words.strip():
        raise Refused(
            "Capacity to decide this is in doubt.",
            instead="Say what was assessed, and how it was decided for them.",
            field="capacity_words",
        )
    if pack.choices("consent_given_by")[given_by].needs_text and not given_by_name.strip():
        raise Refused("Somebody else agreed for them.", instead="Say who.", field="given_by_name")
    return Consent.objects.create(
        stay=stay, agency=agency.strip(), agency_key=name_key(agency), purpose=purpose,
        scope=list(scope), given_by=given_by, given_by_name=given_by_name.strip(),
        capacity=capacity, capacity_words=capacity_words.strip(), how=how, words=words.strip(),
        given_on=given_on, until_on=_until(stay, given_on, until_on), recorded_by=by,
    )  # fmt: skip


@operation("consent.withdrawn", needs=Action.SHARE_INFORMATION, unless=already_withdrawn)
def withdraw_consent(
    consent: Consent, *, by: Staff, withdrawn_on: date, withdrawn_words: str = ""
) -> Consent:
    """Write down that the agreement was taken back. Nothing is shared under it from that day on.

    What was told before stays told, and stays written down. Refused for a day to come or before
    it was given.
    """
    _not_to_come(consent.stay, withdrawn_on, "withdrawn_on")
    if withdrawn_on < consent.given_on:
        raise Refused(
            f"They agreed on {consent.given_on:%-d %B %Y} only.",
            instead="Choose that day or a later one.",
            field="withdrawn_on",
        )
    consent.withdrawn_on, consent.withdrawn_by = withdrawn_on, by
    consent.withdrawn_words = withdrawn_words.strip()
    consent.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_words"])
    return consent


@operation("information.shared", needs=Action.SHARE_INFORMATION)
def share(
    stay: Stay,
    *,
    by: Staff,
    agency: str,
    purpose: str,
    scope: Sequence[str],
    what: str,
    how: str,
    told_on: date,
    ground: str = "",
    ground_words: str = "",
    wish_words: str = "",
) -> Disclosure:
    """Write down that an agency is told something.

    It rests on the agreement that names this agency and purpose, covers all of the scope, and
    stands on that day. Without one it is refused unless a lawful ground of the pack's list
    `disclosure_grounds` is given, with why, and with what the person wished.
    """
    _not_to_come(stay, told_on, "told_on")
    _on_the_lists(stay, purpose=purpose, scope=scope)
    consent = agreement_for(stay, agency=agency, purpose=purpose, scope=scope, on=told_on)
    if consent is None:
        _require_ground(stay, agency, ground, ground_words, wish_words)
    return Disclosure.objects.create(
        stay=stay, agency=agency.strip(), purpose=purpose, scope=list(scope), what=what.strip(),
        how=how, told_on=told_on, consent=consent, told_by=by,
        ground="" if consent else ground,
        ground_words="" if consent else ground_words.strip(),
        wish_words="" if consent else wish_words.strip(),
    )  # fmt: skip


def _require_ground(
    stay: Stay, agency: str, ground: str, ground_words: str, wish_words: str
) -> None:
    who = stay.resident.first_name
    if not ground:
        raise Refused(
            f"{who} has not agreed to {agency.strip()} being told this, or no longer.",
            instead="Ask them for their agreement first, or state the lawful ground.",
            field="ground",
        )
    if ground not in stay.scheme.pack.choices("disclosure_grounds"):
        raise Refused("That is not on the list.", instead="Choose one that is.", field="ground")
    if not ground_words.strip():
        raise Refused(
            "Sharing without agreement is a decision.",
            instead="Say why the ground holds here.",
            field="ground_words",
        )
    if not wish_words.strip():
        raise Refused(
            f"Nothing says what {who} wished.",
            instead="Say what they wished and how it was weighed, or why they were not asked.",
            field="wish_words",
        )


def _until(stay: Stay, given_on: date, until_on: date | None) -> date:
    if until_on and until_on < given_on:
        raise Refused(
            "It cannot run out before it was given.",
            instead=f"Choose {given_on:%-d %B %Y} or a later day, or leave it empty.",
            field="until_on",
        )
    longest = given_on + timedelta(days=int(stay.scheme.pack.limit("consent_lasts")))
    if until_on and until_on > longest:
        raise Refused(
            f"An agreement is asked for anew after {longest:%-d %B %Y} at the latest.",
            instead="Choose a day before that.",
            field="until_on",
        )
    return until_on or longest


def _on_the_lists(stay: Stay, *, purpose: str, scope: Sequence[str]) -> None:
    pack = stay.pack
    if purpose not in pack.choices("sharing_purposes"):
        raise Refused("That is not on the list.", instead="Choose one that is.", field="purpose")
    if not scope or any(key not in pack.choices("sharing_scopes") for key in scope):
        raise Refused("Nothing is chosen.", instead="Choose what is shared.", field="scope")


def _not_before_they_were_known(stay: Stay, day: date) -> None:
    """Nobody agreed before they were born; and what had run out before they were known here, by
    their first referral to us or by coming, is no agreement with anybody. One may be brought along.
    """
    who, born = stay.resident, stay.resident.born_on
    if born and day < born:
        raise Refused(
            f"{who.first_name} was born on {born:%-d %B %Y}.",
            instead="Choose the day of the agreement.",
            field="given_on",
        )
    known = known_since(stay)
    if day + timedelta(days=int(stay.scheme.pack.limit("consent_lasts"))) < known:
        raise Refused(
            f"{who.first_name} has been known here since {known:%-d %B %Y}: by then an agreement of"
            " that day had run out.",
            instead="Choose a later day, or ask for a new agreement.",
            field="given_on",
        )


def _not_to_come(stay: Stay, day: date, field: str) -> None:
    if day > stay.scheme.today():
        raise Refused(
            "That day has not come yet.", instead="Choose today or a day before.", field=field
        )
