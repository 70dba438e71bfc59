"""One line for each goal of trust, and 1 at the end if any was missed: `./run verify`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.goals import goals
from tests.run import KEPT, PYTEST, ROOT, a_postgresql, say, surroundings

NO_TESTS_FOUND = 5


@dataclass
class Score:
    """What became of one goal, over every database it was tried on."""

    held: int = 0
    tried: int = 0
    left_out: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, kept: dict[str, Any]) -> None:
        self.held += kept["held"]
        self.tried += kept["tried"]
        self.left_out += kept["left_out"]
        self.failed += kept["failed"]

    @property
    def missed(self) -> bool:
        return bool(self.failed) or self.held < self.tried or not (self.tried or self.left_out)

    def line(self, number: str) -> str:
        """The whole of what is said: "G34 pass 1,000/1,000  Verifying finds ..."."""
        verdict = "MISS" if self.missed else "pass" if self.tried else "left out"
        counts = f"{self.held:,}/{self.tried:,}" if self.tried else "no test"
        because = "; ".join(dict.fromkeys(self.left_out))
        if because and not self.tried:
            return f"{number} left out: {because}"
        more = f" (in part left out: {because})" if because else ""
        return f"{number} {verdict} {counts}  {goals()[number]}{more}"


def main(arguments: list[str]) -> int:
    """Run the tests that serve a goal, on both databases, and say what came of each."""
    parser = argparse.ArgumentParser(prog="./run verify", description=main.__doc__)
    parser.add_argument("goals", nargs="*", help="only these, such as G34")
    parser.add_argument("--quick", action="store_true", help="leave out what takes long")
    parser.add_argument("--sqlite", action="store_true", help="leave out PostgreSQL")
    asked = parser.parse_args(arguments)
    wanted = [number for number in goals() if number in asked.goals or not asked.goals]
    if unknown := set(asked.goals) - set(goals()):
        parser.error(f"there is no goal {', '.join(sorted(unknown))}; see tests/goals.toml")
    scores = {number: Score() for number in wanted}
    with tempfile.TemporaryDirectory(prefix="alongside-verify-") as folder:
        broken = _run(scores, folder, quick=asked.quick)
        if not asked.sqlite:
            with a_postgresql() as address:
                broken += _run(scores, folder, quick=asked.quick, database=address)
    return report(scores, broken)


def _run(scores: dict[str, Score], folder: str, *, quick: bool, database: str = "") -> list[str]:
    """Add what one run of the tests found; returns what pytest said where it could not run."""
    kept = Path(folder) / "goals.json"
    kept.unlink(missing_ok=True)
    env = {**os.environ, **surroundings(folder), "ALONGSIDE_GOALS": str(kept)}
    env["ALONGSIDE_ONLY_GOALS"] = ",".join(scores)
    if database:
        env["ALONGSIDE_DATABASE"] = database
    which = "goal and not browser" + (" and not slow" if quick else "")
    log = KEPT / f"verify-{'postgresql' if database else 'sqlite'}.log"
    say(f"Trying them on {'PostgreSQL' if database else 'SQLite'}; how far it is stands in {log}.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as says:
        done = subprocess.run(
            [*PYTEST, "-n", "2", "-vv", "-m", which], cwd=ROOT, env=env, check=False,
            stdout=says, stderr=subprocess.STDOUT,
        )  # fmt: skip
    said = log.read_text(encoding="utf-8")
    if not kept.exists():
        return [said]
    counts: dict[str, dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
    for number in scores.keys() & counts.keys():
        scores[number].add(counts[number])
    return [] if done.returncode in {0, 1, NO_TESTS_FOUND} else [said]


def report(scores: dict[str, Score], broken: Iterable[str]) -> int:
    """Say every goal's line; 1 if one was missed or the tests could not run."""
    for words in broken:
        say(words)
    for number, score in scores.items():
        say(score.line(number))
        for test in dict.fromkeys(score.failed):
            say(f"     {test}")
    missed = [number for number, score in scores.items() if score.missed]
    held = sum(not score.missed and score.tried > 0 for score in scores.values())
    say(f"{held} of {len(scores)} goals hold." + (f" Missed: {', '.join(missed)}." * bool(missed)))
    return 1 if missed or any(broken) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
