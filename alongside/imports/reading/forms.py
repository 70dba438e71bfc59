"""A form for each person: labels in one column, and what they say in the next ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from alongside.imports.reading.labels import Label, label_text, labels_in, names_somebody
from alongside.imports.reading.sheets import Sheet, SheetRow, Value, is_empty, letter_of, text_of
from alongside.imports.reading.table import Column, SetAside, Table
from alongside.imports.spelling import squash

FEWEST_LABELS = 3


@dataclass
class Form:
    """One person's form while it is read: each label with its value and where that stands."""

    number: int
    part: str = ""
    said: dict[str, tuple[str, Value, tuple[int, int]]] = field(default_factory=dict)

    def add(self, text: str, value: Value, at: tuple[int, int]) -> None:
        key = base = squash(text) or text
        again = 1
        while key in self.said and not is_empty(self.said[key][1]):
            again += 1
            key, text = f"{base}{again}", f"{text} ({again})" if again == 2 else text  # noqa: PLR2004
        self.said[key] = (text, value, at)

    def go_on(self, value: Value) -> None:
        """A line without a label goes on with the one above it."""
        key = next(reversed(self.said))
        text, before, at = self.said[key]
        self.said[key] = (text, f"{text_of(before)}\n{text_of(value)}".strip(), at)


def form_in(sheet: Sheet, rows: Sequence[SheetRow]) -> Table | None:
    """The forms of a sheet as one table, a record for each, or nothing when it is no form."""
    column = label_column(rows)
    if not column:
        return None
    people = _columns_of_people(rows, column)
    aside: list[SetAside] = []
    forms = _across(rows, column, people, aside) if len(people) > 1 else _down(rows, column, aside)
    if not forms:
        return None
    heads = {key: text for form in forms for key, (text, _, _) in form.said.items()}
    order = list(heads)
    columns = tuple(Column(n, heads[key]) for n, key in enumerate(order, 1))
    first = min(form.number for form in forms)
    return Table(
        sheet,
        (),
        columns,
        tuple(_record(form, order) for form in forms),
        tuple(one for one in aside if one.row > first),
        tuple(SetAside(one.row, "title", one.words) for one in aside if one.row < first),
        shape="form",
    )


def label_column(rows: Sequence[SheetRow]) -> int:
    """The column whose cells are labels, one below the other; 0 when there is none.

    Two labels side by side are the heading of a list, unless what they say stands between them.
    """
    found: Counter[int] = Counter()
    seen: set[tuple[int, str]] = set()
    for row in rows:
        labels = labels_in(row)
        said = [one for one in labels if not is_empty(one.value)]
        if len(labels) > 1 and len(said) * 2 < len(labels):
            return 0
        for one in labels[:1]:
            if (one.position, one.key) not in seen:
                seen.add((one.position, one.key))
                found[one.position] += bool(said)
    column, number = found.most_common(1)[0] if found else (0, 0)
    if number < FEWEST_LABELS:
        return 0
    return column if _mostly_labels(rows, column) else 0


def _mostly_labels(rows: Sequence[SheetRow], column: int) -> bool:
    """Whether most rows that say something begin with a label, so that it is no list."""
    begins = [row for row in rows if (_first(row) == column and _filled(row) > 1) or labels_in(row)]
    known = [row for row in begins if labels_in(row)]
    return len(known) * 2 >= len(begins)


def _first(row: SheetRow) -> int:
    return next((n for n, value in enumerate(row.values, 1) if not is_empty(value)), 0)


def _filled(row: SheetRow) -> int:
    return sum(not is_empty(value) for value in row.values)


def _columns_of_people(rows: Sequence[SheetRow], column: int) -> list[int]:
    """The columns beside the labels, when the row of names has somebody in each of several."""
    for row in rows:
        labels = labels_in(row)
        if len(labels) == 1 and labels[0].position == column and names_somebody(labels[0]):
            named = [n for n, v in enumerate(row.values, 1) if n > column and not is_empty(v)]
            return named if len(named) <= 1 else _with_nameless(rows, column, named)
    return []


def _with_nameless(rows: Sequence[SheetRow], column: int, named: list[int]) -> list[int]:
    """With the columns that say something of somebody whose name is missing."""
    told = Counter(
        n
        for row in rows
        for n, value in enumerate(row.values, 1)
        if n > column and not is_empty(value) and labels_in(row)
    )
    return sorted({*named, *(n for n, number in told.items() if number > 1)})


def _across(
    rows: Sequence[SheetRow], column: int, people: list[int], aside: list[SetAside]
) -> list[Form]:
    """A column for each person."""
    forms = {n: Form(0, letter_of(n)) for n in people}
    for row in rows:
        text = text_of(row.values[column - 1]) if column <= len(row.values) else ""
        beside = [n for n in people if n <= len(row.values) and not is_empty(row.values[n - 1])]
        if not text or not beside:
            aside.append(SetAside(row.number, "heading", _words(row)))
            continue
        for n, form in forms.items():
            form.number = form.number or row.number
            value = row.values[n - 1] if n <= len(row.values) else None
            form.add(text.rstrip(":"), value, (row.number, n))
    return list(forms.values())


def _down(rows: Sequence[SheetRow], column: int, aside: list[SetAside]) -> list[Form]:
    """Forms one below the other; a new one begins where its first label, or a name, comes again."""
    forms: list[Form] = []
    first = ""
    for row in rows:
        pairs = _pairs(row, column)
        if not pairs:
            _go_on_or_aside(row, column, forms, aside)
            continue
        first = first or pairs[0].key
        if not forms or _begins_again(pairs, forms[-1], first):
            forms.append(Form(row.number))
        for one in pairs:
            forms[-1].add(one.text, one.value, (row.number, one.value_at or one.position + 1))
        for n, value in _beside(row, pairs):
            forms[-1].add(f"{pairs[-1].text} (beside)", value, (row.number, n))
    return forms


def _begins_again(pairs: Sequence[Label], form: Form, first: str) -> bool:
    return any(one.key in form.said and (one.key == first or names_somebody(one)) for one in pairs)


def _pairs(row: SheetRow, column: int) -> list[Label]:
    """Known labels with their values; or an unknown one in the column of the labels."""
    if labels := labels_in(row):
        return labels
    text = text_of(row.values[column - 1]) if column <= len(row.values) else ""
    beside = next(
        (n for n in range(column + 1, len(row.values) + 1) if not is_empty(row.values[n - 1])), 0
    )
    if text and beside and _first(row) == column:
        return [Label(text.rstrip(": "), column, row.values[beside - 1], beside)]
    before, colon, after = text.partition(":")
    if colon and after.strip() and before.strip():
        return [Label(before.strip(), column, after.strip(), column)]
    return []


def _beside(row: SheetRow, pairs: Sequence[Label]) -> list[tuple[int, Value]]:
    """What else stands in the row of a label, which nobody must lose sight of."""
    used = {n for one in pairs for n in (one.position, one.value_at)}
    return [(n, v) for n, v in enumerate(row.values, 1) if n not in used and not is_empty(v)]


def _go_on_or_aside(row: SheetRow, column: int, forms: list[Form], aside: list[SetAside]) -> None:
    beside = next((v for v in row.values[column:] if not is_empty(v)), None)
    if forms and forms[-1].said and beside is not None and _first(row) > column:
        forms[-1].go_on(beside)
    elif not label_text(row.values[column - 1] if column <= len(row.values) else None):
        aside.append(SetAside(row.number, "heading", _words(row)))


def _record(form: Form, order: Sequence[str]) -> SheetRow:
    told = [form.said.get(key, ("", None, (0, 0))) for key in order]
    last = max((at[0] for _, _, at in told), default=form.number)
    where = f"column {form.part}" if form.part else f"rows {form.number} to {last}"
    return SheetRow(
        form.number,
        tuple(value for _, value, _ in told),
        at=tuple(at for _, _, at in told),
        part=form.part,
        says=f"A form: {where}.",
    )


def _words(row: SheetRow) -> str:
    return " ".join(text_of(value) for value in row.values if not is_empty(value))
