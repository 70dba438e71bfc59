"""Asking for another key worker, and the manager's decision. The old worker has no veto."""

from __future__ import annotations

from datetime import date

from alongside.allocations.models import LEAD, ChangeRequest, Decision, Method
from alongside.allocations.operations.allocating import cannot_be_named, require_words, take_over
from alongside.allocations.queries import caseload, current_allocation
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay
from alongside.stays.operations import case_is_closed

REASONS = "change_of_key_worker"


def already_decided(request: ChangeRequest) -> Refused | None:
    """A request is answered once."""
    if request.decided_on is None:
        return None
    return Refused("This request has been answered.", instead="Ask again if it is needed.")


@operation("change.asked", needs=Action.ASK_FOR_CHANGE_OF_KEY_WORKER, unless=cannot_be_named)
def ask_for_change(stay: Stay, *, by: Actor, reason: str, words: str = "") -> ChangeRequest:
    """Ask for another key worker: the resident for themselves, or any member of staff.

    `reason` is a key of the pack's list `change_of_key_worker`; who may begin which is the
    pack's. What is written is confidential.
    Refused when there is no key worker, one was asked for already, or this is not theirs to ask.
    Source: key worker guidance (source 003).
    """
    current = current_allocation(stay)
    if current is None:
        word = stay.pack.term("key_worker").singular
        raise Refused(f"There is no {word} to change.", instead="Name one instead.")
    require_words(stay.scheme.pack.reasons(REASONS), reason, words, field="words")
    _require_may_begin(stay, by, reason)
    return ChangeRequest.objects.create(
        stay=stay,
        about=current.worker,
        asked_on=stay.scheme.today(),
        asked_reason=reason,
        words=words,
        **made_by(by),
    )


def _require_may_begin(stay: Stay, by: Actor, reason: str) -> None:
    found = stay.scheme.pack.reasons(REASONS).get(reason)
    if found is None:
        raise Refused("No reason was chosen.", instead="Choose the nearest.", field="reason")
    roles = by.roles_at(stay.scheme_id) if isinstance(by, Staff) else [by.ACTOR_KIND]
    if found.started_by and not set(roles) & set(found.started_by) and by.ACTOR_KIND != "system":
        raise Refused(
            f"“{found.says}” is not yours to bring.",
            instead=f"Choose another reason, or speak to {stay.scheme.one('manager')}.",
            field="reason",
        )


@operation("change.decided", needs=Action.DECIDE_CHANGE_OF_KEY_WORKER, unless=already_decided)
def decide_change(
    request: ChangeRequest,
    *,
    by: Staff,
    decision: str,
    reason: str,
    decision_words: str = "",
    successor: Staff | None = None,
    override_reason: str = "",
    feedback: str = "",
) -> ChangeRequest:
    """Decide on another key worker: "change" to a successor, or "keep", always with a reason.

    `reason` is one of the pack's reasons or "other"; `feedback` is what the resident said to it.
    The successor follows in the same moment, so that nobody is without.
    Refused for the worker it is about, without a successor where there is to be one, and as
    `allocate` is when the successor is full. Source: key worker guidance (source 003).
    """
    if by.pk == request.about_id:
        raise NotPermitted("This request is about you.", instead="Somebody else decides on it.")
    stay = request.stay
    if not reason:
        raise Refused("A decision needs its reason.", instead="Choose one.", field="reason")
    require_words(stay.scheme.pack.reasons(REASONS), reason, decision_words, field="decision_words")
    if decision == Decision.CHANGE:
        _follow(request, by, successor, override_reason)
    elif decision != Decision.KEEP:
        raise Refused("That is not a decision.", instead="Change or keep.", field="decision")
    request.decision, request.decided_by = decision, by
    request.decided_on, request.reason = stay.scheme.today(), reason
    request.decision_words = decision_words
    request.successor = successor if decision == Decision.CHANGE else None
    if feedback.strip():
        _note_feedback(request, by, feedback)
    request.save()
    return request


def _follow(request: ChangeRequest, by: Staff, successor: Staff | None, override: str) -> None:
    if successor is None:
        raise Refused(
            "Nobody was chosen to take over.",
            instead="Nobody is ever without: choose somebody.",
            field="successor",
        )
    if successor.pk == request.about_id:
        raise Refused(
            f"{successor} has this role now.",
            instead="Choose somebody else, or decide to keep them.",
            field="successor",
        )
    take_over(
        request.stay,
        by=by,
        worker=successor,
        role=LEAD,
        from_on=request.stay.scheme.today(),
        override_reason=override,
        method=Method.CHOSEN,
    )


@operation("key_worker.changed", needs=Action.DECIDE_CHANGE_OF_KEY_WORKER, unless=cannot_be_named)
def change_key_worker(
    stay: Stay,
    *,
    by: Staff,
    successor: Staff,
    reason: str,
    decision_words: str = "",
    override_reason: str = "",
    feedback: str = "",
) -> ChangeRequest:
    """Change the key worker on the manager's own motion: asked and decided in one act."""
    request = ChangeRequest.objects.filter(stay=stay, decided_on=None).first()
    request = request or ask_for_change(stay, by=by, reason=reason, words=decision_words)
    return decide_change(
        request,
        by=by,
        decision=Decision.CHANGE,
        reason=reason,
        decision_words=decision_words,
        successor=successor,
        override_reason=override_reason,
        feedback=feedback,
    )


@operation("change.withdrawn", needs=Action.ASK_FOR_CHANGE_OF_KEY_WORKER, unless=already_decided)
def withdraw_change(request: ChangeRequest, *, by: Actor) -> ChangeRequest:
    """Take a request back. Refused to everybody but whoever asked."""
    if by.actor_id not in {request.by_staff_id, request.by_resident_id}:
        raise NotPermitted("Somebody else asked for this.", instead="Let them take it back.")
    request.decision, request.decided_on = Decision.WITHDRAWN, request.scheme.today()
    request.save(update_fields=["decision", "decided_on"])
    return request


@operation("change.fed_back", needs=Action.ASK_FOR_CHANGE_OF_KEY_WORKER)
def feed_back(request: ChangeRequest, *, by: Staff, feedback: str) -> ChangeRequest:
    """Record what the resident said when they were told the decision."""
    if request.decided_on is None:
        raise Refused("Nothing has been decided yet.", instead="Decide first.", field="feedback")
    if not feedback.strip():
        raise Refused(
            "Nothing has been written yet.", instead="Write what they said.", field="feedback"
        )
    _note_feedback(request, by, feedback)
    request.save(update_fields=["feedback", "fed_back_on", "fed_back_by"])
    return request


def _note_feedback(request: ChangeRequest, by: Staff, feedback: str) -> None:
    request.feedback = feedback.strip()
    request.fed_back_on, request.fed_back_by = request.scheme.today(), by


@operation("changes.opened", needs=Action.DECIDE_CHANGE_OF_KEY_WORKER)
def open_changes(scheme: Scheme, *, by: Staff, worker: Staff, on: date | None = None) -> Staff:
    """Open a change of key worker for everybody a worker holds, who leaves or is long away.

    Those for whom one is open already are passed over. Gives the worker.
    """
    open_now = ChangeRequest.objects.unanswered().values_list("stay_id", flat=True)
    held = caseload(worker).filter(scheme=scheme).exclude(pk__in=list(open_now))
    for stay in held:
        ask_for_change(stay, by=by, reason="leaving_or_absent")
    return worker


@operation("change.opened_by_absence", needs=None, unless=case_is_closed)
def open_for_absence(
    stay: Stay, *, by: Actor, about: Staff, recorder: Staff, since: date
) -> ChangeRequest:
    """Open a change of key worker because the key worker is away for long; the manager decides.

    One that is open already stays as it is. `recorder` entered the absence, and is who asks.
    Source: key worker guidance (source 003), reason b.
    """
    if there := ChangeRequest.objects.filter(stay=stay, decided_on=None).first():
        return there
    return ChangeRequest.objects.create(
        stay=stay,
        about=about,
        asked_on=stay.scheme.today(),
        asked_reason="leaving_or_absent",
        words=f"Opened by the record of absence: {about} is away since {since:%-d %B %Y}.",
        by_staff=recorder,
    )
