"""A pytest plugin: refuses a mark with an unknown number, and keeps what passed for `./run trace`.

It keeps only what `ALONGSIDE_PROOF` asks for (a file), which the whole suite sets and a run of
a few tests does not, so that a part is never taken for the whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.requirements import known

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("alongside", "tests", "bench")
LEFT_OUT = frozenset({"__pycache__", "node_modules", "build"})
PROVES = "req"

_outcomes: dict[str, bool] = {}
_marks: dict[str, dict[str, None]] = {}


def digest_of_the_code() -> str:
    """One number for everything that a test could depend on."""
    sum_ = hashlib.sha256()
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and not LEFT_OUT & set(file.relative_to(ROOT).parts):
                sum_.update(f"{file.relative_to(ROOT)}\n".encode())
                sum_.update(file.read_bytes())
    return sum_.hexdigest()


def numbers_on(item: pytest.Item) -> list[str]:
    return [str(number) for mark in item.iter_markers(PROVES) for number in mark.args]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail at once when a test claims a requirement that is not in the list."""
    unknown = sorted(
        f"{item.nodeid} claims {number}"
        for item in items
        for number in numbers_on(item)
        if number not in known()
    )
    if unknown:
        raise pytest.UsageError("No such requirement in tests/requirements.toml", *unknown)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None]:
    """The marks travel with the report, also from another process."""
    if not any(name == PROVES for name, _ in item.user_properties):
        item.user_properties.append((PROVES, numbers_on(item)))
    yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Passed when its body did and nothing around it failed; one left out says nothing.

    Each case of a parametrized test can bring a number of its own: they add up.
    """
    test = report.nodeid.split("[")[0]
    if report.failed:
        _outcomes[test] = False
    elif report.when == "call" and report.passed:
        _outcomes.setdefault(test, True)
    else:
        return
    for name, numbers in report.user_properties:
        if name == PROVES and isinstance(numbers, list):
            _marks.setdefault(test, {}).update(dict.fromkeys(numbers))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was proved, once, in the process that heard of every test."""
    wanted = os.environ.get("ALONGSIDE_PROOF")
    if not wanted or hasattr(session.config, "workerinput"):
        return
    kept = {
        "code": digest_of_the_code(),
        "selected": session.config.getoption("markexpr"),
        "passed": _marks_of(passed=True),
        "failed": _marks_of(passed=False),
    }
    Path(wanted).parent.mkdir(parents=True, exist_ok=True)
    Path(wanted).write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _marks_of(*, passed: bool) -> dict[str, list[str]]:
    return {
        test: list(_marks[test])
        for test, outcome in sorted(_outcomes.items())
        if outcome is passed and _marks.get(test)
    }
