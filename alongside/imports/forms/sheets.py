"""Saying how one sheet is read: its kind, its shape, its days, its marks and its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from alongside.imports.cells.marks import MEANINGS, count_marks
from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import ABOUT_ONE_PERSON, map_as, settled
from alongside.imports.reading.sheets import text_of
from alongside.imports.reading.table import Table
from alongside.imports.setting import Setting
from alongside.imports.shapes import SHAPES
from alongside.imports.shapes.days import grid_values
from alongside.imports.shapes.reshaping import reshaped, shapes_of
from alongside.imports.shapes.saying import has_dates_without_year, has_first_day
from alongside.imports.words import kinds
from alongside.ui.forms import OperationForm

LEFT_OUT = ("", "Left out")
FIRST_YEAR, LAST_YEAR = 1950, 2100
MONTHS = [
    (str(number), name)
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
]


class SheetForm(OperationForm):
    """What kind of sheet it is, how its records stand, and what its columns and marks mean."""

    kind = forms.ChoiceField(
        label="What is on this sheet?",
        required=False,
        help_text="When you change this, the columns are guessed again.",
    )
    shape = forms.ChoiceField(
        label="How do the records stand on it?",
        required=False,
        help_text="When you change this, the columns are guessed again.",
    )
    starts = forms.DateField(
        label="Which is the first day above its columns?",
        required=False,
        help_text="For a grid of days of the week or of numbers of days, such as 02/03/2026.",
    )
    year = forms.IntegerField(
        label="Which year are dates without a year?",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Leave it empty, and rows with such dates are rejected.",
    )
    year_starts = forms.ChoiceField(
        label="From which month on is it that year?",
        required=False,
        help_text="Earlier months are in the year after it: choose September for 2025-26.",
    )
    one_plan = forms.ChoiceField(
        label="What are several rows of one person and week?",
        choices=[("one", "One plan, an action in each row"), ("each", "A plan of its own each")],
        required=False,
    )
    day_first = forms.ChoiceField(
        label="How are dates written?",
        choices=[("day", "Day first: 14/3/2026"), ("month", "Month first: 3/14/2026")],
    )
    ref_is = forms.ChoiceField(
        label="What does the reference column do?",
        choices=[("line", "It only counts the lines"), ("person", "It names a person for good")],
    )
    minutes_in = forms.ChoiceField(
        label="What does a bare number of length count?",
        choices=[("1", "Minutes"), ("60", "Hours")],
    )

    about = forms.ChoiceField(
        label="Whom is each row about?",
        choices=[
            ("column", "A column says it"),
            ("sheet", "The sheet has one person’s name, and all its rows are about them"),
        ],
    )

    def __init__(
        self, *args: Any, table: Table, mapping: SheetMapping, setting: Setting, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.raw, self.mapping, self.setting = table, mapping, setting
        self.table = reshaped(table, mapping, setting) if mapping.kind else table
        self._choose("kind", [LEFT_OUT, *((k.name, k.label) for k in kinds().values())])
        self._choose("shape", [(shape, SHAPES[shape]) for shape in shapes_of(table)])
        self._choose("year_starts", MONTHS)
        self.initial.update(
            kind=mapping.kind,
            shape=mapping.shape,
            starts=mapping.starts or None,
            year=mapping.year or None,
            year_starts=str(mapping.year_starts),
            one_plan="one" if mapping.one_plan else "each",
            day_first="day" if mapping.day_first else "month",
            ref_is=mapping.ref_is,
            minutes_in=str(mapping.minutes_in),
            about="sheet" if mapping.about_sheet else "column",
        )
        self._leave_out_what_is_not_asked()
        for column in mapping.columns if mapping.kind else ():
            self._add_column(column.position, column.heading, column.field)
        self.marks = (
            self._add_marks() if mapping.shape == "days" and mapping.kind == "sessions" else []
        )

    def _leave_out_what_is_not_asked(self) -> None:
        mapping = self.mapping
        if mapping.kind not in ABOUT_ONE_PERSON or mapping.shape != "list":
            del self.fields["about"]
        if len(shapes_of(self.raw)) == 1:
            del self.fields["shape"]
        if mapping.shape == "days":
            del self.fields["ref_is"]
        if not has_first_day(self.raw, mapping):
            del self.fields["starts"]
        if not has_dates_without_year(self.table, self.raw, mapping):
            del self.fields["year"], self.fields["year_starts"]
        if mapping.kind != "plans":
            del self.fields["one_plan"]

    def _add_marks(self) -> list[str]:
        """A question for each mark of a grid: what it means."""
        names = []
        counted = count_marks(grid_values(self.raw), self.mapping.marks)
        for number, (key, (text, times)) in enumerate(counted.items()):
            name = f"mark-{number}"
            self.fields[name] = forms.ChoiceField(
                label=f"“{text}” ({times} {'cell' if times == 1 else 'cells'})",
                choices=list(MEANINGS.items()),
            )
            self.initial[name] = self.mapping.marks[key]
            names.append(name)
        self.mark_keys = list(counted)
        return names

    def mark_fields(self) -> list[Any]:
        return [self[name] for name in self.marks]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = list(choices)

    def _add_column(self, position: int, heading: str, used_as: str) -> None:
        offered = [LEFT_OUT, *((f.name, f.label) for f in kinds()[self.mapping.kind].fields)]
        self.fields[f"column-{position}"] = forms.ChoiceField(
            label=heading, choices=offered, required=False
        )
        self.initial[f"column-{position}"] = used_as

    def columns(self) -> list[dict[str, Any]]:
        """Each column with its letter, some of its values, and its question."""
        found = []
        for column in self.table.columns:
            name = f"column-{column.position}"
            if name in self.fields:
                found.append(
                    {
                        "letter": column.place,
                        "heading": f"{column.group} {column.heading}".strip(),
                        "hidden": column.hidden,
                        "samples": samples(self.table, column.position),
                        "field": self[name],
                    }
                )
        return found

    def arguments(self) -> dict[str, Any]:
        said, mapping = self.cleaned_data, self.mapping
        shape = said.get("shape") or mapping.shape
        if said["kind"] != mapping.kind or shape != mapping.shape:
            told = map_as(self.raw, said["kind"], self.setting, shape)
            return {"mappings": {self.raw.name: told}}
        columns = tuple(
            replace(column, field=said.get(f"column-{column.position}", ""))
            for column in mapping.columns
        )
        told = replace(
            mapping,
            columns=columns,
            day_first=said["day_first"] == "day",
            ref_is=said.get("ref_is") or mapping.ref_is,
            minutes_in=int(said["minutes_in"]),
            about_sheet=said.get("about") == "sheet",
            one_plan=said.get("one_plan") != "each",
            **self._days(),
            marks=self._marks(),
        )
        return {"mappings": {self.raw.name: settled(self.raw, told, self.setting)}}

    def _days(self) -> dict[str, Any]:
        """The first day and the year; where the year was found, unless it was changed."""
        said, mapping = self.cleaned_data, self.mapping
        told: dict[str, Any] = {}
        if "starts" in self.fields:
            told["starts"] = said["starts"].isoformat() if said["starts"] else ""
        if "year" in self.fields:
            year, starts = said["year"] or 0, int(said["year_starts"] or 1)
            same = (year, starts) == (mapping.year, mapping.year_starts)
            source = mapping.year_from if same else "said"
            told |= {"year": year, "year_starts": starts, "year_from": source if year else ""}
        return told

    def _marks(self) -> dict[str, str]:
        said = dict(self.mapping.marks)
        for name, key in zip(self.marks, getattr(self, "mark_keys", ()), strict=False):
            said[key] = self.cleaned_data[name]
        return said


def samples(table: Table, position: int, at_most: int = 3) -> list[str]:
    """A few different values of a column, as they stand."""
    found: dict[str, None] = {}
    for row in table.records:
        value = row.values[position - 1] if position <= len(row.values) else None
        if text := text_of(value):
            found[text[:60]] = None
        if len(found) == at_most:
            break
    return list(found)
