"""No number of days stands in code: the practice pack says how long, and names its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT

PYTHON = sorted(
    file
    for file in (ROOT / "alongside").rglob("*.py")
    if not {"tests", "migrations", "demo", "testing"} & set(file.parts)
)
# Where a length of time is no rule of anybody's practice, and why.
ALLOWED = {
    "alongside/imports/kinds/people.py": "a calendar week ends six days after it begins",
}
SPANS = {"days", "weeks", "months", "years"}


def counted(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each whole number of days that is written out: as a length, or beside `.days`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in {"timedelta", "relativedelta"}:
            for word in node.keywords:
                if word.arg in SPANS and (number := _number(word.value)) and abs(number) > 1:
                    yield node.lineno, f"{word.arg}={number}"
            if node.args and (number := _number(node.args[0])) and abs(number) > 1:
                yield node.lineno, f"timedelta({number})"
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(isinstance(side, ast.Attribute) and side.attr == "days" for side in sides):
                for side in sides:
                    if (number := _number(side)) and abs(number) > 1:
                        yield node.lineno, f"compared with {number}"


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _number(node: ast.expr) -> int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _number(node.operand)
        return -inner if inner is not None else None
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None


def found() -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for file in PYTHON:
        for line, what in counted(ast.parse(file.read_text(encoding="utf-8"))):
            told.setdefault(str(file.relative_to(ROOT)), []).append(f"{line}: {what}")
    return told


def test_no_code_outside_the_packs_holds_a_number_of_days() -> None:
    assert {file: lines for file, lines in found().items() if file not in ALLOWED} == {}


def test_every_exception_is_still_needed() -> None:
    assert set(ALLOWED) <= set(found())


@pytest.mark.parametrize(
    "line",
    [
        "due = start + timedelta(days=7)",
        "due = start + datetime.timedelta(weeks=-2)",
        "due = start + relativedelta(months=3)",
        "if (today - start).days > 28: pass",
        "due = start + timedelta(14)",
    ],
)
def test_the_scan_sees_a_number_of_days(line) -> None:
    assert list(counted(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["due = start + timedelta(days=limit)", "day += timedelta(days=1)", "x.days > least"]
)
def test_the_scan_lets_the_pack_say_how_long(line) -> None:
    assert not list(counted(ast.parse(line)))
