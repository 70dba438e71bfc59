"""Which requirement is proved by which test: `./run trace`."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chromium import chromium
from tests.proof import ROOT, digest_of_the_code
from tests.requirements import Capability, capabilities
from tests.run import BROWSER, KEPT, NOT_BROWSER, Step, passes, say, surroundings

PAGE = ROOT / "docs" / "reference" / "requirements.md"
INTRODUCTION = """\
# Requirements and the tests that prove them

Written by `./run trace` from the tests that pass; do not edit it by hand. A requirement counts
as proved when a test that is marked with its number passes, and no such test fails.

"""


@dataclass(frozen=True)
class Proof:
    """For each number, the tests that prove it."""

    tests: dict[str, list[str]]

    def of(self, capability: Capability) -> list[str]:
        return [number for number in capability.titles if number in self.tests]

    def sentences(self, number: str) -> list[str]:
        return [as_sentence(test) for test in self.tests.get(number, [])]

    def __len__(self) -> int:
        return sum(len(self.of(each)) for each in capabilities())


def main() -> int:
    """Print the count, write the page; 1 when a test failed on the way."""
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as folder:
        held = all(step() for step in missing(folder))
    proof = gather(results())
    PAGE.write_text(page(proof), encoding="utf-8")
    for each in capabilities():
        say(f"{each.code}  {len(proof.of(each)):>2} of {len(each.titles):>2}  {each.name}")
    say("")
    say(closing(proof))
    return 0 if held else 1


def missing(folder: str) -> list[Any]:
    """The runs that have no result for the code as it is now."""
    fresh, env = {name for name, _ in results()}, surroundings(folder)
    steps = []
    if "sqlite" not in fresh:
        steps.append(lambda: passes(Step("tests on SQLite", NOT_BROWSER, keeps="sqlite"), env))
    if "browser" not in fresh and chromium():
        steps.append(lambda: passes(BROWSER, env))
    elif "browser" not in fresh:
        say("left out  browser journeys: there is no Chromium here")
    return steps


def results() -> list[tuple[str, dict[str, Any]]]:
    """What was kept by whole runs of this very code."""
    code, found = digest_of_the_code(), []
    for file in sorted(KEPT.glob("*.json")):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["code"] == code and "not slow" not in kept["selected"]:
            found.append((file.stem, kept))
    return found


def gather(kept: list[tuple[str, dict[str, Any]]]) -> Proof:
    """What passing tests prove, less every number that a failing test was to prove."""
    tests: defaultdict[str, set[str]] = defaultdict(set)
    for _, one in kept:
        for test, numbers in one["passed"].items():
            for number in numbers:
                tests[number].add(test)
    broken = {n for _, one in kept for numbers in one["failed"].values() for n in numbers}
    return Proof({n: sorted(behind) for n, behind in tests.items() if n not in broken})


def closing(proof: Proof) -> str:
    total = sum(len(each.titles) for each in capabilities())
    return f"{len(proof)} of {total} requirements proved"


def page(proof: Proof) -> str:
    parts = [chapter(proof, each) for each in capabilities()]
    return INTRODUCTION + f"**{closing(proof)}.**\n\n" + "\n".join(parts)


def chapter(proof: Proof, capability: Capability) -> str:
    """One capability: its requirements, and behind each the tests that prove it."""
    count = f"{len(proof.of(capability))} of {len(capability.titles)}"
    rows = [
        f"| {number} | {title} | {'<br>'.join(proof.sentences(number)) or 'not yet'} |"
        for number, title in capability.titles.items()
    ]
    head = ["| Number | What | Proved by |", "| --- | --- | --- |"]
    return "\n".join([f"## {capability.code} {capability.name}: {count}", "", *head, *rows, ""])


def as_sentence(test: str) -> str:
    """The file, and the test's name as it reads: "stays/test_moving: nobody moves in twice"."""
    file, _, name = test.partition("::")
    where = str(Path(file).with_suffix("")).removeprefix("alongside/").replace("/tests/", "/")
    return f"{where}: {name.replace('::', ' ').removeprefix('test_').replace('_', ' ')}"


if __name__ == "__main__":
    sys.exit(main())
