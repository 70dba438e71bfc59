"""Offering a bed: it is kept for one person until a day, and never for two."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.accommodation.models import Bed
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.practice.actions import Action
from alongside.referrals.models import Offer, OfferEnd, Referral, State
from alongside.referrals.operations.checks import (
    is_closed,
    move_to,
    require_since_received,
    staff_of,
    written,
)
from alongside.referrals.queries import free_beds, open_rules


def not_ready_for_a_bed(referral: Referral) -> Refused | None:
    """A bed is offered once to somebody whom we have accepted or who waits for one."""
    if closed := is_closed(referral):
        return closed
    if referral.is_undecided():
        return Refused(
            f"Nobody has decided on {referral.resident}’s referral yet.",
            instead=f"Accept it first, then offer a {referral.scheme.word('bed')}.",
        )
    return None


@operation("referral.bed_offered", needs=Action.OFFER_BED, unless=not_ready_for_a_bed)
def offer_bed(
    referral: Referral,
    *,
    by: Actor,
    bed: Bed,
    kept_until: date | None = None,
    fault_override: str = "",
) -> Offer:
    """Offer a bed and keep it for this person until a day; that day counts.

    Without a day it is kept as long as the pack says. An offer that has run out frees its bed.

    Refused when no bed is free, when this one is somebody's, kept for somebody, out of use or
    elsewhere, when it is not fit to live in and no reason is given, when a rule is broken, when
    the person has an offer already, or when the day lies in the past.
    Source: capacity, S0-14; keeping a bed is ours.
    """
    scheme, today = referral.scheme, referral.scheme.today()
    _close_run_out(scheme, by=by, on=today)
    _require_rules_met(referral)
    _require_free(Bed.objects.select_for_update().get(pk=bed.pk), scheme, on=today)
    _require_fit(bed, referral, by=by, why=fault_override)
    kept_until = kept_until or today + timedelta(days=scheme.pack.limit("bed_offer_open").number)
    _require_to_come(kept_until, today)
    _require_no_other_offer(referral)
    offer = Offer.objects.create(
        **written(referral, by),
        bed=bed,
        offered_on=today,
        kept_until=kept_until,
        fault_override=fault_override,
    )
    move_to(referral, State.OFFERED, since=today)
    return offer


@operation("referral.offer_accepted", needs=Action.OFFER_BED)
def accept_offer(referral: Referral, *, by: Actor, on: date) -> Offer:
    """Record that the person said yes. The bed stays kept until its day.

    Refused when there is no open offer, or the day has not come or lies before the offer.
    """
    offer = _open_offer(referral)
    require_since_received(referral, on, field="on")
    offer.accepted_on = on
    offer.save(update_fields=["accepted_on"])
    return offer


@operation("referral.bed_kept_longer", needs=Action.OFFER_BED)
def keep_longer(referral: Referral, *, by: Actor, kept_until: date) -> Offer:
    """Keep the offered bed until a later day.

    Refused when there is no open offer, or the day lies in the past.
    """
    offer = _open_offer(referral)
    _require_to_come(kept_until, referral.scheme.today())
    offer.kept_until = kept_until
    offer.save(update_fields=["kept_until"])
    return offer


@operation("referral.offer_ended", needs=Action.OFFER_BED)
def end_offer(referral: Referral, *, by: Actor, because: str, on: date, words: str = "") -> Offer:
    """End an offer without a move: they said no, or we take it back. The bed is free again.

    The person stays accepted. Refused when there is no open offer.
    """
    offer = _open_offer(referral)
    if because not in (OfferEnd.REFUSED, OfferEnd.WITHDRAWN):
        raise Refused(
            "That is not a way to end an offer.",
            instead="Say whether they said no or we take it back.",
            field="because",
        )
    require_since_received(referral, on, field="on")
    close_offer(offer, by=by, because=OfferEnd(because), on=on, words=words)
    move_to(referral, State.ACCEPTED, since=on)
    return offer


def close_offer(offer: Offer, *, by: Actor, because: OfferEnd, on: date, words: str = "") -> None:
    """Write down how an offer ended; part of a larger operation."""
    offer.ended_on, offer.ended_because = on, because
    offer.ended_words, offer.ended_by = words[:200], staff_of(by)
    offer.save(update_fields=["ended_on", "ended_because", "ended_words", "ended_by"])


def take_back_offer(referral: Referral, *, by: Actor, on: date, words: str) -> None:
    """Free the bed when a decision leaves no room for the offer; part of that operation."""
    for offer in Offer.objects.open().filter(referral=referral):
        close_offer(offer, by=by, because=OfferEnd.WITHDRAWN, on=on, words=words)


def _close_run_out(scheme: Scheme, *, by: Actor, on: date) -> None:
    """End every offer of the scheme whose day has passed; those people are accepted still."""
    run_out = Offer.objects.open().filter(referral__scheme=scheme, kept_until__lt=on)
    for offer in run_out.select_related("referral"):
        close_offer(offer, by=by, because=OfferEnd.RAN_OUT, on=on)
        Referral.objects.filter(pk=offer.referral_id, state=State.OFFERED).update(
            state=State.ACCEPTED, state_since=on
        )


def _open_offer(referral: Referral) -> Offer:
    offer = Offer.objects.open().filter(referral=referral).first()
    if offer is None:
        raise Refused(
            f"{referral.resident} has no open offer.",
            instead=f"Offer a {referral.scheme.word('bed')} first.",
        )
    return offer


def _require_no_other_offer(referral: Referral) -> None:
    offer = Offer.objects.open().filter(referral=referral).select_related("bed").first()
    if offer:
        raise Refused(
            f"{referral.resident} has been offered bed {offer.bed} already.",
            instead="Take that offer back first.",
            field="bed",
        )


def _require_rules_met(referral: Referral) -> None:
    if broken := open_rules(referral):
        leader = referral.scheme.word("manager")
        raise Refused(
            f"{broken[0].says} {broken[0].found}",
            instead=f"A {leader} can set the rule aside with a reason when deciding.",
        )


def _require_free(bed: Bed, scheme: Scheme, *, on: date) -> None:
    free = free_beds(scheme, on)
    if bed.pk in {one.pk for one in free}:
        return
    if not free:
        raise Refused(
            f"Everything is taken: no {scheme.word('bed')} is free.",
            instead="Put them on the waiting list, or send the referral on.",
            field="bed",
        )
    kept = Offer.objects.reserving(on).filter(bed=bed).first()
    called = f"{scheme.word('bed').capitalize()} {bed}"
    raise Refused(
        f"{called} is kept for somebody else until {kept.kept_until:%-d %B %Y}."
        if kept
        else f"{called} is not free here.",
        instead="Choose one that is free.",
        field="bed",
    )


def _require_fit(bed: Bed, referral: Referral, *, by: Actor, why: str) -> None:
    """Refuse a bed with an open fault, unless somebody who may says why it must do."""
    fault = bed.faults.filter(mended_on=None).first()
    if fault is None:
        return
    word, leader = referral.scheme.word("bed"), referral.scheme.word("manager")
    if why and not by.may(Action.OVERRIDE_RULE, referral):
        raise NotPermitted(
            f"{word.capitalize()} {bed} is not fit to offer: {fault.words}.",
            instead=f"Choose another {word}, or ask a {leader}, who can offer it all the same.",
            field="bed",
        )
    if not why.strip():
        raise Refused(
            f"{word.capitalize()} {bed} is not fit to offer: {fault.words}.",
            instead=f"Choose another {word}, have it mended, or let a {leader} say why it must do.",
            field="fault_override",
        )


def _require_to_come(day: date, today: date) -> None:
    if day < today:
        raise Refused(
            "It cannot be kept until a day that has passed.",
            instead="Choose today or a later day.",
            field="kept_until",
        )
