"""Filling in a form in somebody's file, finishing it, signing it, putting it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import answers_to
from alongside.paperwork.answering import say_which
from alongside.paperwork.content import (
    RESIDENT,
    WORKER,
    asked_here,
    cannot_be_signed,
    corrected,
)
from alongside.practice.actions import Action
from alongside.practice.sheets import About
from alongside.sheets import keeping
from alongside.sheets.facts import GATE
from alongside.sheets.gates import TRAINING
from alongside.sheets.models import Sheet
from alongside.sheets.reading import content_of
from alongside.signatures.models import Signature
from alongside.signatures.signing import (
    Mark,
    No,
    refuse_to_sign,
    sign_for_resident,
    sign_for_worker,
)
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


def is_finished(sheet: Sheet) -> Refused | None:
    """A finished form is not written on again."""
    if sheet.is_draft():
        return None
    return Refused(
        "This form is finished and cannot be changed.",
        instead="If something on it is wrong, put it right in a new one.",
    )


@operation("form.begun", needs=Action.WRITE_NOTE, unless=already_ended)
def begin_form(
    stay: Stay,
    *,
    by: Staff,
    key: str,
    answers: Mapping[str, Any],
    finish: bool = False,
    which: str = "",
) -> Sheet:
    """Fill in a form about somebody, and `finish` it or keep it to go on with later.

    `which` says which of several things that wait for it this one answers. Refused when the
    practice here offers no such form in a file, and, to finish, while a required question is open
    or it is not said which of them it answers.
    """
    if asked_here(stay, key) is None:
        raise Refused(
            "There is no such form here.", instead="Choose one of those that are offered."
        )
    sheet = keeping.answer(keeping.begin_sheet(stay.scheme, key, by=by, stay=stay), answers, by=by)
    say_which(sheet, which, finish=finish)
    return keeping.finish(sheet, by=by) if finish else sheet


@operation("team_form.finished", needs=Action.MANAGE_STAFF)
def fill_in_about_the_team(
    scheme: Scheme,
    *,
    by: Staff,
    key: str,
    answers: Mapping[str, Any],
    worker: Staff | None = None,
    which: str = "",
) -> Sheet:
    """Fill in and finish a form about a colleague (`worker`), or about the service.

    Refused when the practice offers no such form, about somebody who does not work here, and
    while a required question is open.
    """
    asked = scheme.pack.sheets.get(key)
    wanted = About.STAFF if worker else About.SCHEME
    if asked is None or asked.about is not wanted:
        raise Refused(
            "There is no such form here.", instead="Choose one of those that are offered."
        )
    if worker and not worker.memberships.filter(scheme=scheme).exists():
        raise Refused(f"{worker} does not work here.", instead="Choose somebody who does.")
    return _finished(scheme, key, answers, by=by, worker=worker, which=which)


@operation("form_of_who_answers_to_one.finished", needs=Action.READ_FILE)
def fill_in_about_who_answers_to_me(
    scheme: Scheme,
    *,
    by: Staff,
    key: str,
    answers: Mapping[str, Any],
    worker: Staff,
    which: str = "",
) -> Sheet:
    """Fill in and finish a form about a colleague whose line manager one is: supervision, goals.

    Refused about anybody else, when the practice offers no such form, and while a required
    question is open.

    Source: Supported Living Co-ordinator job description (source 004), 2: level 2 workers.
    """
    asked = scheme.pack.sheets.get(key)
    if asked is None or asked.about is not About.STAFF:
        raise Refused(
            "There is no such form here.", instead="Choose one of those that are offered."
        )
    if not answers_to(worker, by, scheme):
        raise Refused(
            f"{worker} does not answer to you here.", instead="Leave it to their line manager."
        )
    return _finished(scheme, key, answers, by=by, worker=worker, which=which)


@operation("own_form.finished", needs=Action.READ_FILE)
def fill_in_about_myself(
    scheme: Scheme, *, by: Staff, key: str, answers: Mapping[str, Any], which: str = ""
) -> Sheet:
    """Fill in and finish a form about oneself: external supervision one went to, say.

    Refused when the practice offers no such form, and while a required question is open.
    """
    asked = scheme.pack.sheets.get(key)
    if asked is None or asked.about is not About.STAFF:
        raise Refused(
            "There is no such form here.", instead="Choose one of those that are offered."
        )
    return _finished(scheme, key, answers, by=by, worker=by, which=which)


def _finished(
    scheme: Scheme,
    key: str,
    answers: Mapping[str, Any],
    *,
    by: Staff,
    worker: Staff | None,
    which: str,
) -> Sheet:
    sheet = keeping.begin_sheet(scheme, key, by=by, worker=worker)
    keeping.answer(sheet, _with_its_end(scheme, key, answers), by=by)
    say_which(sheet, which, finish=True)
    return keeping.finish(sheet, by=by)


def _with_its_end(scheme: Scheme, key: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was shown counts as long as the practice says, unless the form says until when."""
    gate = scheme.pack.training_gates.get(str(answers.get(GATE, ""))) if key == TRAINING else None
    if gate is None or gate.valid_for is None:
        return answers
    if answers.get("expires_on") or answers.get("target_on"):
        return answers
    return {**answers, "expires_on": gate.valid_for.after(scheme.today()).isoformat()}


@operation("form.answered", needs=Action.WRITE_NOTE, unless=is_finished)
def go_on(
    sheet: Sheet,
    *,
    by: Staff,
    answers: Mapping[str, Any],
    version: int | None = None,
    finish: bool = False,
    which: str = "",
) -> Sheet:
    """Answer more of a form that was begun, and `finish` it if everything is there.

    Refused when somebody else answered the same question meanwhile: both answers are shown.
    """
    kept = keeping.answer(sheet, answers, by=by, version=version)
    say_which(kept, which, finish=finish)
    return keeping.finish(kept, by=by) if finish else kept


@operation("form.corrected", needs=Action.CORRECT_NOTE, unless=corrected)
def put_right(sheet: Sheet, *, by: Staff, answers: Mapping[str, Any], which: str = "") -> Sheet:
    """Put a finished form right in a new one, which names the one it corrects.

    The earlier one stays readable. `which` says which of several things it really answers.
    Refused when nothing would change.
    """
    same = which in {"", sheet.answers_to}
    if same and all(sheet.answers.get(key) == value for key, value in answers.items()):
        raise Refused("Nothing was changed.", instead="Change what is wrong, or leave it as it is.")
    right = keeping.correct(sheet, answers, by=by)
    if not same:
        say_which(right, which, finish=True)
    return right


@operation("form.signed_by_resident", needs=Action.WRITE_NOTE, unless=cannot_be_signed(RESIDENT))
def sign_form_as_resident(sheet: Sheet, *, by: Staff, mark: Mark) -> Signature:
    """Take the person's own signature under exactly these answers."""
    return sign_for_resident(sheet, _stay(sheet), content_of(sheet), mark=mark, taken_by=by)


@operation("form.signed_by_worker", needs=Action.WRITE_NOTE, unless=cannot_be_signed(WORKER))
def sign_form_as_worker(sheet: Sheet, *, by: Staff, mark: Mark) -> Signature:
    """Sign for the service under exactly these answers."""
    return sign_for_worker(sheet, _stay(sheet), content_of(sheet), mark=mark, staff=by)


@operation("form.refused", needs=Action.WRITE_NOTE, unless=cannot_be_signed(RESIDENT))
def refuse_form(sheet: Sheet, *, by: Staff, no: No) -> Signature:
    """Record that the person does not sign, and why. The form stands; it never counts as signed."""
    return refuse_to_sign(sheet, _stay(sheet), content_of(sheet), no=no, taken_by=by)


def _stay(sheet: Sheet) -> Stay:
    if sheet.stay is None:
        raise Refused("This form is about nobody’s stay.", instead="Fill in one from their file.")
    return sheet.stay
