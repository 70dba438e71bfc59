"""A bed tonight, or a finished admission, and the stay that begins by it."""

from __future__ import annotations

from datetime import date

from alongside.admissions import inductions
from alongside.admissions.models import Admission
from alongside.admissions.operations.checks import not_open, require_free
from alongside.admissions.steps import CONTACT, steps_of
from alongside.agreements.operations import explain, start_support_agreement
from alongside.allocations.models import Method
from alongside.allocations.operations import allocate
from alongside.allocations.queries import holder
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.referrals.operations import record_move_in
from alongside.residents.operations import add_contact, amend_resident
from alongside.sheets import keeping
from alongside.stages.operations import enter_first_stage
from alongside.stays.models import Stay
from alongside.stays.operations import begin_stay

RISK, ALLERGIES = "risk", "allergies"


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


def _move_in(admission: Admission, by: Staff) -> Stay:
    scheme, day = admission.scheme, admission.moved_in_on
    assert admission.bed is not None and day is not None  # noqa: S101, PT018  the steps saw to it
    require_free(admission, admission.bed, on=day)
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
    tell_the_file(admission, by)
    return stay


def tell_the_file(admission: Admission, by: Staff) -> None:
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
