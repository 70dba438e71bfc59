"""Finding the file that somebody may have already."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from alongside.residents.operations import decide_duplicate, propose_duplicate
from alongside.residents.queries import files_of, possible_matches
from alongside.testing.cast import SETTING_UP, a_resident

BORN = date(1988, 2, 11)


@pytest.fixture
def mere(mill_house):
    return a_resident(mill_house, "Mere", "Tāwhai", born_on=BORN)


@pytest.mark.parametrize(
    ("name", "born_on", "why"),
    [
        ("Mere Tāwhai", BORN, "The same name and birthday"),
        ("mere tawhai", BORN, "The same name and birthday"),
        ("Tawhai, Mere", BORN, "The same name and birthday"),
        ("Mere Tawhai", date(1988, 11, 2), "The same name, day and month of birth turned round"),
        ("Mere Tawhay", BORN, "The same birthday, a name much like it"),
        ("Ngaio Tawhai", BORN, "The same birthday, and a name in common"),
        ("Mere Tawhai", None, "The same name"),
        ("Mere Tawhai", date(1970, 1, 1), "The same name, another birthday"),
    ],
)
def test_an_earlier_file_is_found_and_says_why(mere, mill_house, name, born_on, why):
    (match,) = possible_matches(mill_house.organisation_id, name=name, born_on=born_on)

    assert (match.resident, match.why) == (mere, why)
    assert match.sure == (why == "The same name and birthday")


@pytest.mark.parametrize(
    ("name", "born_on"),
    [("", BORN), ("Q", None), ("Hana Rewi", date(1988, 2, 12)), ("Ngaio Tawhai", None)],
)
def test_somebody_else_is_not_taken_for_them(mere, mill_house, name, born_on):
    assert not possible_matches(mill_house.organisation_id, name=name, born_on=born_on)


def test_files_of_one_person_name_each_other_and_two_people_do_not(mere, mill_house, grace):
    second, third, other = (
        a_resident(mill_house, "Mere", name) for name in ("Tawhai", "Tawhay", "Rewi")
    )
    for one, two, decision in (
        (mere, second, "same"),
        (second, third, "same"),
        (mere, other, "different"),
    ):
        proposal = propose_duplicate(mill_house, by=SETTING_UP, one=one, other=two, why="Alike")
        decide_duplicate(mill_house, by=grace, proposal=proposal, decision=decision)

    assert set(files_of(mere)) == {second, third}
    assert files_of(other) == []


def test_a_long_chain_of_files_is_followed_in_one_query(
    mere, mill_house, grace, django_assert_num_queries
):
    files = [mere, *(a_resident(mill_house, "Mere", f"Tawhai{letter}") for letter in "abcdef")]
    for one, two in [*pairwise(files), (files[-1], mere)]:  # and round to the beginning
        proposal = propose_duplicate(mill_house, by=SETTING_UP, one=one, other=two, why="Alike")
        decide_duplicate(mill_house, by=grace, proposal=proposal, decision="same")

    with django_assert_num_queries(1):
        found = files_of(mere)
    assert found == sorted(files[1:], key=lambda one: one.name_key)
