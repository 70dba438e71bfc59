"""The move with its day, what happens when it falls through, and leaving that nobody planned."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.admissions.operations import move_on
from alongside.aftercare.operations import cancel_aftercare, change_dates, open_aftercare
from alongside.aftercare.queries import open_episode
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.moving_on.models import Departure, HandoverDocument, Move, RiskTold
from alongside.moving_on.operations.checks import (
    require_listed,
    require_past,
    require_reason,
    require_words,
    stay_has_ended,
)
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import expect_to_leave


@operation("move.set", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def set_move(
    stay: Stay,
    *,
    by: Staff,
    tenure: str,
    address: str,
    leaves_on: date,
    tenancy_starts_on: date,
    moves_in_on: date,
    landlord: str = "",
    aftercare: str = "not_asked",
) -> Move:
    """Set the day of a move, or another day than before. The bed is free from `leaves_on`.

    `tenure` is a key of the list `tenures`, `aftercare` of `aftercare_offers`. The papers that go
    with them are listed, and the support after a move into a permanent home opens.

    Refused when they would leave on a day that is over or before they came, or move in there
    before they leave here. Source: key worker position description (source 000).
    """
    require_listed(stay.scheme, "tenures", tenure, field="tenure")
    if leaves_on < stay.scheme.today():
        raise Refused(
            "That day is over.", instead="Choose one that is still to come.", field="leaves_on"
        )
    if moves_in_on < leaves_on:
        raise Refused(
            "They cannot move in there before they leave here.",
            instead="Check both days.",
            field="moves_in_on",
        )
    for before in Move.objects.open().filter(stay=stay):
        _end(before, by, Move.Ended.SET_ANEW)
    move = Move.objects.create(
        stay=stay,
        tenure=tenure,
        address=require_words(address, field="address"),
        landlord=landlord,
        leaves_on=leaves_on,
        tenancy_starts_on=tenancy_starts_on,
        moves_in_on=moves_in_on,
        set_on=stay.scheme.today(),
        recorded_by=by,
    )
    expect_to_leave(stay, by=by, leaving_on=leaves_on)
    _list_documents(stay)
    _support_after(move, by, aftercare)
    return move


def move_is_over(move: Move) -> Refused | None:
    """A move falls through once, and not after they have left."""
    if move.ended_on:
        return Refused("This move was ended already.", instead="Set another one.")
    return stay_has_ended(move.stay)


@operation("move.fell_through", needs=Action.PLAN_MOVE_ON, unless=move_is_over)
def move_fell_through(move: Move, *, by: Staff, reason: str, words: str = "") -> Move:
    """Record that a move will not happen. They keep their bed, and every clock runs on.

    `reason` is a key of the list `move_fell_through`. Refused without one.
    """
    require_reason(move.scheme, "move_fell_through", reason, words, words_in="words")
    move.reason, move.words = reason, words
    _end(move, by, Move.Ended.FELL_THROUGH)
    expect_to_leave(move.stay, by=by, leaving_on=None)
    if episode := open_episode(move.stay):
        cancel_aftercare(episode, by=by, because=f"The move fell through: {move.reason_says}")
    return move


def document_is_given(document: HandoverDocument) -> Refused | None:
    """A paper is given once."""
    if document.given_on is None:
        return None
    return Refused("This was given already.", instead="There is nothing to do.")


@operation("move.document_given", needs=Action.PLAN_MOVE_ON, unless=document_is_given)
def give_document(
    document: HandoverDocument, *, by: Staff, given_on: date, words: str = ""
) -> HandoverDocument:
    """Record that somebody has the paper that goes with them."""
    require_past(document.scheme, given_on, field="given_on")
    document.given_on, document.given_by, document.words = given_on, by, words
    document.save(update_fields=["given_on", "given_by", "words"])
    return document


@operation("departure.recorded", needs=Action.END_STAY, unless=stay_has_ended)
def record_departure(
    stay: Stay,
    *,
    by: Staff,
    left_on: date,
    kind: str,
    reason: str,
    destination_known: bool,
    aftercare: str,
    words: str = "",
    destination: str = "",
    told: str = "",
    risk: str = "",
    no_risks_words: str = "",
) -> Departure:
    """End a stay that ended without a plan: they left, or were made to.

    `kind` is a key of `leaving_kinds`, `reason` of `unplanned_departure`, `aftercare` of
    `aftercare_offers`. Somebody is told of the risks, or it is said that there are none to tell.

    Refused without a reason, and when a known destination is not named.
    """
    scheme = stay.scheme
    require_reason(scheme, "unplanned_departure", reason, words, words_in="words")
    require_listed(scheme, "aftercare_offers", aftercare, field="aftercare")
    if destination_known and not destination.strip():
        raise Refused(
            "Where they went is known but not written.",
            instead="Write it, or say that it is not known.",
            field="destination",
        )
    if not (told.strip() and risk.strip()) and not no_risks_words.strip():
        raise Refused(
            "Nobody was told of a risk.",
            instead="Write whom you told and what, or why there is nothing to tell.",
            field="told",
        )
    for open_move in Move.objects.open().filter(stay=stay):
        move_fell_through(open_move, by=by, reason="left_before")
    said = scheme.pack.reasons("unplanned_departure")[reason].says
    move_on(
        stay,
        by=by,
        moved_out_on=left_on,
        left_because=kind,
        left_words=f"{said}. {words}".strip(),
        destination="other" if destination_known else "not_known",
        destination_words=destination if destination_known else "",
    )
    departure = Departure.objects.create(
        stay=stay,
        kind=kind,
        reason=reason,
        words=words,
        destination_known=destination_known,
        destination=destination.strip() if destination_known else "",
        no_risks_words=no_risks_words.strip(),
        aftercare=aftercare,
        recorded_by=by,
    )
    if told.strip() and risk.strip():
        tell_of_risk(departure, by=by, told=told, risk=risk, told_on=scheme.today())
    return departure


@operation("departure.risk_told", needs=Action.END_STAY)
def tell_of_risk(
    departure: Departure, *, by: Staff, told: str, risk: str, told_on: date
) -> RiskTold:
    """Record whom we told about a risk after somebody left, and what was said."""
    require_past(departure.scheme, told_on, field="told_on")
    return RiskTold.objects.create(
        departure=departure,
        told=require_words(told, field="told"),
        risk=require_words(risk, field="risk"),
        told_on=told_on,
        recorded_by=by,
    )


def _end(move: Move, by: Staff, because: str) -> None:
    move.ended_on, move.ended_by, move.ended_because = move.scheme.today(), by, because
    move.save(update_fields=["ended_on", "ended_by", "ended_because", "reason", "words"])


def _support_after(move: Move, by: Staff, answer: str) -> None:
    """Open the support after a move to a permanent home, or move its days with the move."""
    stay, pack = move.stay, move.scheme.pack
    if not pack.has("aftercare"):
        return
    episode = open_episode(stay)
    lasting = move.tenure in pack.choices("permanent_tenures")
    if episode and not lasting:
        cancel_aftercare(episode, by=by, because="They move to somewhere for the time being")
    elif lasting:
        days: dict[str, Any] = {
            "address": move.address,
            "tenure": move.tenure,
            "tenancy_starts_on": move.tenancy_starts_on,
            "moves_in_on": move.moves_in_on,
        }
        if episode:
            change_dates(episode, by=by, **days)
        else:
            open_aftercare(stay, by=by, answer=answer, **days)


def _list_documents(stay: Stay) -> None:
    listed = set(HandoverDocument.objects.filter(stay=stay).values_list("kind", flat=True))
    kinds = stay.scheme.pack.choices("move_documents").keys()
    HandoverDocument.objects.bulk_create(
        HandoverDocument(stay=stay, kind=kind) for kind in kinds if kind not in listed
    )
