"""What lies under every pack, so that a page always has its words, lists and numbers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from alongside.practice.core import filled_in
from alongside.practice.pack import pack, packs

HOUSE = Path(__file__).parents[2]
ASKED_OF = {
    "choices": "choice_lists",
    "reasons": "reason_lists",
    "limit": "limits",
    "term": "terms",
}


def asked_by_the_code() -> set[tuple[str, str]]:
    """Every word, list and number that the code asks a pack for by its name."""
    return {
        (ASKED_OF[node.func.attr], str(node.args[0].value))
        for file in HOUSE.glob("*/**/*.py")
        if "tests" not in file.parts and not {"practice", "demo"} & set(file.parts)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKED_OF
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("about", packs(), ids=lambda about: about.id)
def test_every_pack_has_every_list_and_number_that_a_page_asks_for(about):
    shipped = pack(about.id, about.version)
    missing = {
        f"{section}.{key}"
        for section, key in asked_by_the_code()
        if key not in getattr(shipped, section)
    }
    assert not missing, "Add them to alongside/practice/core, in neutral words."


def test_a_list_that_a_pack_declares_replaces_the_whole_of_it():
    whole = filled_in({"choice_lists": {"venues": {"kitchen": "Kitchen"}}})
    assert whole["choice_lists"]["venues"] == {"kitchen": "Kitchen"}
    assert "attendance" in whole["choice_lists"]
    assert whole["terms"]["bed"]["plural"] == "beds"
