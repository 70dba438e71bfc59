"""Marking what a case weighs, sharing it between workers, asking how the two get on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from alongside.allocations.matching import may_hold
from alongside.allocations.models import (
    USUAL,
    CaseMark,
    EntryKind,
    JointArrangement,
    JointEntry,
    JointShare,
    JointWorker,
    RelationshipRating,
)
from alongside.allocations.operations.allocating import cannot_be_named
from alongside.allocations.queries import current_allocation
from alongside.allocations.shared import shared_duties
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.contents import Pack
from alongside.residents.models import made_by
from alongside.stays.models import Stay
from alongside.stays.operations import case_is_closed


@operation("case.marked", needs=Action.ASSESS, unless=case_is_closed)
def mark_case(
    stay: Stay, *, by: Staff, needs: Sequence[str] = (), intensity: str = "", words: str = ""
) -> CaseMark:
    """Mark which complex needs somebody has and how intensive their support is.

    Both are keys of the pack's lists `complex_needs` and `intensity`. The score is the number of
    needs; from `complex_from` on the person weighs `complex_weight` hundredths on a caseload.

    Refused for what is not on the list. Sources: key worker position description (source 000), 10
    to 12 clients; co-ordinator job description (source 004), 3.
    """
    pack = stay.pack
    _known(pack, "complex_needs", needs, "needs")
    _known(pack, "intensity", [intensity] if intensity else [], "intensity")
    chosen = list(dict.fromkeys(needs))
    CaseMark.objects.filter(stay=stay, replaced_at=None).update(replaced_at=clock.now())
    return CaseMark.objects.create(
        stay=stay,
        needs=chosen,
        score=len(chosen),
        intensity=intensity,
        words=words,
        weight=_weight(pack, len(chosen)),
        marked_on=stay.scheme.today(),
        marked_by=by,
    )


def _known(pack: Pack, offered: str, keys: Iterable[str], field: str) -> None:
    if set(keys) - {choice.key for choice in pack.choices(offered)}:
        raise Refused("That is not on the list.", instead="Choose what is.", field=field)


def _weight(pack: Pack, score: int) -> int:
    return int(pack.limit("complex_weight")) if score >= int(pack.limit("complex_from")) else USUAL


@operation("joint_work.arranged", needs=Action.ALLOCATE_KEY_WORKER, unless=cannot_be_named)
def arrange_jointly(
    stay: Stay,
    *,
    by: Staff,
    workers: Sequence[Staff],
    overseer: Staff,
    shares: Sequence[tuple[str, Staff]],
) -> JointArrangement:
    """Share the work with somebody between their key worker and one or more others.

    The key worker stays the first contact. `shares` gives each duty of a key worker in the pack
    to one of them; `overseer` looks after the arrangement. An earlier one ends the same day.

    Refused without a key worker or a second worker, with an overseer who is one of them, and when
    a duty has nobody or two. Source: named worker policy (source 002), Roles.
    """
    pack = stay.pack
    lead = current_allocation(stay)
    if not pack.has("joint_key_workers"):
        raise Refused(
            f"One {pack.term('key_worker').singular} works with each person here.",
            instead="Ask whoever looks after the practice of this service.",
        )
    if lead is None:
        raise Refused("Nobody is the first contact.", instead="Name somebody first.")
    everybody = {lead.worker_id: lead.worker, **{one.pk: one for one in workers}}
    _require_pair(stay, everybody.values(), overseer)
    _require_each_once(pack, everybody, shares)
    today = stay.scheme.today()
    JointArrangement.objects.filter(stay=stay, ended_on=None).update(ended_on=today)
    made = JointArrangement.objects.create(
        stay=stay, overseer=overseer, begun_on=today, set_up_by=by
    )
    JointWorker.objects.bulk_create(
        JointWorker(arrangement=made, worker=one) for one in everybody.values()
    )
    JointShare.objects.bulk_create(
        JointShare(arrangement=made, duty=duty, worker=one) for duty, one in shares
    )
    return made


def _require_pair(stay: Stay, everybody: Iterable[Staff], overseer: Staff) -> None:
    those = list(everybody)
    if len(those) == 1:
        raise Refused("That is one worker.", instead="Choose at least one more.", field="workers")
    here = {membership.staff_id for membership in may_hold(stay.scheme)}
    for one in those:
        if one.pk not in here:
            raise Refused(
                f"{one} does not hold cases here.", instead="Choose somebody else.", field="workers"
            )
    if overseer in those:
        raise Refused(
            f"{overseer} is one of those who share the work.",
            instead="Let somebody else oversee it.",
            field="overseer",
        )


def _require_each_once(
    pack: Pack, everybody: Iterable[object], shares: Sequence[tuple[str, Staff]]
) -> None:
    counted, known = Counter(duty for duty, _ in shares), set(everybody)
    for duty in shared_duties(pack):
        if not counted[duty.key]:
            raise Refused(
                f"Nobody has “{duty.says}”.", instead="Give it to one of them.", field=duty.key
            )
        if counted[duty.key] > 1:
            raise Refused(
                f"“{duty.says}” is given twice.", instead="Leave it with one.", field=duty.key
            )
    for duty_key, worker in shares:
        if worker.pk not in known:
            raise Refused(
                f"{worker} does not share this work.",
                instead="Choose one of those who do.",
                field=duty_key,
            )


def has_ended(arrangement: JointArrangement) -> Refused | None:
    if arrangement.ended_on is None:
        return None
    return Refused("The work is not shared any longer.", instead="Share it anew.")


@operation("joint_work.ended", needs=Action.ALLOCATE_KEY_WORKER, unless=has_ended)
def end_joint_work(arrangement: JointArrangement, *, by: Staff) -> JointArrangement:
    """End the shared work; the key worker has every duty again."""
    arrangement.ended_on = arrangement.scheme.today()
    arrangement.save(update_fields=["ended_on"])
    return arrangement


@operation("joint_work.logged", needs=Action.WRITE_NOTE, unless=has_ended)
def write_joint_entry(
    arrangement: JointArrangement, *, by: Staff, kind: str, words: str, on: date | None = None
) -> JointEntry:
    """Write into the log of shared work: something to know, that they conferred, or a check.

    Refused for who neither shares nor oversees the work, and a check for all but the overseer.

    Source: named worker policy (source 002), Roles: in close touch; check on their effectiveness.
    """
    shares = arrangement.workers.filter(worker=by).exists()
    oversees = arrangement.overseer_id == by.pk
    if kind == EntryKind.CHECK and not oversees:
        raise NotPermitted(
            f"{arrangement.overseer} checks this.", instead="Write down what you noticed instead."
        )
    if not (shares or oversees):
        raise NotPermitted("You do not share this work.", instead="Tell one of those who do.")
    if not words.strip():
        raise Refused("Nothing is written.", instead="Say what it is.", field="words")
    day = on or arrangement.scheme.today()
    if not arrangement.begun_on <= day <= arrangement.scheme.today():
        raise Refused("That is not a day of this arrangement.", instead="Check it.", field="on")
    return JointEntry.objects.create(
        arrangement=arrangement, kind=EntryKind(kind), words=words.strip(), on=day, written_by=by
    )


@operation("relationship.rated", needs=Action.ASK_FOR_CHANGE_OF_KEY_WORKER, unless=cannot_be_named)
def rate_relationship(stay: Stay, *, by: Actor, rating: int, words: str = "") -> RelationshipRating:
    """Record how somebody finds working with their key worker, from 1 to 5.

    Refused without a key worker, and for the worker it is about. Source: named worker policy
    (source 002), Policy statement: a professional relationship.
    """
    current = current_allocation(stay)
    if current is None:
        raise Refused("There is nobody to ask about.", instead="Name somebody first.")
    if by.actor_id == current.worker_id:
        raise NotPermitted("This is about you.", instead="Let a colleague ask.")
    return RelationshipRating.objects.create(
        stay=stay,
        worker=current.worker,
        rating=rating,
        words=words,
        rated_on=stay.scheme.today(),
        **made_by(by),
    )
