"""Rejected rows come back as a file, are mended in it, and are brought again."""

from __future__ import annotations

import io

import openpyxl
import pytest

from alongside.imports.rejects import describe_rejected, write_rejected
from alongside.imports.setting import Setting
from alongside.imports.tests.hostel import WHARE, plan_content, plan_tracker, plan_whare
from alongside.imports.verdicts import Verdict


def test_a_workbook_of_rejected_rows_is_mended_and_brought_again() -> None:
    plan = plan_tracker()
    ending, content = write_rejected(plan)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert ending == "xlsx"
    assert sum(len(list(sheet.iter_rows())) for sheet in book) == 112 + len(book.sheetnames)
    residents = book["Residents"]
    mended = {"Cawley": ("R", "02/03/2026"), "Demirci": ("S", "21/01/2026"),
              "Cartwright": ("S", "30/09/2026")}  # fmt: skip
    for row in range(2, residents.max_row + 1):
        column, value = mended.get(str(residents[f"B{row}"].value).strip(), ("", ""))
        if column:
            residents[f"{column}{row}"] = value
    kept = io.BytesIO()
    book.save(kept)
    again = plan_tracker(register=plan.register, content=kept.getvalue())
    assert again.counts("Residents")[Verdict.NEW] == 3
    assert len(again.records("sessions")) == 827 - 783
    assert again.counts("Key work log")[Verdict.REJECTED] == 101 - 44


def test_delimited_rows_come_back_as_they_were() -> None:
    _, sessions = plan_whare()
    ending, content = write_rejected(sessions, ";")
    text = content.decode("utf-8-sig")
    assert ending == "csv"
    assert text.startswith("Nr;client_ref;client_name;")
    assert "49;TR-034;Lu Xiaoming;2026-05-18;12:30\r\n" in text
    again = plan_content("sessions.csv", content, WHARE, sessions.register)
    assert again.counts() == {Verdict.REJECTED: 9}
    assert len(describe_rejected(sessions)) == 9


def test_nothing_rejected_is_no_file() -> None:
    plan = plan_content("x.csv", b"Name,Moved in,Room\nDana Holt,1/2/2026,4\n", Setting())
    assert write_rejected(plan) == ("", b"")


@pytest.mark.parametrize("text", ["=1+1", "@cmd", "-2 pounds"])
def test_text_that_looks_like_a_formula_comes_back_as_text(text: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Residents", 0)
    sheet.append(["Name", "Moved in", "Notes"])
    sheet.append(["Dana Holt", "31/02/2026", "x"])
    sheet["C2"].value = text
    sheet["C2"].data_type = "s"
    kept = io.BytesIO()
    book.save(kept)
    _, content = write_rejected(plan_content("x.xlsx", kept.getvalue(), Setting()))
    cell = openpyxl.load_workbook(io.BytesIO(content))["Residents"]["C2"]
    assert (cell.value, cell.data_type) == (text, "s")
