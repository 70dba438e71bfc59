from __future__ import annotations

from alongside.ui.charts import Compared, bars, radar, trend

AREAS = [Compared("Money <b>", 2, 5), Compared("Health", None, 0), Compared("Home", 4, 4)]


def test_not_asked_is_a_dash_and_nought_is_nought() -> None:
    chart = bars("Progress", AREAS, most=10)

    assert chart.rows[1] == ("Health", "–", "0")


def test_words_are_escaped_and_never_inside_a_viewbox() -> None:
    for chart in (bars("Progress", AREAS, most=10), trend("Hours", [("May", 2)], most=4)):
        assert "viewBox" not in chart.svg
    assert "Money &lt;b&gt;" in bars("Progress", AREAS, most=10).svg


def test_nothing_is_styled_inline() -> None:
    for chart in (bars("P", AREAS, most=10), radar("P", AREAS, most=10)):
        assert "style" not in chart.svg


def test_a_month_nobody_recorded_is_a_gap_in_the_line() -> None:
    whole = trend("Sessions", [("Jan", 1), ("Feb", 2), ("Mar", 3)], most=4)
    gap = trend("Sessions", [("Jan", 1), ("Feb", None), ("Mar", 3)], most=4)

    assert whole.svg.count('class="line"') == 2
    assert gap.svg.count('class="line"') == 0
    assert gap.rows[1] == ("Feb", "–")
