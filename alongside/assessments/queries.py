"""What pages ask about assessments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.shortcuts import get_object_or_404

from alongside.assessments.models import Answer, Assessment, Rating
from alongside.assessments.scoring import Comparison, Score, area_scores, compare, score
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.practice.frameworks import Area
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Scored:
    """A completed assessment with its arithmetic."""

    assessment: Assessment
    levels: dict[str, str]
    overall: Score
    areas: list[tuple[Area, Score]]
    answered: int
    items: int

    @property
    def has_percent(self) -> bool:
        return self.assessment.framework.has_percent

    def level_of(self, item: str) -> str:
        """What was said of one item, in the words of its level; empty when it was not rated."""
        level = self.assessment.framework.levels.get(self.levels.get(item, ""))
        return level.says if level else ""

    @property
    def coverage(self) -> str:
        """ "45 of 45": items rated or with no need, of all; declining lowers it."""
        return f"{self.answered} of {self.items}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Every completed assessment of a stay, oldest first, and the first against the last."""

    assessments: list[Scored]
    since_start: Comparison | None
    since_last: Comparison | None

    @property
    def first(self) -> Scored | None:
        return self.assessments[0] if self.assessments else None

    @property
    def latest(self) -> Scored | None:
        return self.assessments[-1] if self.assessments else None

    @property
    def side_by_side(self) -> list[tuple[str, str, str]]:
        """Each item with its level at the first and at the latest assessment, in words."""
        if self.first is None or self.latest is None:
            return []
        return [
            (item.says, self.first.level_of(item.key), self.latest.level_of(item.key))
            for item in self.latest.assessment.framework.items
        ]


def assessment_for(staff: Staff, assessment_id: UUID) -> Assessment:
    """That assessment, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(Assessment.objects.visible_to(staff).for_page(), pk=assessment_id)


def unfinished(stay: Stay) -> Assessment | None:
    """The assessment that was begun and not completed, if there is one."""
    return Assessment.objects.for_page().filter(stay=stay, completed_at=None).first()


def levels_of(assessment: Assessment) -> dict[str, str]:
    """The level of every rated item."""
    rated = assessment.ratings.filter(answer=Answer.RATED)
    return dict(rated.values_list("item", "level"))


def last_standing(
    stay: Stay, framework_key: str, *, but: Assessment | None = None
) -> Assessment | None:
    """The last completed assessment of this stay with this framework, leaving one out."""
    found = Assessment.objects.standing().filter(stay=stay, framework_key=framework_key)
    if but:
        found = found.exclude(pk=but.pk)
    return found.order_by("-assessed_on", "-pk").first()


def latest_completed(stay: Stay) -> Scored | None:
    """The last completed assessment with its scores."""
    last, ratings = _last(stay=stay.pk), _ratings_of_last(stay=stay.pk)
    read(last, ratings)
    return next(iter(_with_ratings(last, ratings)), None)


@prepared(stay=UUIDField())
def _last(stay: Any) -> QuerySet[Assessment]:
    standing = Assessment.objects.standing().filter(stay=stay)
    return standing.order_by("-assessed_on", "-pk")[:1]


@prepared(stay=UUIDField())
def _ratings_of_last(stay: Any) -> QuerySet[Rating]:
    return Rating.objects.filter(assessment__in=_last.build(stay).values("pk"))


def progress(stay: Stay) -> Progress:
    """The assessments of a stay that stand, and all their answers; one query."""
    found = Assessment.objects.standing().for_page().filter(stay=stay)
    every = _scored_in_one(found.oldest_first())
    return Progress(every, _between(every, 0), _between(every, -2))


def scored(assessments: Sequence[Assessment]) -> list[Scored]:
    """Assessments with their arithmetic, all their answers in one query."""
    ratings = Rating.objects.filter(assessment__in=assessments)
    return _with_ratings(assessments, ratings)


def _scored_in_one(assessments: QuerySet[Assessment]) -> list[Scored]:
    ratings = Rating.objects.filter(assessment__in=assessments.values("pk"))
    read(assessments, ratings)
    return _with_ratings(assessments, ratings)


def _with_ratings(assessments: Iterable[Assessment], ratings: Iterable[Rating]) -> list[Scored]:
    by_assessment: dict[UUID, list[Rating]] = {}
    for rating in ratings:
        by_assessment.setdefault(rating.assessment_id, []).append(rating)
    return [_scored(one, by_assessment.get(one.pk, [])) for one in assessments]


def _scored(assessment: Assessment, ratings: list[Rating]) -> Scored:
    framework = assessment.framework
    levels = {one.item: one.level for one in ratings if one.answer == Answer.RATED}
    return Scored(
        assessment,
        levels,
        score(framework, levels),
        area_scores(framework, levels),
        sum(one.answer != Answer.DECLINED for one in ratings),
        len(framework.items),
    )


def _between(every: list[Scored], start: int) -> Comparison | None:
    if len(every) < 2:  # noqa: PLR2004
        return None
    one, last = every[start], every[-1]
    common = last.assessment.framework
    known = {item.key for item in common.items}
    # Another version of the framework may have other items: only the common ones compare.
    before = {item: level for item, level in one.levels.items() if item in known}
    return compare(common, before, last.levels)
