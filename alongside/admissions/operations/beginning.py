"""An admission begun, its steps kept one by one, or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from alongside.accommodation.models import Bed
from alongside.admissions.models import Admission
from alongside.admissions.operations.checks import not_open, require_free
from alongside.admissions.operations.moving_in import tell_the_file
from alongside.admissions.steps import NAME
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.referrals.models import COMING, Referral
from alongside.residents.models import Resident
from alongside.residents.operations import register_resident
from alongside.sheets import keeping

SHEET = "admission"


@operation("admission.begun", needs=Action.ADMIT)
def begin_admission(
    scheme: Scheme,
    *,
    by: Staff,
    referral: Referral | None = None,
    resident: Resident | None = None,
    given_name: str = "",
    family_name: str = "",
    in_emergency: bool = False,
) -> Admission:
    """Begin somebody's admission, from an accepted referral, or directly by file or by name.

    Refused when the referral is not accepted, is of another scheme, or the person lives here.
    """
    if referral and (referral.scheme_id != scheme.pk or referral.state not in COMING):
        raise Refused(
            "This referral has not been accepted here.",
            instead="Decide on it first, or admit them directly in an emergency.",
        )
    person = referral.resident if referral else resident
    if person is None:
        person = register_resident(scheme, by=by, given_name=given_name, family_name=family_name)
    if person.stays.current().exists():
        raise Refused(
            f"{person} has an open stay.", instead="End that stay first, or look at their file."
        )
    sheet = keeping.begin_sheet(scheme, SHEET, by=by, resident=person)
    keeping.answer(sheet, {NAME: person.name}, by=by)
    offer = (
        referral.offers.filter(ended_on=None).select_related("bed").first() if referral else None
    )
    return Admission.objects.create(
        scheme=scheme,
        resident=person,
        referral=referral,
        in_emergency=in_emergency,
        sheet=sheet,
        bed=offer.bed if offer else None,
        begun_by=by,
    )


@operation("admission.answers_kept", needs=Action.ADMIT, unless=not_open)
def keep_answers(
    admission: Admission, *, by: Staff, answers: Mapping[str, Any], version: int | None = None
) -> Admission:
    """Keep answers of the pack's admission sheet. Refused as `sheets.keeping.answer` is."""
    keeping.answer(admission.sheet, answers, by=by, version=version)
    if admission.stay:
        tell_the_file(admission, by)
    return admission


@operation("admission.arrival_kept", needs=Action.ADMIT, unless=not_open)
def keep_arrival(
    admission: Admission,
    *,
    by: Staff,
    bed: Bed,
    moved_in_on: date,
    moved_in_at: time | None = None,
    service_charge: Decimal | None = None,
) -> Admission:
    """Choose the bed, the day and the time. `service_charge` is what they pay each week.

    Refused when they have a bed already, the day has not come or lies before their referral, or
    the bed is not free or is kept for somebody else.
    """
    word = admission.scheme.word("bed")
    if admission.stay:
        raise Refused(
            f"They have had {word} {admission.stay.bed} since {admission.stay.moved_in_on:%-d %B}.",
            instead=f"Move them to another {word} from the board.",
        )
    if moved_in_on > admission.scheme.today():
        raise Refused(
            "They have not moved in yet.",
            instead=f"Offer the {word} on the referral, and record the move on the day.",
            field="moved_in_on",
        )
    referral = admission.referral
    if referral and moved_in_on < referral.received_on:
        raise Refused(
            f"They were referred on {referral.received_on:%-d %B %Y}, after that day.",
            instead="Give the day they really moved in.",
            field="moved_in_on",
        )
    require_free(admission, bed, on=moved_in_on)
    admission.bed, admission.moved_in_on, admission.moved_in_at = bed, moved_in_on, moved_in_at
    admission.service_charge = service_charge
    admission.save(update_fields=["bed", "moved_in_on", "moved_in_at", "service_charge"])
    return admission


@operation("admission.key_worker_kept", needs=Action.ADMIT, unless=not_open)
def keep_key_worker(
    admission: Admission,
    *,
    by: Staff,
    worker: Staff,
    only_for_now: bool = False,
    reason: str = "",
    words: str = "",
) -> Admission:
    """Name the key worker, or somebody for the time being. It takes effect on finishing.

    Refused where the practice works without named workers.
    """
    pack = admission.scheme.pack
    if not pack.has_key_working:
        raise Refused(
            f"{admission.scheme.name} works without {pack.term('key_worker').plural} now.",
            instead="Go on with the next step: nobody has to be named.",
        )
    admission.key_worker, admission.only_for_now = worker, only_for_now
    admission.chosen_because, admission.chosen_words = reason, words
    admission.save(update_fields=["key_worker", "only_for_now", "chosen_because", "chosen_words"])
    return admission


@operation("admission.contacts_kept", needs=Action.ADMIT, unless=not_open)
def keep_contacts(
    admission: Admission,
    *,
    by: Staff,
    contacts: Sequence[Mapping[str, str]] = (),
    no_contact_because: str = "",
) -> Admission:
    """Keep whom to call (name, relation, phone), or why there is nobody.

    Refused when there is neither.
    """
    if not contacts and not no_contact_because:
        raise Refused(
            "There is nobody to call yet.",
            instead="Write a name, or say why there is nobody.",
            field="no_contact_because",
        )
    admission.contacts = [dict(contact) for contact in contacts]
    admission.no_contact_because = "" if contacts else no_contact_because
    admission.save(update_fields=["contacts", "no_contact_because"])
    return admission


@operation("admission.texts_kept", needs=Action.ADMIT, unless=not_open)
def keep_texts(
    admission: Admission,
    *,
    by: Staff,
    keys: Sequence[str],
    language: str = "",
    way: str = "",
    understanding: str = "yes",
    copies_given: bool = False,
) -> Admission:
    """Keep which texts were explained and how. With none, that none could be explained today."""
    admission.texts = {
        "keys": list(keys),
        "not_today": not keys,
        "language": language,
        "way": way,
        "understanding": understanding,
        "copy_given": copies_given,
    }
    admission.save(update_fields=["texts"])
    return admission


@operation("admission.contacts_taken_out", needs=Action.SEAL_DETAILS)
def forget_contacts(admission: Admission, *, by: Staff) -> Admission:
    """Take whom to call out of the admission, as they are kept under seal from now on."""
    admission.contacts = []
    admission.save(update_fields=["contacts"])
    return admission


@operation("admission.contacts_put_back", needs=Action.SEAL_DETAILS)
def put_contacts_back(
    admission: Admission, *, by: Staff, contacts: list[dict[str, Any]]
) -> Admission:
    """Put whom to call back into the admission. Refused when others were named since."""
    if admission.contacts:
        raise Refused("Something else stands in its place by now.", instead="Take that away first.")
    admission.contacts = contacts
    admission.save(update_fields=["contacts"])
    return admission


@operation("admission.abandoned", needs=Action.ADMIT, unless=not_open)
def abandon_admission(admission: Admission, *, by: Staff, because: str) -> Admission:
    """Close an admission that did not come about. Refused when they have a bed already."""
    if admission.stay:
        raise Refused("They have moved in.", instead="End their stay instead.")
    admission.abandoned_by, admission.abandoned_at = by, clock.now()
    admission.abandoned_because = because
    admission.save(update_fields=["abandoned_by", "abandoned_at", "abandoned_because"])
    return admission
