"""The plan for the time after the move: written with them, signed by all, then locked."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.aftercare.models import AftercarePlan, Contact, Episode, Every
from alongside.aftercare.operations.checks import has_ended, require_words
from alongside.aftercare.signing import signers_of
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.operations.further import in_whose_place, reason_of, require_may_sign, who_is
from alongside.practice.actions import Action
from alongside.practice.signers import RESIDENT, WORKER, Signer
from alongside.signatures.models import Signature
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_further,
    sign_for_resident,
    sign_for_worker,
)

HOME, COMMUNITY = "home", "community"


@operation("aftercare_plan.written", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def write_aftercare_plan(
    episode: Episode,
    *,
    by: Staff,
    home_every: str,
    goals: str,
    community_every: str = "",
    where: str = "",
    help_with: str = "",
) -> AftercarePlan:
    """Write the plan with the tenant: how often at home, how often elsewhere, what for.

    `home_every` and `community_every` are lengths of time ("P2W"). A plan that nobody has signed
    is followed by the new one; one that is signed stays, and the new one is another version.

    Refused without what it is for. Source: key worker position description (source 000), 12+
    plan signed off with the tenant.
    """
    if home_every not in Every.values or (community_every and community_every not in Every.values):
        raise Refused("That is not on the list.", instead="Choose one.", field="home_every")
    latest = episode.plans.order_by("-number").first()
    return AftercarePlan.objects.create(
        episode=episode,
        number=latest.number + 1 if latest else 1,
        home_every=home_every,
        community_every=community_every,
        where=where,
        goals=require_words(goals, field="goals"),
        help_with=help_with,
        written_on=episode.scheme.today(),
        recorded_by=by,
    )


def content_of(plan: AftercarePlan) -> dict[str, Any]:
    """Exactly what is signed, and by whom."""
    community = Every(plan.community_every).label if plan.community_every else ""
    return {
        "number": plan.number,
        "goals": plan.goals,
        "home": str(Every(plan.home_every).label),
        "community": str(community),
        "where": plan.where,
        "help_with": plan.help_with,
        "until": plan.episode.until_on.isoformat(),
        "signers": plan.signers or [],
    }


def cannot_be_signed(plan: AftercarePlan) -> Refused | None:
    """A plan in force is locked, and only the latest is signed."""
    if ended := has_ended(plan.episode):
        return ended
    if plan.in_force_on:
        return Refused("This plan is signed and locked.", instead="Write another version.")
    if AftercarePlan.objects.filter(episode=plan.episode, number__gt=plan.number).exists():
        return Refused("There is a later version.", instead="Sign that one.")
    return None


def cannot_be_signed_further(plan: AftercarePlan) -> Refused | None:
    """Who only may sign may do so once it is in force too, until there is a later version."""
    if plan.in_force_on and not has_ended(plan.episode):
        later = AftercarePlan.objects.filter(episode=plan.episode, number__gt=plan.number)
        further = any(one.is_further for one in signers_of(plan))
        return None if further and not later.exists() else cannot_be_signed(plan)
    return cannot_be_signed(plan)


@operation("aftercare_plan.signed", needs=Action.PROVIDE_AFTERCARE, unless=cannot_be_signed)
def sign_as_resident(plan: AftercarePlan, *, by: Staff, mark: Mark) -> Signature:
    """The tenant's own yes to exactly this plan.

    Refused where the practice does not have them sign it (`signers.aftercare_plan`).
    """
    _seal(plan, RESIDENT)
    signature = sign_for_resident(plan, plan.stay, content_of(plan), mark=mark, taken_by=by)
    plan.resident_signed_at = clock.now()
    _settle(plan, by)
    return signature


@operation("aftercare_plan.countersigned", needs=Action.PROVIDE_AFTERCARE, unless=cannot_be_signed)
def sign_as_worker(plan: AftercarePlan, *, by: Staff, mark: Mark) -> Signature:
    """The worker's yes. With the last that it waits for it is in force, locked, and its contacts
    are planned.
    """
    _seal(plan, WORKER)
    signature = sign_for_worker(plan, plan.stay, content_of(plan), mark=mark, staff=by)
    plan.worker_signed_at = clock.now()
    _settle(plan, by)
    return signature


@operation(
    "aftercare_plan.signed_by_further",
    needs=Action.PROVIDE_AFTERCARE,
    unless=cannot_be_signed_further,
)
def sign_as_further(
    plan: AftercarePlan, *, by: Staff, party: str, mark: Mark, name: str = "", reason: str = ""
) -> Signature:
    """The yes of somebody else whom the practice names in `signers.aftercare_plan`.

    A party with roles is signed by a colleague who has one, or in their place, with a reason; one
    from outside gives a name. Refused when nobody asks for that signature, when it was given, and
    when one hand would sign twice.
    """
    signer = _further(plan, party)
    given = signatures_on(plan).filter(refused=False)
    if signer.roles and given.filter(staff=by).exists():
        raise Refused(
            "You have signed this already, as somebody else.", instead="Ask a colleague to sign."
        )
    absent = in_whose_place(plan, signer, by)
    require_may_sign(plan, by, absent)
    signature = sign_for_further(
        plan,
        plan.stay,
        content_of(plan),
        who=who_is(signer, by, name),
        mark=mark,
        taken_by=by,
        in_absence_of=absent,
        reason=reason_of(reason) if absent else "",
    )
    _settle(plan, by)
    return signature


@operation(
    "aftercare_plan.refused_by_further",
    needs=Action.PROVIDE_AFTERCARE,
    unless=cannot_be_signed_further,
)
def refuse_as_further(
    plan: AftercarePlan, *, by: Staff, party: str, no: No, name: str = ""
) -> Signature:
    """Record that somebody else whom the practice names does not sign, and why.

    It is the same as a no to a support plan: the words are locked, the plan waits for whoever has
    to sign, and they can be asked again at any time; a later yes counts, and the no stays on file.
    Refused when they signed it, without a name from outside, and by anybody in a colleague's place.
    """
    signer = _further(plan, party)
    if in_whose_place(plan, signer, by):
        raise Refused(
            f"{signer.says} can only say no in person.", instead="Ask them to say so here."
        )
    who = who_is(signer, by, name)
    said = refuse_to_sign(plan, plan.stay, content_of(plan), no=no, taken_by=by, who=who)
    _settle(plan, by)
    return said


def _further(plan: AftercarePlan, party: str) -> Signer:
    """Whoever signs besides the tenant and the worker, unless they have."""
    signer = _seal(plan, party)
    if not signer.is_further:
        raise Refused("Nobody signs this as that.", instead="Choose one of those who sign it.")
    if signatures_on(plan).filter(refused=False, party=signer.key).exists():
        raise Refused(
            f"{signer.says} has signed this already.", instead="See who still has to sign."
        )
    return signer


def _seal(plan: AftercarePlan, party: str) -> Signer:
    """Keep who signs, if this is the first signature; give whoever signs now."""
    signers = signers_of(plan)
    found = next((one for one in signers if one.key == party), None)
    if found is None:
        raise Refused("Nobody signs this as that.", instead="Choose one of those who sign it.")
    if plan.signers is None:
        plan.signers = [
            {"key": one.key, "says": one.says, "required": one.required, "roles": list(one.roles)}
            for one in signers
        ]
    return found


def _settle(plan: AftercarePlan, by: Staff) -> None:
    """Count who still has to sign; with nobody left it is in force, and its contacts planned."""
    signed = set(signatures_on(plan).filter(refused=False).values_list("party", flat=True))
    waits = [one for one in signers_of(plan) if one.required and one.key not in signed]
    plan.still_to_sign = len(waits)
    if not waits and plan.in_force_on is None:
        plan.in_force_on = plan.scheme.today()
        _plan_contacts(plan, by)
    plan.save(
        update_fields=[
            "resident_signed_at", "worker_signed_at", "signers", "still_to_sign", "in_force_on",
        ]
    )  # fmt: skip


def _plan_contacts(plan: AftercarePlan, by: Staff) -> None:
    """Contacts as often as the plan says, in place of those an earlier plan laid ahead."""
    today = plan.scheme.today()
    ahead = Contact.objects.filter(episode=plan.episode, result="", planned_on__gt=today)
    ahead.update(result=Contact.Result.NOT_NEEDED, happened_on=today, result_by=by)
    first = max(plan.episode.secured_on, today)
    due = [
        Contact(episode=plan.episode, kind=kind, planned_on=day, recorded_by=by)
        for kind, every in ((HOME, plan.home_every), (COMMUNITY, plan.community_every))
        if every
        for day in days_between(first, plan.episode.until_on, Duration.parse(every))
    ]
    there = {
        (one.kind, one.planned_on)
        for one in plan.episode.contacts.exclude(result=Contact.Result.NOT_NEEDED)
    }
    Contact.objects.bulk_create(one for one in due if (one.kind, one.planned_on) not in there)


def days_between(first: date, last: date, every: Duration) -> list[date]:
    """Each day on which contact is due after the first, until and with the last."""
    days: list[date] = []
    day = every.after(first)
    while day <= last:
        days.append(day)
        day = every.after(day)
    return days
