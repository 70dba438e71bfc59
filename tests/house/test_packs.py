"""What shipped packs name, the house has: rights in somebody's role, facts that a room answers."""

from __future__ import annotations

from alongside.config.reference import answered_by, asked_of_the_record
from alongside.duties.facts import FACTS
from alongside.practice.actions import Action
from alongside.practice.pack import pack, packs

SHIPPED = [pack(about.id, about.version) for about in packs()]


def test_every_action_is_in_somebodys_role():
    given = {action for shipped in SHIPPED for role in shipped.roles for action in role.may}

    assert set(Action) - given == set()


def test_the_facts_of_the_page_are_those_the_packs_ask_for():
    """The page itself (docs/reference/facts.md) says which of them are still kept by hand."""
    asked = {name for shipped in SHIPPED for name in asked_of_the_record(shipped)}

    assert len(asked) > 20
    assert {name for name in asked if answered_by(name)} >= asked & FACTS.keys()
    assert "session.held" in asked & FACTS.keys()
