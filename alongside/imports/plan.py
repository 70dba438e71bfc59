"""The dry run: what each row of some tables would become, and what must be asked first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from alongside.imports.kinds.desk import Asked, Desk
from alongside.imports.kinds.living_here import places_of, under
from alongside.imports.kinds.proposals import PROPOSE, ProposedRecord
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import SheetMapping
from alongside.imports.matching import Answers, Duplicate, suggestions
from alongside.imports.notices import Notice, mixed_dates, notices_of
from alongside.imports.reading.sheets import SheetRow
from alongside.imports.reading.table import SetAside, Table
from alongside.imports.reading.widths import width_of, wrong_width
from alongside.imports.register import Register, SeenRow, Source
from alongside.imports.setting import Setting
from alongside.imports.shapes.laying_out import laid_out
from alongside.imports.shapes.times import sections_of
from alongside.imports.spelling import squash
from alongside.imports.undated import Years
from alongside.imports.verdicts import Reason, Verdict
from alongside.imports.words import kinds
from alongside.imports.workers import likely_staff

LONGEST_TEXT = 50_000
# Of these there may be several of one person on one day; of those only one.
SEVERAL = frozenset({"sessions", "notes"})
ONE_EACH = frozenset({"plans", "referrals"})


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of one row. `repeats` is the row it repeats; `person` whom it is about.

    `part` tells those apart that were made of one row, such as the cells of a grid.
    """

    sheet: str
    row: int
    kind: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    record: ProposedRecord | None = None
    person: str = ""
    repeats: int = 0
    words: str = ""
    fingerprint: str = ""
    part: str = ""

    def codes(self) -> frozenset[str]:
        return frozenset(reason.code for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask once: who a name means. `which` when it fits two who both were here."""

    text: str
    rows: tuple[Source, ...]
    which: bool
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """The dry run, whole. `register` is who would be known after it, for the next file.

    `tables` are laid out as they were planned: a record for each row of `rows`.
    """

    rows: tuple[RowPlan, ...]
    duplicates: tuple[Duplicate, ...]
    questions: tuple[Question, ...]
    notices: tuple[Notice, ...]
    workers: tuple[Question, ...]
    register: Register
    tables: tuple[Table, ...] = field(repr=False)
    mappings: Mapping[str, SheetMapping] = field(repr=False)

    def counts(self, sheet: str = "") -> Counter[Verdict]:
        """How many rows of each verdict, in one sheet or in all."""
        return Counter(row.verdict for row in self.rows if sheet in {"", row.sheet})

    def records(self, kind: str = "") -> list[ProposedRecord]:
        """The records to write, in order: those of new, warning and update rows."""
        return [r.record for r in self.rows if r.record is not None and kind in {"", r.kind}]


def plan_import(
    tables: Sequence[Table],
    mappings: Mapping[str, SheetMapping],
    *,
    register: Register,
    answers: Answers,
    today: date,
    setting: Setting,
) -> ImportPlan:
    """Plan the import of some tables; nothing is written and `register` is left as it was.

    `mappings` is by sheet name; a sheet without one, or with no kind, is left out.
    """
    desk = Desk(setting, register.copy(), answers, today)
    found = list(tables)
    tables = [_laid_out(table, mappings.get(table.name), setting) for table in found]
    used = [t for t in tables if _is_usable(mappings.get(t.name))]
    used.sort(key=lambda table: kinds()[mappings[table.name].kind].order)
    before = _before(used, mappings, register, setting)
    planned: list[RowPlan] = []
    for table in used:
        planned += _plan_table(table, mappings[table.name], desk, before)
    return ImportPlan(
        rows=tuple(_with_late_warnings(planned, desk)),
        duplicates=tuple(desk.duplicates),
        questions=tuple(_questions(desk)),
        notices=tuple(notices_of(found, tables, mappings)),
        workers=tuple(_worker_questions(desk)),
        register=desk.register,
        tables=tuple(tables),
        mappings=dict(mappings),
    )


def _laid_out(table: Table, mapping: SheetMapping | None, setting: Setting) -> Table:
    return laid_out(table, mapping, setting) if mapping else table


def _is_usable(mapping: SheetMapping | None) -> bool:
    if mapping is None or mapping.kind not in PROPOSE:
        return False
    return not mapping.missing() and not mapping.asks


def _before(
    tables: list[Table],
    mappings: Mapping[str, SheetMapping],
    register: Register,
    setting: Setting,
) -> set[str]:
    """Fingerprints of this file that were imported before: those rows stand unchanged."""
    if not register.seen:
        return set()
    here = (
        RowInHand(table, mappings[table.name], row, setting).fingerprint()
        for table in tables
        for row in table.records
    )
    return {fingerprint for fingerprint in here if fingerprint in register.seen}


def _plan_table(table: Table, mapping: SheetMapping, desk: Desk, before: set[str]) -> list[RowPlan]:
    planned = [_set_aside(table, mapping, aside) for aside in table.set_aside]
    firsts: dict[tuple[str, ...], int] = {}
    mixed = mixed_dates(table, mapping)
    years = Years(mapping.undated, sections_of(table))
    places, width = places_of(table), width_of(table)
    for record in table.records:
        row = RowInHand(table, mapping, record, desk.setting)
        row.width = width
        row.mixed_dates, row.years, row.under = mixed, years, under(places, record.number)
        cells = row.cells()
        first = firsts.setdefault(cells, record.number)
        if first != record.number:
            repeat = RowPlan(
                table.name, record.number, mapping.kind, Verdict.REPEAT, repeats=first,
                part=record.part,
            )  # fmt: skip
            planned.append(repeat)
        else:
            planned.append(_plan_row(row, desk, before))
    return sorted(planned, key=lambda plan: plan.row)


def _set_aside(table: Table, mapping: SheetMapping, aside: SetAside) -> RowPlan:
    words = f"{aside.what}: {aside.words}"
    return RowPlan(table.name, aside.row, mapping.kind, Verdict.ASIDE, words=words)


def _plan_row(row: RowInHand, desk: Desk, before: set[str]) -> RowPlan:
    kind, fingerprint = row.mapping.kind, row.fingerprint()
    if fingerprint in before:
        person = desk.register.seen[fingerprint].person
        desk.note_person(row, person)
        return RowPlan(
            row.table.name, row.row.number, kind, Verdict.UNCHANGED, person=person,
            fingerprint=fingerprint, part=row.row.part, words=row.row.says,
        )  # fmt: skip
    if told := desk.fresh.get(fingerprint):
        words = f"It says the same as {told.sheet}, row {told.row}, in every column that is read."
        return RowPlan(
            row.table.name, row.row.number, kind, Verdict.REPEAT, words=words, part=row.row.part
        )
    _check_width(row)
    _check_lengths(row)
    record = None if row.rejections else PROPOSE[kind](row, desk)
    if record is not None:
        record = _told_apart(row, record, desk, before)
    desk.workers += [(text, row.source) for text in row.unknown_workers]
    if record is None or row.rejections:
        return _row_plan(row, Verdict.REJECTED, None, fingerprint)
    verdict = Verdict.WARNING if row.doubts else Verdict.NEW
    known = desk.register.identities.get(record.identity)
    if known and known.fingerprint not in before:
        verdict = Verdict.UPDATE
    seen = SeenRow(fingerprint, record.person)
    desk.fresh[fingerprint] = row.source
    desk.register.seen[fingerprint] = seen
    if verdict == Verdict.UPDATE or not known:
        desk.register.identities[record.identity] = seen
    return _row_plan(row, verdict, record, fingerprint)


def _told_apart(
    row: RowInHand, record: ProposedRecord, desk: Desk, before: set[str]
) -> ProposedRecord | None:
    """Two rows of one file that are alike: two records where there may be two, else refused."""
    known, identity, number = desk.register.identities, record.identity, 1
    while (there := known.get(identity)) and (
        there.fingerprint in desk.fresh or there.fingerprint in before
    ):
        if row.mapping.kind not in SEVERAL:
            break
        number += 1
        identity = f"{record.identity}|{number}"
    if number > 1:
        return replace(record, identity=identity)
    if there and there.fingerprint in desk.fresh and row.mapping.kind in ONE_EACH:
        row.reject("told-twice")
        return None
    return record


def _row_plan(
    row: RowInHand, verdict: Verdict, record: ProposedRecord | None, fingerprint: str
) -> RowPlan:
    reasons = row.rejections if verdict == Verdict.REJECTED else row.doubts
    return RowPlan(
        sheet=row.table.name,
        row=row.row.number,
        kind=row.mapping.kind,
        verdict=verdict,
        reasons=tuple(reasons.values()),
        record=record,
        person=record.person if record else "",
        fingerprint=fingerprint,
        words=" ".join(words for words in (row.row.says, *row.tells) if words),
        part=row.row.part,
    )


def _check_width(row: RowInHand) -> None:
    """A delimited line with too few or too many fields has its cells in the wrong columns."""
    if code := wrong_width(row.row, row.width):
        row.reject(code)


def _check_lengths(row: RowInHand) -> None:
    """No record takes a text as long as a book; the cell is named."""
    for one in (row.row, *row.row.more):
        for position, value in enumerate(one.values, 1):
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                row.reject_cell("text-too-long", one, position)


def _with_late_warnings(planned: list[RowPlan], desk: Desk) -> list[RowPlan]:
    """A later row can throw doubt on an earlier one."""
    late: dict[Source, list[str]] = {}
    for source, code in desk.also:
        late.setdefault(source, []).append(code)
    return [_warned(row, late.get(Source(row.sheet, row.row, row.part), [])) for row in planned]


def _warned(row: RowPlan, codes: list[str]) -> RowPlan:
    fresh = [code for code in codes if code not in row.codes()]
    if not fresh or row.verdict not in {Verdict.NEW, Verdict.WARNING}:
        return row
    reasons = (*row.reasons, *(Reason(code, row.sheet, row.row) for code in dict.fromkeys(fresh)))
    return replace(row, verdict=Verdict.WARNING, reasons=reasons)


def _questions(desk: Desk) -> list[Question]:
    """Each name once, with every row that waits for the answer."""
    asked: dict[tuple[str, bool], list[Asked]] = {}
    for one in desk.asked:
        asked.setdefault((squash(one.text), one.which), []).append(one)
    return [
        Question(
            text=rows[0].text,
            rows=tuple(one.source for one in rows),
            which=which,
            suggestions=_offered(desk, rows[0].text, which=which),
        )
        for (_, which), rows in asked.items()
    ]


def _worker_questions(desk: Desk) -> list[Question]:
    """Each worker who fits nobody for sure, once, with the rows and those who may be meant."""
    asked: dict[str, list[tuple[str, Source]]] = {}
    for text, source in desk.workers:
        asked.setdefault(squash(text), []).append((text, source))
    return [
        Question(
            text=told[0][0],
            rows=tuple(source for _, source in told),
            which=False,
            suggestions=likely_staff(told[0][0], desk.setting),
        )
        for told in asked.values()
    ]


def _offered(desk: Desk, text: str, *, which: bool) -> tuple[str, ...]:
    if which:
        people = desk.register.spelt(text)
        if people:
            return tuple(person.key for person in people if person.stays)
    return suggestions(desk.register, text)


def rejected_rows(plan: ImportPlan) -> dict[str, list[SheetRow]]:
    """For each sheet, the rejected rows with every cell as it was, to be written back."""
    refused = {(r.sheet, r.row, r.part) for r in plan.rows if r.verdict == Verdict.REJECTED}
    found = {
        table.name: [
            one
            for row in table.records
            if (table.name, row.number, row.part) in refused
            for one in (row, *row.more)
        ]
        for table in plan.tables
    }
    return {sheet: rows for sheet, rows in found.items() if rows}
