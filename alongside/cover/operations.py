"""Taking on cover together with the sessions in it, and offering one session to a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.absence.models import Absence, Answer, Cover
from alongside.absence.operations import accept_cover, ask_for_cover, assign_cover
from alongside.absence.operations.cover import already_answered
from alongside.audit.operation import attempt, operation
from alongside.cover.models import SessionOffer
from alongside.cover.queries import sessions_at_risk
from alongside.keywork.models import Booking
from alongside.keywork.operations import pass_on_booking
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("cover.taken_on", needs=None, unless=already_answered)
def take_on(cover: Cover, *, by: Staff, answer_words: str = "") -> Cover:
    """Accept cover and the sessions that lie in it.

    A session at a time when the colleague is booked already stays on the list of those at risk.
    Refused as accepting is. Source: Key Working, step 4.
    """
    accepted = accept_cover(cover, by=by, answer_words=answer_words)
    _pass_on(accepted, by)
    return accepted


@operation("cover.all_taken_on", needs=None)
def take_on_all(absence: Absence, *, by: Staff) -> Absence:
    """Accept everything one was asked in this absence, with the sessions in it.

    What somebody else has taken meanwhile is passed over. Refused when nothing is left to accept,
    and when one is away oneself. Source: Key Working, step 4.
    """
    asked = Cover.objects.waiting().filter(absence=absence, to_worker=by)
    taken, last = 0, Refused(
        "Nothing is asked of you here any more.", instead="You need do nothing."
    )  # fmt: skip
    for cover in asked.select_related(*Cover.LOCK_WITH).order_by("from_on", "pk"):
        try:
            with attempt():
                take_on(cover, by=by)
        except Refused as refusal:
            last = refusal
        else:
            taken += 1
    if not taken:
        raise last
    return absence


@operation("cover.settled", needs=Action.ARRANGE_COVER)
def settle_cover(
    absence: Absence,
    *,
    by: Staff,
    to_worker: Staff,
    stays: Sequence[Stay],
    from_on: date | None = None,
    until_on: date | None = None,
    words: str = "",
    assign: bool = False,
) -> Absence:
    """Ask a colleague to stand in, or name them when the team leader has decided.

    Refused as asking and naming are. Source: Key Working, step 4.
    """
    act = assign_cover if assign else ask_for_cover
    settled = act(
        absence, by=by, to_worker=to_worker, stays=stays, from_on=from_on, until_on=until_on,
        words=words,
    )  # fmt: skip
    if assign:
        named = Cover.objects.accepted().filter(absence=absence, to_worker=to_worker)
        for cover in named.select_related(*Cover.LOCK_WITH):
            _pass_on(cover, by)
    return settled


def _pass_on(cover: Cover, by: Staff) -> None:
    for booking in sessions_at_risk(cover.absence, stay=cover.stay):
        if cover.from_on <= booking.day() <= cover.until_on:
            try:
                with attempt():
                    pass_on_booking(booking, by=by, worker=cover.to_worker)
            except Refused:
                continue  # they are booked then: it stays at risk, and the page says so


def not_to_be_offered(booking: Booking) -> Refused | None:
    if not booking.is_open():
        return Refused("This session is settled already.", instead="Look at the list again.")
    if booking.is_past():
        return Refused("This session’s time has passed.", instead="Say what came of it.")
    return None


@operation("session.offered", needs=Action.ARRANGE_COVER, unless=not_to_be_offered)
def offer_session(booking: Booking, *, by: Staff, to_worker: Staff) -> SessionOffer:
    """Offer one session of an absent worker to a colleague, who says yes or no.

    Refused when the colleague does not work here, is booked then, or holds it already.
    Source: Key Working, step 3.
    """
    if not Staff.objects.at(booking.scheme).filter(pk=to_worker.pk).exists():
        raise Refused(
            f"{to_worker} does not work here.",
            instead="Choose somebody who does.",
            field="to_worker",
        )
    busy = Booking.objects.open().overlapping(booking.starts_at, booking.ends_at)
    if busy.filter(worker=to_worker).exists():
        raise Refused(
            f"{to_worker} is booked at that time.",
            instead="Ask somebody else, or move the session.",
            field="to_worker",
        )
    return SessionOffer.objects.create(
        booking=booking, absent=booking.worker, to_worker=to_worker, asked_by=by
    )


def offer_is_answered(offer: SessionOffer) -> Refused | None:
    if offer.answer:
        said = Answer(offer.answer).label.lower()
        return Refused(f"This is {said} already.", instead="You need do nothing.")
    return not_to_be_offered(offer.booking)


@operation("session_offer.accepted", needs=None, unless=offer_is_answered)
def accept_session(offer: SessionOffer, *, by: Staff) -> SessionOffer:
    """Say yes to one session: it is then booked with this colleague.

    Refused for anybody but whoever was asked, and when they are booked then.
    """
    _answer(offer, by, Answer.ACCEPTED, "")
    pass_on_booking(offer.booking, by=by, worker=offer.to_worker)
    return offer


@operation("session_offer.declined", needs=None, unless=offer_is_answered)
def decline_session(offer: SessionOffer, *, by: Staff, words: str = "") -> SessionOffer:
    """Say no to one session: it stays on the list of those at risk."""
    return _answer(offer, by, Answer.DECLINED, words)


def _answer(offer: SessionOffer, by: Staff, answer: str, words: str) -> SessionOffer:
    if by.pk != offer.to_worker_id:
        raise NotPermitted(
            f"{offer.to_worker} was asked, not you.", instead="Let them answer for themselves."
        )
    offer.answer, offer.answered_at, offer.words = answer, clock.now(), words.strip()
    offer.save(update_fields=["answer", "answered_at", "words"])
    return offer
