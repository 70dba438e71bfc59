"""Deciding on a referral: yes, wait, no, or somewhere else; and telling people so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.practice.actions import Action
from alongside.referrals.models import Decision, Outcome, Referral, RuleOverride, State
from alongside.referrals.operations.checks import (
    has_moved_in,
    is_closed,
    move_to,
    require_listed,
    require_since_received,
    staff_of,
    written,
)
from alongside.referrals.operations.offering import take_back_offer
from alongside.referrals.operations.taking import register_referral
from alongside.referrals.queries import open_rules
from alongside.referrals.rules import Asker, BrokenRule, broken_rules
from alongside.referrals.story import REASONS

LEADS_TO = {
    Outcome.ACCEPT: State.ACCEPTED,
    Outcome.WAITING_LIST: State.WAITING,
    Outcome.DECLINE: State.DECLINED,
    Outcome.WITHDRAW: State.WITHDRAWN,
    Outcome.DID_NOT_ATTEND: State.DID_NOT_ATTEND,
    Outcome.REDIRECT: State.REDIRECTED,
}
TAKES_IN = (Outcome.ACCEPT, Outcome.WAITING_LIST)
# What a referral carries with it when it is sent on.
CARRIED = (
    "route", "referrer_name", "referrer_agency", "referrer_contact", "homelessness",
    "homelessness_words", "last_slept", "homeless_for", "causes", "reason", "risks", "risk_words",
    "consent_on", "no_consent_because",
)  # fmt: skip


@operation("referral.decided", needs=Action.DECIDE_REFERRAL, unless=has_moved_in)
def decide_referral(
    referral: Referral,
    *,
    by: Actor,
    outcome: str,
    reason: str,
    decided_on: date,
    words: str = "",
    communicated_on: date | None = None,
    communicated_how: str = "",
    override_reason: str = "",
    override_words: str = "",
) -> Decision:
    """Decide on a referral, or decide again; the latest decision counts and all are kept.

    `communicated_on` is the day the person and whoever referred them were told, if they were.
    A rule that is broken is set aside by `override_reason`, which only some roles may give.

    Refused when the day has not come or lies before the referral, the reason is not on the
    pack's list or needs words, a rule is broken and not set aside, or nothing would change.
    Source: Key Working, Project Workers and Manager.
    """
    require_since_received(referral, decided_on, field="decided_on")
    require_reason(referral.scheme, outcome, reason, words)
    if outcome == Outcome.REDIRECT:
        raise Refused(
            "Sending a referral on needs a place to send it to.",
            instead="Send it on from its own page.",
            field="outcome",
        )
    if referral.state == LEADS_TO[Outcome(outcome)]:
        raise Refused(
            f"This is how it stands already: {referral.get_state_display().lower()}.",
            instead="Choose another decision, or leave it as it is.",
            field="outcome",
        )
    if outcome in TAKES_IN:
        _meet_rules(referral, by=by, reason=override_reason, words=override_words)
    decision = Decision(
        **written(referral, by),
        outcome=outcome,
        reason=reason,
        words=words,
        decided_on=decided_on,
    )
    if communicated_on:
        _tell(decision, by=by, on=communicated_on, how=communicated_how)
    decision.save(force_insert=True)
    take_back_offer(referral, by=by, on=decided_on, words=decision.get_outcome_display())
    move_to(referral, LEADS_TO[Outcome(outcome)], since=decided_on)
    return decision


@operation("referral.decision_communicated", needs=Action.REGISTER_REFERRAL)
def communicate_decision(
    referral: Referral, *, by: Actor, communicated_on: date, communicated_how: str = ""
) -> Decision:
    """Record when the person and whoever referred them were told the latest decision.

    Refused when nothing has been decided, when they were told already, or when the day has
    not come yet or lies before the decision.
    """
    decision = _decisions(referral).last()
    if decision is None:
        raise Refused("Nothing has been decided yet.", instead="Decide first, then tell them.")
    if decision.communicated_on:
        raise Refused(
            f"They were told on {decision.communicated_on:%-d %B %Y}.",
            instead="Add a note if there is more to say.",
            field="communicated_on",
        )
    _tell(decision, by=by, on=communicated_on, how=communicated_how)
    decision.save(update_fields=["communicated_on", "communicated_how", "communicated_by"])
    return decision


@operation("referral.redirected", needs=Action.REGISTER_REFERRAL, unless=is_closed)
def redirect_referral(
    referral: Referral, *, by: Actor, to: Scheme, on: date, reason: str, words: str = ""
) -> Referral:
    """Send a referral on to another scheme of the organisation, and close it here.

    The other scheme gets it as received on that day, with everything that came with it.

    Refused when the other scheme is this one or another organisation's, when a rule there is
    broken too, or when the person has an open referral there.
    """
    require_since_received(referral, on, field="on")
    require_reason(referral.scheme, Outcome.REDIRECT, reason, words)
    _require_fitting(referral, to)
    Decision.objects.create(
        **written(referral, by),
        outcome=Outcome.REDIRECT,
        reason=reason,
        words=words,
        decided_on=on,
    )
    take_back_offer(referral, by=by, on=on, words=f"Sent on to {to}")
    move_to(referral, State.REDIRECTED, since=on)
    carried: dict[str, Any] = {name: getattr(referral, name) for name in CARRIED}
    # The other scheme takes it in without asking whether the sender works there as well.
    return register_referral.act(
        to, by=by, resident=referral.resident, received_on=on, redirected_from=referral, **carried
    )


def require_reason(scheme: Scheme, outcome: str, reason: str, words: str) -> None:
    """Refuse a decision or a reason that the pack does not offer, and one that needs words."""
    if outcome not in Outcome:
        raise Refused(
            "There is no such decision.", instead="Choose one on the list.", field="outcome"
        )
    require_listed(
        scheme.pack.reasons(REASONS[Outcome(outcome)]),
        reason,
        words,
        field="reason",
        words_field="words",
    )


def _decisions(referral: Referral) -> QuerySet[Decision]:
    return Decision.objects.filter(referral=referral).order_by("recorded_at", "pk")


def _tell(decision: Decision, *, by: Actor, on: date, how: str) -> None:
    require_since_received(decision.referral, on, field="communicated_on")
    if on < decision.decided_on:
        raise Refused(
            "Nobody can be told before it is decided.",
            instead="Check both days.",
            field="communicated_on",
        )
    decision.communicated_on, decision.communicated_how = on, how
    decision.communicated_by = staff_of(by)


def _meet_rules(referral: Referral, *, by: Actor, reason: str, words: str) -> None:
    """Refuse to take somebody in against a rule, unless a manager sets it aside with a reason."""
    broken = open_rules(referral)
    if not broken or not staff_of(by):
        return
    if not by.may(Action.OVERRIDE_RULE, referral):
        raise NotPermitted(
            f"{broken[0].says} {broken[0].found}",
            instead=f"Offer another {referral.scheme.word('scheme')}, or ask"
            f" {referral.scheme.one('manager')}, who can set a rule aside.",
            field="outcome",
        )
    if not reason:
        raise Refused(
            f"{broken[0].says} {broken[0].found}",
            instead="Say why you take them in all the same, or offer another scheme.",
            field="override_reason",
        )
    require_listed(
        referral.scheme.pack.reasons("rule_override"),
        reason,
        words,
        field="override_reason",
        words_field="override_words",
    )
    for rule in broken:
        _set_aside(referral, rule, by=by, reason=reason, words=words)


def _set_aside(referral: Referral, rule: BrokenRule, *, by: Actor, reason: str, words: str) -> None:
    RuleOverride.objects.create(
        **written(referral, by),
        rule=rule.key,
        rule_said=f"{rule.says} {rule.found}",
        reason=reason,
        words=words,
    )


def _require_fitting(referral: Referral, to: Scheme) -> None:
    if to.pk == referral.scheme_id or to.organisation_id != referral.scheme.organisation_id:
        raise Refused(
            f"This referral cannot be sent on to {to}.",
            instead="Choose another scheme of the organisation.",
            field="to",
        )
    if broken := broken_rules(to, Asker(referral.resident, referral.homelessness)):
        raise Refused(
            f"{to} cannot take this referral either. {broken[0].says}",
            instead="Choose another scheme.",
            field="to",
        )
