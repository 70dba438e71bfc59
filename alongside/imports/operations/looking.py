"""Keeping what one look through a file found: every row's verdict, questions, rejected rows."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import SheetMapping
from alongside.imports.models import ImportRun, RowVerdict
from alongside.imports.plan import ImportPlan, Question, RowPlan
from alongside.imports.queries import Look
from alongside.imports.reading.sheets import is_empty, text_of
from alongside.imports.register import KnownPerson
from alongside.imports.rejects import write_rejected
from alongside.imports.verdicts import Reason, Verdict

FOUND_IN = ["counts", "notices", "questions", "duplicates", "mappings", "delimiter", "rejected"]
AT_ONCE, MOST_ROWS = 500, 20


def keep_look(run: ImportRun, look: Look, mappings: dict[str, SheetMapping]) -> None:
    """Write down what was found, in place of what an earlier look found."""
    plan = look.plan
    RowVerdict.objects.filter(run=run).delete()
    RowVerdict.objects.bulk_create(rows_of(run, look), batch_size=AT_ONCE)
    run.mappings = {sheet: mapping.to_json() for sheet, mapping in mappings.items()}
    run.delimiter = look.source.delimiter
    run.counts = counts_of(plan)
    run.notices = [_notice(notice) for notice in plan.notices]
    run.questions = _asked(plan)
    run.duplicates = [_pair(plan, pair.one, pair.other, pair.why) for pair in plan.duplicates]
    keep_rejected(run, look)
    run.save(update_fields=FOUND_IN)


def keep_rejected(run: ImportRun, look: Look) -> None:
    """The rejected rows as a file of their own, to be mended; none when nothing was rejected."""
    if run.rejected:
        run.rejected.delete(save=False)
    ending, content = write_rejected(look.plan, look.source.delimiter or ",")
    if content:
        run.rejected.save(f"rejected.{ending}", ContentFile(content), save=False)


def counts_of(plan: ImportPlan) -> dict[str, dict[str, int]]:
    sheets = dict.fromkeys(row.sheet for row in plan.rows)
    return {
        sheet: {str(verdict): number for verdict, number in plan.counts(sheet).items()}
        for sheet in sheets
    }


def rows_of(run: ImportRun, look: Look) -> list[RowVerdict]:
    """One verdict for each row, in the order in which they are taken in."""
    about = _names(look)
    return [
        RowVerdict(
            run=run,
            sheet=row.sheet[:120],
            number=row.row,
            order=order,
            kind=row.kind,
            verdict=str(row.verdict),
            about=about.get((row.sheet, row.row), "")[:200],
            reasons=[reason_words(reason) for reason in row.reasons],
            words=_words(row),
        )
        for order, row in enumerate(look.plan.rows)
    ]


def reason_words(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code,
        "cell": reason.cell,
        "heading": reason.heading,
        "found": reason.found,
        "because": reason.because,
        "instead": reason.instead,
    }


def _words(row: RowPlan) -> str:
    if row.verdict == Verdict.REPEAT:
        return row.words or f"The same as row {row.repeats}, cell by cell."
    return row.words


def _names(look: Look) -> dict[tuple[str, int], str]:
    """Whom each row says it is about; its first words when it names nobody."""
    found = {}
    for table in look.plan.tables:
        mapping = look.plan.mappings.get(table.name)
        if mapping is None or not mapping.kind:
            continue
        for record in table.records:
            name = RowInHand(table, mapping, record, look.setting).name_text()
            first = next((text_of(v) for v in record.values if not is_empty(v)), "")
            found[table.name, record.number] = name or first
    return found


def _notice(notice: Any) -> dict[str, str]:
    return {
        "sheet": notice.sheet,
        "what": notice.what,
        "where": notice.where,
        "words": notice.words,
    }


def _asked(plan: ImportPlan) -> dict[str, Any]:
    """Names to ask about, of people and of staff; rows that fit two; whom an answer may name."""
    people = [_person(p) for p in plan.register.people.values() if not p.row_rejected and p.stays]
    fingerprints = {(row.sheet, row.row, row.part): row.fingerprint for row in plan.rows}
    return {
        "people": sorted(people, key=lambda one: str(one["name"]).casefold()),
        "names": [_question(plan, one) for one in plan.questions if not one.which],
        "workers": [_worker(one) for one in plan.workers],
        "which": [
            {
                "text": one.text,
                "sheet": source.sheet,
                "row": source.row,
                "fingerprint": fingerprints[source.sheet, source.row, source.part],
                "suggestions": _offered(plan, one),
            }
            for one in plan.questions
            if one.which
            for source in one.rows
        ],
    }


def _question(plan: ImportPlan, asked: Question) -> dict[str, Any]:
    rows = [f"{source.sheet} {source.row}" for source in asked.rows]
    return {"text": asked.text, "rows": rows, "suggestions": _offered(plan, asked)}


def _worker(asked: Question) -> dict[str, Any]:
    rows = [f"{source.sheet} {source.row}" for source in asked.rows[:MOST_ROWS]]
    return {"text": asked.text, "rows": rows, "suggestions": list(asked.suggestions)}


def _offered(plan: ImportPlan, asked: Question) -> list[str]:
    """Those of the suggestions who stay or stayed here: nobody of another scheme is named."""
    people = plan.register.people
    return [key for key in asked.suggestions if people[key].stays]


def _person(person: KnownPerson) -> dict[str, str]:
    born = person.birth.on
    return {
        "key": person.key,
        "name": person.name.shown(),
        "full": person.name.full(),
        "born": born.isoformat() if born else "",
    }


def _pair(plan: ImportPlan, one: str, other: str, why: str) -> dict[str, str]:
    """Two people who may be one, as a sentence has them."""
    people = plan.register.people
    return {
        "one": people[one].name.shown(),
        "one_at": _place(people[one]),
        "other": people[other].name.shown(),
        "other_at": _place(people[other]),
        "why": why,
    }


def _place(person: KnownPerson) -> str:
    source = person.source
    return f"{source.sheet}, row {source.row}" if source.sheet else "on file already"
