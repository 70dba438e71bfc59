"""What the code of the house never calls, and what it takes its chance and its parts from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import HOUSE, ROOT

# Calls that run, fetch, unpack or let through what somebody else wrote.
DANGEROUS = {
    "eval", "exec", "__import__", "system", "popen", "raw", "extra", "RawSQL", "mark_safe",
    "urlopen", "urlretrieve", "md5", "sha1", "format_map", "_create_unverified_context",
}  # fmt: skip
MODULES = {
    "pickle", "marshal", "shelve", "yaml", "requests", "httpx", "aiohttp", "telnetlib", "ftplib",
    "xml.etree.ElementTree", "lxml",
}  # fmt: skip
# The file, the call, and why it is harmless there.
HARMLESS = {
    ("alongside/imports/kinds/rows.py", "raw"): "what a cell says, not SQL",
    ("alongside/imports/reading/apart.py", "pickle"): "of our process, and it makes values alone",
    ("alongside/moments/search.py", "RawSQL"): "constants, marks and parameters",
    ("alongside/residents/queries.py", "raw"): "one constant with parameters",
    ("alongside/ui/charts.py", "mark_safe"): "an empty separator",
    ("alongside/ui/templatetags/house.py", "mark_safe"): "a template of ours, escaped already",
}
OWN_SCRIPTS = sorted(
    file
    for file in HOUSE.glob("*/static/**/*.js")
    if not {"build", "vendor"} & set(file.parts) and ".min." not in file.name
    and file.name != "govuk-frontend.js"
)  # fmt: skip
UNSAFE_IN_SCRIPTS = re.compile(
    r"\beval\(|new Function|innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write"
    r"|addEventListener\(\s*[\"']message[\"']|__proto__|postMessage"
)


def trees() -> Iterator[tuple[str, ast.AST]]:
    for file in sorted(HOUSE.rglob("*.py")):
        if "tests" in file.parts or "migrations" in file.parts or "testing" in file.parts:
            continue
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def owner(node: ast.AST) -> str:
    """What stands before the dot: "re" of `re.compile`."""
    of = getattr(getattr(node, "func", None), "value", None)
    return of.id if isinstance(of, ast.Name) else ""


def faults_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        name = called(node)
        if name in DANGEROUS and owner(node) not in {"re", "struct"}:
            yield name
        if any(one.arg == "shell" for one in getattr(node, "keywords", ())):
            yield "shell"
        if isinstance(node, ast.Import):
            yield from ({one.name for one in node.names} & MODULES)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield node.module


def test_the_house_calls_nothing_dangerous():
    found = {(file, fault) for file, tree in trees() for fault in faults_in(tree)}

    assert found == HARMLESS.keys()


@pytest.mark.parametrize(
    "code", ["eval(x)", "a.objects.raw(x)", "import pickle", "run(x, shell=True)", "urlopen(x)"]
)
def test_a_dangerous_call_is_seen(code):
    assert list(faults_in(ast.parse(code)))


def test_no_regular_expression_is_built_of_what_was_typed():
    """Every expression is written in the code, or is of words that were escaped."""
    built = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if owner(node) == "re" and isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Name) and not first.id.isupper():
                    built.append(f"{file}:{node.lineno} {ast.unparse(node)[:80]}")
    ours = ("re.escape(", "re.search(sign, agent)")  # the signs stand in the file
    assert [one for one in built if not any(said in one for said in ours)] == []


def test_no_format_is_taken_from_what_was_typed():
    """`.format` is called on words of the code or of the pack, never on those of a request."""
    asked = re.compile(r"(request|cleaned_data|POST|GET)\S*\.format\(")
    found = [file for file, tree in trees() if asked.search(ast.unparse(tree))]

    assert found == []


def test_chance_for_secrets_comes_from_the_system():
    """`random` is for the lives of the demonstration, and for nothing else."""
    users = {
        file.rsplit("/", 1)[0]
        for file, tree in trees()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(one.name == "random" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    }
    assert {one for one in users if not one.startswith("alongside/demo")} == set()


def test_our_scripts_put_words_in_as_words():
    found = {
        file.name: UNSAFE_IN_SCRIPTS.findall(file.read_text(encoding="utf-8"))
        for file in OWN_SCRIPTS
    }
    assert len(found) >= 5
    assert {name: unsafe for name, unsafe in found.items() if unsafe} == {}


SECRET = re.compile(
    r"(?i)(?:password|secret|token|api_key|private_key)\s*=\s*[\"'][A-Za-z0-9+/_\-]{16,}[\"']"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)


def test_no_secret_stands_in_the_code():
    found = [
        str(file.relative_to(ROOT))
        for file in HOUSE.rglob("*")
        if file.suffix in {".py", ".toml", ".html", ".js"} and "tests" not in file.parts
        and ".min." not in file.name and SECRET.search(file.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize(
    "list_", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda f: f.name
)
def test_every_part_is_pinned_with_its_hash(list_: Path):
    text = list_.read_text(encoding="utf-8")
    parts = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))
    named = [part for part in parts if re.match(r"[A-Za-z0-9]", part)]

    assert named
    assert [
        part.split("\n")[0] for part in named if "==" not in part or "--hash=" not in part
    ] == []
