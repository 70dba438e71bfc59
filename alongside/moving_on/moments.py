"""How moving on shows on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.moving_on.models import Departure, Move, MoveOnPlan, Offer, Target, Viewing
from alongside.stays.models import Stay

NOON = time(12)
KIND = "moving_on"


def _noon(stay: Stay, day: date) -> datetime:
    return datetime.combine(day, NOON, stay.scheme.zone)


def _rows(model: Any, *more: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.select_related(
        "stay__scheme__organisation", "stay__resident", "recorded_by", *more
    )
    return rows


def _line(of: Any, title: str, at: datetime, page: str, **more: Any) -> Line:
    by = more.pop("by", of.recorded_by)
    return Line(
        of=of,
        stay=of.stay,
        kind=KIND,
        title=title,
        happened_at=at,
        recorded_at=more.pop("recorded_at", of.recorded_at),
        by=by.name if by else "",
        link=reverse(f"moving_on:{page}", args=[of.stay_id]),
        **more,
    )


@tells(MoveOnPlan, rows=lambda: _rows(MoveOnPlan, "confirmed_by").iterator(500))
def plan_lines(plan: MoveOnPlan) -> Iterable[Line]:
    """That it was written, and that it was found clear and achievable."""
    term = plan.stay.pack_at(plan.recorded_at).term("move_on_plan")
    said = f"{term.singular[:1].upper()}{term.singular[1:]}"
    number = f", version {plan.number}" if plan.number > 1 else ""
    yield _line(
        plan, f"{said} written{number}: {plan.housing_says}", _noon(plan.stay, plan.written_on),
        "moving-on", text=" ".join(filter(None, (plan.goal, plan.their_words, plan.change_words))),
    )  # fmt: skip
    if plan.confirmed_on:
        yield _line(
            plan, f"{said} found clear and achievable", _noon(plan.stay, plan.confirmed_on),
            "moving-on", part="confirmed", by=plan.confirmed_by, text=plan.confirmed_words,
        )  # fmt: skip


@tells(Target, rows=lambda: _rows(Target).iterator(500))
def target_lines(target: Target) -> Iterable[Line]:
    """That another day was set for moving on."""
    yield _line(
        target, f"To move on by {target.target_on:%-d %B %Y}", _noon(target.stay, target.set_on),
        "moving-on", text=target.words,
    )  # fmt: skip


@tells(Viewing, rows=lambda: _rows(Viewing, "accompanied_by").iterator(500))
def viewing_lines(viewing: Viewing) -> Iterable[Line]:
    """The viewing, on the day it is or was."""
    result = f": {viewing.result_says.lower()}" if viewing.result else ""
    yield _line(
        viewing, f"Viewing{result}", viewing.starts_at, "housing",
        text=" ".join(filter(None, (viewing.address, viewing.their_view, viewing.landlord_says))),
        note=f"with {viewing.accompanied_by}" if viewing.accompanied_by else "",
    )  # fmt: skip


@tells(Offer, rows=lambda: _rows(Offer).iterator(500))
def offer_lines(offer: Offer) -> Iterable[Line]:
    """The offer, and the answer to it."""
    yield _line(
        offer, "Offered a home", _noon(offer.stay, offer.offered_on), "housing", text=offer.address
    )
    if offer.answered_on:
        why = f": {offer.reason_says.lower()}" if offer.reason else ""
        yield _line(
            offer, f"Offer {offer.get_answer_display().lower()}{why}",
            _noon(offer.stay, offer.answered_on), "housing", part="answer", text=offer.words,
        )  # fmt: skip


@tells(Move, rows=lambda: _rows(Move, "ended_by").iterator(500))
def move_lines(move: Move) -> Iterable[Line]:
    """That a move has its day, and that it fell through."""
    yield _line(
        move, f"Move set for {move.leaves_on:%-d %B %Y}", _noon(move.stay, move.set_on),
        "new-home", text=f"{move.address} {move.landlord}".strip(),
    )  # fmt: skip
    if move.ended_on and move.ended_because == Move.Ended.FELL_THROUGH:
        yield _line(
            move, f"The move fell through: {move.reason_says.lower()}",
            _noon(move.stay, move.ended_on), "new-home", part="fell-through", by=move.ended_by,
            text=move.words,
        )  # fmt: skip


@tells(Departure, rows=lambda: _rows(Departure).iterator(500))
def departure_lines(departure: Departure) -> Iterable[Line]:
    """That somebody left without a plan."""
    day = departure.stay.moved_out_on or departure.recorded_at.date()
    yield _line(
        departure, f"Left unplanned: {departure.reason_says.lower()}",
        _noon(departure.stay, day), "new-home", text=departure.words,
        note=departure.destination or "where to is not known",
    )  # fmt: skip
