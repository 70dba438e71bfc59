"""What comes after the weeks of support: end, extend, refer on; and when the tenancy fails."""

from __future__ import annotations

from datetime import date

from alongside.aftercare.models import Decision, Episode
from alongside.aftercare.operations.checks import (
    episode_has_ended,
    has_ended,
    require_listed,
    require_past,
    require_words,
)
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.referrals.operations import register_referral
from alongside.stays.operations import close_case

NOT_SUSTAINED, REFERRED_ON = "not_sustained", "referred_on"


@operation("aftercare.decided", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def decide_aftercare(
    episode: Episode,
    *,
    by: Staff,
    kind: str,
    reason: str,
    extend_until: date | None = None,
    agency: str = "",
    consent_on: date | None = None,
    sent_on: date | None = None,
) -> Decision:
    """Decide whether support ends, goes on for longer, or somebody else goes on with it.

    An extension counts once a leader has approved it, a referral once the agency has accepted.

    Refused without a reason, for an extension that is none, and for a referral without an
    agency or their consent. Source: key worker position description (source 000).
    """
    if kind not in Decision.Kind.values:
        raise Refused("That is not a decision.", instead="Choose one of the three.", field="kind")
    if kind == Decision.Kind.EXTEND and (not extend_until or extend_until <= episode.until_on):
        raise Refused(
            f"Support lasts until {episode.until_on:%-d %B %Y} already.",
            instead="Say until which later day.",
            field="extend_until",
        )
    if kind == Decision.Kind.REFER and not agency.strip():
        raise Refused("No agency is named.", instead="Write which.", field="agency")
    if kind == Decision.Kind.REFER and not consent_on:
        raise Refused(
            "They have not agreed to it.",
            instead="Write on which day they did.",
            field="consent_on",
        )
    refers = kind == Decision.Kind.REFER
    return Decision.objects.create(
        episode=episode,
        kind=kind,
        decided_on=episode.scheme.today(),
        reason=require_words(reason, field="reason"),
        extend_until=extend_until if kind == Decision.Kind.EXTEND else None,
        agency=agency if refers else "",
        consent_on=consent_on if refers else None,
        sent_on=sent_on if refers else None,
        recorded_by=by,
    )


def is_settled(decision: Decision) -> Refused | None:
    """An extension or a referral is answered once."""
    if decision.kind == Decision.Kind.END or decision.counts or decision.refused_on:
        return Refused("This is settled.", instead="Decide again if something changed.")
    return episode_has_ended(decision)


@operation("aftercare.extension_approved", needs=Action.APPROVE_AFTERCARE, unless=is_settled)
def approve_extension(decision: Decision, *, by: Staff) -> Decision:
    """Approve a longer support, as a leader. From now on it lasts until the day asked for.

    Refused to whoever asked for it.
    """
    if decision.kind != Decision.Kind.EXTEND or decision.extend_until is None:
        raise Refused("This is not an extension.", instead="Wait for the agency's answer.")
    if decision.recorded_by_id == by.pk:
        raise Refused("You asked for this yourself.", instead="Let another leader approve it.")
    decision.approved_on, decision.approved_by = decision.scheme.today(), by
    decision.save(update_fields=["approved_on", "approved_by"])
    decision.episode = extend_aftercare(decision.episode, by=by, until_on=decision.extend_until)
    return decision


@operation("aftercare.extended", needs=Action.APPROVE_AFTERCARE, unless=has_ended)
def extend_aftercare(episode: Episode, *, by: Staff, until_on: date) -> Episode:
    """Let support last until a later day, as part of approving that it does."""
    episode.until_on = until_on
    episode.save(update_fields=["until_on"])
    return episode


@operation("aftercare.referral_accepted", needs=Action.PROVIDE_AFTERCARE, unless=is_settled)
def accept_referral(
    decision: Decision, *, by: Staff, accepted_on: date, first_contact_on: date | None = None
) -> Decision:
    """Record that the agency has accepted them, and when it first saw them."""
    if decision.kind != Decision.Kind.REFER:
        raise Refused("This is not a referral.", instead="A leader approves it.")
    require_past(decision.scheme, accepted_on, field="accepted_on")
    decision.accepted_on, decision.first_contact_on = accepted_on, first_contact_on
    decision.sent_on = decision.sent_on or decision.decided_on
    decision.save(update_fields=["accepted_on", "first_contact_on", "sent_on"])
    return decision


@operation("aftercare.decision_refused", needs=Action.PROVIDE_AFTERCARE, unless=is_settled)
def refuse_decision(decision: Decision, *, by: Staff, refused_on: date, words: str) -> Decision:
    """Record that an extension was not approved, or that the agency did not accept them."""
    require_past(decision.scheme, refused_on, field="refused_on")
    decision.refused_words = require_words(words, field="words")
    decision.refused_on = refused_on
    decision.save(update_fields=["refused_on", "refused_words"])
    return decision


@operation("aftercare.closed", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def close_aftercare(
    episode: Episode, *, by: Staff, outcome: str, tenancy_held: bool, words: str = ""
) -> Episode:
    """Close the support, with how it ended and whether they still have the home.

    Refused before it has begun; and as "referred on" until an agency has accepted them, or the
    reason why it is closed all the same is written.
    """
    require_listed(episode.scheme, "aftercare_outcomes", outcome, field="outcome")
    if not episode.has_begun(episode.scheme.today()):
        raise Refused(
            "It has not begun yet.", instead="Cancel it if the move will not happen.",
            field="outcome",
        )  # fmt: skip
    accepted = episode.decisions.filter(kind=Decision.Kind.REFER, accepted_on__isnull=False)
    if outcome == REFERRED_ON and not accepted.exists() and not words.strip():
        raise Refused(
            "No agency has accepted them yet.",
            instead="Wait for it, or write why this is closed all the same.",
            field="words",
        )
    _close(episode, by, outcome, words, held=tenancy_held)
    return episode


@operation("tenancy.failed", needs=Action.PROVIDE_AFTERCARE, unless=has_ended)
def tenancy_failed(
    episode: Episode, *, by: Staff, failed_on: date, reason: str, consent_on: date
) -> Referral:
    """Record that they lost the home, close the support as not sustained, and refer them back.

    Nothing is typed again: the referral is of the same person, with the risks known before.

    Refused for a day to come, before the home was theirs, and as `register_referral` is.
    """
    require_past(episode.scheme, failed_on, field="failed_on")
    require_past(episode.scheme, consent_on, field="consent_on")
    if failed_on < episode.secured_on:
        raise Refused(
            "The home was not theirs yet on that day.", instead="Check the date.", field="failed_on"
        )
    said = require_words(reason, field="reason")
    _close(episode, by, NOT_SUSTAINED, said, held=False)
    before = Referral.objects.filter(stay=episode.stay).first()
    today = episode.scheme.today()
    return register_referral(
        episode.scheme,
        by=by,
        resident=episode.stay.resident,
        received_on=today,
        route="other_scheme",
        referrer_name=by.name,
        homelessness="losing_home",
        last_slept=episode.address[:200],
        reason=f"The tenancy of {episode.address} ended on {failed_on:%-d %B %Y}. {said}",
        risks=before.risks if before else [],
        risk_words=before.risk_words if before else "",
        consent_on=consent_on,
    )


def _close(episode: Episode, by: Staff, outcome: str, words: str, *, held: bool) -> None:
    episode.closed_on, episode.closed_by = episode.scheme.today(), by
    episode.outcome, episode.outcome_words, episode.tenancy_held = outcome, words, held
    episode.save(
        update_fields=["closed_on", "closed_by", "outcome", "outcome_words", "tenancy_held"]
    )
    close_case(episode.stay, by=by)
