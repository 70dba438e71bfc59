"""The counting of goals itself."""

from __future__ import annotations

import pytest

from tests.verify import Score, report


def test_a_goal_says_how_many_of_how_many_held():
    assert Score(held=1000, tried=1000).line("G34").startswith("G34 pass 1,000/1,000")


def test_one_case_that_did_not_hold_is_a_miss(capsys):
    assert report({"G34": Score(held=999, tried=1000)}, []) == 1
    assert "G34 MISS 999/1,000" in capsys.readouterr().out


def test_a_goal_without_any_test_is_a_miss():
    assert Score().missed


def test_a_goal_that_cannot_be_tried_here_says_why_and_is_no_miss(capsys):
    assert report({"G42": Score(left_out=["there is no gcc"])}, []) == 0
    assert "G42 left out: there is no gcc" in capsys.readouterr().out


def test_a_tally_that_is_not_full_fails_its_test(tally):
    with pytest.raises(AssertionError, match="2 of 3 held"):
        tally(2, of=3)
