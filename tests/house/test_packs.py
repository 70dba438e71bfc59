"""What shipped packs name, the house has: rights in somebody's role, facts that a room answers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from alongside.config.reference import answered_by, asked_of_the_record
from alongside.duties.facts import FACTS
from alongside.practice.actions import Action
from alongside.practice.pack import pack, packs

SHIPPED = [pack(about.id, about.version) for about in packs()]
HOUSE = Path(__file__).parents[2] / "alongside"
ASKED_OF = {
    "choices": "choice_lists",
    "reasons": "reason_lists",
    "limit": "limits",
    "term": "terms",
}


def test_every_action_is_in_somebodys_role():
    given = {action for shipped in SHIPPED for role in shipped.roles for action in role.may}

    assert set(Action) - given == set()


def test_the_facts_of_the_page_are_those_the_packs_ask_for():
    """The page itself (docs/reference/facts.md) says which of them are still kept by hand."""
    asked = {name for shipped in SHIPPED for name in asked_of_the_record(shipped)}

    assert len(asked) > 20
    assert {name for name in asked if answered_by(name)} >= asked & FACTS.keys()
    assert "session.held" in asked & FACTS.keys()


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
