"""Cover: asked of a colleague, accepted or declined, assigned, ended. It ends by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alongside.absence.models import DAY, Absence, Answer, Cover
from alongside.absence.operations.checks import known, over_or_not_in_force, require_order
from alongside.absence.queries import could_cover, held_during, is_away
from alongside.audit.actors import System
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Staff
from alongside.organisation.operations import end_role, give_role
from alongside.practice.actions import Action
from alongside.stays.models import Stay

GRANTED = System("cover that was accepted")


@operation("cover.asked", needs=Action.ARRANGE_COVER, unless=over_or_not_in_force)
def ask_for_cover(
    absence: Absence,
    *,
    by: Staff,
    to_worker: Staff,
    stays: Iterable[Stay],
    from_on: date | None = None,
    until_on: date | None = None,
    words: str = "",
) -> Absence:
    """Ask a colleague to stand in with these people, for the absence or a part of it.

    Each person is answered for by itself. Without days it is the whole absence as far as it is
    known. Refused when nobody is chosen, a person is not theirs, somebody else stands in then
    already, the colleague cannot, or is away themselves.
    Source: Key Working, step 4.
    """
    wanted = _Wanted(to_worker, tuple(stays), from_on, until_on, words.strip())
    for cover in _new_covers(absence, by, wanted):
        ask_one(cover.stay, by=by, cover=cover)
    return absence


@operation("cover.asked_of", needs=Action.ARRANGE_COVER)
def ask_one(stay: Stay, *, by: Staff, cover: Cover) -> Cover:
    """Ask a colleague to stand in with one person."""
    cover.save(force_insert=True)
    return cover


@operation("cover.assigned", needs=Action.DECIDE_LEAVE, unless=over_or_not_in_force)
def assign_cover(
    absence: Absence,
    *,
    by: Staff,
    to_worker: Staff,
    stays: Iterable[Stay],
    from_on: date | None = None,
    until_on: date | None = None,
    words: str = "",
) -> Absence:
    """Name the colleague who stands in: the team leader's word, when nobody has said yes.

    Refused as asking is. Source: Key Working, step 4.
    """
    wanted = _Wanted(to_worker, tuple(stays), from_on, until_on, words.strip())
    for cover in _new_covers(absence, by, wanted):
        cover.assigned = True
        _say_yes(cover)
        ask_one(cover.stay, by=by, cover=cover)
    return absence


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Whom one asks, for whom, and from when until when; without days the whole absence."""

    to_worker: Staff
    stays: tuple[Stay, ...]
    from_on: date | None
    until_on: date | None
    words: str


def _new_covers(absence: Absence, by: Staff, wanted: _Wanted) -> list[Cover]:
    """The requests, not stored yet. Refused when one of them cannot be."""
    from_on = wanted.from_on or max(absence.from_on, absence.scheme.today())
    until_on = wanted.until_on or absence.looks_to()
    _require_inside(absence, from_on, until_on)
    _require_can(absence, wanted.to_worker, from_on, until_on)
    if not wanted.stays:
        raise Refused("Nobody was chosen.", instead="Tick for whom.", field="stays")
    theirs = {stay.pk for stay in held_during(absence)}
    for stay in wanted.stays:
        if stay.pk not in theirs:
            raise Refused(
                f"{stay.resident} is not {absence.worker}’s then.",
                instead="Choose somebody who is.",
                field="stays",
            )
        _require_free(stay, wanted.to_worker, from_on, until_on)
    return [
        Cover(
            absence=absence,
            absent=absence.worker,
            stay=stay,
            to_worker=wanted.to_worker,
            from_on=from_on,
            until_on=until_on,
            words=wanted.words,
            asked_by=by,
        )
        for stay in wanted.stays
    ]


def _require_inside(absence: Absence, from_on: date, until_on: date) -> None:
    require_order(from_on, until_on)
    if from_on < absence.from_on or (absence.until_on and until_on > absence.until_on):
        raise Refused("That is outside the absence.", instead="Choose days of it.", field="from_on")
    if until_on < absence.scheme.today():
        raise Refused("Those days are over.", instead="Choose days to come.", field="until_on")


def _require_can(absence: Absence, worker: Staff, from_on: date, until_on: date) -> None:
    if worker.pk == absence.worker_id:
        raise Refused(
            f"{worker} is the one who is away.", instead="Choose a colleague.", field="to_worker"
        )
    if found := is_away(worker, from_on, until_on):
        until = f" to {found.until_on:%-d %B}" if found.until_on else ""
        raise Refused(
            f"{worker} is away from {found.from_on:%-d %B}{until}.",
            instead="Choose somebody else, or fewer days.",
            field="to_worker",
        )
    if worker.pk not in {one.pk for one in could_cover(absence)}:
        raise Refused(
            f"{worker} does not hold key-work sessions.",
            instead="Choose somebody whose role includes it.",
            field="to_worker",
        )


def _require_free(stay: Stay, to_worker: Staff, from_on: date, until_on: date) -> None:
    """One person has one cover at a time, and a colleague is asked once."""
    there = Cover.objects.open().overlapping(from_on, until_on).filter(stay=stay)
    for one in there.select_related("to_worker"):
        if one.answer == Answer.ACCEPTED:
            raise Refused(
                f"{one.to_worker} stands in with {stay.resident} then.",
                instead="End that cover first, or choose other days.",
                field="stays",
            )
        if one.to_worker_id == to_worker.pk:
            raise Refused(
                f"{to_worker} has been asked about {stay.resident} already.",
                instead="Wait for the answer, or ask somebody else.",
                field="to_worker",
            )


def already_answered(cover: Cover) -> Refused | None:
    """A request is answered once, while there is still something to cover."""
    if cover.answer:
        said = Answer(cover.answer).label.lower()
        return Refused(f"This is {said} already.", instead="Look at the absence again.")
    if cover.until_on < cover.scheme.today():
        return Refused("Those days are over.", instead="There is nothing left to answer.")
    return over_or_not_in_force(cover.absence)


@operation("cover.accepted", needs=None, unless=already_answered)
def accept_cover(cover: Cover, *, by: Staff, answer_words: str = "") -> Cover:
    """Say yes. The duties, and for the time the rights of the role, are theirs from then on.

    Nobody has to end it: it is over after its last day.
    Refused for anybody but whoever was asked, and when somebody else has said yes.
    Source: Key Working, step 4.
    """
    _require_asked(cover, by)
    taken = Cover.objects.accepted().overlapping(cover.from_on, cover.until_on)
    if other := taken.filter(stay=cover.stay).select_related("to_worker").first():
        raise Refused(
            f"{other.to_worker} has accepted this already.", instead="You need do nothing."
        )
    if found := is_away(by, cover.from_on, cover.until_on):
        raise Refused(
            f"You are away yourself from {found.from_on:%-d %B}.",
            instead="Say no, so that somebody else is asked.",
        )
    cover.answer_words = answer_words.strip()
    _say_yes(cover)
    cover.save(update_fields=["answer", "answered_at", "answer_words", "membership"])
    return cover


def _say_yes(cover: Cover) -> None:
    cover.answer, cover.answered_at = Answer.ACCEPTED, clock.now()
    cover.membership = _rights_for(cover)


def _rights_for(cover: Cover) -> Membership | None:
    """The role for the time of the cover, when they do not work here in one like it anyway.

    Somebody who covers several people has it once; it then lasts as long as the longest.
    """
    scheme, worker = cover.scheme, cover.to_worker
    roles = [role.key for role in scheme.pack.roles if Action.RECORD_KEY_WORK in role.may]
    here = Membership.objects.filter(staff=worker, scheme=scheme, role__in=roles)
    for one in here.filter(from_on__lte=cover.from_on):
        if one.until_on is None or one.until_on >= cover.until_on:
            return _if_granted(one)
    role = cover.role if cover.role in scheme.pack.roles else roles[0]
    return give_role(
        scheme, by=GRANTED, staff=worker, role=role, from_on=cover.from_on, until_on=cover.until_on
    )


def _if_granted(membership: Membership) -> Membership | None:
    """The membership when it was itself granted by cover: then it ends with the last of them."""
    granted = Cover.objects.filter(membership=membership).exists()
    return membership if granted else None


@operation("cover.declined", needs=None, unless=already_answered)
def decline_cover(cover: Cover, *, by: Staff, reason: str, answer_words: str = "") -> Cover:
    """Say no, with a reason of the pack's list `cover_declined`. The team leader then looks on.

    Refused for anybody but whoever was asked.
    """
    _require_asked(cover, by)
    reasons = cover.scheme.pack.reasons("cover_declined")
    known(reasons, reason, answer_words, field="reason", more="answer_words")
    cover.answer, cover.answered_at, cover.reason = Answer.DECLINED, clock.now(), reason
    cover.answer_words = answer_words.strip()
    cover.save(update_fields=["answer", "answered_at", "reason", "answer_words"])
    return cover


def _require_asked(cover: Cover, by: Staff) -> None:
    if by.pk != cover.to_worker_id:
        raise NotPermitted(
            f"{cover.to_worker} was asked, not you.", instead="Let them answer for themselves."
        )


@operation("cover.withdrawn", needs=Action.ARRANGE_COVER, unless=already_answered)
def withdraw_cover(cover: Cover, *, by: Staff) -> Cover:
    """No longer ask a colleague who has not answered."""
    return close_cover(cover, by=by, last_day=None)


def not_accepted(cover: Cover) -> Refused | None:
    if cover.answer != Answer.ACCEPTED:
        return Refused("Nobody has accepted this.", instead="There is nothing to end.")
    if cover.until_on < cover.scheme.today():
        return Refused("This cover is over.", instead="There is nothing to end.")
    return None


@operation("cover.ended", needs=Action.ARRANGE_COVER, unless=not_accepted)
def end_cover(cover: Cover, *, by: Staff) -> Cover:
    """End a cover before its day; today is its last when it has begun."""
    return close_cover(cover, by=by, last_day=cover.scheme.today())


@operation("cover.closed", needs=None)
def close_cover(cover: Cover, *, by: Staff, last_day: date | None) -> Cover:
    """End what was asked or accepted, because the absence ended or it is no longer needed.

    One that has begun ends on `last_day`; any other is as if it had not been asked.
    """
    if cover.answer == Answer.ACCEPTED and last_day and cover.from_on <= last_day:
        cover.until_on = min(cover.until_on, last_day)
        cover.save(update_fields=["until_on"])
    else:
        yes = cover.answer == Answer.ACCEPTED
        cover.answer = Answer.NOT_NEEDED if yes else Answer.WITHDRAWN
        cover.answered_at = clock.now()
        cover.save(update_fields=["answer", "answered_at"])
    _cut(cover)
    return cover


def _cut(cover: Cover) -> None:
    """Let the rights end with the last of the covers that gave them."""
    if cover.membership is None:
        return
    others = Cover.objects.accepted().filter(membership=cover.membership)
    last = max((one.until_on for one in others), default=cover.scheme.today() - DAY)
    end_role(cover.membership, by=GRANTED, until_on=last)
