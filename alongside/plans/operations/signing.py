"""Signing a plan or a weekly form: by the resident, by the worker or a substitute; or not."""

from __future__ import annotations

from alongside.allocations.queries import holder
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import Plan, WeeklyForm
from alongside.plans.operations.locking import (
    Paper,
    is_settled,
    require_another_hand,
    save_signed,
    seal,
)
from alongside.practice.actions import Action
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_resident,
    sign_for_worker,
)
from alongside.stays.models import Stay

SIGNERS = ("key_worker", "coordinator")


def resident_has_signed(paper: Paper) -> Refused | None:
    if paper.resident_agreed_at and not paper.in_force_at:
        return Refused(
            f"{paper.stay.resident} has signed this already.",
            instead=f"Ask the {_key_worker(paper)} to sign.",
        )
    return is_settled(paper)


def worker_has_signed(paper: Paper) -> Refused | None:
    if paper.worker_agreed_at and not paper.in_force_at:
        return Refused(
            f"The {_key_worker(paper)} has signed this already, or somebody in their place.",
            instead=f"Ask {paper.stay.resident.first_name} to sign.",
        )
    return is_settled(paper)


@operation("plan.agreed_by_resident", needs=Action.SIGN_PLAN, unless=resident_has_signed)
def agree_as_resident(plan: Plan, *, by: Actor, mark: Mark) -> Plan:
    """Take the resident's own signature. The first signature locks the words.

    Refused when nothing was drawn and the PIN is wrong, when a proposed action waits for an
    answer, when no action says by when, or when the person's own words are missing without a
    reason.
    Source: Key Working, step 2.
    """
    return _resident_signs(plan, by, mark)


@operation("plan.agreed_by_worker", needs=Action.SIGN_PLAN, unless=worker_has_signed)
def agree_as_worker(plan: Plan, *, by: Staff, mark: Mark) -> Plan:
    """Sign as the key worker, the coordinator or the manager.

    Refused as `agree_as_resident` is, and when somebody else is the key worker: that is signing
    as a substitute.
    Source: Key Working, step 2.
    """
    return _worker_signs(plan, by, mark)


@operation("plan.agreed_by_substitute", needs=Action.SIGN_AS_SUBSTITUTE, unless=worker_has_signed)
def agree_as_substitute(plan: Plan, *, by: Staff, mark: Mark, reason: str) -> Plan:
    """Sign in the place of the key worker who is away. They are then asked to read it.

    Refused without the reason, when there is no key worker or it is you, and where the practice
    knows no substitutes.
    Source: Key Working, step 2.
    """
    return _substitute_signs(plan, by, mark, reason)


@operation("plan.refused", needs=Action.SIGN_PLAN, unless=resident_has_signed)
def refuse_plan(plan: Plan, *, by: Actor, no: No) -> Plan:
    """Record that the resident does not sign. The plan may be in use, but is not agreed.

    It does not count as signed, and can be offered again at any time.
    """
    return _resident_refuses(plan, by, no)


@operation("weekly_form.agreed_by_resident", needs=Action.SIGN_PLAN, unless=resident_has_signed)
def agree_week_as_resident(form: WeeklyForm, *, by: Actor, mark: Mark) -> WeeklyForm:
    """Take the resident's own signature on the weekly form. Locks its lines.

    Source: Key Working, Appendix 1.
    """
    return _resident_signs(form, by, mark)


@operation("weekly_form.agreed_by_worker", needs=Action.SIGN_PLAN, unless=worker_has_signed)
def agree_week_as_worker(form: WeeklyForm, *, by: Staff, mark: Mark) -> WeeklyForm:
    """Sign the weekly form as the worker. Refused as `agree_as_worker` is.

    Source: Key Working, Appendix 1.
    """
    return _worker_signs(form, by, mark)


@operation(
    "weekly_form.agreed_by_substitute", needs=Action.SIGN_AS_SUBSTITUTE, unless=worker_has_signed
)
def agree_week_as_substitute(form: WeeklyForm, *, by: Staff, mark: Mark, reason: str) -> WeeklyForm:
    """Sign the weekly form in the place of the key worker who is away.

    Source: Key Working, step 2 and Appendix 1.
    """
    return _substitute_signs(form, by, mark, reason)


@operation("weekly_form.refused", needs=Action.SIGN_PLAN, unless=resident_has_signed)
def refuse_week(form: WeeklyForm, *, by: Actor, no: No) -> WeeklyForm:
    """Record that the resident does not sign the weekly form. It is then not in force."""
    return _resident_refuses(form, by, no)


def stands_for(stay: Stay, staff: Staff) -> Staff | None:
    """The key worker in whose place this person would sign; nobody when they sign themselves.

    The key worker, the coordinator and whoever holds the manager's review sign for themselves.
    """
    key_worker = holder(stay)
    if key_worker is None or staff.may(Action.HOLD_MANAGER_REVIEW, stay):
        return None
    own = {key_worker.pk, *(found.pk for role in SIGNERS if (found := holder(stay, role)))}
    return None if staff.pk in own else key_worker


def _resident_signs[P: Paper](paper: P, by: Actor, mark: Mark) -> P:
    content = seal(paper)
    sign_for_resident(paper, paper.stay, content, mark=mark, taken_by=_staff_only(by))
    paper.resident_agreed_at = clock.now()
    return save_signed(paper)


def _worker_signs[P: Paper](paper: P, by: Staff, mark: Mark) -> P:
    if key_worker := stands_for(paper.stay, by):
        raise Refused(
            f"{key_worker} is the {_key_worker(paper)} of {paper.stay.resident}.",
            instead="Sign as a substitute, and say why they are away.",
        )
    require_another_hand(paper, by)
    sign_for_worker(paper, paper.stay, seal(paper), mark=mark, staff=by)
    paper.worker_agreed_at, paper.worker_agreed_by = clock.now(), by
    return save_signed(paper)


def _substitute_signs[P: Paper](paper: P, by: Staff, mark: Mark, reason: str) -> P:
    if not paper.scheme.pack.has("substitute_signature"):
        raise Refused("Nobody signs for a colleague here.", instead="Wait until they are back.")
    key_worker = holder(paper.stay)
    if key_worker is None or key_worker.pk == by.pk:
        raise Refused("There is nobody to sign for.", instead="Sign for yourself.")
    require_another_hand(paper, by)
    sign_for_worker(
        paper,
        paper.stay,
        seal(paper),
        mark=mark,
        staff=by,
        in_absence_of=key_worker,
        reason=reason,
    )
    paper.worker_agreed_at, paper.worker_agreed_by = clock.now(), by
    paper.in_absence_of = key_worker
    return save_signed(paper)


def _resident_refuses[P: Paper](paper: P, by: Actor, no: No) -> P:
    refuse_to_sign(paper, paper.stay, seal(paper), no=no, taken_by=_staff_only(by))
    paper.refused_at = clock.now()
    return save_signed(paper)


def _key_worker(paper: Paper) -> str:
    """Their key worker, in the word of the practice."""
    return str(paper.stay.pack.term("key_worker").singular)


def _staff_only(by: Actor) -> Staff | None:
    """Who took a signature down; nobody when the resident gave it by themselves."""
    return by if isinstance(by, Staff) else None
