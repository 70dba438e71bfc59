"""What changes who somebody is on file: registering, amending, contacts, PIN, duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.pins import require_pin_of_ones_own
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import Contact, PossibleDuplicate, Resident
from alongside.residents.names import name_key

OLDEST = 120
# What may be said about a person when they are registered, and amended later.
IDENTITY = frozenset(
    {
        "family_name", "given_name", "known_as", "born_on", "born_words", "gender", "pronouns",
        "say_it_like", "languages", "national_number", "phone", "email", "reference",
        "next_of_kin", "doctor", "ethnicity", "iwi", "alerts", "allergies",
    }
)  # fmt: skip


@operation("resident.registered", needs=Action.REGISTER_REFERRAL)
def register_resident(scheme: Scheme, /, *, by: Actor, **identity: Any) -> Resident:
    """Open a file for somebody. Takes the fields of `IDENTITY`; at least one name.

    Refused when there is no name, or the birthday is in the future or too long ago.
    """
    resident = Resident(organisation_id=scheme.organisation_id, **_known(identity))
    _require_sense(resident, today=scheme.today())
    resident.save(force_insert=True)
    return resident


@operation("resident.amended", needs=Action.EDIT_RESIDENT)
def amend_resident(
    scheme: Scheme, /, *, by: Actor, resident: Resident, **identity: Any
) -> Resident:
    """Put right, or add to, what is on file about who somebody is.

    Refused as `register_resident` is.
    """
    for name, value in _known(identity).items():
        setattr(resident, name, value)
    _require_sense(resident, today=scheme.today())
    resident.save()
    return resident


@operation("resident.contact_added", needs=Action.EDIT_RESIDENT)
def add_contact(
    scheme: Scheme,
    *,
    by: Actor,
    resident: Resident,
    name: str,
    relation: str = "",
    phone: str = "",
    call_in_emergency: bool = True,
    wishes: str = "",
) -> Contact:
    """Add somebody to call, and what the person wishes about calling them."""
    return Contact.objects.create(
        resident=resident,
        name=name,
        relation=relation,
        phone=phone,
        call_in_emergency=call_in_emergency,
        wishes=wishes,
    )


@operation("resident.detail_taken_out", needs=Action.SEAL_DETAILS)
def blank_detail(scheme: Scheme, *, by: Actor, resident: Resident, name: str) -> Resident:
    """Take one detail out of the open part of a file, as it is kept under seal from now on."""
    if name not in IDENTITY:
        raise Refused("There is no such detail.", instead="Choose one of the list.", field="part")
    setattr(resident, name, "")
    resident.save(update_fields=[name, "name_key"])
    return resident


@operation("resident.contact_taken_out", needs=Action.SEAL_DETAILS)
def remove_contact(scheme: Scheme, *, by: Actor, contact: Contact) -> Contact:
    """Take somebody to call out of the open part of a file, as they are kept under seal."""
    Contact.objects.filter(pk=contact.pk).delete()
    return contact


@operation("resident.detail_put_back", needs=Action.SEAL_DETAILS)
def put_detail_back(
    scheme: Scheme, *, by: Actor, resident: Resident, name: str, words: str
) -> Resident:
    """Put a detail back that was under seal. Refused when something else stands there by now."""
    if name not in IDENTITY:
        raise Refused("There is no such detail.", instead="Type it where it belongs.")
    if getattr(resident, name):
        raise Refused("Something else stands in its place by now.", instead="Take that away first.")
    setattr(resident, name, words)
    resident.save(update_fields=[name, "name_key"])
    return resident


@operation("resident.contact_put_back", needs=Action.SEAL_DETAILS)
def put_contact_back(
    scheme: Scheme, *, by: Actor, resident: Resident, values: Mapping[str, Any]
) -> Contact:
    """Put somebody to call back who was under seal."""
    return Contact.objects.create(resident=resident, **values)


@operation("resident.signing_pin_set", needs=Action.SIGN_PLAN)
def set_resident_pin(scheme: Scheme, *, by: Actor, resident: Resident, pin: str) -> Resident:
    """Let a resident choose the PIN they sign with on a shared screen.

    Refused when it is shorter than four figures or easily guessed.
    """
    require_pin_of_ones_own(pin)
    resident.keeps_pin(pin)
    resident.save(update_fields=["signing_pin", "name_key"])
    return resident


@operation("resident.duplicate_proposed", needs=Action.REGISTER_REFERRAL)
def propose_duplicate(
    scheme: Scheme, *, by: Actor, one: Resident, other: Resident, why: str
) -> PossibleDuplicate:
    """Say that two files may be of one person. Nothing is merged; somebody decides.

    Proposing the same pair again finds the first proposal.
    """
    pair = sorted((one, other), key=lambda resident: resident.pk)
    proposal, _ = PossibleDuplicate.objects.get_or_create(
        one=pair[0], other=pair[1], defaults={"why": why}
    )
    return proposal


@operation("resident.duplicate_decided", needs=Action.EDIT_RESIDENT)
def decide_duplicate(
    scheme: Scheme, *, by: Staff, proposal: PossibleDuplicate, decision: str
) -> PossibleDuplicate:
    """Say whether two files are of the same person or of two people."""
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, clock.now()
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])
    return proposal


def _known(identity: dict[str, Any]) -> dict[str, Any]:
    if unknown := identity.keys() - IDENTITY:
        raise TypeError(f"No such thing is kept about a person: {', '.join(sorted(unknown))}")
    return identity


def _require_sense(resident: Resident, *, today: date) -> None:
    if not name_key(f"{resident.known_as}{resident.given_name}{resident.family_name}"):
        raise Refused(
            "A person needs a name.",
            instead="Write at least one name, the one they wish to be known by.",
            field="given_name",
        )
    born = resident.born_on
    if born and not (today.year - OLDEST <= born.year and born <= today):
        raise Refused(
            f"{born:%-d %B %Y} cannot be a date of birth.",
            instead="Check the year, or leave it empty.",
            field="born_on",
        )
