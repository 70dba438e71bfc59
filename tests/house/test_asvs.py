"""The security standard we hold ourselves to, line by line: each names a test that exists."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.source import ROOT

LIST = ROOT / "docs/reference/asvs.toml"
LINES = tomllib.loads(LIST.read_text(encoding="utf-8"))["requirement"]


def fault_of(line: dict[str, object]) -> str:
    """What is wrong with one line; "" when nothing is."""
    if not re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{1,2}", str(line.get("id"))):
        return "It has no id of the standard."
    if line.get("level") not in {1, 2, 3} or not line.get("says"):
        return "It does not say its level and what it asks."
    if not line.get("applies"):
        return "" if line.get("why") else "It does not say why it does not apply."
    more = line.get("tests_more", [])
    named = [line.get("test", ""), *(more if isinstance(more, list) else [more])]
    faults = ("It names no place.", *map(fault_of_test, named))
    return next((one for one in faults[bool(line.get("where")) :] if one), "")


def fault_of_test(named: object) -> str:
    """What is wrong with a test that a line names; "" when it exists."""
    file, _, name = str(named).partition("::")
    path = ROOT / file
    if not name or not path.is_file():
        return "It names no test."
    there = f"def {name}(" in path.read_text(encoding="utf-8")
    return "" if there else f"There is no test called {name} in {file}."


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_what_applies_names_a_test_that_exists(line):
    assert not fault_of(line)


# How many the standard has at levels 1 and 2, by chapter.
CHAPTERS = {
    1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3),
    9: (4, 3), 10: (5, 24), 11: (3, 11), 12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10),
    16: (0, 16), 17: (0, 7),
}  # fmt: skip


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_requirement_of_levels_one_and_two_has_its_line(chapter):
    levels = [line["level"] for line in LINES if line["id"].split(".")[0] == str(chapter)]

    assert (levels.count(1), levels.count(2)) == CHAPTERS[chapter]


PAPERS = [line for line in LINES if line.get("test", "").endswith("_it_is_named_for")]


@pytest.mark.parametrize("line", PAPERS, ids=lambda line: line["id"])
def test_a_paper_says_what_it_is_named_for(line):
    file, _, words = line["where"].partition(": ")

    assert words
    assert words in (ROOT / file).read_text(encoding="utf-8")


def test_no_line_stands_twice():
    ids = [line["id"] for line in LINES]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "line",
    [
        {"id": "3.3.1", "level": 1, "says": "x", "applies": True, "where": "x", "test": ""},
        {"id": "3.3.1", "level": 1, "says": "x", "applies": True, "where": "x",
         "test": "tests/house/test_asvs.py::test_that_nobody_wrote"},
        {"id": "3.3.1", "level": 1, "says": "x", "applies": True, "where": "",
         "test": "tests/house/test_asvs.py::test_no_line_stands_twice"},
        {"id": "3.3.1", "level": 1, "says": "x", "applies": True, "where": "x",
         "test": "tests/house/test_asvs.py::test_no_line_stands_twice",
         "tests_more": ["tests/house/test_asvs.py::test_that_nobody_wrote"]},
        {"id": "3.3.1", "level": 1, "says": "x", "applies": False},
        {"id": "everything", "level": 1, "says": "x", "applies": False, "why": "x"},
    ],
)  # fmt: skip
def test_a_line_that_proves_nothing_is_found(line):
    assert fault_of(line)
