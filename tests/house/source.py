"""The house's own files, for the rules that read them."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "alongside"


def modules(*names: str) -> dict[str, ast.Module]:
    """Each module of that name in any room (a file or a folder of files), parsed; never tests."""
    found = {}
    for file in sorted(HOUSE.rglob("*.py")):
        parts = file.relative_to(HOUSE).with_suffix("").parts
        if {"tests", "migrations"} & set(parts) or (names and not set(names) & set(parts[1:])):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found[str(file.relative_to(ROOT))] = tree
    return found


def templates() -> dict[str, str]:
    files = sorted(HOUSE.rglob("templates/**/*.html"))
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


def kept_files() -> list[Path]:
    """Every file in the history, or, in a copy without one, every file that would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.splitlines() or [
        str(file.relative_to(ROOT))
        for folder in ("alongside", "tests", "bench", "docs", "requirements", "assets")
        for file in (ROOT / folder).rglob("*")
    ]
    return [ROOT / name for name in names if (ROOT / name).is_file()]
