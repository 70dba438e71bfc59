"""Swapping: offered, agreed by the colleague, approved by a leader; then the rota changes."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rota.models import Swap, SwapAnswer, SwapDecision, Turn
from alongside.rota.operations.placing import off_already, require_free, shift_of, strike


def begun_or_off(turn: Turn) -> Refused | None:
    if turn.starts_at <= clock.now():
        return Refused("This shift has begun.", instead="Ask whoever leads the shift.")
    return off_already(turn)


@operation("swap.offered", needs=None, unless=begun_or_off)
def offer_swap(
    turn: Turn, *, by: Staff, to_worker: Staff, in_exchange: Turn | None = None, words: str = ""
) -> Swap:
    """Offer one's shift to a colleague, for one of theirs or for nothing.

    Refused for somebody else's shift, to somebody who does not work here, and for a shift in
    exchange that is not the colleague's or has begun.
    """
    if by.pk != turn.worker_id:
        raise NotPermitted("This is not your shift.", instead="Let them offer it themselves.")
    if to_worker.pk == by.pk:
        raise Refused("That is you.", instead="Choose a colleague.", field="to_worker")
    if not Staff.objects.at(turn.scheme).filter(pk=to_worker.pk).exists():
        raise Refused(
            f"{to_worker} does not work here.", instead="Choose somebody who does.",
            field="to_worker",
        )  # fmt: skip
    if in_exchange and (in_exchange.worker_id != to_worker.pk or begun_or_off(in_exchange)):
        raise Refused(
            f"That shift is not {to_worker}’s to give.",
            instead="Choose one of theirs that is to come.",
            field="in_exchange",
        )
    return Swap.objects.create(
        turn=turn, to_worker=to_worker, in_exchange=in_exchange, words=words.strip()
    )


def cannot_answer(swap: Swap) -> Refused | None:
    if swap.answer:
        return Refused("This has been answered.", instead="You need do nothing.")
    return begun_or_off(swap.turn)


@operation("swap.answered", needs=None, unless=cannot_answer)
def answer_swap(swap: Swap, *, by: Staff, agree: bool) -> Swap:
    """Say yes or no to a colleague's shift. Where the pack asks for no approval it holds at once.

    Refused for anybody but whoever it was offered to.
    """
    if by.pk != swap.to_worker_id:
        raise NotPermitted(
            f"It was offered to {swap.to_worker}.", instead="Let them answer for themselves."
        )
    swap.answer = SwapAnswer.AGREED if agree else SwapAnswer.DECLINED
    swap.answered_at = clock.now()
    swap.save(update_fields=["answer", "answered_at"])
    if agree and not swap.scheme.pack.has("swap_needs_approval"):
        return _decide(swap, by, SwapDecision.APPROVED, "")
    return swap


def cannot_decide(swap: Swap) -> Refused | None:
    if swap.decision:
        return Refused("This has been decided.", instead="Look at the rota.")
    if swap.answer != SwapAnswer.AGREED:
        return Refused(f"{swap.to_worker} has not agreed.", instead="Wait for their answer.")
    return begun_or_off(swap.turn)


@operation("swap.decided", needs=Action.KEEP_ROTA, unless=cannot_decide)
def decide_swap(swap: Swap, *, by: Staff, approve: bool, decision_words: str = "") -> Swap:
    """Approve a swap, which changes the rota, or refuse it, which leaves it as it is.

    Refused for one's own, and when one of the two is away or down for something else then.
    """
    if by.pk in {swap.to_worker_id, swap.turn.worker_id}:
        raise NotPermitted("This is your own swap.", instead="Another leader decides on it.")
    decision = SwapDecision.APPROVED if approve else SwapDecision.REFUSED
    return _decide(swap, by, decision, decision_words)


def _decide(swap: Swap, by: Staff, decision: str, words: str) -> Swap:
    swap.decision, swap.decided_by, swap.decided_at = decision, by, clock.now()
    swap.decision_words = words.strip()
    swap.save(update_fields=["decision", "decided_by", "decided_at", "decision_words"])
    if decision == SwapDecision.APPROVED:
        _exchange(swap, by)
    return swap


def _exchange(swap: Swap, by: Staff) -> None:
    """Strike both lines first, so that neither stands in the way of the other."""
    because = f"Swapped by {swap.turn.name} and {swap.to_worker}"
    strike(swap.turn, by, because)
    if swap.in_exchange:
        strike(swap.in_exchange, by, because)
    take_over(swap.turn, by=by, worker=swap.to_worker)
    if swap.in_exchange and swap.turn.worker:
        take_over(swap.in_exchange, by=by, worker=swap.turn.worker)


@operation("rota.taken_over", needs=None)
def take_over(turn: Turn, *, by: Staff, worker: Staff) -> Turn:
    """Put the other one down for a shift that was swapped."""
    require_free(turn.scheme, worker, turn.on, shift_of(turn.scheme, turn.shift))
    return Turn.objects.create(
        scheme=turn.scheme,
        on=turn.on,
        shift=turn.shift,
        worker=worker,
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        placed_by=by,
        instead_of=turn,
    )
