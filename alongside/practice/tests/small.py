"""A pack small enough to break in one line, and how tests put one on a shelf."""

from __future__ import annotations

from pathlib import Path

ABOUT = """
[pack]
id = "small"
version = "1.0.0"
says = "Small"
in_force_from = 2026-01-01
"""
ROLES = """
[roles.manager]
says = "Manager"
plural = "Managers"
"""
DUTY = """
[duties.first-plan]
says = "First plan"
source = "step 2"
anchor = "admission"
due = "P7D"
owner = ["manager"]
done_by = "plan.in_force"
"""


def put(
    shelf: Path,
    text: str,
    *,
    key: str = "small",
    version: str = "1.0.0",
    file: str = "pack.toml",
) -> Path:
    """Write one file of a pack; returns the folder that holds it."""
    folder = shelf / key / version
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(text.lstrip(), encoding="utf-8")
    return folder


def about(key: str, version: str = "1.0.0", *, on: str = "", since: str = "2026-01-01") -> str:
    """The head of a pack, stacked `on` another if one is named."""
    head = ABOUT.replace('"small"', f'"{key}"').replace("1.0.0", version)
    head = head.replace("2026-01-01", since)
    return head + (f'stacks_on = "{on}"\n' if on else "")
