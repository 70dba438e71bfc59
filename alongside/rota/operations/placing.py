"""Putting somebody down for a shift, and taking them off."""

from __future__ import annotations

from datetime import date

from alongside.absence.queries import is_away
from alongside.audit.operation import attempt, operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.rota import ShiftKind
from alongside.rota.models import Level, Turn
from alongside.rota.queries import overlapping_turn
from alongside.rota.times import DAY, span

LAST_WEEKDAY = 6
WEEK = LAST_WEEKDAY + 1


def shift_of(scheme: Scheme, shift: str) -> ShiftKind:
    """The shift of the pack. Refused when there is none of that name."""
    if found := scheme.pack.shifts.get(shift):
        return found
    raise Refused(
        "There is no such shift here.", instead="Choose one from the list.", field="shift"
    )


@operation("rota.put_down", needs=Action.KEEP_ROTA)
def put_down(
    scheme: Scheme,
    *,
    by: Staff,
    on: date,
    shift: str,
    worker: Staff | None = None,
    agency_name: str = "",
    agency: str = "",
    words: str = "",
) -> Turn:
    """Put somebody down for a shift: a member of staff, or somebody of an agency by name.

    A night belongs to the day it starts. Refused when the shift is over, the worker does not
    work here, is away, or is down for another shift at that time; and when neither or both of
    staff and agency are named.
    Source: co-ordinator's job description (source 004), rotas.
    """
    kind = shift_of(scheme, shift)
    starts_at, ends_at = span(scheme, on, kind)
    if ends_at <= clock.now():
        raise Refused("This shift is over.", instead="Choose one to come.", field="on")
    _require_one(worker, agency_name.strip(), agency.strip())
    if worker:
        require_free(scheme, worker, on, kind)
    return Turn.objects.create(
        scheme=scheme,
        on=on,
        shift=kind.key,
        worker=worker,
        agency_name=agency_name.strip(),
        agency=agency.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        words=words.strip(),
        placed_by=by,
    )


def _require_one(worker: Staff | None, name: str, agency: str) -> None:
    if worker and (name or agency):
        raise Refused(
            "This is either somebody of ours or somebody of an agency.",
            instead="Leave one of the two empty.",
            field="agency_name",
        )
    if worker is None and not (name and agency):
        raise Refused(
            "Nobody is named.",
            instead="Choose who, or write who comes and from which agency.",
            field="agency_name" if agency else "worker",
        )


def require_free(scheme: Scheme, worker: Staff, on: date, kind: ShiftKind) -> None:
    """Refused when they do not work here, are away, or are down for something else then."""
    Staff.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if not Staff.objects.at(scheme).filter(pk=worker.pk).exists():
        raise Refused(
            f"{worker} does not work here.", instead="Choose somebody who does.", field="worker"
        )
    if found := is_away(worker, on, on):
        until = f" to {found.until_on:%-d %B}" if found.until_on else ""
        raise Refused(
            f"{worker} is away from {found.from_on:%-d %B}{until}.",
            instead="Choose somebody else.",
            field="worker",
        )
    starts_at, ends_at = span(scheme, on, kind)
    if there := overlapping_turn(worker, starts_at, ends_at):
        raise Refused(
            f"{worker} is down for the shift “{there.shift_says}” of {there.on:%-d %B}.",
            instead="Take them off that first, or choose somebody else.",
            field="worker",
        )


def off_already(turn: Turn) -> Refused | None:
    if turn.cancelled_at:
        return Refused(f"{turn.name} was taken off this shift.", instead="Look at the rota again.")
    return None


def off_or_over(turn: Turn) -> Refused | None:
    if turn.ends_at <= clock.now():
        return Refused("This shift is over.", instead="Its hours can still be put right.")
    return off_already(turn)


@operation("rota.taken_off", needs=Action.KEEP_ROTA, unless=off_or_over)
def take_off(turn: Turn, *, by: Staff, because: str) -> Turn:
    """Take somebody off a shift, with the reason. The line stays, struck out."""
    return strike(turn, by, because)


def strike(turn: Turn, by: Staff, because: str) -> Turn:
    """Take a line off the rota; part of another operation."""
    if not because.strip():
        raise Refused(
            "Nothing has been written yet.",
            instead="Say why they are taken off.",
            field="because",
        )
    turn.cancelled_at, turn.cancelled_by = clock.now(), by
    turn.cancelled_because = because.strip()
    turn.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because"])
    return turn


@operation("rota.week_copied", needs=Action.KEEP_ROTA)
def copy_week(scheme: Scheme, *, by: Staff, from_on: date, to_on: date) -> Scheme:
    """Put everybody of one week down for the same shifts of another.

    `from_on` and `to_on` are the first days of the two. Whoever is away then, or down for
    something else, is passed over: the week shows where it is short.
    Refused when the week to copy is empty, or the other lies before it.
    """
    if to_on <= from_on:
        raise Refused("That is not a later week.", instead="Choose a later one.", field="to_on")
    last = from_on + DAY * (WEEK - 1)
    copied = list(
        Turn.objects.standing()
        .filter(scheme=scheme, worker__isnull=False)
        .between(from_on, last)
        .select_related("worker")
        .order_by("on", "shift")
    )
    if not copied:
        raise Refused("Nobody is down in that week.", instead="Choose another.", field="from_on")
    for turn in copied:
        try:
            with attempt():
                put_down(
                    scheme, by=by, on=turn.on + (to_on - from_on), shift=turn.shift,
                    worker=turn.worker,
                )  # fmt: skip
        except Refused:
            continue
    return scheme


@operation("rota.level_set", needs=Action.KEEP_ROTA)
def set_level(
    scheme: Scheme,
    *,
    by: Staff,
    shift: str,
    least: int,
    from_on: date,
    source: str,
    weekday: int | None = None,
) -> Level:
    """Say how many people a shift needs here from a day on, and which contract says so.

    `weekday` is 0 for Monday; without it every day. What held before stays in the record.
    Refused without the source, or for a shift that the pack does not know.
    """
    shift_of(scheme, shift)
    if not source.strip():
        raise Refused(
            "Nothing says where this number comes from.",
            instead="Name the contract or the agreement.",
            field="source",
        )
    return Level.objects.create(
        scheme=scheme,
        shift=shift,
        weekday=weekday,
        least=least,
        from_on=from_on,
        source=source.strip(),
        set_by=by,
    )
