"""A pytest plugin: counts, for each goal of trust, how many cases were tried and how many held.

A test names its goal, `@pytest.mark.goal("G34")`, and counts as one case; one that tries many says
so with the fixture `tally`: `tally(found, of=1_000)`. `./run verify` reads what is kept here.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

GOALS = "goal"
TALLY = "tally"

type Counts = dict[str, dict[str, Any]]

_counts: defaultdict[str, dict[str, Any]] = defaultdict(
    lambda: {"held": 0, "tried": 0, "left_out": [], "failed": []}
)


@cache
def goals() -> dict[str, str]:
    """Every goal by its number, in the order of the numbers."""
    listed = tomllib.loads((Path(__file__).parent / "goals.toml").read_text(encoding="utf-8"))
    return {number: str(listed[number]) for number in sorted(listed, key=lambda one: int(one[1:]))}


def numbers_on(item: pytest.Item) -> list[str]:
    return [str(number) for mark in item.iter_markers(GOALS) for number in mark.args]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Tell how many cases held out of how many were tried; the test fails unless all did."""

    def told(held: int, *, of: int) -> None:
        request.node.user_properties.append((TALLY, [held, of]))
        assert of > 0, "Nothing was tried."
        assert held == of, f"{held:,} of {of:,} held."

    return told


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail at once when a test serves a goal that is not in the list."""
    unknown = [
        f"{item.nodeid} serves {number}"
        for item in items
        for number in numbers_on(item)
        if number not in goals()
    ]
    if unknown:
        raise pytest.UsageError("No such goal in tests/goals.toml", *sorted(unknown))
    if only := set(filter(None, os.environ.get("ALONGSIDE_ONLY_GOALS", "").split(","))):
        items[:] = [item for item in items if only.intersection(numbers_on(item))]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None]:
    """The goals travel with the report, also from another process."""
    if not any(name == GOALS for name, _ in item.user_properties):
        item.user_properties.append((GOALS, numbers_on(item)))
    yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counted when the body ran; a failing set-up is a case that did not hold."""
    told: dict[str, list[Any]] = defaultdict(list)
    for name, value in report.user_properties:
        told[name].append(value)
    for number in told[GOALS][0] if told[GOALS] else []:
        _count(_counts[number], report, told[TALLY])


def _count(kept: dict[str, Any], report: pytest.TestReport, tallies: list[list[int]]) -> None:
    if report.skipped:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        kept["left_out"].append(why.removeprefix("Skipped: "))
    elif report.when == "call" and tallies:
        kept["held"] += sum(held for held, _ in tallies)
        kept["tried"] += sum(of for _, of in tallies)
    elif report.when == "call" or report.failed:
        kept["held"] += report.passed
        kept["tried"] += 1
    if report.failed:
        kept["failed"].append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep the counts, once, in the process that heard of every test."""
    wanted = os.environ.get("ALONGSIDE_GOALS")
    if wanted and not hasattr(session.config, "workerinput"):
        Path(wanted).write_text(json.dumps(_counts, indent=1), encoding="utf-8")
