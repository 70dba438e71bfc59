"""The pictures of progress: bars and a web of the areas, and the line over time."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.assessments.queries import Scored
from alongside.ui.charts import Chart, Compared, bars, radar, trend

WHOLE = 100


def area_bars(first: Scored, latest: Scored) -> Chart:
    """Each area's percentage, at the first assessment and at the latest."""
    return bars(
        "Areas, in per cent",
        _compared(first, latest),
        most=WHOLE,
        then_says=_when(first),
        now_says=_when(latest),
    )


def area_radar(first: Scored, latest: Scored) -> Chart:
    """The same as a web, where the shape shows at a glance what is strong and what is not."""
    return radar(
        "The whole picture",
        _compared(first, latest),
        most=WHOLE,
        then_says=_when(first),
        now_says=_when(latest),
    )


def level_bars(first: Scored, latest: Scored) -> Chart:
    """Each item as the step it stands at, at first and now, where nothing comes to a percentage."""
    framework = latest.assessment.framework
    steps = {level.key: n for n, level in enumerate(framework.steps, start=1)}
    same = first.assessment == latest.assessment
    compared = [
        Compared(
            item.says,
            None if same else steps.get(first.levels.get(item.key, "")),
            steps.get(latest.levels.get(item.key, "")),
        )
        for item in framework.items
    ]
    title = (
        f"Steps, from 1 ({framework.steps[0].says}) to {len(steps)} ({framework.steps[-1].says})"
    )
    return bars(title, compared, most=len(steps), then_says=_when(first), now_says=_when(latest))


def trend_of(assessments: Sequence[Scored]) -> Chart:
    """The overall score over time. Scores of different methods are never on one line."""
    formula = assessments[-1].assessment.formula
    comparable = [one for one in assessments if one.assessment.formula == formula]
    points = [(_when(one), one.overall.percent) for one in comparable]
    return trend("Overall score, in per cent", points, most=WHOLE)


def _compared(first: Scored, latest: Scored) -> list[Compared]:
    then = {area.key: score.percent for area, score in first.areas}
    same = first.assessment == latest.assessment
    return [
        Compared(area.says, None if same else then.get(area.key), score.percent)
        for area, score in latest.areas
    ]


def _when(scored: Scored) -> str:
    return f"{scored.assessment.assessed_on:%-d %b %Y}"
