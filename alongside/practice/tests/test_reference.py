"""The reference of pack keys names every key there is."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from alongside.practice.contents import Pack

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "practice-packs.md"


def kinds(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Every dataclass that a pack is made of."""
    ours = is_dataclass(kind) and kind.__module__.startswith("alongside.practice")
    if ours and kind.__name__ not in found:
        found[kind.__name__] = kind
        for hint in get_type_hints(kind).values():
            kinds(hint, found)
    for inner in get_args(kind):
        kinds(inner, found)
    return found


@pytest.mark.parametrize("name", sorted(kinds(Pack, {})))
def test_every_key_is_in_the_reference(name):
    text = REFERENCE.read_text(encoding="utf-8")
    section = re.search(rf"^## {name}: .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/reference/practice-packs.md has no section for {name}."
    written = set(re.findall(r"^\| `(\w+)` \|", section[0], re.MULTILINE))
    assert written == {field.name for field in fields(kinds(Pack, {})[name])} - {"key"}
