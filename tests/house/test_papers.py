"""The papers agree with the code: reference pages, decisions, the commands, nobody's address."""

from __future__ import annotations

import re
import subprocess

import pytest

from alongside.audit.operation import OPERATIONS
from alongside.config.reference import PAGES
from tests.house.source import ROOT, kept_files

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
# Put together here, so that this file is not the first to break the rule.
ELSEWHERE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + "work/", "/tmp/" + "trees", "/root/" + r"\.", r"\bsub" + "agent",
            "artifact" + "ory", r"pypi\.org/" + "simple", "registry" + r"\.npmjs",
            "files" + r"\.pythonhosted",
            r"\binternal" + r"\.(?:net|corp|example)",
        ]
    ),
    re.IGNORECASE,
)  # fmt: skip
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".html", ".js", ".mjs", ".scss", ".css", ".sh", ""}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_the_one_the_code_would_write(name):
    written = (DOCS / "reference" / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "Write it again: ./run manage write_reference"


def test_every_operation_says_what_it_does():
    silent = [event for event, each in OPERATIONS.items() if not (each.__doc__ or "").strip()]

    assert len(OPERATIONS) > 20
    assert not silent


def test_every_setting_is_on_its_page():
    settings = (ROOT / "alongside/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    page = (DOCS / "reference/settings.md").read_text(encoding="utf-8")

    assert len(read) > 5
    assert {name for name in read if f"`ALONGSIDE_{name}`" not in page} == set()


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem[:40])
def test_a_decision_has_the_number_its_title_says(file):
    number, _, words = file.stem.partition("-")
    title = file.read_text(encoding="utf-8").splitlines()[0]

    assert re.fullmatch(r"\d{4}", number)
    assert title.startswith(f"# {int(number)}. "), f"{file.name} begins with {title!r}"
    assert words


def test_no_two_decisions_have_one_number():
    numbers = [file.name[:4] for file in DECISIONS]

    assert sorted(set(numbers)) == sorted(numbers)


def test_the_commands_of_the_readme_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = set(re.findall(r"\./run (\w+)", readme))
    known = set(re.findall(r"^  (\w+)\)", (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE))

    assert {"demo", "test"} <= said <= known


def test_the_command_is_a_shell_script_that_parses():
    done = subprocess.run(["sh", "-n", ROOT / "run"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_nothing_names_where_it_was_made():
    named = [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for file in kept_files()
        if not file.is_symlink() and file.suffix in TEXT
        if (found := ELSEWHERE.search(file.read_text(encoding="utf-8", errors="replace")))
    ]

    assert not named


def test_links_between_pages_lead_somewhere():
    broken = [
        f"{file.relative_to(ROOT)}: {to}"
        for file in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
        for to in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", file.read_text("utf-8"))
        if not (file.parent / to).exists() and not to.endswith(".png")
    ]

    assert not broken
