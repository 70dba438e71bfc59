"""What strangers made is opened by another process, which has limits and can do nothing else."""

from __future__ import annotations

import io
import json
import pickle
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from alongside.documents.gate import admit
from alongside.documents.tests.corpus import heic, picture, picture_with_a_place
from alongside.imports.reading.apart import _Sheets, read_file_apart
from alongside.imports.reading.files import read_file
from alongside.imports.reading.sheets import Limits, Unreadable
from alongside.kit.apart import CannotBeRead, TakesTooMuch, read_apart
from alongside.kit.refusal import Refused

HOSTILE = "alongside.documents.tests.hostile:tries"


@pytest.fixture(autouse=True)
def apart(settings) -> None:
    settings.READ_APART = True


def outcome(what: str) -> str:
    try:
        return read_apart(HOSTILE, b"", what=what).decode()
    except (CannotBeRead, TakesTooMuch) as no:
        return type(no).__name__


@pytest.mark.goal("G23")
@pytest.mark.slow
def test_a_reader_gets_no_more_than_it_needs(tally) -> None:
    began = time.monotonic()
    held = [outcome(what) == "TakesTooMuch" for what in ("memory", "file", "write", "network")]
    held.append(outcome("time") == "TakesTooMuch" and time.monotonic() - began < 60)
    held.append(not any("ALONGSIDE" in one for one in json.loads(outcome("secrets"))))
    tally(sum(held), of=len(held))


@pytest.mark.goal("G23")
def test_a_photograph_of_a_telephone_is_kept_as_jpeg_and_bare() -> None:
    kept = admit(io.BytesIO(heic()), "IMG_0001.HEIC", 1000)
    assert (kept.name, kept.kind) == ("IMG_0001.jpg", "image/jpeg")
    with Image.open(kept.content) as made:
        assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (64, 48), {})
    assert b"cnry" not in admit(io.BytesIO(picture_with_a_place()), "a.jpg", 9).content.read()


@pytest.mark.goal("G23")
def test_a_large_photograph_fits_and_one_that_takes_too_much_is_refused_in_words() -> None:
    wide = io.BytesIO()
    Image.new("RGB", (8000, 6000), "teal").save(wide, "JPEG")
    with Image.open(admit(io.BytesIO(wide.getvalue()), "a.jpg", 9).content) as kept:
        assert kept.size == (4000, 3000)
    large = io.BytesIO()
    Image.new("RGB", (8000, 6000), "teal").save(large, "PNG")
    with pytest.raises(Refused, match="more memory or time"):
        admit(io.BytesIO(large.getvalue()), "a.png", 9)


def a_workbook() -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("Who lives here")
    sheet.append(["Name", "Moved in"])
    sheet.append(["Tomasz", "2026-03-02"])
    book.save(made)
    return made.getvalue()


@pytest.mark.goal("G23")
def test_a_workbook_comes_back_as_it_would_from_here() -> None:
    limits = Limits()
    assert read_file_apart("a.xlsx", a_workbook(), limits) == read_file("a.xlsx", a_workbook())
    with pytest.raises(Unreadable, match="is empty"):
        read_file_apart("a.xlsx", b"", limits)
    with pytest.raises(Unreadable, match="not an Excel workbook"):
        read_file_apart("a.xlsx", picture("PNG"), limits)


IN_LETTERS = {
    "utf-8-sig": "Name;Moved in\nMāia;02/02/2026\n",
    "utf-16-le": "Name\tMoved in\nZoë\t02/02/2026\n",
    "cp1252": "Name,Moved in\nJürgen Größe,02/02/2026\n",
    "mac_roman": "Name,Moved in\nJosé Pérez,02/02/2026\n",
    # Letters that only trying can find.
    "cp1251": "Имя,Заметка\n" + "Ольга Петрова,Поговорили о письме из колледжа и о неделе\n" * 9,
    "utf-8": 'Name,Note\nMaia,"On the stairs,\n2 March 2026 about the letter"\n',
    "big5": "姓名,備註\n" + "王小明,我們談了大學的信和下個星期的計劃\n" * 9,
}


@pytest.mark.goal("G23")
@pytest.mark.parametrize("letters", IN_LETTERS)
def test_text_comes_back_as_it_would_from_here_in_whatever_letters(letters: str) -> None:
    sent = IN_LETTERS[letters].encode(letters)
    here = read_file("a.csv", sent)
    assert read_file_apart("a.csv", sent, Limits()) == here
    assert len(here.sheets[0].rows) > 1


@pytest.mark.goal("G23")
def test_text_that_comes_to_too_many_records_is_refused_in_words(monkeypatch) -> None:
    monkeypatch.setattr("alongside.imports.reading.apart.MEGABYTES", 40)
    with pytest.raises(Unreadable, match="memory or time"):
        read_file_apart("a.csv", b"a,b\n" * 1_000_000, Limits())
    with pytest.raises(Unreadable, match="line 2 is not closed"):
        read_file_apart("a.csv", b'Name,Note\nMaia,"open\n', Limits())


@pytest.mark.goal("G23")
def test_a_workbook_that_swells_is_refused_in_words() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            swollen = b"<x>" + b"<c/>" * 70_000_000 if name == "xl/worksheets/sheet2.xml" else None
            new.writestr(name, swollen or old.read(name))
    with pytest.raises(Unreadable, match="memory or time"):
        read_file_apart("a.xlsx", made.getvalue(), Limits())


def test_nothing_but_sheets_comes_back() -> None:
    with pytest.raises(pickle.UnpicklingError, match="no value of a sheet"):
        _Sheets(io.BytesIO(pickle.dumps(Path("/")))).load()
