"""Which of several things that are owed a form answers: the complaint, of a reply to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.duties.models import Duty, State
from alongside.duties.words import fact_says
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.contents import Pack
from alongside.practice.duties import FORM_DONE, DutyKind, DutyRule
from alongside.practice.sheets import QuestionKind
from alongside.sheets.forms import NONE_OF_THEM, WHICH
from alongside.sheets.keeping import say_what_it_answers
from alongside.sheets.models import Sheet
from alongside.sheets.reading import rows_of
from alongside.stays.models import Stay

MOST = 50
FIRST_WORDS = 80
IN_WORDS = (QuestionKind.LONG_TEXT, QuestionKind.TEXT)


@dataclass(frozen=True, slots=True)
class Whom:
    """What a form is about: somebody who stays here, a colleague, or the service."""

    kind: str
    key: UUID
    scheme: Scheme
    pack: Pack

    @classmethod
    def of(cls, subject: Stay | Scheme, worker: Staff | None = None) -> Whom:
        if isinstance(subject, Stay):
            return cls("stay", subject.pk, subject.scheme, subject.pack)
        if worker:
            return cls("staff", worker.pk, subject, subject.pack)
        return cls("scheme", subject.pk, subject, subject.pack)

    @classmethod
    def of_sheet(cls, sheet: Sheet) -> Whom:
        return cls.of(sheet.stay or sheet.scheme, sheet.worker)


def things_to_answer(
    whom: Whom, key: str, *, reader: Staff, now: str = ""
) -> list[tuple[str, str]]:
    """What waits for a form of that key, each by its ref and in words; the oldest first.

    `now` is what the form answers as it stands, which is offered though it waits no longer. Two
    queries; none when no rule of the practice lets a form answer one of several.
    """
    waiting = _waiting(whom, key, now)
    sheets = _sheets(waiting)
    return [(ref, _says(whom.pack, *waiting[ref], sheets.get(ref), reader)) for ref in waiting]


def say_which(sheet: Sheet, said: str, *, finish: bool) -> None:
    """Keep which of them a form answers. What alone waits for it is answered without asking.

    Refused when that waits no longer, and, to finish, when several wait and none was chosen.
    """
    if said == NONE_OF_THEM:
        say_what_it_answers(sheet, str(sheet.pk))
        return
    if sheet.answers_to == str(sheet.pk) and not said:
        return
    before = sheet.corrects.answers_to if sheet.corrects else ""
    waiting = _waiting(Whom.of_sheet(sheet), sheet.key, before)
    wanted = said or sheet.answers_to
    if wanted and wanted not in waiting:
        raise Refused(
            "What this was to answer no longer waits for an answer.",
            instead="Choose another, or none of them.",
            field=WHICH,
        )
    if not wanted and finish and len(waiting) > 1:
        raise Refused(
            f"{len(waiting)} things wait for this form, and one form answers one of them.",
            instead="Choose which one this answers.",
            field=WHICH,
        )
    alone = next(iter(waiting)) if len(waiting) == 1 and finish else ""
    say_what_it_answers(sheet, wanted or alone)


def _rules(pack: Pack, key: str) -> dict[str, DutyRule]:
    return {
        rule.key: rule
        for rule in pack.duties
        if rule.kind is DutyKind.EACH
        and rule.closes_one
        and rule.done_by == f"{FORM_DONE}{key}"
        and rule.anchor.partition(":")[2] != key
    }


def _waiting(whom: Whom, key: str, now: str) -> dict[str, tuple[DutyRule, Duty]]:
    """What is owed that a form of that key closes, by the record that each is about."""
    if not (rules := _rules(whom.pack, key)):
        return {}
    still = Q(state__in=[State.OPEN, State.PAUSED])
    if now:
        still |= Q(ref=now)
    owed = Duty.objects.about(whom.kind, [whom.key]).filter(
        still, scheme=whom.scheme, key__in=rules
    )
    rows = owed.exclude(ref="").order_by("period_from", "ref")[:MOST]
    return {duty.ref: (rules[duty.key], duty) for duty in rows}


def _sheets(waiting: dict[str, Any]) -> dict[str, Sheet]:
    keys = [key for ref in waiting if (key := _key(ref))]
    found = Sheet.objects.for_page().filter(pk__in=keys) if keys else ()
    return {str(sheet.pk): sheet for sheet in found}


def _key(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None


def _says(pack: Pack, rule: DutyRule, duty: Duty, sheet: Sheet | None, reader: Staff) -> str:
    """ "Complaint, 3 April 2026, written down by Amina Hassan: The heating has been off"."""
    day = f"{duty.period_from:%-d %B %Y}"
    if sheet is None:
        return f"{fact_says(pack, rule.anchor)}, {day}"
    by = f", written down by {sheet.begun_by}" if sheet.begun_by else ""
    said = _first_words(sheet, reader)
    short = said if len(said) <= FIRST_WORDS else f"{said[:FIRST_WORDS].rsplit(' ', 1)[0]} …"
    return f"{sheet.asked.says}, {day}{by}" + (f": {short}" if short else "")


def _first_words(sheet: Sheet, reader: Staff) -> str:
    """What somebody told in it, as far as this reader may read it."""
    rows = [row for row in rows_of(sheet, reader=reader) if row.answer]
    told = (row.answer for kind in IN_WORDS for row in rows if row.question.kind is kind)
    return next(told, "")
