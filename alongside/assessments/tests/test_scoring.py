"""The arithmetic of scores, against the worked example of the specification and by property."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.assessments.scoring import area_scores, compare, score
from alongside.practice.frameworks import ScoreMethod
from alongside.practice.pack import pack

FRAMEWORK = pack("staged-hostel").framework("support-areas")
ITEMS = [item.key for item in FRAMEWORK.items]
P, C, D, A, X = FRAMEWORK.scale
BASELINE = {
    "1.1": C, "1.4": P, "1.8": C, "1.11": D, "2.4": C, "2.5": D, "2.6": P, "3.2": C, "3.3": D,
    "4.1": C, "4.7": P, "5.2": A,
}  # fmt: skip
LATER = {
    "1.1": D, "1.4": A, "1.8": D, "1.11": A, "2.4": C, "2.5": A, "2.6": C, "3.2": D, "3.3": D,
    "4.1": D, "4.7": C, "5.2": A,
}  # fmt: skip
levels = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(FRAMEWORK.scale))


@pytest.mark.req("S1-42", "S1-43", "S1-44", "S1-45", "S1-46")
def test_there_are_five_areas_and_45_items_in_number_order() -> None:
    counts = {area.says: len(area.items) for area in FRAMEWORK.areas}

    assert counts == {
        "Health": 16, "Life Skills": 11, "Relationships": 4, "Resettlement": 9, "Vocational": 5,
    }  # fmt: skip
    assert len(ITEMS) == 45
    assert ITEMS.index("1.2") < ITEMS.index("1.10")


@pytest.mark.req("S1-49")
def test_fourteen_of_forty_eight_points_is_29_per_cent() -> None:
    found = score(FRAMEWORK, BASELINE)

    assert (found.points, found.most, found.percent) == (14, 48, 29)


@pytest.mark.req("S1-49")
def test_the_areas_round_half_up_and_not_to_even() -> None:
    before = [found.percent for _, found in area_scores(FRAMEWORK, BASELINE)]
    after = [found.percent for _, found in area_scores(FRAMEWORK, LATER)]

    assert before == [25, 25, 38, 13, 75]
    assert after == [63, 42, 50, 38, 75]


@pytest.mark.req("S1-50")
def test_a_newly_disclosed_need_lowers_the_overall_score_and_not_the_comparison() -> None:
    disclosed = {**LATER, "1.14": P}
    compared = compare(FRAMEWORK, BASELINE, disclosed)

    assert score(FRAMEWORK, disclosed).percent == 48
    assert (compared.now.percent, compared.items, compared.new_needs) == (52, 12, ("1.14",))
    assert compared.change == 23
    assert not compared.fell()


def test_nothing_rated_is_not_assessed_and_never_nought() -> None:
    nothing = score(FRAMEWORK, {})

    assert nothing.percent is None
    assert str(nothing) == "not assessed"


def test_the_mean_of_the_areas_is_of_what_is_not_rounded() -> None:
    by_area = replace(FRAMEWORK, method=ScoreMethod.AREA_MEAN)

    assert score(by_area, BASELINE).percent == 35
    assert score(by_area, LATER).percent == 53


@given(levels)
def test_a_score_is_between_nought_and_a_hundred(chosen: dict[str, str]) -> None:
    found = score(FRAMEWORK, chosen)

    assert found.percent is None or 0 <= found.percent <= 100
    assert (found.percent is None) == (not chosen)


@given(levels, st.randoms())
def test_the_order_of_the_answers_does_not_matter(chosen: dict[str, str], random) -> None:
    shuffled = list(chosen.items())
    random.shuffle(shuffled)

    assert score(FRAMEWORK, dict(shuffled)) == score(FRAMEWORK, chosen)


@given(levels, levels)
def test_like_for_like_counts_only_what_is_in_both(one: dict[str, str], two: dict[str, str]):
    compared = compare(FRAMEWORK, one, two)

    assert compared.items == len(one.keys() & two.keys())
    assert set(compared.new_needs) == two.keys() - one.keys()
    assert compared.before.share is None or isinstance(compared.before.share, Fraction)
