"""The letters that stand for somebody on a wall and in the place of a picture."""

from __future__ import annotations

import pytest

from alongside.residents.models import Resident


@pytest.mark.parametrize(
    ("given", "family", "letters"), [("Rosa", "Lindqvist", "RL"), ("Q", "", "Q"), ("", "Li", "L")]
)
def test_a_name_of_one_word_has_one_letter(given, family, letters):
    assert Resident(given_name=given, family_name=family).initials == letters
