"""Asking a colleague for something once, changing what is asked, and saying what came of it."""

from __future__ import annotations

from datetime import date

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.other_duties.models import Answer, Asking, Kind, OtherDuty, Outcome
from alongside.other_duties.queries import (
    answers_of,
    askings_of,
    owes_it,
    reads_file,
    standing_answer,
    works_at,
)
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def is_settled(other_duty: OtherDuty) -> Refused | None:
    """What is done or was taken back stays as it is."""
    if other_duty.taken_back_at:
        return Refused("This was taken back.", instead="Ask for it again, if it is needed.")
    if standing_answer(other_duty):
        return Refused("This is done already.", instead="If it is not, say so first, and why.")
    return None


def not_done(other_duty: OtherDuty) -> Refused | None:
    """Only what was said to be done is said not to be."""
    if standing_answer(other_duty):
        return None
    return Refused("This is not done yet.", instead="There is nothing to put right.")


@operation("other_duty.given", needs=Action.GIVE_OTHER_DUTY)
def give_other_duty(
    scheme: Scheme,
    *,
    by: Staff,
    to: Staff,
    what: str,
    why: str,
    due_on: date,
    kind: str = Kind.TASK,
    stay: Stay | None = None,
) -> OtherDuty:
    """Ask somebody who works here for something once: what, why, and by when.

    Refused for a past day, for somebody who left or works elsewhere, and about somebody whose
    file one of the two may not read.

    Source: position description, other reasonable duties as requested by the manager; job
    description, other duties as directed by a line manager, and all reasonable training.
    """
    if stay and stay.scheme_id != scheme.pk:
        raise Refused(
            f"{stay.resident.name} does not live here.",
            instead="Choose somebody who does.",
            field="stay",
        )
    _can_be_asked(scheme, stay, by=by, to=to)
    made = OtherDuty.objects.create(
        scheme=scheme, stay=stay, kind=Kind(kind), asked_by=by, asked_on=scheme.today()
    )
    _ask(made, number=1, by=by, to=to, what=what, why=why, due_on=due_on)
    return made


@operation("other_duty.changed", needs=Action.GIVE_OTHER_DUTY, unless=is_settled)
def change_other_duty(
    other_duty: OtherDuty,
    *,
    by: Staff,
    to: Staff,
    what: str,
    why: str,
    due_on: date,
    because: str,
) -> Asking:
    """Put right what is asked, move its day, or give it to somebody else, and say why.

    What was asked before stays beside it. Refused as `give_other_duty` is; a day that is past may
    stand only as it stood.
    """
    _require(because, "because", "It was asked otherwise before.", "Say why it is changed.")
    latest = askings_of(other_duty)[0]
    if to != latest.to:
        _can_be_asked(other_duty.scheme, other_duty.stay, by=by, to=to)
    latest.replaced_at = clock.now()
    latest.save(update_fields=["replaced_at"])
    return _ask(
        other_duty, number=latest.number + 1, by=by, to=to, what=what, why=why, due_on=due_on,
        because=because.strip(), was_due=latest.due_on,
    )  # fmt: skip


@operation("other_duty.taken_back", needs=Action.GIVE_OTHER_DUTY, unless=is_settled)
def take_back_other_duty(other_duty: OtherDuty, *, by: Staff, because: str) -> OtherDuty:
    """Take it back, with the reason. It is owed no longer."""
    _require(because, "because", "It was asked for.", "Say why it is not needed.")
    other_duty.taken_back_at, other_duty.taken_back_by = clock.now(), by
    other_duty.taken_back_because = because.strip()
    other_duty.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    return other_duty


@operation("other_duty.answered", needs=None, unless=is_settled)
def answer_other_duty(
    other_duty: OtherDuty, *, by: Staff, on: date, words: str, outcome: str = Outcome.DONE
) -> Answer:
    """Say that it is done, or whether the training was attended, in one's own words.

    Training that was not attended is owed still. Refused to anybody but whoever was asked or
    stands in for them, for a day to come, for one before it was asked for, and when it is done
    already.
    """
    if not owes_it(by, other_duty):
        asked = askings_of(other_duty)[0].to
        raise NotPermitted(f"{asked} was asked for this.", instead="Ask them how it went.")
    answers = OUTCOMES[Kind(other_duty.kind)]
    if outcome not in answers:
        raise Refused("That is no answer to this.", instead="Choose one of them.", field="outcome")
    if on > other_duty.scheme.today():
        raise Refused("That day is still to come.", instead="Say it on the day.", field="on")
    if on < other_duty.asked_on:
        raise Refused(
            f"It was asked for on {other_duty.asked_on:%-d %B %Y}.",
            instead="Enter that day or a later one.",
            field="on",
        )
    _require(words, "words", "Whoever asked wants to know how it went.", "Say it in a few words.")
    return Answer.objects.create(
        other_duty=other_duty, outcome=Outcome(outcome), on=on, words=words.strip(), said_by=by
    )


OUTCOMES = {
    Kind.TASK: (Outcome.DONE,),
    Kind.TRAINING: (Outcome.ATTENDED, Outcome.NOT_ATTENDED),
}


@operation("other_duty.reopened", needs=None, unless=not_done)
def reopen_other_duty(other_duty: OtherDuty, *, by: Staff, because: str) -> Answer:
    """Say that it is not done after all, and why. It is owed again; what was said stays on file.

    Refused to anybody but who said it was done and those who give such duties here.
    """
    said = next(one for one in answers_of(other_duty) if one.outcome in DONE and _stands(one))
    if said.said_by_id != by.pk and not by.may(Action.GIVE_OTHER_DUTY, other_duty):
        raise NotPermitted(f"{said.said_by} said so.", instead="Ask them, or whoever asked for it.")
    _require(because, "because", "It was said to be done.", "Say why it is not.")
    said.withdrawn_at, said.withdrawn_by = clock.now(), by
    said.withdrawn_because = because.strip()
    said.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    return said


DONE = (Outcome.DONE, Outcome.ATTENDED)


def _stands(answer: Answer) -> bool:
    return answer.withdrawn_at is None


def _ask(
    other_duty: OtherDuty,
    *,
    number: int,
    by: Staff,
    to: Staff,
    what: str,
    why: str,
    due_on: date,
    because: str = "",
    was_due: date | None = None,
) -> Asking:
    _require(what, "what", "Nobody can do what is not said.", "Say what is to be done.")
    _require(why, "why", "Whoever is asked wants to know why.", "Say why it is needed.")
    if due_on < other_duty.scheme.today() and due_on != was_due:
        raise Refused("That day is past.", instead="Choose today or a later day.", field="due_on")
    return Asking.objects.create(
        other_duty=other_duty, number=number, to=to, what=what.strip(), why=why.strip(),
        due_on=due_on, because=because, written_by=by,
    )  # fmt: skip


def _can_be_asked(scheme: Scheme, stay: Stay | None, *, by: Staff, to: Staff) -> None:
    if not works_at(to, scheme):
        raise Refused(f"{to} does not work here.", instead="Choose somebody who does.", field="to")
    if stay is None:
        return
    for who in (by, to):
        if not reads_file(who, stay):
            raise Refused(
                f"{who} may not open the file of {stay.resident.name}."
                if who == to
                else "You may not open that file.",
                instead="Ask somebody who may, or leave out whom it is about.",
                field="to" if who == to else "stay",
            )


def _require(said: str, field: str, because: str, instead: str) -> None:
    if not said.strip():
        raise Refused(because, instead=instead, field=field)
