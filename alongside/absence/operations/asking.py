"""Asking somebody else for a session, and encouraging a resident to have it."""

from __future__ import annotations

from datetime import date

from alongside.absence.models import Encouragement, SessionAsked
from alongside.absence.operations.checks import known
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("session.asked_of", needs=Action.BOOK_SESSION, unless=already_ended)
def ask_for_session(stay: Stay, *, by: Actor, to_worker: Staff, words: str = "") -> SessionAsked:
    """Ask the manager or a colleague for a session while the key worker is away.

    It waits with them until a session with them is booked.
    Refused when they do not work here. Source: Key Working, step 3.
    """
    if not Staff.objects.at(stay.scheme).filter(pk=to_worker.pk).exists():
        raise Refused(
            f"{to_worker} does not work here.", instead="Ask somebody who does.", field="to_worker"
        )
    return SessionAsked.objects.create(
        stay=stay, to_worker=to_worker, words=words.strip(), **made_by(by)
    )


@operation("session.encouraged", needs=Action.WRITE_NOTE, unless=already_ended)
def encourage(
    stay: Stay,
    *,
    by: Staff,
    on: date,
    offered: str,
    answer: str,
    with_worker: Staff | None = None,
    words: str = "",
) -> Encouragement:
    """Write down that somebody was encouraged to have their session all the same.

    `offered` and `answer` are keys of the pack's lists `encouragement` and
    `encouragement_answers`.
    Refused when it lies ahead or outside the stay. Source: Key Working, step 3.
    """
    pack = stay.pack
    stay.require_current(on=on, field="on")
    known(pack.choices("encouragement"), offered, words, field="offered", more="words")
    known(pack.choices("encouragement_answers"), answer, words, field="answer", more="words")
    return Encouragement.objects.create(
        stay=stay,
        on=on,
        offered=offered,
        answer=answer,
        with_worker=with_worker,
        words=words.strip(),
        recorded_by=by,
    )
