"""Files of every sort are opened, or refused in two sentences."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from alongside.imports.reading.delimited import decode
from alongside.imports.reading.files import read_file
from alongside.imports.reading.sheets import Limits, Unreadable

DATA = Path(__file__).parent / "data"


def workbook(**cells: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for place, value in cells.items():
        sheet[place].value = value
        sheet[place].data_type = "s"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_the_hostel_workbook_is_read_with_everything_beside_the_values() -> None:
    source = read_file("tracker.xlsx", (DATA / "hostel-tracker.xlsx").read_bytes())
    sheets = {sheet.name: sheet for sheet in source.sheets}
    assert len(sheets) == 8
    assert [s.name for s in source.sheets if s.hidden] == ["Lists"]
    assert sheets["Residents"].hidden_columns == {15}
    assert sum(len(s.comments) for s in source.sheets) == 10
    assert sum(len(s.formulas) for s in source.sheets) == 137
    assert len(sheets["Residents"].formulas) == 132
    assert sum(len(s.merged) for s in source.sheets) == 35
    assert sheets["Residents"].errors[(66, 11)] == "#N/A"


def test_an_old_western_file_keeps_its_letters_and_its_line_numbers() -> None:
    source = read_file("s.csv", (DATA / "sessions-semicolon.csv").read_bytes())
    (sheet,) = source.sheets
    text = "".join(str(v) for row in sheet.rows for v in row.values)
    assert (source.encoding, source.delimiter) == ("cp1252", ";")
    assert len(sheet.rows) == 241
    assert not set("�Ã") & set(text)
    assert all(mark in text for mark in "£€“”–—…éïó")
    assert {row.number: row.fields for row in sheet.rows}[58] == 5


def test_a_utf8_file_with_notes_over_several_lines_counts_lines_not_records() -> None:
    source = read_file("t.csv", (DATA / "transitional-residents.csv").read_bytes())
    assert source.sheets[0].rows[-1].number == 62
    assert source.sheets[0].rows[0].values[1] == "Whānau name"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Name\tDate\nZoë\t1/2/26\nŁukasz\t2/2/26", "utf-16"),
        ("Name\tDate\nZoë\t1/2/26\nŁukasz\t2/2/26", "utf-16-le"),
        ("Name\tDate\nZoë\t1/2/26\nÉloïse\t2/2/26", "cp1252"),
        ("Name\tDate\nZoë\t1/2/26\nمريم\t2/2/26", "utf-8-sig"),
    ],
)
def test_any_usual_encoding_reads_the_same(text: str, encoding: str) -> None:
    source = read_file("x.txt", text.encode(encoding))
    assert source.delimiter == "\t"
    assert [r.values[0] for r in source.sheets[0].rows] == [
        line.split("\t")[0] for line in text.splitlines()
    ]


def test_cyrillic_windows_text_is_not_read_as_western_letters() -> None:
    text = "Имя;Дата;Заметка\n" + "Ольга Иванова;1/2/2026;Пришла вовремя, говорили о работе\n" * 9
    assert "Ольга" in decode(text.encode("cp1251"))[0]


def test_zero_characters_are_dropped_and_the_rest_is_kept() -> None:
    source = read_file("x.csv", b"Name,Date\nJo\0hn,1/2/2026\nAnn,2/2/2026\n")
    assert source.sheets[0].rows[1].values[0] == "John"


def test_text_that_begins_with_an_equals_sign_is_text() -> None:
    content = workbook(A1="Note", A2="=1+1 he said")
    (sheet,) = read_file("x.xlsx", content).sheets
    assert sheet.rows[1].values == ("=1+1 he said",)
    assert not sheet.formulas


def test_thousands_of_empty_columns_cost_nothing() -> None:
    (sheet,) = read_file("x.xlsx", workbook(A1="Name", XFD1048576=" ")).sheets
    assert [row.number for row in sheet.rows] == [1]


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", b"0" * 3_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("a.xlsx", b"%PDF-1.7 ...", "This file is a PDF, not a spreadsheet."),
        ("a.csv", b"%PDF-1.7 ...", "This file is a PDF, not a spreadsheet."),
        ("a.csv", b"", "This file is empty."),
        ("a.csv", b" \r\n ", "This file is empty."),
        ("a.csv", b",,,\r\n,,\r\n", "There is nothing written in this file."),
        ("a.xlsx", b"Name,Date", "This file is not an Excel workbook."),
        ("a.xlsx", b"PK\x03\x04broken", "This workbook is damaged."),
        ("a.xlsx", workbook(), "There is nothing written in this file."),
        ("a.xlsx", bomb(), "would unpack to more"),
        ("a.csv", b"x" * 2_000_000, "larger than 1 MB"),
        ("a.csv", bytes(1000) + b"abc", "This file is not text."),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(500), "old kind of Excel file"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_two_sentences(
    name: str, content: bytes, because: str
) -> None:
    limits = Limits(file_bytes=1_000_000, unpacked_bytes=2_000_000)
    with pytest.raises(Unreadable) as refused:
        read_file(name, content, limits)
    assert because in refused.value.because
    assert refused.value.because.endswith(".")
    assert refused.value.instead.endswith(".")
