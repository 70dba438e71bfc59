"""Nasty cells leave as words, and come in again letter by letter."""

from __future__ import annotations

import csv
import io
import zipfile

import openpyxl
import pytest

from alongside.exports.files import CSV, XLSX, as_it_was, file_of, plain
from alongside.exports.tests.corpus import cells
from alongside.imports.reading.files import read_file
from alongside.imports.reading.sheets import Limits
from alongside.kit.refusal import Refused

HEAD = ("Before", "Cell", "After")
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows() -> list[tuple[str, str, str]]:
    return [("before", cell, f"after {number}") for number, cell in enumerate(cells())]


def brought_back(name: str, content: bytes) -> list[tuple[object, ...]]:
    """As our own import reads it, without the heading."""
    sheet = read_file(name, content, Limits(file_bytes=5_000_000)).sheets[0]
    return [row.values for row in sheet.rows[1:]]


@pytest.mark.goal("G22")
def test_no_cell_of_a_delimited_file_is_a_formula_and_all_come_back(tally):
    content = file_of(CSV, "List", HEAD, rows())
    there = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in there} == {3}
    bad = [
        row[1]
        for row in there
        if row[1].lstrip(" \u00a0\ufeff\u200b\u3000\x0b\x0c").startswith(RUNS)
    ]
    assert not bad
    back = brought_back("list.csv", content)
    same = sum(read == list_ for read, list_ in zip(back, rows(), strict=True))
    assert [b for b, r in zip(back, rows(), strict=True) if b != r] == []
    assert same >= 79
    tally(same, of=len(rows()))


@pytest.mark.goal("G22")
def test_no_cell_of_a_workbook_is_a_formula_and_all_come_back(tally):
    content = file_of(XLSX, "List", HEAD, rows())
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}
    for (cell,) in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
        if isinstance(cell.value, str) and cell.value.startswith(RUNS):
            assert cell.quotePrefix, cell.value
    back = brought_back("list.xlsx", content)
    wrong = [
        (there, (before, cell, after))
        for there, (before, cell, after) in zip(back, rows(), strict=True)
        if there != (before, cell or None, after)
    ]
    assert wrong == []
    tally(len(back) - len(wrong), of=len(rows()))


@pytest.mark.goal("G22")
def test_a_workbook_has_one_sheet_that_is_seen_and_nothing_beside_it():
    content = file_of(XLSX, "A very long: name [of] a/list that goes on", HEAD, rows())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"]
    assert not list(book.defined_names)
    sheet = book.worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    hidden = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    assert not [one for one in hidden if one.hidden]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "comment" in name or "external" in name]


def test_a_text_too_long_for_a_workbook_is_refused_and_leaves_as_csv():
    long = [("x", "y" * 40_000, "z")]
    with pytest.raises(Refused, match="longer than a workbook"):
        file_of(XLSX, "List", HEAD, long)
    assert len(file_of(CSV, "List", HEAD, long)) > 40_000


def test_what_is_made_plain_is_found_again_and_nothing_else_changes():
    for cell in cells():
        assert as_it_was(plain(cell)) == cell
    assert plain("Amina") == "Amina"
    assert plain("@SUM(1)") == "'@SUM(1)"
