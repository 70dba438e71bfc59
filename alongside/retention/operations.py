"""Holding a file, asking that it be erased, and answering as the second person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.kit.two_people import require_another
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.referrals.models import Referral
from alongside.retention.erasing import erase_person
from alongside.retention.models import Answer, Deciding, Erasure, Holding, LegalHold
from alongside.retention.queries import (
    Kept,
    kept,
    kept_referral,
    last_referral_of,
    last_stay_of,
)
from alongside.stays.models import Stay

HELD = Refused(
    "There is a legal hold on this file.", instead="Nothing is erased until it has ended."
)


def asked_by_oneself(erasure: Deciding, by: Staff) -> Refused | None:
    """Whoever asked does not answer: why not, or None."""
    try:
        require_another(erasure.asked_by_id, by.pk)
    except Refused as refusal:
        return refusal
    return None


def may_answer(erasure: Deciding, by: Staff) -> bool:
    """Whether this person is the second one for it. A page asks before it offers the buttons."""
    if erasure.answer or asked_by_oneself(erasure, by):
        return False
    return by.may(Action.DECIDE_ERASURE, erasure) and not (
        isinstance(erasure, Erasure) and erasure.resident_id in by.standing.closed
    )


def already_answered(erasure: Deciding) -> Refused | None:
    """An erasure is answered once."""
    if not erasure.answer:
        return None
    return Refused("This was decided already.", instead="Look at the list.")


def already_over(hold: Holding) -> Refused | None:
    """A hold ends once."""
    if hold.ended_at is None:
        return None
    return Refused("This hold has ended.", instead="Set a new one if it is needed.")


@operation("hold.set", needs=Action.DECIDE_ERASURE)
def set_hold(stay: Stay, *, by: Staff, because: str) -> LegalHold:
    """Hold a file: nothing of this person is erased until the hold ends.

    A hold beats every rule. Refused without a reason, and when there is one.
    """
    require(because, "because", "A hold needs its reason.", "Say what it is for.")
    if kept(stay).hold:
        raise Refused("There is a hold on this file already.", instead="End that one first.")
    return LegalHold.objects.create(
        resident=stay.resident, scheme=stay.scheme, because=because.strip(), set_by=by
    )


@operation("hold.set_on_referral", needs=Action.DECIDE_ERASURE)
def hold_referral(referral: Referral, *, by: Staff, because: str) -> LegalHold:
    """Hold what is known of somebody who was referred: nothing is erased until the hold ends."""
    require(because, "because", "A hold needs its reason.", "Say what it is for.")
    if kept_referral(referral).hold:
        raise Refused("There is a hold on this file already.", instead="End that one first.")
    return LegalHold.objects.create(
        resident=referral.resident, scheme=referral.scheme, because=because.strip(), set_by=by
    )


@operation("hold.ended", needs=Action.DECIDE_ERASURE, unless=already_over)
def end_hold(hold: LegalHold, *, by: Staff, because: str) -> LegalHold:
    """End a hold, with the reason."""
    return ended(hold, by, because)


@operation("erasure.proposed", needs=Action.PROPOSE_ERASURE)
def propose_erasure(stay: Stay, *, by: Staff) -> Erasure:
    """Ask that somebody's file be erased. Somebody else answers.

    Refused while they stay, before the time of the pack's rule is over, and while a hold stands.
    """
    return _asked(
        stay, kept(stay), by, "Wait until they have left, and see that their birthday is known."
    )


@operation("erasure.proposed_of_referral", needs=Action.PROPOSE_ERASURE)
def propose_erasure_of_referral(referral: Referral, *, by: Staff) -> Erasure:
    """Ask that everything about somebody who was referred and never came be erased.

    Refused when they came to live with us, while a referral or an admission is open, before the
    time of the pack's rule is over, and while a hold stands.
    """
    return _asked(
        referral, kept_referral(referral), by,
        "They live with us or did, or something about them is still open.",
    )  # fmt: skip


@operation("erasure.declined", needs=Action.DECIDE_ERASURE, unless=already_answered)
def keep_longer(erasure: Erasure, *, by: Staff, answer_words: str, look_again_on: date) -> Erasure:
    """Keep the file nonetheless: why, and when it is looked at again."""
    return kept_longer(erasure, by, answer_words, look_again_on)


@operation("person.erased", needs=Action.DECIDE_ERASURE, unless=already_answered)
def erase(erasure: Erasure, *, by: Staff) -> Erasure:
    """Erase everything of the person, for good. The journal keeps that it was done.

    Refused to whoever asked for it, while a hold stands, and when they have come back meanwhile.
    """
    require_another(erasure.asked_by_id, by.pk)
    state = _kept_now(erasure.resident_id)
    if state.hold:
        raise HELD
    if not state.is_over(erasure.scheme.today()):
        raise Refused("They have come back since.", instead="Their time begins anew. Keep it.")
    erasure.answer, erasure.answered_by, erasure.answered_at = Answer.ERASE, by, clock.now()
    erasure.erased_at = clock.now()
    erasure.counts = erase_person(erasure, approved_by=by.pk)
    erasure.save(update_fields=["answer", "answered_by", "answered_at", "erased_at", "counts"])
    return erasure


def _asked(about: Stay | Referral, state: Kept, by: Staff, wait: str) -> Erasure:
    if state.hold:
        raise HELD
    if state.due_on is None:
        raise Refused("The time of this file has not begun to run out.", instead=wait)
    if state.due_on > about.scheme.today():
        raise Refused(
            f"This file is kept until {state.due_on:%-d %B %Y}.", instead="Look again after that."
        )
    if state.asked:
        raise Refused("Somebody has already asked for this.", instead="It waits for an answer.")
    return Erasure.objects.create(
        scheme=about.scheme, resident_id=about.resident_id, rule=state.rule.key,
        rule_says=state.rule.says, source=state.rule.source, due_on=state.due_on, asked_by=by,
    )  # fmt: skip


def _kept_now(resident_id: UUID) -> Kept:
    """How it stands with them today: by their stays, or, if they never came, by referrals."""
    if stay := last_stay_of(resident_id):
        return kept(stay)
    if referral := last_referral_of(resident_id):
        return kept_referral(referral)
    raise Refused("Nobody is there any more.", instead="Look at the list of erasures.")


def ended[H: Holding](hold: H, by: Staff, because: str) -> H:
    """End a hold of either kind; part of an operation."""
    require(because, "because", "The end of a hold needs its reason.", "Say what is over.")
    hold.ended_at, hold.ended_by, hold.ended_because = clock.now(), by, because.strip()
    hold.save(update_fields=["ended_at", "ended_by", "ended_because"])
    return hold


def kept_longer[D: Deciding](erasure: D, by: Staff, words: str, look_again_on: date) -> D:
    """Answer that it is kept, of either kind; part of an operation."""
    require_another(erasure.asked_by_id, by.pk)
    require(words, "answer_words", "Keeping it longer needs a reason.", "Say why.")
    if look_again_on <= erasure.scheme.today():
        raise Refused("That day is over.", instead="Choose a day to come.", field="look_again_on")
    erasure.answer, erasure.answered_by, erasure.answered_at = Answer.KEEP, by, clock.now()
    erasure.answer_words, erasure.look_again_on = words.strip(), look_again_on
    erasure.save(
        update_fields=["answer", "answered_by", "answered_at", "answer_words", "look_again_on"]
    )
    return erasure


def require(words: str, field: str, because: str, instead: str) -> None:
    """Words that must be there."""
    if not words.strip():
        raise Refused(because, instead=instead, field=field)
