"""What changes an admission: begun, kept step by step, a bed tonight, finished or abandoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from alongside.accommodation.models import Bed
from alongside.admissions import inductions
from alongside.admissions.models import Admission, Induction, InductionRefusal
from alongside.admissions.steps import CONTACT, NAME, steps_of
from alongside.agreements.operations import explain, start_support_agreement
from alongside.allocations.models import Method
from alongside.allocations.operations import allocate
from alongside.allocations.queries import holder
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.referrals.models import COMING, Referral
from alongside.referrals.operations import record_move_in
from alongside.referrals.queries import offer_keeping
from alongside.residents.models import Resident
from alongside.residents.operations import add_contact, amend_resident, register_resident
from alongside.sheets import keeping
from alongside.signatures.models import Signature
from alongside.signatures.signing import Mark, sign_for_resident, sign_for_worker
from alongside.stages.operations import enter_first_stage
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended, begin_stay, end_stay, require_usable

SHEET = "admission"
RISK, ALLERGIES = "risk", "allergies"


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


def not_open(admission: Admission) -> Refused | None:
    """An admission is finished or abandoned once."""
    if admission.is_open():
        return None
    return Refused("This admission is closed.", instead="Open their file instead.")


@operation("admission.answers_kept", needs=Action.ADMIT, unless=not_open)
def keep_answers(
    admission: Admission, *, by: Staff, answers: Mapping[str, Any], version: int | None = None
) -> Admission:
    """Keep answers of the pack's admission sheet. Refused as `sheets.keeping.answer` is."""
    keeping.answer(admission.sheet, answers, by=by, version=version)
    if admission.stay:
        _tell_the_file(admission, by)
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
    _require_free(admission, bed, on=moved_in_on)
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


@operation("admission.bed_given_tonight", needs=Action.ADMIT, unless=not_open)
def give_bed_tonight(admission: Admission, *, by: Staff) -> Admission:
    """In an emergency: a bed now, with the least one must know. The rest is owed in the morning.

    Refused when it is no emergency, they have a bed, or some of that least is missing.
    """
    if admission.stay or not admission.in_emergency:
        raise Refused(
            "This is for an emergency, once.", instead="Finish the admission step by step."
        )
    _require_steps(admission, tonight=True)
    _move_in(admission, by)
    return admission


@operation("admission.finished", needs=Action.ADMIT, unless=not_open)
def finish_admission(admission: Admission, *, by: Staff) -> Admission:
    """Move them in, with a key worker, a first stage, a support agreement and an induction due.

    Refused while a step is open; above all, without a key worker or somebody named for the
    time being. Source: Key Working, step 1.
    """
    _require_steps(admission, tonight=False)
    today = admission.scheme.today()
    from_on = today if admission.stay else admission.moved_in_on
    stay = admission.stay or _move_in(admission, by)
    named = admission.scheme.pack.has_key_working
    if named and holder(stay) is None and admission.key_worker:
        _name_key_worker(admission, admission.key_worker, stay, by=by, from_on=from_on)
    for contact in admission.contacts:
        add_contact(admission.scheme, by=by, resident=admission.resident, **contact)
    _explain_texts(admission, stay, by)
    _finish_sheet(admission, stay, by)
    admission.finished_by, admission.finished_at = by, clock.now()
    admission.save(update_fields=["finished_by", "finished_at"])
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


@operation("induction.planned_later", needs=Action.HOLD_INDUCTION, unless=already_ended)
def plan_induction(
    stay: Stay, *, by: Staff, planned_on: date, late_because: str, late_words: str = ""
) -> Induction:
    """Say on which day the induction is held, as it could not be on the day, and why.

    Refused without a reason of the pack's list `late_induction`, or when the day is past.
    """
    return inductions.plan(
        stay, by=by, planned_on=planned_on, late_because=late_because, late_words=late_words
    )


@operation("induction.items_ticked", needs=Action.HOLD_INDUCTION, unless=already_ended)
def tick_items(
    stay: Stay, *, by: Staff, answers: Mapping[str, Any], version: int | None = None
) -> Induction:
    """Keep what was gone through, line by line, with who and when."""
    induction = inductions.of(stay, by=by)
    keeping.answer(induction.sheet, answers, by=by, version=version)
    return induction


@operation("induction.held", needs=Action.HOLD_INDUCTION, unless=already_ended)
def hold_induction(
    stay: Stay,
    *,
    by: Staff,
    held_on: date,
    attended: Sequence[Staff],
    resident_came: str,
    late_because: str = "",
    late_words: str = "",
) -> Induction:
    """Say that the induction was held, on which day, and who was there.

    Refused while a line is open, when it was late without a reason, or nobody was there.
    Source: Key Working, step 1.
    """
    return inductions.hold(
        stay,
        by=by,
        held_on=held_on,
        attended=attended,
        resident_came=resident_came,
        late_because=late_because,
        late_words=late_words,
    )


@operation("induction.refused", needs=Action.HOLD_INDUCTION, unless=already_ended)
def refuse_induction(
    stay: Stay, *, by: Staff, offered_on: date, reason: str, next_offer_on: date
) -> InductionRefusal:
    """Record that they did not want the induction, why, and when it is offered again.

    It stays owed. Refused when it was held, or the next offer is in the past.
    """
    return inductions.refuse(
        stay, by=by, offered_on=offered_on, reason=reason, next_offer_on=next_offer_on
    )


@operation("induction.signed", needs=Action.HOLD_INDUCTION, unless=inductions.cannot_be_signed)
def sign_induction_as_resident(induction: Induction, *, by: Staff, mark: Mark) -> Signature:
    """The resident's signature under everything that was gone through."""
    content = inductions.content_of(induction)
    return sign_for_resident(induction, induction.stay, content, mark=mark, taken_by=by)


@operation(
    "induction.countersigned", needs=Action.HOLD_INDUCTION, unless=inductions.cannot_be_signed
)
def sign_induction_as_worker(induction: Induction, *, by: Staff, mark: Mark) -> Signature:
    """Our own signature beside the resident's."""
    content = inductions.content_of(induction)
    return sign_for_worker(induction, induction.stay, content, mark=mark, staff=by)


@operation("stay.moved_on", needs=Action.END_STAY, unless=already_ended)
def move_on(
    stay: Stay,
    *,
    by: Staff,
    moved_out_on: date,
    left_because: str,
    destination: str,
    left_words: str = "",
    destination_words: str = "",
) -> Stay:
    """End a stay with its reason and where they go, both from the pack's lists.

    What was owed and not yet due is closed as left, not as missed.

    Refused when a choice that says too little has no words, or as `end_stay` is.
    """
    pack = stay.pack
    why, where = pack.choices("leaving_kinds")[left_because], pack.choices("leaving_places")
    place = where[destination]
    for needs, words, field in (
        (why.needs_text, left_words, "left_words"),
        (place.needs_text, destination_words, "destination_words"),
    ):
        if needs and not words:
            raise Refused(
                "That says too little by itself.", instead="Add a few words.", field=field
            )
    said = f"{place.says}: {destination_words}" if destination_words else place.says
    return end_stay(
        stay,
        by=by,
        moved_out_on=moved_out_on,
        left_because=left_because,
        left_words=left_words,
        destination=said[:200],
    )


def _require_steps(admission: Admission, *, tonight: bool) -> None:
    open_steps = [
        f"“{step.says}”"
        for step in steps_of(admission)
        if step.missing and (step.tonight or not tonight)
    ]
    if open_steps:
        raise Refused(
            f"Something is still missing under {', '.join(open_steps)}.",
            instead="Open that step: what is to do stands beside it. What is written is kept.",
        )


def _name_key_worker(
    admission: Admission, worker: Staff, stay: Stay, *, by: Staff, from_on: date | None
) -> None:
    """As chosen in its step, to which a refusal leads back: it was asked without a stay."""
    try:
        allocate(
            stay,
            by=by,
            worker=worker,
            from_on=from_on,
            reason=admission.chosen_because,
            words=admission.chosen_words,
            method=Method.TEMPORARY if admission.only_for_now else Method.CHOSEN,
        )
    except Refused as refused:
        step = admission.scheme.word("key_worker").capitalize()
        raise Refused(
            refused.because, instead=f"{refused.instead} Open the step “{step}” for it."
        ) from refused


def _require_free(admission: Admission, bed: Bed, *, on: date) -> None:
    require_usable(bed, admission.scheme, on=on)
    kept, word = offer_keeping(bed, on), admission.scheme.word("bed")
    if kept and kept.referral_id != admission.referral_id:
        raise Refused(
            f"{word.capitalize()} {bed} is kept for {kept.referral.resident}.",
            instead=f"Choose another {word}, or end that offer first.",
            field="bed",
        )


def _move_in(admission: Admission, by: Staff) -> Stay:
    scheme, day = admission.scheme, admission.moved_in_on
    assert admission.bed is not None and day is not None  # noqa: S101, PT018  the steps saw to it
    _require_free(admission, admission.bed, on=day)
    stay = begin_stay(
        scheme,
        by=by,
        resident=admission.resident,
        bed=admission.bed,
        moved_in_on=day,
        moved_in_at=admission.moved_in_at,
        service_charge=admission.service_charge,
    )
    admission.stay = stay
    admission.save(update_fields=["stay"])
    if admission.referral:
        record_move_in(admission.referral, by=by, stay=stay)
    if scheme.pack.has("stages") and len(scheme.pack.stages):
        enter_first_stage(stay, by=by)
    start_support_agreement(stay, by=by, started_on=day)
    inductions.of(stay, by=by)
    _tell_the_file(admission, by)
    return stay


def _tell_the_file(admission: Admission, by: Staff) -> None:
    """What everybody on shift must see goes to the head of the person's file."""
    told = {"alerts": RISK, "allergies": ALLERGIES}
    said = {field: admission.sheet.answers.get(key, "") for field, key in told.items()}
    known = {field: words for field, words in said.items() if words}
    if known:
        amend_resident(admission.scheme, by=by, resident=admission.resident, **known)


def _explain_texts(admission: Admission, stay: Stay, by: Staff) -> None:
    texts = admission.texts
    for key in texts.get("keys", []):
        explain(
            stay,
            by=by,
            key=key,
            explained_on=admission.scheme.today(),
            language=texts["language"],
            way=texts["way"],
            understanding=texts["understanding"],
            copy_given=texts["copy_given"],
        )


def _finish_sheet(admission: Admission, stay: Stay, by: Staff) -> None:
    named = "; ".join(contact["name"] for contact in admission.contacts)
    called = named or f"Nobody: {admission.no_contact_because}"
    sheet = admission.sheet
    sheet.stay = stay
    sheet.save(update_fields=["stay"])
    keeping.answer(sheet, {CONTACT: called}, by=by)
    keeping.finish(sheet, by=by)
