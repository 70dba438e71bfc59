"""Whoever is refused is told who can help in the words of their own practice."""

from __future__ import annotations

import pytest

from alongside.accommodation.models import Bed
from alongside.organisation.operations import give_role
from alongside.stays.header import PersonHeader
from alongside.testing.cast import assemble


@pytest.mark.parametrize(
    ("pack", "leader", "place"),
    [
        ("staged-hostel", "a manager", "Bed 1A"),
        ("aotearoa-transitional", "a team leader", "Bed 1A"),
        ("supported-living", "a registered manager", "Flat or room 1A"),
        ("childrens-home", "the home’s manager", "Bedroom 1A"),
    ],
)
def test_a_refusal_and_the_head_of_a_file_use_the_words_of_the_practice(db, pack, leader, place):
    here = assemble(pack)

    refused = give_role.refusal(here.mill_house, by=here.amina)

    assert refused is not None
    assert refused.instead == f"Ask {leader} to do it, or to change your role."
    assert PersonHeader(here.tomasz, []).said[0] == place


@pytest.mark.parametrize(
    ("name", "says"),
    [("1A", "bed 1A"), ("12", "bed 12"), ("Room 1", "Room 1"), ("Garden", "Garden")],
)
def test_a_place_whose_name_says_what_it_is_has_no_second_word(name, says):
    assert Bed(name=name).called("bed") == says
