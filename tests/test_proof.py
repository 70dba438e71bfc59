"""The counting of requirements itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.proof import ROOT
from tests.requirements import capabilities, known
from tests.trace import closing, gather

STAY = "alongside/stays/tests/test_moving.py::"


def kept(passed: dict[str, list[str]], failed: dict[str, list[str]] | None = None):
    return ("sqlite", {"passed": passed, "failed": failed or {}})


def test_there_are_479_requirements_in_45_capabilities_each_once():
    numbers = [number for each in capabilities() for number in each.titles]

    assert len(capabilities()) == 45
    assert len(numbers) == len(set(numbers)) == len(known()) == 479


def test_a_requirement_is_proved_by_a_passing_test_that_names_it():
    proof = gather([kept({f"{STAY}test_she_moves_in": ["S1-03", "S1-36"]})])

    assert closing(proof) == "2 of 479 requirements proved"
    assert proof.sentences("S1-03") == ["stays/test_moving: she moves in"]


def test_a_failing_test_takes_its_requirement_away_whatever_else_passes():
    proof = gather([kept({f"{STAY}test_one": ["S1-03"]}, {f"{STAY}test_two": ["S1-03"]})])

    assert closing(proof) == "0 of 479 requirements proved"


def test_a_mark_with_an_unknown_number_stops_the_suite(tmp_path):
    wrong = tmp_path / "test_wrong.py"
    wrong.write_text('import pytest\n\n@pytest.mark.req("S1-999")\ndef test_it():\n    pass\n')
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", wrong],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert "claims S1-999" in done.stderr + done.stdout


def test_each_case_of_a_test_can_prove_its_own_number(tmp_path):
    cases = tmp_path / "test_cases.py"
    cases.write_text(
        "import pytest\nreq, case = pytest.mark.req, pytest.param\n"
        '@pytest.mark.parametrize("n", [case(1, marks=req("S1-66")), case(2, marks=req("S1-72")),'
        ' case(3, marks=[req("S1-74"), pytest.mark.skip])])\n'
        "def test_it(n):\n    pass\n"
    )
    proof = tmp_path / "proof.json"
    subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", cases],
        cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "ALONGSIDE_PROOF": str(proof)},
    )  # fmt: skip

    (numbers,) = json.loads(proof.read_text())["passed"].values()
    assert numbers == ["S1-66", "S1-72"], "and not what was left out"
