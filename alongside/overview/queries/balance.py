"""A life as a house: how each wall stands, and which goals and entries are filed under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alongside.assessments.queries import Scored
from alongside.plans.models import Goal
from alongside.practice.frameworks import Framework
from alongside.stays.models import Stay
from alongside.ui.charts import Chart, Wall, house

HOUSE = "house"


def balance_of(
    stay: Stay, scored: Scored | None, goals: Iterable[Goal], filed: Iterable[list[str]]
) -> Chart | None:
    """The house, where the practice draws one: each wall with its step, its goals, its entries.

    `filed` are the kinds of help of the latest entries; the pack's list `files_under` says under
    which wall a kind is filed. Source: position description, Case management (Te Whare Tapa Whā).
    """
    frameworks = stay.scheme.pack.frameworks
    drawn = next((one for one in frameworks if one.drawn_as == HOUSE), None)
    if drawn is None:
        return None
    aimed = Counter(goal.need for goal in goals)
    written = _filed_under(stay, filed)
    walls = [
        Wall(
            item.says,
            _share(drawn, scored, item.key),
            _words(scored, item.key, aimed[item.key], written[item.key]),
        )
        for item in drawn.items
    ]
    return house(drawn.says, walls[:4], walls[4] if len(walls) > 4 else None)  # noqa: PLR2004


def _filed_under(stay: Stay, filed: Iterable[list[str]]) -> Counter[str]:
    listed = stay.scheme.pack.choice_lists.get("files_under")
    under = {choice.key: choice.says for choice in listed or ()}
    return Counter(under[kind] for kinds in filed for kind in kinds if kind in under)


def _share(framework: Framework, scored: Scored | None, item: str) -> float | None:
    level = scored.levels.get(item) if scored else None
    return (framework.scale.index(level) + 1) / len(framework.scale) if level else None


def _words(scored: Scored | None, item: str, goals: int, entries: int) -> str:
    stands = (scored.level_of(item) if scored else "") or "not looked at yet"
    told = (
        f"{goals} goal{'' if goals == 1 else 's'}, {entries} entr{'y' if entries == 1 else 'ies'}"
    )
    return f"{stands} ({told})"
